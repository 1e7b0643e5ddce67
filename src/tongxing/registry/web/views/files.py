"""One child's file: the file itself, its history, who looked, the printed copy, one value shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tongxing.registry import doors
from tongxing.registry.actions import children
from tongxing.registry.actions.refusals import NotThere
from tongxing.registry.labels import records
from tongxing.registry.queries import files
from tongxing.registry.rules.verification import DAYS_AHEAD
from tongxing.registry.values.changes import Secret
from tongxing.registry.values.children import ChildState, Purpose
from tongxing.registry.values.files import ChildFile
from tongxing.registry.web import slots
from tongxing.registry.web.forms.changes import RevealForm
from tongxing.registry.web.presenters import around, history
from tongxing.registry.web.presenters import files as presenter
from tongxing.web.gates import needs
from tongxing.web.pages import page
from tongxing.web.requests import Request
from tongxing.web.values import Tab

SEE, REVEAL, LOOKS, EDIT = (
    "children.see",
    "children.reveal",
    "children.looks",
    "children.edit",
)


@needs(SEE)
@require_GET
def child(request: Request, child_id: UUID) -> HttpResponse:
    """The file with every section, and what upper packages add to it."""
    file = _opened(request, child_id, fields=files.FIELDS, route="registry:child")
    panels = slots.panels_for(child_id, request)
    context = _sections(file, request) | {
        "tabs": tabs(request, child_id, panels),
        "panels": [(panel, slots.drawn(panel, request)) for panel in panels],
        "conflicts": around.conflicts(file),
        "questions": presenter.questions(file) if presenter.is_unclear(file) else [],
        "standing": presenter.standing(file),
        "may_edit": request.actor.may(EDIT),
        "is_out": file.person.state is ChildState.OUT,
    }
    return page(request, "registry/child.html", context)


@needs(SEE)
@require_GET
def printed(request: Request, child_id: UUID) -> HttpResponse:
    """The file on paper, masked as on the screen, with who printed it and when."""
    file = _opened(request, child_id, fields=files.FIELDS, route="registry:print")
    doors.note_printing(file.person.id, file.residence.division, by=request.actor, at=_now())
    context = _sections(file, request) | {"printed_at": timezone.localtime(_now())}
    return page(request, "registry/printed.html", context)


@needs(SEE)
@require_GET
def child_history(request: Request, child_id: UUID) -> HttpResponse:
    """What was done with the record."""
    opened = doors.open_child(
        child_id,
        actor=request.actor,
        purpose=Purpose.CARE,
        fields=["basics", "history"],
        route="registry:history",
        at=_now(),
    )
    context = {
        "child": opened,
        "tabs": tabs(request, child_id, slots.panels_for(child_id, request)),
        "entries": history.history(opened.pk, files.entered(opened), opened.created_at),
    }
    return page(request, "registry/history.html", context)


@needs(LOOKS)
@require_GET
def child_looks(request: Request, child_id: UUID) -> HttpResponse:
    """Who looked at the child, and who was not let in."""
    opened = doors.open_child(
        child_id,
        actor=request.actor,
        purpose=Purpose.AUDIT,
        fields=["basics"],
        route="registry:looks",
        at=_now(),
    )
    context = {
        "child": opened,
        "tabs": tabs(request, child_id, slots.panels_for(child_id, request)),
        "looks": history.looks(opened.pk),
    }
    return page(request, "registry/looks.html", context)


@needs(REVEAL)
@require_http_methods(["GET", "POST"])
def reveal(
    request: Request, child_id: UUID, secret: str, guardian_id: UUID | None = None
) -> HttpResponse:
    """Ask for the reason, then show one value in clear; the answer itself holds it, no address."""
    if secret not in set(Secret):
        raise Http404
    form = RevealForm(request.POST or None)
    context: dict[str, Any] = {
        "form": form,
        "label": records.SECRETS[secret],
        "here": request.path,
        "back": reverse("registry:child", args=[child_id]),
        "value": "",
    }
    if request.method == "POST" and form.is_valid():
        try:
            context["value"] = children.reveal(
                child_id=child_id,
                secret=Secret(secret),
                guardian_id=guardian_id,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=_now(),
            )
        except NotThere as refusal:
            form.add_error(None, str(refusal))
    elif request.method == "GET":
        _knock(request, child_id)
    status = 422 if form.errors else 200
    return page(request, "registry/reveal.html", context, fragment="reveal", status=status)


def tabs(request: Request, child_id: UUID, panels: Sequence[slots.Panel]) -> list[Tab]:
    """The pages about one child that this person may open."""
    items = [
        Tab(key="child", label=_("File"), url=reverse("registry:child", args=[child_id])),
        *(
            Tab(key=panel.key, label=str(panel.title), url=panel.url)
            for panel in panels
            if panel.url
        ),
        Tab(key="history", label=_("History"), url=reverse("registry:history", args=[child_id])),
    ]
    if request.actor.may(LOOKS):
        url = reverse("registry:looks", args=[child_id])
        items.append(Tab(key="looks", label=_("Who looked"), url=url))
    return items


def _opened(request: Request, child_id: UUID, *, fields: Any, route: str) -> ChildFile:
    opened = doors.open_child(
        child_id,
        actor=request.actor,
        purpose=Purpose.CARE,
        fields=fields,
        route=route,
        at=_now(),
    )
    return files.child_file(opened, actor=request.actor)


def _knock(request: Request, child_id: UUID) -> None:
    """Nobody learns from this page whether a child exists."""
    doors.open_child(
        child_id,
        actor=request.actor,
        purpose=Purpose.CARE,
        fields=["basics"],
        route="registry:reveal",
        at=_now(),
    )


def _sections(file: ChildFile, request: Request) -> dict[str, Any]:
    person = file.person
    to_be_verified = person.state in (ChildState.TO_VERIFY, ChildState.ACTIVE)
    days = (person.due_on - timezone.localdate()).days
    return {
        "file": file,
        "person": person,
        "headline": presenter.headline(file),
        "state": records.STATES[person.state],
        "tone": records.STATE_TONES[person.state],
        "exit_reason": records.EXITS.get(person.exit_reason, ""),
        "to_be_verified": to_be_verified,
        "is_due": to_be_verified and days <= DAYS_AHEAD,
        "blocks": presenter.blocks(file, request.actor),
        "fact_blocks": presenter.fact_blocks(file),
        "silent": presenter.silent_kinds(file),
        "denied": presenter.denied_kinds(file),
        "adults": around.adults(file, request.actor),
        "stays": around.stays(file),
        "hukou_changes": around.hukou_changes(file),
    }


def _now() -> datetime:
    return timezone.now()
