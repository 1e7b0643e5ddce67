"""The components that pages are made of; `/components/` shows each in all its states.

Inclusion tags hand plain values to one small template each, under `web/components/`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from django import template
from django.forms import BoundField, Form
from django.template.context import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tongxing.web import formats, labels
from tongxing.web.tables import Head, Pages
from tongxing.web.values import Node, Step, Tab, Tone

register = template.Library()


def _drawn(component: str, **context: Any) -> SafeString:
    return render_to_string(f"web/components/{component}.html", context)


# Small things inside a line


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """An outline icon from the sprite; without `label` it is decoration and screen readers skip
    it. `size` is "" or "lg"."""
    use = f"{static('vendor/icons.svg')}#{name}"
    style = f"icon icon-{size}" if size else "icon"
    if label:
        text = '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>'
        return format_html(text, style, label, use)
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>',
        style,
        use,
    )


@register.simple_tag
def badge(text: str, tone: str = Tone.NEUTRAL, icon: str = "") -> SafeString:
    """A word with an icon; the colour only repeats what both say."""
    return _drawn("badge", text=text, tone=str(tone), icon=icon or labels.TONE_ICONS[Tone(tone)])


@register.simple_tag
def verdict_badge(answer: str | None, text: str = "") -> SafeString:
    """ "yes", "no", "cannot_tell", or None for "not worked out yet"; `text` replaces the word."""
    verdict = labels.verdict(answer)
    return badge(text or str(verdict.text), verdict.tone, verdict.icon)


@register.simple_tag
def masked(value: str, reveal_url: str = "", label: str = "") -> SafeString:
    """A value already masked, with the way to ask for the whole of it."""
    return _drawn("masked", value=value, reveal_url=reveal_url, label=label)


@register.simple_tag
def provenance(
    source: str, as_of: date | None = None, confidence: str = "", recorded_by: str = ""
) -> SafeString:
    """Where a fact comes from, of which day, how sure, and who wrote it down."""
    facts = {"source": source, "as_of": as_of, "confidence": confidence, "by": recorded_by}
    return _drawn("provenance", **facts)


@register.simple_tag
def due(deadline: date, done: date | None = None) -> SafeString:
    """How a deadline stands today, or how it was kept."""
    if done:
        tone = Tone.GOOD if done <= deadline else Tone.WARN
        return badge(labels.done_on(done, late=done > deadline), tone, "")
    days = (deadline - timezone.localdate()).days
    tone = Tone.BAD if days < 0 else Tone.WARN if days <= 3 else Tone.NEUTRAL
    text = formats.overdue(deadline, timezone.localdate())
    return badge(text, tone, "alarm" if days < 0 else "clock")


@register.simple_tag
def refresh(seconds: int) -> SafeString:
    """For browsers without JavaScript: load the page again after some seconds."""
    return format_html('<noscript><meta http-equiv="refresh" content="{}"></noscript>', seconds)


@register.simple_tag(takes_context=True)
def module(context: Context, path: str) -> SafeString:
    """Load one of our ES modules under this page's nonce."""
    text = '<script type="module" src="{}" nonce="{}"></script>'
    return format_html(text, static(path), context.get("CSP_NONCE", ""))


@register.simple_tag(takes_context=True)
def script(context: Context, path: str) -> SafeString:
    """Load a classic script (a vendor's) under this page's nonce."""
    text = '<script src="{}" defer nonce="{}"></script>'
    return format_html(text, static(path), context.get("CSP_NONCE", ""))


@register.simple_tag
def link_button(text: str, url: str, icon: str = "", tone: str = "") -> SafeString:
    style = labels.BUTTON_STYLES[tone]
    return _drawn("link_button", text=text, url=url, icon=icon, style=style)


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    text: str,
    url: str,
    icon: str = "",
    tone: str = "",
    **more: str,
) -> SafeString:
    """One button that changes something; `name`, `value` and `confirm` are optional."""
    given = {"text": text, "url": url, "icon": icon, "style": labels.BUTTON_STYLES[tone], **more}
    return _drawn("post_button", csrf_token=context.get("csrf_token", ""), given=given)


@register.simple_tag(takes_context=True)
def title_again(context: Context) -> str:
    """The page's own title, for the heading of pages that give no other."""
    title = context.render_context[BLOCK_CONTEXT_KEY].get_block("title")
    return cast(str, title.nodelist.render(context))


# Frames around content


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    icon: str = "",
    href: str = "",
    note: str = "",
    flush: bool = False,
) -> SafeString:
    given = {"title": title, "icon": icon, "href": href, "note": note, "flush": flush}
    return _drawn("card", content=content, **given)


@register.simple_block_tag
def alert(content: str, tone: str, title: str = "") -> SafeString:
    return _drawn("alert", content=content, **_alert(tone, title))


@register.simple_tag
def refusal(message: str, code: str = "") -> SafeString:
    """What was refused and why, where the page goes on."""
    return _drawn("alert", content=message, code=code, **_alert(Tone.BAD, ""))


def _alert(tone: str, title: str) -> dict[str, str]:
    return {"tone": str(tone), "title": title, "icon": labels.TONE_ICONS[Tone(tone)]}


@register.simple_block_tag
def facts(content: str) -> SafeString:
    return _drawn("facts", content=content)


@register.simple_tag
def fact(label: str, value: Any = "", **more: Any) -> SafeString:
    """One line of a file. Optional: source, as_of, confidence, href, missing (what to say when
    nothing is recorded)."""
    given = {"source": "", "as_of": None, "confidence": "", "href": "", "missing": "", **more}
    return _drawn("fact", label=label, value=value, given=given)


@register.simple_block_tag
def factblock(content: str, label: str) -> SafeString:
    return _drawn("factblock", label=label, content=content)


