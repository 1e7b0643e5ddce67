"""Sorted rows on their way into the table, a chunk a transaction.

With a second lane the database takes a chunk down while the next rows are being sorted; never more
than one chunk is on its way, so that a run that dies loses no more than it would otherwise.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import orjson
from django.db import connection

from tongxing.access import scopes
from tongxing.kernel.actors import Actor
from tongxing.kernel.failpoints import passing
from tongxing.registry.actions.sorting import Staged
from tongxing.registry.models import RosterBatch, RosterChunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A run of sorted rows, ready to be written."""

    number: int
    rows: int
    last_row: int
    payload: str
    kinds: list[str]
    tally: Counter[str]

    @classmethod
    def of(cls, number: int, rows: Sequence[Staged]) -> "Chunk":
        return cls(
            number=number,
            rows=len(rows),
            last_row=rows[-1].number,
            payload=orjson.dumps([row.as_row() for row in rows]).decode(),
            kinds=sorted({kind for row in rows if row.line for kind in row.line.facts}),
            tally=Counter(row.fate.value for row in rows),
        )


@dataclass(kw_only=True)
class Writer:
    """Writes the chunks of one list in their order."""

    batch: RosterBatch
    by: Actor
    lane: ThreadPoolExecutor | None = None
    on_its_way: Future[None] | None = None

    def take(self, chunk: Chunk) -> None:
        """Write a chunk down, or have it written; what went wrong with the one before is raised."""
        self.finish()
        if self.lane is None:
            self._write(chunk)
        else:
            self.on_its_way = self.lane.submit(self._write, chunk)

    def finish(self) -> None:
        """Wait until everything that was taken is in the table."""
        if self.on_its_way is not None:
            self.on_its_way.result()
            self.on_its_way = None

    def _write(self, chunk: Chunk) -> None:
        with scopes.acting_as(self.by):
            # First, for the lock on the list: when this process dies, its last transaction may
            # outlive it by a moment, and whoever begins anew must wait for that.
            self._note_progress(chunk)
            self._insert(chunk)
        passing("roster.stage.chunk")

    def _insert(self, chunk: Chunk) -> None:
        batch_id, division = self.batch.pk, self.batch.division
        with connection.cursor() as cursor:
            cursor.execute(_INSERT_ROWS, [batch_id, chunk.number, division, chunk.payload])
        passing("roster.stage.rows")
        RosterChunk.objects.create(
            batch_id=batch_id,
            number=chunk.number,
            division=division,
            rows=chunk.rows,
            kinds=chunk.kinds,
        )

    def _note_progress(self, chunk: Chunk) -> None:
        batch = RosterBatch.objects.select_for_update().get(pk=self.batch.pk)
        batch.counts = dict(Counter(batch.counts if chunk.number else {}) + chunk.tally)
        batch.rows_done = chunk.last_row
        batch.save(update_fields=["counts", "rows_done"])


@contextmanager
def writer(batch: RosterBatch, *, by: Actor, lanes: int) -> Iterator[Writer]:
    """Writes in the caller's thread, or with two lanes beside it; on leaving all is written."""
    if lanes == 1:
        yield Writer(batch=batch, by=by)
        return
    with ThreadPoolExecutor(max_workers=1) as lane:
        try:
            aside = Writer(batch=batch, by=by, lane=lane)
            yield aside
            aside.finish()
        finally:
            lane.submit(_close_own_connection)


def _close_own_connection() -> None:
    connection.close()


_INSERT_ROWS = """
INSERT INTO registry_rosterrow
    (batch_id, number, chunk, division, row, hidden, fate, line, written, problems, differences,
     child_id, likely_child_id, decision, decided_by, reason)
SELECT %s, r.number, %s, %s, r.row, r.hidden, r.fate, r.line, decode(r.written, 'base64'),
       r.problems, r.differences, r.child_id, r.likely_child_id, '', '', ''
  FROM jsonb_to_recordset(%s::jsonb) AS r(
       number int, row int, hidden bool, fate text, line jsonb, written text, problems jsonb,
       differences jsonb, child_id uuid, likely_child_id uuid)
"""
