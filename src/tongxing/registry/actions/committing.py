"""Letting the reviewed rows of a list into the register, a chunk a transaction.

Data, progress, trail and follow-up work of a chunk commit together. A killed run is begun again
and goes on with the first chunk that is not done; ids were made when the row was staged, so that
nothing enters twice. Two lanes may work side by side: each takes chunks nobody else has locked.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from tongxing.access import scopes
from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.kernel.failpoints import passing
from tongxing.registry import hooks
from tongxing.registry.actions import insertion, rosters, updating
from tongxing.registry.actions.staging import counted
from tongxing.registry.models import Child, RosterBatch, RosterChunk, RosterRow
from tongxing.registry.values.rosters import BatchState, Decision, Fate

# A product default: no text sets a day for looking after a child who lives alone.
CLUE_DUE_DAYS = 3


def commit(*, batch_id: UUID, by: Actor, at: datetime, lanes: int = 1) -> None:
    """Commit every chunk that is not in yet; the batch must be in COMMITTING."""
    passing("roster.commit.started")
    if lanes == 1:
        _work(batch_id, by=by, at=at)
    else:
        with ThreadPoolExecutor(max_workers=lanes) as pool:
            for lane in [pool.submit(_lane, batch_id, by=by, at=at) for _ in range(lanes)]:
                lane.result()
    with scopes.acting_as(by):
        _finish(batch_id, by=by, at=at)
    passing("roster.commit.finished")


def _lane(batch_id: UUID, *, by: Actor, at: datetime) -> None:
    try:
        _work(batch_id, by=by, at=at)
    finally:
        connection.close()


def _work(batch_id: UUID, *, by: Actor, at: datetime) -> None:
    while True:
        with scopes.acting_as(by):
            if not _commit_next(batch_id, by=by, at=at):
                return
        passing("roster.commit.chunk")


def _commit_next(batch_id: UUID, *, by: Actor, at: datetime) -> bool:
    chunk = (
        RosterChunk.objects.select_for_update(skip_locked=True)
        .filter(batch_id=batch_id, committed_at__isnull=True)
        .order_by("number")
        .first()
    )
    if chunk is None:
        return False
    batch = RosterBatch.objects.get(pk=batch_id)
    if batch.state != BatchState.COMMITTING:
        return False
    work = ChunkWork(batch=batch, number=chunk.number, kinds=chunk.kinds, by=by, at=at)
    changed = work.let_in() + work.change()
    RosterChunk.objects.filter(batch_id=batch_id, number=chunk.number).update(committed_at=at)
    audit.record(
        "registry.roster.chunk_committed",
        actor=by,
        at=at,
        subject_type="registry.roster",
        subject_id=batch_id,
        division=batch.division,
        chunk=chunk.number,
        children=len(changed),
    )
    hooks.announce(changed, account_id=by.account_id, post_id=by.post_id)
    _add_progress(batch_id, chunk.rows)
    return True


def _add_progress(batch_id: UUID, rows: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_rosterbatch SET rows_done = rows_done + %s WHERE id = %s",
            [rows, batch_id],
        )


@transaction.atomic
def _finish(batch_id: UUID, *, by: Actor, at: datetime) -> None:
    batch = RosterBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != BatchState.COMMITTING:
        return
    batch.counts = counted(batch_id)
    batch.state = BatchState.COMMITTED
    batch.committed_at = batch.committed_at or at
    batch.rows_done = batch.counts["read"]
    batch.save(update_fields=["counts", "state", "committed_at", "rows_done"])
    rosters.record_step("registry.roster.committed", batch, by=by, at=at, **batch.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkWork:
    """One chunk of a batch on its way in."""

    batch: RosterBatch
    number: int
    kinds: list[str]
    by: Actor
    at: datetime

    def let_in(self) -> list[UUID]:
        """New children with everything the list says of them; answers their ids."""
        waiting = self._waiting()
        if not waiting:
            return []
        with connection.cursor() as cursor:
            cursor.execute(insertion.PLAN)
            cursor.execute(insertion.entering(self.kinds), self._parameters())
            children = [row[0] for row in cursor.fetchall()]
        passing("roster.commit.children")
        self._mark_decided()
        if len(children) < waiting:
            self._hold_collisions()
        return children

    def change(self) -> list[UUID]:
        """Known children whose row brings something new."""
        rows = RosterRow.objects.filter(
            batch_id=self.batch.pk, chunk=self.number, applied_at__isnull=True
        ).exclude(decision=Decision.LEAVE_OUT)
        changed = list(rows.filter(fate=Fate.CHANGED))
        same = list(rows.filter(fate__in=[Fate.HELD, Fate.DUPLICATE], decision=Decision.SAME_CHILD))
        updating.apply_rows([*changed, *same], batch=self.batch, by=self.by, at=self.at)
        self._mark_applied([row.number for row in [*changed, *same]])
        passing("roster.commit.changes")
        return [row.child_id for row in [*changed, *same] if row.child_id]

    def _waiting(self) -> int:
        """How many rows of the chunk shall enter as new children."""
        counted = f"SELECT count(*) FROM registry_rosterrow r WHERE {insertion.ENTERING}"  # noqa: S608 - a constant
        with connection.cursor() as cursor:
            cursor.execute(counted, self._parameters())
            return int(cursor.fetchone()[0])

    def _parameters(self) -> dict[str, Any]:
        return {
            "batch": self.batch.pk,
            "chunk": self.number,
            "source": self.batch.source,
            "as_of": self.batch.as_of,
            "due_on": self.at.date() + timedelta(days=CLUE_DUE_DAYS),
        }

    def _mark_decided(self) -> None:
        """Rows a person let in are done; clean rows need no mark, their child is there."""
        present = Exists(Child.objects.filter(pk=OuterRef("child_id")))
        RosterRow.objects.filter(
            present,
            batch_id=self.batch.pk,
            chunk=self.number,
            fate__in=[Fate.HELD, Fate.DUPLICATE],
            decision__in=insertion.DECISIONS,
        ).update(applied_at=self.at)

    def _mark_applied(self, numbers: list[int]) -> None:
        RosterRow.objects.filter(
            batch_id=self.batch.pk, chunk=self.number, number__in=numbers
        ).update(applied_at=self.at)

    def _hold_collisions(self) -> None:
        """Rows that were new when read, but whose number another list brought in meanwhile."""
        rows = RosterRow.objects.filter(
            batch_id=self.batch.pk, chunk=self.number, fate=Fate.NEW
        ).exclude(decision=Decision.LEAVE_OUT)
        present = Exists(Child.objects.filter(pk=OuterRef("child_id")))
        for row in rows.filter(~present):
            row.fate = Fate.HELD
            row.problems = [*row.problems, {"code": "entered_meanwhile", "severity": "hold"}]
            row.likely_child_id = updating.child_with_number_of(row)
            row.child_id = None
            row.save(update_fields=["fate", "problems", "likely_child_id", "child_id"])
