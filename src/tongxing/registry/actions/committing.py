"""Letting the reviewed rows of a list into the register, a chunk a transaction.

Data, progress, trail and follow-up work of a chunk commit together. A killed run is begun again
and goes on with the first chunk that is not done; ids were made when the row was staged, so that
nothing enters twice. Two lanes may work side by side: each takes chunks nobody else has locked.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from psycopg.errors import DeadlockDetected

from tongxing.access import scopes
from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.kernel.failpoints import passing
from tongxing.registry import hooks
from tongxing.registry.actions import insertion, rosters, turns
from tongxing.registry.actions.entering import ChunkWork
from tongxing.registry.actions.staging import counted
from tongxing.registry.models import Child, RosterBatch, RosterChunk, RosterRow
from tongxing.registry.values.rosters import BatchState, Decision, Fate

# A child entered by a transaction that began before the comparison and ended after it.
_LONGEST_TRANSACTION = timedelta(minutes=10)
_ATTEMPTS = 5


class _Entangled(RuntimeError):
    """A chunk met other transactions crosswise again and again."""


def commit(*, batch_id: UUID, by: Actor, at: datetime, lanes: int = 1) -> None:
    """Commit every chunk that is not in yet, and rows decided since; else NotNow.

    The batch must be in COMMITTING. Lists of the same county enter one after another.
    """
    with scopes.acting_as(by):
        division = rosters.locked(batch_id, BatchState.COMMITTING).division
    with turns.step_of(batch_id), turns.register_of(division):
        passing("roster.commit.started")
        with scopes.acting_as(by):
            _wait_for_the_dead(batch_id)
            run = Run(batch_id=batch_id, others_entered=_others_entered(batch_id), by=by, at=at)
        run.all(lanes)
        with scopes.acting_as(by):
            _finish(batch_id, by=by, at=at)
        passing("roster.commit.finished")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One go through the chunks of a list."""

    batch_id: UUID
    others_entered: bool
    by: Actor
    at: datetime

    def all(self, lanes: int) -> None:
        """Every chunk there is to do, by so many lanes side by side."""
        if lanes == 1:
            self._work()
            return
        with ThreadPoolExecutor(max_workers=lanes) as pool:
            for lane in [pool.submit(self._lane) for _ in range(lanes)]:
                lane.result()

    def _lane(self) -> None:
        try:
            self._work()
        finally:
            connection.close()

    def _work(self) -> None:
        while self._next():
            passing("roster.commit.chunk")

    def _next(self) -> bool:
        for _attempt in range(_ATTEMPTS):
            try:
                with scopes.acting_as(self.by):
                    return _commit_next(self)
            except OperationalError as error:
                if not isinstance(error.__cause__, DeadlockDetected):
                    raise
        raise _Entangled(self.batch_id)


def _wait_for_the_dead(batch_id: UUID) -> None:
    """The last transaction of a run that was killed may outlive it and hold a chunk.

    The lanes pass over what is held, and nobody would come back for it.
    """
    list(RosterChunk.objects.select_for_update().filter(batch_id=batch_id).order_by("number"))


def _others_entered(batch_id: UUID) -> bool:
    """Whether children came in from elsewhere since the list was compared with the register."""
    batch = RosterBatch.objects.get(pk=batch_id)
    if batch.staging_began_at is None:
        return True
    since = batch.staging_began_at - _LONGEST_TRANSACTION
    return Child.objects.filter(created_at__gte=since).exclude(batch_id=batch_id).exists()


def _commit_next(run: Run) -> bool:
    batch_id, by, at = run.batch_id, run.by, run.at
    chunk = _claimed(batch_id)
    if chunk is None:
        return False
    batch = RosterBatch.objects.get(pk=batch_id)
    if batch.state != BatchState.COMMITTING:
        return False
    work = ChunkWork(
        batch=batch,
        number=chunk.number,
        kinds=chunk.kinds,
        again=chunk.committed_at is not None,
        others_entered=run.others_entered,
        by=by,
        at=at,
    )
    done = work.run()
    chunks = RosterChunk.objects.filter(batch_id=batch_id, number=chunk.number)
    chunks.update(committed_at=at)
    audit.record(
        "registry.roster.chunk_committed",
        actor=by,
        at=at,
        subject_type="registry.roster",
        subject_id=batch_id,
        division=batch.division,
        chunk=chunk.number,
        entered=len(done.entered),
        changed=len(done.changed),
    )
    touched = [*done.entered, *done.changed]
    hooks.announce(touched, account_id=by.account_id, post_id=by.post_id)
    passing("roster.commit.announced")
    if not work.again:
        _add_progress(batch_id, chunk.rows)
    return True


def _claimed(batch_id: UUID) -> RosterChunk | None:
    """A chunk that nobody else has: first those that never entered, then those with late rows."""
    free = RosterChunk.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        batch_id=batch_id, undone_at__isnull=True
    )
    fresh = free.filter(committed_at__isnull=True).order_by("number").first()
    if fresh is not None:
        return fresh
    late = Exists(_late_rows().filter(batch_id=batch_id, chunk=OuterRef("number")))
    return free.filter(late, committed_at__isnull=False).order_by("number").first()


def _late_rows() -> QuerySet[RosterRow]:
    """Rows of an entered chunk that a person let in afterwards."""
    letting_in = (*insertion.DECISIONS, Decision.SAME_CHILD)
    waited = Q(fate__in=[Fate.HELD, Fate.DUPLICATE], decision__in=letting_in)
    was_left_out = Q(fate__in=[Fate.NEW, Fate.CHANGED], decision=Decision.ACCEPT)
    return RosterRow.objects.filter(waited | was_left_out, applied_at__isnull=True)


def _add_progress(batch_id: UUID, rows: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_rosterbatch SET rows_done = rows_done + %s WHERE id = %s",
            [rows, batch_id],
        )


@transaction.atomic
def _finish(batch_id: UUID, *, by: Actor, at: datetime) -> None:
    batch = RosterBatch.objects.select_for_update().get(pk=batch_id)
    unfinished = RosterChunk.objects.filter(batch_id=batch_id, committed_at__isnull=True)
    if batch.state != BatchState.COMMITTING or unfinished.exists():
        return
    batch.counts = counted(batch)
    batch.state = BatchState.COMMITTED
    batch.committed_at = batch.committed_at or at
    batch.rows_done = batch.counts["read"]
    batch.save(update_fields=["counts", "state", "committed_at", "rows_done"])
    rosters.record_step("registry.roster.committed", batch, by=by, at=at, **batch.counts)
