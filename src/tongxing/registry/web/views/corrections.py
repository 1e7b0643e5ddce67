"""Correcting the person's fields, with both values side by side when two people wrote at once."""

from collections.abc import Mapping
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
from tongxing.registry.actions import children
from tongxing.registry.actions.correcting import text_of
from tongxing.registry.actions.refusals import RevisionConflict, SameNumber, UnusableNumber
from tongxing.registry.labels import ethnicities, people, records
from tongxing.registry.queries import cursors
from tongxing.registry.values.changes import SECRET_FIELDS, Clash, Field
from tongxing.registry.values.children import Purpose
from tongxing.registry.web.forms.changes import CorrectForm
from tongxing.web.gates import needs
from tongxing.web.pages import page, redirect
from tongxing.web.requests import Request

_SHOWN = "registry.shown"
_OPEN_FIELDS = [field for field in Field if field not in SECRET_FIELDS]
_CODED: Mapping[Field, Mapping[str, Any]] = {
    Field.SEX: people.SEXES,
    Field.ETHNICITY: ethnicities.ETHNICITIES,
    Field.MOVED_WITH: people.MOVED_WITH,
}


@needs("children.edit")
@require_http_methods(["GET", "POST"])
def correct(request: Request, child_id: UUID) -> HttpResponse:
    """The person's fields as they stand; what is changed needs one reason."""
    child = doors.open_child(
        child_id,
        actor=request.actor,
        purpose=Purpose.CORRECTION,
        fields=["basics"],
        route="registry:correct",
        at=timezone.now(),
    )
    form = CorrectForm(request.POST or None, initial=_initial(child))
    context: dict[str, Any] = {
        "child": child,
        "form": form,
        "revision": form["base_revision"].value(),
        "back": reverse("registry:child", args=[child_id]),
    }
    if request.method == "POST" and form.is_valid():
        refused = _correct(request, child_id, form)
        if refused is None:
            messages.success(request, _("Corrected. Lists cannot change these fields silently."))
            return redirect(request, "registry:child", child_id)
        context |= refused
    status = 422 if form.errors or "clashes" in context else 200
    return page(request, "registry/correct.html", context, fragment="correct", status=status)


def _correct(request: Request, child_id: UUID, form: CorrectForm) -> dict[str, Any] | None:
    """None when the correction was taken; else what the page says about the refusal."""
    try:
        children.correct(
            child_id=child_id,
            correction=form.correction(_was(form)),
            by=request.actor,
            at=timezone.now(),
        )
    except Unknown:
        raise
    except RevisionConflict as conflict:
        return _conflict(conflict)
    except UnusableNumber as refusal:
        why = records.unusable_number(str(refusal.facts["why"]))
        form.add_error("identity_number", str(UnusableNumber(why=why)))
    except SameNumber as refusal:
        form.add_error("identity_number", str(refusal))
        return {"same_child": reverse("registry:child", args=[refusal.child_id])}
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    else:
        return None
    return {}


def _conflict(conflict: RevisionConflict) -> dict[str, Any]:
    """Both values of each field, and the revision on which the form may be sent again."""
    return {
        "clashes": [_in_words(clash) for clash in conflict.clashes],
        "refused": str(conflict),
        "revision": conflict.revision,
    }


def _in_words(clash: Clash) -> tuple[str, str, str]:
    words = _CODED.get(clash.field, {})
    label = str(records.FIELDS[clash.field])
    return (
        label,
        str(words.get(clash.yours, clash.yours)),
        str(words.get(clash.present, clash.present)),
    )


def _initial(child: Any) -> dict[str, Any]:
    shown = {field.value: text_of(child, field) for field in _OPEN_FIELDS}
    sealed = cursors.seal([shown[field.value] for field in _OPEN_FIELDS], context=_SHOWN)
    return shown | {"base_revision": child.revision, "was": sealed}


def _was(form: CorrectForm) -> dict[Field, str]:
    """What the person saw when beginning to write."""
    kinds = [str] * len(_OPEN_FIELDS)
    values = cursors.unseal(form.cleaned_data["was"], kinds, context=_SHOWN)
    return dict(zip(_OPEN_FIELDS, values, strict=True)) if values else {}
