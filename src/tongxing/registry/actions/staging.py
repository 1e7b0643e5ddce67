"""Reading a list row by row into a staged change set.

The file is read by the guarded child process; here its rows are sorted and written down a chunk at
a time. A run that dies is simply begun again.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.timezone import localdate

from tongxing.access import scopes
from tongxing.exchange.spreadsheets import Unreadable
from tongxing.kernel.actors import Actor
from tongxing.kernel.failpoints import passing
from tongxing.registry.actions import chunks, rosters, turns
from tongxing.registry.actions.sorting import Sorter
from tongxing.registry.models import RosterBatch, RosterChunk, RosterRow
from tongxing.registry.queries import originals
from tongxing.registry.rules.headers import Mapping
from tongxing.registry.rules.rosters import RosterSettings
from tongxing.registry.values.rosters import BatchState, Counts, Fate

_READER = "tongxing.registry.rules.lines:line_reader"


class RowsMissing(RuntimeError):
    """The table does not hold as many rows as were read: nothing of this may be shown."""


def stage(*, batch_id: UUID, by: Actor, at: datetime, lanes: int = 1) -> None:
    """Read the whole list and stage it; leaves the batch in REVIEW, STOPPED or UNREADABLE.

    The batch must be in STAGING, else NotNow. With two lanes rows are written while others are
    being sorted.
    """
    with turns.step_of(batch_id):
        _stage(batch_id, by=by, at=at, lanes=lanes)


def _stage(batch_id: UUID, *, by: Actor, at: datetime, lanes: int) -> None:
    with scopes.acting_as(by):
        batch = _begin(batch_id)
    passing("roster.stage.started")
    try:
        read = _read_rows(batch, by=by, at=at, lanes=lanes)
    except Unreadable as failure:
        with scopes.acting_as(by):
            _drop_rows(batch_id)
            rosters.note_unreadable(batch_id=batch_id, failure=failure.as_dict(), by=by, at=at)
        return
    with scopes.acting_as(by):
        _finish(batch_id, read, by=by, at=at)
    passing("roster.stage.finished")


def _read_rows(batch: RosterBatch, *, by: Actor, at: datetime, lanes: int) -> int:
    """Stage every row; answers how many the reader says it delivered."""
    mapping = Mapping.from_dict(batch.mapping)
    reading = RosterSettings(
        mapping=mapping,
        today=localdate(at),
        allow_fictional=settings.TONGXING_ALLOW_FICTIONAL_IDENTITY,
    ).as_dict()
    with scopes.acting_as(by):
        sorter = Sorter.of(batch)
    with (
        originals.opened(batch.pk, sheet=batch.sheet) as table,
        chunks.writer(batch, by=by, lanes=lanes) as writer,
        _no_rounds_of_garbage(),
    ):
        results = table.batches(_READER, reading, after_row=mapping.header_last)
        for number, said in enumerate(_runs(results)):
            with scopes.acting_as(by):
                rows = sorter.sort(said)
            writer.take(chunks.Chunk.of(number, rows))
        return table.ending.rows if table.ending else 0


@contextmanager
def _no_rounds_of_garbage() -> Iterator[None]:
    """Rows make no cycles; walking all of them again and again would cost a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def _runs(batches: Iterable[list[dict[str, Any]]]) -> Iterator[list[dict[str, Any]]]:
    each = (line for batch in batches for line in batch)
    while chunk := list(islice(each, settings.TONGXING_CHUNK_ROWS)):
        yield chunk


def _begin(batch_id: UUID) -> RosterBatch:
    # Chunks before their batch, as everybody does who needs both.
    list(RosterChunk.objects.select_for_update().filter(batch_id=batch_id).order_by("number"))
    batch = rosters.locked(batch_id, BatchState.STAGING)
    _drop_rows(batch_id)
    batch.rows_done, batch.counts = 0, {}
    batch.staging_began_at = Now()
    batch.save(update_fields=["rows_done", "counts", "staging_began_at"])
    return batch


@transaction.atomic
def _drop_rows(batch_id: UUID) -> None:
    """Forget what an interrupted run had staged; nothing of it is in the register."""
    RosterRow.objects.filter(batch_id=batch_id).delete()
    RosterChunk.objects.filter(batch_id=batch_id).delete()


def _finish(batch_id: UUID, read: int, *, by: Actor, at: datetime) -> None:
    batch = rosters.locked(batch_id, BatchState.STAGING)
    batch.expected_rows = read
    batch.counts = counted(batch)
    batch.state = BatchState.STOPPED if _has_shrunk(batch) else BatchState.REVIEW
    batch.save(update_fields=["expected_rows", "counts", "state"])
    rosters.record_step("registry.roster.staged", batch, by=by, at=at, **batch.counts)


def counted(batch: RosterBatch) -> dict[str, int]:
    """Rows by fate as they stand in the table, beside how many were read. Raises RowsMissing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fate, count(*) FROM registry_rosterrow WHERE batch_id = %s GROUP BY fate",
            [batch.pk],
        )
        by_fate = {Fate(fate): count for fate, count in cursor.fetchall()}
    counts = Counts(read=batch.expected_rows or 0, by_fate=by_fate)
    if not counts.conserved:
        raise RowsMissing(f"roster {batch.pk}: {counts.as_dict()}")
    return counts.as_dict()


def _has_shrunk(batch: RosterBatch) -> bool:
    """A part of the list is probably missing: one school, one street."""
    if not batch.previous_rows:
        return False
    least = batch.previous_rows * (100 - settings.TONGXING_SHRINK_ALARM_PERCENT) / 100
    return bool(batch.counts["read"] < least)
