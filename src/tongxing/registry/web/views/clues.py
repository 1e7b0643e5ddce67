"""Clues: the list, a new one, one of them, and what comes of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tongxing.kernel.errors import Refusal, Unknown
from tongxing.registry import doors
from tongxing.registry.actions import clues
from tongxing.registry.labels import clues as labels
from tongxing.registry.queries import areas
from tongxing.registry.queries import clues as queries
from tongxing.registry.rules.clues import is_open
from tongxing.registry.values.children import ClueState, Purpose
from tongxing.registry.values.clues import ClueRow
from tongxing.registry.values.lists import ChildFilter, Window
from tongxing.registry.web.forms.changes import RevealForm
from tongxing.registry.web.forms.clues import ClueFilterForm, ReportForm, ResolveForm
from tongxing.registry.web.presenters import lists
from tongxing.web.gates import needs
from tongxing.web.pages import page, redirect
from tongxing.web.requests import Request
from tongxing.web.tables import Column, Pages, heads

REPORT, HANDLE = "clues.report", "clues.handle"
_COLUMNS = (
    Column("kind", gettext_lazy("What it is")),
    Column("place", gettext_lazy("Where")),
    Column("need", gettext_lazy("Need")),
    Column("received", pgettext_lazy("clue", "Received")),
    Column("due", gettext_lazy("Look into it by")),
    Column("state", pgettext_lazy("clue", "State")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A clue in words."""

    id: UUID
    kind: str
    place: str
    need: str
    received_at: datetime
    due_on: date | None
    state: str
    tone: str
    who: str
    reported_by: str
    child_id: UUID | None


@needs(HANDLE, REPORT)
@require_GET
def clue_list(request: Request) -> HttpResponse:
    """Clues of the area for those who take them up, one's own for those who report."""
    form = ClueFilterForm(request.GET)
    found = queries.page(
        actor=request.actor,
        state=form.state_asked,
        kind=form.kind_asked,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "form": form,
        "lines": [_line(row) for row in found.rows],
        "heads": heads(request, _COLUMNS),
        "pages": Pages(
            found.previous, found.next, len(found.rows), found.total, at_least=found.at_least
        ),
        "may_report": request.actor.may(REPORT),
    }
    return page(request, "registry/clues.html", context, fragment="results")


@needs(REPORT)
@require_http_methods(["GET", "POST"])
def report(request: Request) -> HttpResponse:
    """Take down a clue or a declaration."""
    groups = areas.choices(request.actor)
    initial = {"division": areas.only_one(groups)}
    form = ReportForm(request.POST or None, initial=initial, places=groups)
    if request.method == "POST" and form.is_valid():
        try:
            clue = clues.report(report=form.report(), by=request.actor, at=timezone.now())
        except Unknown:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Whoever is responsible there has it now."))
            return redirect(request, "registry:clue", clue.pk)
    status = 422 if form.is_bound else 200
    return page(request, "registry/report.html", {"form": form}, fragment="report", status=status)


@needs(HANDLE, REPORT)
@require_http_methods(["GET", "POST"])
def clue(request: Request, clue_id: UUID) -> HttpResponse:
    """One clue: what was said, who looks into it, and the ways to close it.

    Searching the register for the child comes by POST, so that no name stands in an address.
    """
    return page(request, "registry/clue.html", _context(request, clue_id), fragment="matches")


@needs(HANDLE)
@require_POST
def take_up(request: Request, clue_id: UUID) -> HttpResponse:
    """I look into it."""
    actor = request.actor
    name = f"{actor.name} · {actor.organisation}"
    clues.assign(clue_id=clue_id, post_id=actor.post_id, name=name, by=actor, at=timezone.now())
    messages.success(request, _("You look into this clue now."))
    return redirect(request, "registry:clue", clue_id)


@needs(HANDLE)
@require_POST
def resolve(request: Request, clue_id: UUID) -> HttpResponse:
    """Nobody found, moved on, or not followed."""
    form = ResolveForm(request.POST)
    if form.is_valid():
        try:
            clues.resolve(
                clue_id=clue_id,
                outcome=form.outcome_state(),
                note=form.cleaned_data["note"],
                by=request.actor,
                at=timezone.now(),
            )
        except Unknown:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The clue is closed."))
            return redirect(request, "registry:clue", clue_id)
    context = _context(request, clue_id) | {"resolve_form": form}
    return page(request, "registry/clue.html", context, status=422)


@needs(HANDLE)
@require_POST
def link(request: Request, clue_id: UUID) -> HttpResponse:
    """The clue led to this child of the register."""
    clues.resolve(
        clue_id=clue_id,
        outcome=ClueState.FOUND,
        child_id=_uuid(request.POST.get("child", "")),
        by=request.actor,
        at=timezone.now(),
    )
    messages.success(request, _("The clue is closed and stands in the child's file."))
    return redirect(request, "registry:clue", clue_id)


@needs(HANDLE)
@require_http_methods(["GET", "POST"])
def contact(request: Request, clue_id: UUID) -> HttpResponse:
    """Whom to call, after saying why."""
    form = RevealForm(request.POST or None)
    context: dict[str, Any] = {
        "form": form,
        "label": _("Whom to call"),
        "here": request.path,
        "back": reverse("registry:clue", args=[clue_id]),
        "value": "",
    }
    doors.find_clue(clue_id, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        context["value"] = clues.reveal_contact(
            clue_id=clue_id,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=timezone.now(),
        )
    status = 422 if form.errors else 200
    return page(request, "registry/reveal.html", context, fragment="reveal", status=status)


def _context(request: Request, clue_id: UUID) -> dict[str, Any]:
    opened = doors.open_clue(clue_id, actor=request.actor, at=timezone.now())
    may_handle = request.actor.may(HANDLE) and is_open(ClueState(opened.state))
    return {
        "clue": opened,
        "line": _line(queries.row(opened, request.actor)),
        "is_open": is_open(ClueState(opened.state)),
        "may_handle": may_handle,
        "may_see": request.actor.may("children.see"),
        "may_edit": may_handle and request.actor.may("children.edit"),
        "is_mine": opened.assigned_post == request.actor.post_id,
        "resolve_form": ResolveForm(),
        "asked": request.POST.get("q", "").strip(),
        "matches": _matches(request) if may_handle else [],
    }


def _matches(request: Request) -> list[lists.ListLine]:
    """Children of the register whom the clue may mean; looking for them is logged like any list."""
    text = request.POST.get("q", "").strip()
    if not text or not request.actor.may("children.see"):
        return []
    found = doors.listed(
        ChildFilter(text=text),
        actor=request.actor,
        purpose=Purpose.VERIFICATION,
        route="registry:clue",
        at=timezone.now(),
        window=Window(size=10),
    )
    return [lists.line(row) for row in found.rows]


def _line(row: ClueRow) -> Line:
    return Line(
        id=row.id,
        kind=str(labels.KINDS[row.kind]),
        place=row.place,
        need=str(labels.NEEDS.get(row.need, "")),
        received_at=row.received_at,
        due_on=row.due_on if is_open(row.state) else None,
        state=str(labels.STATES[row.state]),
        tone=labels.STATE_TONES.get(row.state, "neutral"),
        who=row.assigned_name,
        reported_by=row.reported_by_name,
        child_id=row.child_id,
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Unknown() from error
