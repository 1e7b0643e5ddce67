"""Residence and days away: dated changes that keep everything that was before."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import area_of
from tongxing.registry import doors
from tongxing.registry.actions import trail
from tongxing.registry.actions.refusals import (
    IsClosed,
    LeavesYourArea,
    OutOfOrder,
    OverlappingStay,
    SamePlace,
    StayBeganLater,
)
from tongxing.registry.actions.updating import replace_name_keys
from tongxing.registry.models import Child, ResidenceSpell, TemporaryAbsence
from tongxing.registry.rules.lines import interval_of
from tongxing.registry.values.changes import Away, Move
from tongxing.registry.values.children import ChildState, Source


@transaction.atomic
def move(*, child_id: UUID, move: Move, by: Actor, at: datetime) -> Child:
    """End the present stay and begin the next one inside the actor's area.

    Everything about the child follows to the new place in the same statement. Raises
    LeavesYourArea, SamePlace, StayBeganLater, OverlappingStay, IsClosed, DayNotPossible.
    """
    child = open_record(child_id, by=by)
    trail.check_day(move.on, child, at)
    if by.area is None or not by.area.covers(area_of(move.to)):
        raise LeavesYourArea()
    if move.to == child.division:
        raise SamePlace()
    before = child.division
    end_open_stay(child, on=move.on)
    child.division = move.to
    child.address = move.address or None
    child.provenance = trail.stated_by_staff(child, ["residence", "address"], at)
    columns = ["division", "address", "provenance"]
    facts: dict[str, Any] = {"from_place": before, "to_place": move.to, "on": move.on}
    trail.save(child, "registry.child.moved", columns, by=by, at=at, **facts, reason=move.reason)
    replace_name_keys(child)
    begin_stay(child, on=move.on, at=at)
    return child


def end_open_stay(child: Child, *, on: date) -> None:
    """The stay that is still open ends on `on`, the first day that no longer belongs to it."""
    stays = ResidenceSpell.objects.filter(
        child_id=child.pk, until__isnull=True, withdrawn_at__isnull=True
    )
    for stay in stays:
        if stay.since is not None and stay.since >= on:
            raise StayBeganLater(since=stay.since.isoformat())
    stays.update(until=on)


def begin_stay(child: Child, *, on: date, at: datetime, latest: date | None = None) -> None:
    """A new stay at the child's place from `on`. Raises OverlappingStay."""
    try:
        with transaction.atomic():
            ResidenceSpell.objects.create(
                child_id=child.pk,
                division=child.division,
                place=child.division,
                since=on,
                since_latest=latest or on,
                source=Source.STAFF,
                as_of=localdate(at),
            )
    except IntegrityError as error:
        if "residence_no_overlap" in str(error):
            raise OverlappingStay() from error
        raise


@transaction.atomic
def date_stay(*, child_id: UUID, since: str, by: Actor, at: datetime) -> Child:
    """Say since when the child has lived at its place: a day, a month or a year.

    The statement it replaces is withdrawn, not lost. Raises OverlappingStay, DayNotPossible.
    """
    child = open_record(child_id, by=by)
    first, last = interval_of(since)
    trail.check_day(first, child, at)
    ResidenceSpell.objects.filter(
        child_id=child.pk, until__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=at)
    begin_stay(child, on=first, latest=last, at=at)
    child.provenance = trail.stated_by_staff(child, ["lived_since"], at)
    trail.save(
        child, "registry.child.stay_dated", ["provenance"], by=by, at=at, since=first, until=last
    )
    return child


@transaction.atomic
def note_absence(*, child_id: UUID, away: Away, by: Actor, at: datetime) -> Child:
    """Keep days away that do not end the stay: holidays at the hukou place, a hospital."""
    child = open_record(child_id, by=by)
    trail.check_day(away.since, child, at)
    if away.until is not None and away.until <= away.since:
        raise OutOfOrder()
    TemporaryAbsence.objects.create(
        child_id=child.pk,
        division=child.division,
        since=away.since,
        until=away.until,
        reason=away.reason,
        source=Source.STAFF,
        as_of=localdate(at),
    )
    trail.save(
        child,
        "registry.child.absence_noted",
        [],
        by=by,
        at=at,
        since=away.since,
        until=away.until,
    )
    return child


def open_record(child_id: UUID, *, by: Actor) -> Child:
    """The locked child, when its record is not closed. Raises IsClosed, NoSuchChild."""
    child = doors.child_to_change(child_id, by=by)
    if child.state == ChildState.OUT:
        raise IsClosed()
    return child