@register.simple_block_tag
def table(
    content: str,
    heads: Sequence[Head],
    caption: str = "",
    empty: str = "",
    empty_hint: str = "",
) -> SafeString:
    """A table that becomes cards on a phone; without rows it says so in labels."""
    given = {"caption": caption, "empty": empty, "empty_hint": empty_hint}
    return _drawn("table", content=content, blank=not content.strip(), heads=heads, **given)


@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: str, target: str = "results", label: str = "") -> SafeString:
    """A GET form; with htmx each change narrows #target at once."""
    request = context.get("request")
    here = request.path if request else ""
    return _drawn("filters", content=content, target=target, label=label, here=here)


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context,
    content: str,
    button: str,
    action: str,
    title: str = "",
    **more: Any,
) -> SafeString:
    """A button that opens the question "really?", with a reason unless `reason=False`.

    Optional: reason, tone ("danger" unless said otherwise), submit (words of the second button).
    """
    given = {"reason": True, "tone": "danger", "submit": button, **more}
    style = labels.BUTTON_STYLES[str(given["tone"])]
    return _drawn(
        "confirm",
        csrf_token=context.get("csrf_token", ""),
        content=content,
        question={"button": button, "action": action, "title": title or button, "style": style},
        given=given,
    )


@register.simple_block_tag(takes_context=True)
def upload_form(
    context: Context, content: str, action: str, field: BoundField, submit: str = ""
) -> SafeString:
    """A box to drop a file on; an ordinary file field where there is no JavaScript."""
    token = context.get("csrf_token", "")
    given = {"action": action, "field": field, "submit": submit}
    return _drawn("upload_form", csrf_token=token, content=content, **given)


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    return _drawn("timeline", content=content)


@register.simple_block_tag
def entry(
    content: str,
    when: datetime | date,
    title: str,
    who: str = "",
    icon: str = "point",
    tone: str = Tone.NEUTRAL,
) -> SafeString:
    given = {"when": when, "title": title, "who": who, "icon": icon, "tone": str(tone)}
    moment = isinstance(when, datetime)
    return _drawn("entry", content=content, blank=not content.strip(), moment=moment, **given)


@register.simple_block_tag
def term(content: str, label: str) -> SafeString:
    """A word that opens its own definition."""
    return _drawn("term", content=content, label=label)


@register.simple_block_tag
def section(content: str, title: str, id: str = "", note: str = "") -> SafeString:  # noqa: A002
    return _drawn("section", content=content, title=title, id=id, note=note)


# Drawn from data


@register.simple_tag(takes_context=True)
def pages(context: Context, pages: Pages) -> SafeString:
    request = context["request"]
    return _drawn("pages", pages=pages, request=request)


@register.simple_tag
def tabs(items: Sequence[Tab], current: str) -> SafeString:
    return _drawn("tabs", items=items, current=str(current))


@register.simple_tag
def steps(items: Sequence[Step | str], current: int) -> SafeString:
    """Where in a series of pages this one lies; `current` counts from 1."""
    numbered = [
        (number, item if isinstance(item, Step) else Step(str(item)))
        for number, item in enumerate(items, start=1)
    ]
    return _drawn("steps", steps=numbered, current=current)


@register.simple_tag
def tree(nodes: Sequence[Node], name: str = "division") -> SafeString:
    return _drawn("tree", nodes=nodes, name=name)


@register.simple_tag
def stat(
    label: str, value: Any, icon: str = "", tone: str = Tone.NEUTRAL, **more: str
) -> SafeString:
    """One number that matters; optional href (its list) and note."""
    return _drawn("stat", label=label, value=value, icon=icon, tone=str(tone), given=more)


@register.simple_tag
def progress(label: str, done: int, total: int | None, url: str = "", **more: Any) -> SafeString:
    """How far a long job is; asks `url` each second until `finished`. Optional: finished, note,
    id (also the fragment's name, "progress" unless said otherwise)."""
    given = {"finished": False, "note": "", "id": "progress", **more}
    share = int(done * 100 / total) if total else None
    count = {"done": done, "total": total, "share": share}
    return _drawn("progress", label=label, count=count, url=url, given=given)


@register.simple_tag
def empty(
    title: str, hint: str = "", icon: str = "inbox", url: str = "", action: str = ""
) -> SafeString:
    given = {"title": title, "hint": hint, "icon": icon, "url": url, "action": action}
    return _drawn("empty", **given)


@register.simple_tag
def who_looked(looks: Sequence[Any]) -> SafeString:
    return _drawn("who_looked", looks=looks)


@register.simple_tag
def condition(answer: str | None, text: str, value: str = "", **more: str) -> SafeString:
    """One condition of a verdict; optional clause, document, quotation, missing, note."""
    return _drawn("condition", verdict=labels.verdict(answer), text=text, value=value, given=more)


@register.simple_tag
def breadcrumb(path: Sequence[tuple[str, str]]) -> SafeString:
    return _drawn("breadcrumb", path=path)


# Forms


@register.simple_tag
def field(field: BoundField, hint: str = "", compact: bool = False) -> SafeString:
    """A field with its label, help and errors, tied together for screen readers."""
    return _drawn("field", compact=compact, hint=hint, **labels.drawing_of(field))


@register.simple_tag
def fields(form: Form) -> SafeString:
    hidden = [str(one) for one in form.hidden_fields()]
    return _drawn("fields", hidden=hidden, visible=form.visible_fields())


@register.simple_tag
def form_errors(form: Form, focus: bool = True) -> SafeString:
    """All errors at the top, each a link to its field; nothing while there are none."""
    wrong = [bound for bound in form.visible_fields() if bound.errors]
    return _drawn("form_errors", general=form.non_field_errors(), fields=wrong, focus=focus)
