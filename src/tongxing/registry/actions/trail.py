"""One way to end every change of a child's record: a new revision, an event, and the news."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.registry import hooks
from tongxing.registry.actions.refusals import DayNotPossible, NoReason
from tongxing.registry.models import Child
from tongxing.registry.values.children import Source


def save(
    child: Child,
    kind: str,
    columns: Collection[str],
    *,
    by: Actor,
    at: datetime,
    **facts: Any,
) -> None:
    """Write `columns` of the locked child with its next revision, record the event, tell hooks."""
    child.revision += 1
    child.changed_at = at
    child.save(update_fields=[*columns, "revision", "changed_at"])
    record(child, kind, by=by, at=at, **facts)
    hooks.announce([child.pk], account_id=by.account_id, post_id=by.post_id)


def record(child: Child, kind: str, *, by: Actor, at: datetime, **facts: Any) -> None:
    """One event about the child in the caller's transaction; `facts` name fields, never values."""
    audit.record(
        kind,
        actor=by,
        at=at,
        subject_type="registry.child",
        subject_id=child.pk,
        child_id=child.pk,
        division=child.division,
        **facts,
    )


def stated_by_staff(child: Child, fields: Collection[str], at: datetime) -> dict[str, Any]:
    """The child's provenance with these fields stated by staff on the day of `at`."""
    statement = [Source.STAFF.value, localdate(at).isoformat()]
    return {**child.provenance, **dict.fromkeys(fields, statement)}


def check_day(day: date, child: Child, at: datetime) -> None:
    """Refuse days in the future and days before the child was born."""
    if day > localdate(at) or (child.born_from is not None and day < child.born_from):
        raise DayNotPossible()


def check_reason(reason: str) -> str:
    """The reason without blanks around it; nobody goes on without one."""
    if not reason.strip():
        raise NoReason()
    return reason.strip()
