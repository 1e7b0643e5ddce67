"""Taking a whole list back: what it brought is withdrawn, what it changed is put back.

A child that somebody worked on since stays as it is and is counted as left.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from tongxing.access import scopes
from tongxing.kernel.actors import Actor
from tongxing.kernel.failpoints import passing
from tongxing.registry import hooks
from tongxing.registry.actions import rosters
from tongxing.registry.actions.updating import replace_name_keys
from tongxing.registry.models import (
    Child,
    Guardian,
    HukouSpell,
    ResidenceSpell,
    RosterBatch,
    RosterChange,
    RosterChunk,
)
from tongxing.registry.queries import known
from tongxing.registry.values.rosters import BatchState

_DETAILS = (Guardian, HukouSpell, ResidenceSpell, *known.FACT_TABLES.values())
_FACT_TABLE_OF = {table._meta.model_name: table for table in known.FACT_TABLES.values()}
_DATES = frozenset({"born_from", "born_until"})


@transaction.atomic
def begin_undo(
    *, batch_id: UUID, reason: str, by: Actor, at: datetime, by_worker: bool = True
) -> RosterBatch:
    """Say that a committed list shall be taken back, and why."""
    batch = rosters.locked(batch_id, BatchState.COMMITTED)
    batch.state = BatchState.UNDOING
    batch.undo_left = 0
    batch.save(update_fields=["state", "undo_left"])
    rosters.record_step("registry.roster.undo_begun", batch, by=by, at=at, reason=reason)
    if by_worker:
        rosters.later("registry.undo_roster", batch_id, by=by)
    return batch


def undo(*, batch_id: UUID, by: Actor, at: datetime) -> None:
    """Take back chunk after chunk; the batch must be in UNDOING. May be begun again."""
    while True:
        with scopes.acting_as(by):
            if not _undo_next(batch_id, by=by, at=at):
                break
        passing("roster.undo.chunk")
    with scopes.acting_as(by):
        batch = rosters.locked(batch_id, BatchState.UNDOING)
        batch.state = BatchState.UNDONE
        batch.undone_at = at
        batch.save(update_fields=["state", "undone_at"])
        facts = {"left": batch.undo_left}
        rosters.record_step("registry.roster.undone", batch, by=by, at=at, **facts)


def _undo_next(batch_id: UUID, *, by: Actor, at: datetime) -> bool:
    chunk = (
        RosterChunk.objects.select_for_update()
        .filter(batch_id=batch_id, undone_at__isnull=True)
        .order_by("-number")
        .first()
    )
    if chunk is None:
        return False
    children, left = _withdraw_new(batch_id, chunk.number, at=at)
    put_back = _put_back(batch_id, chunk.number, at=at)
    RosterChunk.objects.filter(batch_id=batch_id, number=chunk.number).update(undone_at=at)
    batch = RosterBatch.objects.select_for_update().get(pk=batch_id)
    batch.undo_left += left + put_back.left
    batch.save(update_fields=["undo_left"])
    touched = [*children, *put_back.children]
    hooks.announce(touched, account_id=by.account_id, post_id=by.post_id)
    return True


def _withdraw_new(batch_id: UUID, chunk: int, *, at: datetime) -> tuple[list[UUID], int]:
    """Children the chunk brought in and nobody changed since."""
    of_chunk = RosterBatch.objects.get(pk=batch_id).rows.filter(chunk=chunk).values("child_id")
    brought = Child.objects.filter(
        batch_id=batch_id, pk__in=of_chunk, withdrawn_at__isnull=True
    ).select_for_update()
    untouched = [child.pk for child in brought if child.revision == 1]
    Child.objects.filter(pk__in=untouched).update(withdrawn_at=at)
    return untouched, len(brought) - len(untouched)


class _PutBack:
    """Children whose earlier values came back, and how many had moved on."""

    def __init__(self) -> None:
        self.children: list[UUID] = []
        self.left = 0


def _put_back(batch_id: UUID, chunk: int, *, at: datetime) -> _PutBack:
    done = _PutBack()
    changes = RosterChange.objects.filter(
        batch_id=batch_id, chunk=chunk, put_back_at__isnull=True
    ).order_by("-id")
    for change in changes:
        if _put_back_one(change, batch_id, at=at):
            done.children.append(change.child_id)
        else:
            done.left += 1
    RosterChange.objects.filter(batch_id=batch_id, chunk=chunk).update(put_back_at=at)
    return done


def _put_back_one(change: RosterChange, batch_id: UUID, *, at: datetime) -> bool:
    if change.subject == "child":
        return _put_back_child(change, batch_id, at=at)
    if change.subject == "guardian":
        Guardian.objects.filter(pk=change.subject_id).update(withdrawn_at=at)
        return True
    if change.subject == "residencespell":
        stays = ResidenceSpell.objects.filter(child_id=change.child_id)
        stays.filter(batch_id=batch_id).update(withdrawn_at=at)
        stays.filter(pk=change.subject_id).update(**orjson.loads(change.before or "{}"))
        return True
    table = _FACT_TABLE_OF[change.subject]
    rows = table._default_manager
    rows.filter(child_id=change.child_id, batch_id=batch_id).update(withdrawn_at=at)
    rows.filter(pk=change.subject_id).update(superseded_on=None)
    return True


def _put_back_child(change: RosterChange, batch_id: UUID, *, at: datetime) -> bool:
    child = Child.objects.select_for_update(of=("self",)).get(pk=change.child_id)
    if child.revision != change.revision_after:
        return False
    before: dict[str, Any] = orjson.loads(change.before or "{}")
    former_name = child.name
    for name, value in before.items():
        setattr(child, name, value)
    child.revision += 1
    child.save(update_fields=[*before, "revision"])
    HukouSpell.objects.filter(child=child, batch_id=batch_id).update(withdrawn_at=at)
    replace_name_keys(child, former_name=former_name)
    return True
