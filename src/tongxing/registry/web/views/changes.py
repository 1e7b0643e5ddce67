"""Forms that change one child's record. Every one opens the child, asks, and calls one action."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tongxing.kernel.actors import Actor
from tongxing.kernel.errors import Refusal, Unknown
from tongxing.registry import doors
from tongxing.registry.actions import children
from tongxing.registry.queries import areas, places
from tongxing.registry.values.children import Purpose
from tongxing.registry.web.forms import changes as forms
from tongxing.web.gates import needs
from tongxing.web.pages import page, redirect
from tongxing.web.requests import Request

EDIT = "children.edit"
FORM_PAGE = ["GET", "POST"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One kind of change as a page: its words, its form, and the action behind it."""

    title: str | Promise
    submit: str | Promise
    done: str | Promise
    form: type[Form]
    act: Callable[..., Any]
    values: Callable[[Any], dict[str, Any]]
    lead: str | Promise = ""
    initial: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    danger: bool = False


@needs(EDIT)
@require_http_methods(FORM_PAGE)
def verify(request: Request, child_id: UUID) -> HttpResponse:
    change = Change(
        title=_("Verify the record"),
        lead=_("Say that the file is true as it stands. The half year begins anew on that day."),
        submit=_("The file is true"),
        done=_("Verified. The next verification is due in half a year."),
        form=forms.VerifyForm,
        act=children.verify,
        values=lambda form: {"on": form.cleaned_data["on"]},
        initial={"on": timezone.localdate()},
    )
    return _changing(request, child_id, change)


@needs(EDIT)
@require_http_methods(FORM_PAGE)
def ask_for_help(request: Request, child_id: UUID) -> HttpResponse:
    change = Change(
        title=_("The family asks for help"),
        lead=_("A request of the family itself is a ground for care, also for shorter moves."),
        submit=_("Record the request"),
        done=_("The request is recorded."),
        form=forms.HelpForm,
        act=children.ask_for_help,
        values=lambda form: {"on": form.cleaned_data["on"]},
        initial={"on": timezone.localdate()},
    )
    return _changing(request, child_id, change)


@needs(EDIT)
@require_http_methods(FORM_PAGE)
def lose_contact(request: Request, child_id: UUID) -> HttpResponse:
    change = Change(
        title=_("Contact lost"),
        lead=_("The record waits until somebody finds the child again; it is not closed."),
        submit=_("Record it"),
        done=_("The record waits as “out of contact”."),
        form=forms.ContactForm,
        act=children.lose_contact,
        values=lambda form: {"reason": form.cleaned_data["reason"]},
    )
    return _changing(request, child_id, change)


@needs(EDIT)
@require_http_methods(FORM_PAGE)
def date_stay(request: Request, child_id: UUID) -> HttpResponse:
    change = Change(
        title=_("Living here since"),
        lead=_("The stay counts from this day. What was stated before is kept in the history."),
        submit=_("Save"),
        done=_("The beginning of the stay is recorded."),
        form=forms.StayForm,
        act=children.date_stay,
        values=lambda form: {"since": form.cleaned_data["since"]},
    )
    return _changing(request, child_id, change)


@needs(EDIT)
@require_http_methods(FORM_PAGE)
def move(request: Request, child_id: UUID) -> HttpResponse:
    change = Change(
        title=_("Move to another place"),
        lead=_(
            "Inside the area of your post. The present stay ends, a new one begins, and the file "
            "goes along. For a move out of the area close the record instead."
        ),
        submit=_("Record the move"),
        done=_("The move is recorded."),
        form=forms.MoveForm,
        act=children.move,
        values=lambda form: {"move": form.move()},
        initial={"on": timezone.localdate()},
        options={"places": areas.choices(request.actor)},
    )
    return _changing(request, child_id, change)


