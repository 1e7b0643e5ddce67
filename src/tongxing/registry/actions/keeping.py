"""Keeping a record true: verified, asked for help, out of contact, closed with a reason, reopened.

Nothing is ever deleted.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tongxing.kernel.actors import Actor
from tongxing.registry import doors
from tongxing.registry.actions import moving, trail
from tongxing.registry.actions.refusals import IsNotClosed
from tongxing.registry.models import Child, ResidenceSpell
from tongxing.registry.values.children import ChildState, ExitReason

# With these the child does not live here any more; the others say nothing about where it lives.
_LEFT = frozenset({ExitReason.MOVED_AWAY, ExitReason.RETURNED_TO_HUKOU, ExitReason.DIED})


@transaction.atomic
def verify(*, child_id: UUID, on: date, by: Actor, at: datetime) -> Child:
    """Somebody looked at the record on `on` and found it true; the half year begins anew.

    An older day than the last one changes nothing but the trail. Raises IsClosed, DayNotPossible.
    """
    child = moving.open_record(child_id, by=by)
    trail.check_day(on, child, at)
    child.state = ChildState.ACTIVE
    child.last_verified_on = max(on, child.last_verified_on or on)
    trail.save(child, "registry.child.verified", ["state", "last_verified_on"], by=by, at=at, on=on)
    return child


@transaction.atomic
def ask_for_help(*, child_id: UUID, on: date, by: Actor, at: datetime) -> Child:
    """The family asked for help by itself (CN-5.2): a ground of its own for care."""
    child = moving.open_record(child_id, by=by)
    trail.check_day(on, child, at)
    child.asked_for_help_on = on
    trail.save(child, "registry.child.asked_for_help", ["asked_for_help_on"], by=by, at=at, on=on)
    return child


@transaction.atomic
def lose_contact(*, child_id: UUID, reason: str, by: Actor, at: datetime) -> Child:
    """Nobody finds the child at present; the record waits and is not closed."""
    reason = trail.check_reason(reason)
    child = moving.open_record(child_id, by=by)
    child.state = ChildState.SUSPENDED
    trail.save(child, "registry.child.contact_lost", ["state"], by=by, at=at, reason=reason)
    return child


@transaction.atomic
def close(
    *, child_id: UUID, why: ExitReason, on: date, note: str = "", by: Actor, at: datetime
) -> Child:
    """Take the record out of the register for a reason. The stay ends when the child left.

    Raises IsClosed, DayNotPossible, StayBeganLater, and NoReason for "other" without a note.
    """
    child = moving.open_record(child_id, by=by)
    trail.check_day(on, child, at)
    if why is ExitReason.OTHER:
        trail.check_reason(note)
    if why in _LEFT:
        moving.end_open_stay(child, on=on)
    child.state = ChildState.OUT
    child.exit_reason = why
    child.exited_on = on
    columns = ["state", "exit_reason", "exited_on"]
    trail.save(
        child, "registry.child.closed", columns, by=by, at=at, why=why, on=on, reason=note.strip()
    )
    return child


@transaction.atomic
def reopen(
    *, child_id: UUID, reason: str, back_since: date | None = None, by: Actor, at: datetime
) -> Child:
    """Take a closed record in again. `back_since`: the child came back on that day and a new stay
    begins; None: the closing was a mistake and the stay goes on. Raises IsNotClosed, NoReason.
    """
    reason = trail.check_reason(reason)
    child = doors.child_to_change(child_id, by=by)
    if child.state != ChildState.OUT:
        raise IsNotClosed()
    if back_since is not None:
        trail.check_day(back_since, child, at)
    left_on, why = child.exited_on, child.exit_reason
    child.state = ChildState.TO_VERIFY
    child.exit_reason, child.exited_on = "", None
    trail.save(
        child,
        "registry.child.reopened",
        ["state", "exit_reason", "exited_on"],
        by=by,
        at=at,
        back_since=back_since,
        reason=reason,
    )
    if back_since is not None:
        moving.begin_stay(child, on=back_since, at=at)
    elif why in _LEFT and left_on is not None:
        _take_up_stay(child, left_on)
    return child


def _take_up_stay(child: Child, left_on: date) -> None:
    ended = ResidenceSpell.objects.filter(
        child_id=child.pk, until=left_on, withdrawn_at__isnull=True
    )
    ended.update(until=None)
