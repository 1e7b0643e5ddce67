"""Showing one masked value in clear: for a reason, to one who may, with a line in the trail."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.registry import doors
from tongxing.registry.actions import trail
from tongxing.registry.actions.refusals import NotThere
from tongxing.registry.models import Child, Guardian
from tongxing.registry.queries.scoped import children_of
from tongxing.registry.values.changes import Secret
from tongxing.registry.values.children import Purpose

_OF_GUARDIAN = {Secret.GUARDIAN_NUMBER: "identity_number", Secret.GUARDIAN_PHONE: "phone"}


@transaction.atomic
def reveal(
    *,
    child_id: UUID,
    secret: Secret,
    guardian_id: UUID | None = None,
    reason: str,
    by: Actor,
    at: datetime,
) -> str:
    """The value in clear. The look at this field and the reason are kept before it is shown.

    Raises NoSuchChild, NoReason, NotThere.
    """
    reason = trail.check_reason(reason)
    found = children_of(by) if by.may("children.reveal") else Child.objects.none()
    child = found.filter(pk=child_id).first()
    if child is None:
        raise doors.NoSuchChild()
    text = _text(child, secret, guardian_id)
    if not text:
        raise NotThere()
    audit.record_look(
        actor=by,
        child_id=child.pk,
        division=child.division,
        fields=[secret.value],
        purpose=Purpose.CARE,
        route="registry:reveal",
        at=at,
    )
    trail.record(
        child, "registry.child.revealed", by=by, at=at, fields=[secret.value], reason=reason
    )
    return text


def _text(child: Child, secret: Secret, guardian_id: UUID | None) -> str:
    if secret not in _OF_GUARDIAN:
        return str(getattr(child, secret.value) or "")
    if guardian_id is None:
        return ""
    of_child = Guardian.objects.filter(child_id=child.pk, withdrawn_at__isnull=True)
    guardian = of_child.filter(pk=guardian_id).first()
    return str(getattr(guardian, _OF_GUARDIAN[secret]) or "") if guardian else ""