@needs(EDIT)
@require_http_methods(FORM_PAGE)
def change_hukou(request: Request, child_id: UUID) -> HttpResponse:
    change = Change(
        title=_("Hukou"),
        submit=_("Save"),
        done=_("The hukou is recorded."),
        form=forms.HukouForm,
        act=children.change_hukou,
        values=lambda form: {"move": form.move()},
        initial={"registered": "yes"},
        options={"resolve": resolver(request.actor)},
    )
    return _changing(request, child_id, change)


@needs(EDIT)
@require_http_methods(FORM_PAGE)
def note_absence(request: Request, child_id: UUID) -> HttpResponse:
    change = Change(
        title=_("Days away"),
        lead=_("Holidays or a hospital do not end the stay."),
        submit=_("Save"),
        done=_("The days away are recorded."),
        form=forms.AbsenceForm,
        act=children.note_absence,
        values=lambda form: {"away": form.away()},
    )
    return _changing(request, child_id, change)


@needs(EDIT)
@require_http_methods(FORM_PAGE)
def close(request: Request, child_id: UUID) -> HttpResponse:
    change = Change(
        title=_("Close the record"),
        lead=_("Nothing is deleted: the file stays readable and can be reopened."),
        submit=_("Close the record"),
        done=_("The record is closed."),
        form=forms.CloseForm,
        act=children.close,
        values=lambda form: {
            "why": form.exit_reason(),
            "on": form.cleaned_data["on"],
            "note": form.cleaned_data["note"],
        },
        initial={"on": timezone.localdate()},
        danger=True,
    )
    return _changing(request, child_id, change)


@needs(EDIT)
@require_http_methods(FORM_PAGE)
def reopen(request: Request, child_id: UUID) -> HttpResponse:
    change = Change(
        title=_("Reopen the record"),
        submit=_("Reopen the record"),
        done=_("The record is open again and waits for verification."),
        form=forms.ReopenForm,
        act=children.reopen,
        values=lambda form: {
            "reason": form.cleaned_data["reason"],
            "back_since": form.cleaned_data["back_since"],
        },
    )
    return _changing(request, child_id, change)


@needs(EDIT)
@require_POST
def confirm(request: Request, child_id: UUID) -> HttpResponse:
    """Say that a field is right as it is, against what a list states."""
    _open(request, child_id)
    form = forms.ConfirmForm(request.POST)
    if not form.is_valid():
        raise Unknown()
    children.confirm(
        child_id=child_id,
        fields=[form.cleaned_data["field"]],
        reason=form.cleaned_data["reason"],
        by=request.actor,
        at=timezone.now(),
    )
    messages.success(request, _("The question is settled: the file stays as it is."))
    return redirect(request, "registry:child", child_id)


def resolver(actor: Actor) -> Callable[[str], int | None]:
    """How a hukou place in words is understood; the table of places is read when it is needed."""

    def resolve(text: str) -> int | None:
        return places.index(actor.area).resolve(text) if actor.area else None

    return resolve


def _changing(request: Request, child_id: UUID, change: Change) -> HttpResponse:
    child = _open(request, child_id)
    form = change.form(request.POST or None, initial=change.initial, **change.options)
    sent = request.method == "POST" and form.is_valid()
    if sent and _did(form, change, child_id, by=request.actor, at=timezone.now()):
        messages.success(request, str(change.done))
        return redirect(request, "registry:child", child_id)
    context = {
        "child": child,
        "form": form,
        "change": change,
        "back": reverse("registry:child", args=[child_id]),
    }
    status = 422 if form.errors else 200
    return page(request, "registry/change.html", context, fragment="change", status=status)


def _did(form: Any, change: Change, child_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Whether the action went through; a refusal is said on the form."""
    try:
        change.act(child_id=child_id, **change.values(form), by=by, at=at)
    except Unknown:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _open(request: Request, child_id: UUID) -> Any:
    return doors.open_child(
        child_id,
        actor=request.actor,
        purpose=Purpose.CORRECTION,
        fields=["basics"],
        route=f"registry:{request.resolver_match.url_name if request.resolver_match else ''}",
        at=timezone.now(),
    )
