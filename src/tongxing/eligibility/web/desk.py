"""The desk of those who keep a service list: draft, floor, approval, publication, filing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tongxing.access.queries import divisions
from tongxing.eligibility import doors
from tongxing.eligibility.actions import service_lists as actions
from tongxing.eligibility.actions.service_lists import APPROVE, EDIT, RECEIVE
from tongxing.eligibility.labels import service_lists as labels
from tongxing.eligibility.queries import populations
from tongxing.eligibility.queries import service_lists as queries
from tongxing.eligibility.values.service_lists import ListState, Revised
from tongxing.eligibility.web import list_lines
from tongxing.eligibility.web.list_forms import (
    ItemForm,
    NewItemForm,
    PublishForm,
    ReasonForm,
    TitleForm,
)
from tongxing.kernel.errors import Refusal, Unknown
from tongxing.web.gates import needs
from tongxing.web.pages import page, redirect
from tongxing.web.requests import Request

keepers = needs(EDIT, APPROVE, RECEIVE)


@keepers
@require_GET
def desk(request: Request) -> HttpResponse:
    """The lists of one's own place, and those that lower places have filed."""
    division, today = request.actor.division, timezone.localdate()
    below = [
        each
        for each in queries.published()
        if request.actor.area and each.division in request.actor.area and each.division != division
    ]
    context = {
        "versions": [_line(each) for each in queries.versions_of(division)],
        "below": [_line(each) for each in below],
        "above": queries.lists_above(division, on=today),
        "under_way": queries.under_way(division),
        "may_edit": request.actor.may(EDIT),
        "may_receive": request.actor.may(RECEIVE),
        "today": today,
    }
    return page(request, "eligibility/lists/desk.html", context)


def _line(found: Any) -> dict[str, Any]:
    state = ListState(found.state)
    names = divisions.division_names([found.division])
    due = found.filing_due_on
    return {
        "list": found,
        "state": str(labels.STATES[state]),
        "tone": labels.TONES.get(state, "neutral"),
        "place": names.get(found.division, ""),
        "late": due is not None and (found.filed_on or timezone.localdate()) > due,
    }


@needs(EDIT)
@require_POST
def begin(request: Request) -> HttpResponse:
    """A new draft from one of the lists above."""
    list_id = actions.begin(
        division=request.actor.division,
        base=request.POST.get("base", ""),
        by=request.actor,
        at=timezone.now(),
    )
    messages.success(request, _("The draft holds everything of the list above. Now make it yours."))
    return redirect(request, "eligibility:list", list_id)


@needs(EDIT)
@require_POST
def revise(request: Request, list_id: UUID) -> HttpResponse:
    """A new draft from the list in force."""
    doors.kept_list(list_id, actor=request.actor)
    made = actions.revise(list_id=list_id, by=request.actor, at=timezone.now())
    return redirect(request, "eligibility:list", made)


@keepers
@require_GET
def one_list(request: Request, list_id: UUID) -> HttpResponse:
    """A version with all its items, how it keeps the floor, and the next step."""
    return page(request, "eligibility/lists/list.html", _context(request, list_id))


def _context(request: Request, list_id: UUID, **more: Any) -> dict[str, Any]:
    today = timezone.localdate()
    found = doors.readable_list(list_id, actor=request.actor)
    floor = queries.floor_of(found, on=today)
    above = queries.names_of(queries.lists_above(found.division, on=today)).get(floor.upper)
    pack = queries.pack_at(found.division, on=today)
    own_place = request.actor.division == found.division
    return {
        **_line(found),
        "domains": list_lines.domains(
            queries.as_list(found, on=today), pack, changes=floor.changes
        ),
        "floor": str(labels.FLOORS[floor.status]),
        "floor_tone": labels.FLOOR_TONES[floor.status],
        "gaps": list_lines.gaps(floor, above, found.justifications),
        "open_gaps": actions.open_gaps(found, floor),
        "above": above,
        "struck": _struck(found),
        "may_edit": own_place and request.actor.may(EDIT) and found.state == ListState.DRAFT,
        "may_approve": (
            own_place and request.actor.may(APPROVE) and found.state == ListState.SUBMITTED
        ),
        "may_publish": own_place and request.actor.may(EDIT) and found.state == ListState.APPROVED,
        "may_file": own_place and request.actor.may(EDIT) and found.state == ListState.PUBLISHED,
        "may_revise": own_place and request.actor.may(EDIT) and found.state == ListState.FILED,
        "may_acknowledge": not own_place
        and request.actor.may(RECEIVE)
        and found.state == ListState.FILED
        and found.received_on is None,
        "title_form": TitleForm(
            initial={"title_zh": found.title["zh"], "title_en": found.title["en"]}
        ),
        "publish_form": PublishForm(initial={"valid_from": today}),
        "today": today,
        **more,
    }


