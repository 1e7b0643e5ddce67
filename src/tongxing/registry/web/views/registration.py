"""Entering a child by hand, perhaps because a clue led to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongxing.kernel.errors import Refusal, Unknown
from tongxing.registry import doors
from tongxing.registry.actions import children, clues
from tongxing.registry.actions.refusals import PerhapsKnown, SameNumber, UnusableNumber
from tongxing.registry.labels import records
from tongxing.registry.queries import areas
from tongxing.registry.values.children import ClueState
from tongxing.registry.web.forms.registration import RegisterForm, blank_entry
from tongxing.registry.web.views.changes import resolver
from tongxing.web.gates import needs
from tongxing.web.pages import page, redirect
from tongxing.web.requests import Request


@needs("children.edit")
@require_http_methods(["GET", "POST"])
def register(request: Request) -> HttpResponse:
    """A form with room for what is known; the register is asked whether it knows the child."""
    clue_id = _clue_of(request)
    groups = areas.choices(request.actor)
    form = RegisterForm(
        request.POST or None,
        initial=blank_entry(timezone.localdate(), areas.only_one(groups)),
        places=groups,
        resolve=resolver(request.actor),
    )
    context: dict[str, Any] = {"form": form, "clue_id": clue_id}
    if request.method == "POST" and form.is_valid():
        refused = _register(request, form, clue_id)
        if isinstance(refused, UUID):
            messages.success(request, _("The child is in the register."))
            return redirect(request, "registry:child", refused)
        context |= refused
    status = 422 if form.errors or "known" in context else 200
    return page(request, "registry/register.html", context, fragment="register", status=status)


def _register(request: Request, form: RegisterForm, clue_id: UUID | None) -> UUID | dict[str, Any]:
    """The new child's id, or what the page says about the refusal."""
    at = timezone.now()
    try:
        child = children.register(
            new=form.new_child(),
            confirmed=form.cleaned_data["confirmed"],
            by=request.actor,
            at=at,
        )
    except Unknown:
        raise
    except PerhapsKnown as refusal:
        return {
            "known": reverse("registry:child", args=[refusal.child_id]),
            "refused": str(refusal),
            "may_confirm": not isinstance(refusal, SameNumber),
        }
    except UnusableNumber as refusal:
        why = records.unusable_number(str(refusal.facts["why"]))
        form.add_error("identity_number", str(UnusableNumber(why=why)))
        return {}
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return {}
    if clue_id is not None:
        clues.resolve(
            clue_id=clue_id, outcome=ClueState.FOUND, child_id=child.pk, by=request.actor, at=at
        )
    return child.pk


def _clue_of(request: Request) -> UUID | None:
    """The clue that led here, when it is one this person may see."""
    text = request.GET.get("clue", "")
    if not text:
        return None
    try:
        return doors.find_clue(UUID(text), actor=request.actor).pk
    except ValueError as error:
        raise Unknown() from error
