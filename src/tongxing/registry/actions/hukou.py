"""Where the hukou is: changes with their day, and corrections of what was written before."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from tongxing.kernel.actors import Actor
from tongxing.registry import doors
from tongxing.registry.actions import trail
from tongxing.registry.actions.refusals import HukouChangedThatDay
from tongxing.registry.models import Child, HukouSpell
from tongxing.registry.values.changes import HukouMove
from tongxing.registry.values.children import HukouKnown, Source


@transaction.atomic
def change_hukou(*, child_id: UUID, move: HukouMove, by: Actor, at: datetime) -> Child:
    """Keep where the hukou went and on which day. Without a day the present place is corrected:
    what was written before is withdrawn, not lost. A later change stays the present one.

    Raises HukouChangedThatDay, DayNotPossible.
    """
    child = doors.child_to_change(child_id, by=by)
    spells = HukouSpell.objects.filter(child_id=child.pk, withdrawn_at__isnull=True)
    if move.on is None:
        since, is_present = _withdraw_present(child, at=at), True
    else:
        trail.check_day(move.on, child, at)
        if spells.filter(since=move.on).exists():
            raise HukouChangedThatDay()
        since, is_present = move.on, not spells.filter(since__gt=move.on).exists()
    HukouSpell.objects.create(
        child_id=child.pk,
        division=child.division,
        place=move.place,
        registered=move.registered,
        since=since,
        source=Source.STAFF,
        as_of=localdate(at),
    )
    columns = _write_present(child, move, at=at) if is_present else []
    trail.save(
        child,
        "registry.child.hukou_changed" if move.on else "registry.child.hukou_corrected",
        columns,
        by=by,
        at=at,
        to_place=move.place,
        on=move.on,
        reason=move.reason,
    )
    return child


def _withdraw_present(child: Child, *, at: datetime) -> date | None:
    """Take back the statement about the present hukou; answers since when it spoke."""
    spells = HukouSpell.objects.filter(child_id=child.pk, withdrawn_at__isnull=True)
    present = spells.order_by(F("since").desc(nulls_last=True)).first()
    if present is None:
        return None
    spells.filter(pk=present.pk).update(withdrawn_at=at)
    return present.since


def _write_present(child: Child, move: HukouMove, *, at: datetime) -> list[str]:
    child.hukou = HukouKnown.REGISTERED if move.registered else HukouKnown.NOT_REGISTERED
    child.hukou_division = move.place
    child.hukou_text = move.written
    child.provenance = trail.stated_by_staff(child, ["hukou"], at)
    return ["hukou", "hukou_division", "hukou_text", "provenance"]