def _struck(found: Any) -> list[tuple[str, str]]:
    """What was taken out and can be put back: its name and its words."""
    lines = []
    for name, kept in found.struck.items():
        words = kept["content"] if "content" in kept else kept["title"]
        lines.append((name, words["zh"]))
    return sorted(lines)


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def item(request: Request, list_id: UUID, code: str) -> HttpResponse:
    """Rewrite one item, with a preview of who qualifies."""
    found = doors.kept_list(list_id, actor=request.actor)
    if code not in found.content:
        raise Unknown()
    pack = queries.pack_at(found.division, on=timezone.localdate())
    struck = [name.partition(".")[2] for name in found.struck if name.startswith(f"{code}.")]
    form = ItemForm(_typed(request), item=found.content[code], pack=pack, struck=struck)
    if request.method == "POST" and form.is_valid():
        saved = _tried(
            form,
            lambda at: actions.rewrite_item(
                seen=_seen(request, found), code=code, text=form.text(), by=request.actor, at=at
            ),
        )
        if saved:
            messages.success(request, _("Item %(code)s is saved.") % {"code": code})
            return redirect(request, "eligibility:list", list_id)
    context = {
        "form": form,
        "list": found,
        "code": code,
        "title": found.content[code]["title"]["zh"],
        "numbers": populations.numbers_of(found, code, by=request.actor, on=timezone.localdate()),
    }
    status = 422 if form.is_bound else 200
    return page(request, "eligibility/lists/item.html", context, status=status)


@needs(EDIT)
@require_http_methods(["GET", "POST"])
def new_item(request: Request, list_id: UUID) -> HttpResponse:
    """An item of this place's own."""
    found = doors.kept_list(list_id, actor=request.actor)
    pack = queries.pack_at(found.division, on=timezone.localdate())
    form = NewItemForm(_typed(request), pack=pack)
    if request.method == "POST" and form.is_valid():
        saved = _tried(
            form,
            lambda at: actions.add_item(
                seen=_seen(request, found), text=form.text(), by=request.actor, at=at
            ),
        )
        if saved:
            return redirect(request, "eligibility:list", list_id)
    context = {"form": form, "list": found, "code": "", "title": _("One more item")}
    status = 422 if form.is_bound else 200
    return page(request, "eligibility/lists/item.html", context, status=status)


def _tried(form: forms.Form, step: Callable[[datetime], object]) -> bool:
    """Whether the step went through; a refusal stands on the form, what was typed stays."""
    try:
        step(timezone.now())
    except Unknown:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _typed(request: Request) -> QueryDict | None:
    """What was typed; a form sent empty is still one that was sent."""
    return request.POST if request.method == "POST" else None


def _seen(request: Request, found: Any) -> Revised:
    typed = request.POST.get("revision", "")
    revision = int(typed) if typed.isdecimal() else found.revision
    return Revised(list_id=str(found.pk), revision=revision)


@needs(EDIT)
@require_POST
def strike_out(request: Request, list_id: UUID) -> HttpResponse:
    """Take an item or a promise out of the draft."""
    code, _dot, letter = request.POST.get("name", "").partition(".")
    actions.strike_out(
        seen=_seen(request, doors.kept_list(list_id, actor=request.actor)),
        code=code,
        letter=letter,
        by=request.actor,
        at=timezone.now(),
    )
    messages.success(request, _("Struck out. It is kept below and can be put back."))
    return redirect(request, "eligibility:list", list_id)


@needs(EDIT)
@require_POST
def put_back(request: Request, list_id: UUID) -> HttpResponse:
    """Put back what was struck out."""
    actions.put_back(
        seen=_seen(request, doors.kept_list(list_id, actor=request.actor)),
        name=request.POST.get("name", ""),
        by=request.actor,
        at=timezone.now(),
    )
    return redirect(request, "eligibility:list", list_id)


@needs(EDIT)
@require_POST
def name_it(request: Request, list_id: UUID) -> HttpResponse:
    """Give the list its title."""
    found = doors.kept_list(list_id, actor=request.actor)
    form = TitleForm(request.POST)
    if form.is_valid():
        actions.name_it(
            seen=_seen(request, found),
            **form.cleaned_data,
            by=request.actor,
            at=timezone.now(),
        )
        return redirect(request, "eligibility:list", list_id)
    context = _context(request, list_id, title_form=form)
    return page(request, "eligibility/lists/list.html", context, status=422)


@needs(EDIT)
@require_POST
def justify(request: Request, list_id: UUID) -> HttpResponse:
    """Say in writing why a gap is left open."""
    found = doors.kept_list(list_id, actor=request.actor)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say in a few words why the gap is left open."))
        return redirect(request, "eligibility:list", list_id)
    actions.justify(
        seen=_seen(request, found),
        item=request.POST.get("item", ""),
        shortfall=request.POST.get("shortfall", ""),
        text=form.cleaned_data["reason"],
        by=request.actor,
        at=timezone.now(),
    )
    return redirect(request, "eligibility:list", list_id)


@needs(EDIT)
@require_POST
def submit(request: Request, list_id: UUID) -> HttpResponse:
    """Hand the draft in; when it falls behind the floor the page says where, and why not."""
    try:
        actions.submit(
            seen=_seen(request, doors.kept_list(list_id, actor=request.actor)),
            by=request.actor,
            at=timezone.now(),
        )
    except actions.FloorGap as refusal:
        context = _context(request, list_id, refused=str(refusal))
        return page(request, "eligibility/lists/list.html", context, status=422)
    messages.success(request, _("Handed in. A second person has to approve it."))
    return redirect(request, "eligibility:list", list_id)


@needs(APPROVE)
@require_POST
def approve(request: Request, list_id: UUID) -> HttpResponse:
    """The second person says yes."""
    doors.kept_list(list_id, actor=request.actor)
    actions.approve(list_id=list_id, by=request.actor, at=timezone.now())
    messages.success(request, _("Approved. It can be published now."))
    return redirect(request, "eligibility:list", list_id)


@needs(APPROVE)
@require_POST
def send_back(request: Request, list_id: UUID) -> HttpResponse:
    """The second person says not yet, and why."""
    doors.kept_list(list_id, actor=request.actor)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say in a few words what has to change."))
        return redirect(request, "eligibility:list", list_id)
    reason = form.cleaned_data["reason"]
    actions.send_back(list_id=list_id, reason=reason, by=request.actor, at=timezone.now())
    return redirect(request, "eligibility:list", list_id)


@needs(EDIT)
@require_POST
def publish(request: Request, list_id: UUID) -> HttpResponse:
    """Bring the list into force from a day on."""
    doors.kept_list(list_id, actor=request.actor)
    form = PublishForm(request.POST)
    if form.is_valid():
        day = form.cleaned_data["valid_from"]
        actions.publish(list_id=list_id, valid_from=day, by=request.actor, at=timezone.now())
        messages.success(request, _("Published. Families can read it now."))
        return redirect(request, "eligibility:list", list_id)
    context = _context(request, list_id, publish_form=form)
    return page(request, "eligibility/lists/list.html", context, status=422)


@needs(EDIT)
@require_POST
def file(request: Request, list_id: UUID) -> HttpResponse:
    """File the list with the level above."""
    doors.kept_list(list_id, actor=request.actor)
    actions.file(list_id=list_id, by=request.actor, at=timezone.now())
    messages.success(request, _("Filed with the level above; its confirmation will stand here."))
    return redirect(request, "eligibility:list", list_id)


@needs(RECEIVE)
@require_POST
def acknowledge(request: Request, list_id: UUID) -> HttpResponse:
    """The level above confirms that it has the list."""
    doors.readable_list(list_id, actor=request.actor)
    actions.acknowledge(list_id=list_id, by=request.actor, at=timezone.now())
    return redirect(request, "eligibility:list", list_id)


@needs(EDIT)
@require_POST
def discard(request: Request, list_id: UUID) -> HttpResponse:
    """Give the draft up."""
    doors.kept_list(list_id, actor=request.actor)
    reason = request.POST.get("reason", "").strip() or "-"
    actions.discard(list_id=list_id, reason=reason, by=request.actor, at=timezone.now())
    return redirect(request, "eligibility:desk")
