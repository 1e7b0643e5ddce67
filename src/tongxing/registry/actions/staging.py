"""Reading a list row by row into a staged change set: every row gets exactly one fate.

The file is read by the guarded child process; here its lines are sealed, compared with each other
and with the register, and written down a chunk at a time. A run that dies is simply begun again.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.db import connection, transaction

from tongxing.access import scopes
from tongxing.exchange.spreadsheets import Unreadable, read_table
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import area_of
from tongxing.kernel.failpoints import passing
from tongxing.kernel.ids import uuid7
from tongxing.keys import files
from tongxing.keys.rings import ring
from tongxing.registry.actions import rosters, sealing
from tongxing.registry.models import RosterBatch, RosterChunk, RosterRow
from tongxing.registry.queries import known, places
from tongxing.registry.rules import differences, lines, matching
from tongxing.registry.rules.differences import Stated
from tongxing.registry.rules.headers import Mapping
from tongxing.registry.rules.rosters import RosterSettings
from tongxing.registry.values.rosters import BatchState, Fate

CHUNK_ROWS = 1000
_FATE_OF_STATE = {"held": Fate.HELD, "rejected": Fate.REJECTED}
_NEEDS_A_PERSON = frozenset({Fate.HELD, Fate.REJECTED, Fate.DUPLICATE, Fate.CHANGED})


def stage(*, batch_id: UUID, by: Actor, at: datetime) -> None:
    """Read the whole list and stage it; leaves the batch in REVIEW, STOPPED or UNREADABLE."""
    with scopes.acting_as(by):
        batch = _begin(batch_id)
    passing("roster.stage.started")
    try:
        _read_rows(batch, by=by, at=at)
    except Unreadable as failure:
        with scopes.acting_as(by):
            _drop_rows(batch_id)
            rosters.note_unreadable(batch_id=batch_id, failure=failure.as_dict(), by=by, at=at)
        return
    with scopes.acting_as(by):
        _finish(batch_id, by=by, at=at)
    passing("roster.stage.finished")


def _read_rows(batch: RosterBatch, *, by: Actor, at: datetime) -> None:
    mapping = Mapping.from_dict(batch.mapping)
    reading = RosterSettings(
        mapping=mapping,
        today=at.date(),
        allow_fictional=settings.TONGXING_ALLOW_FICTIONAL_IDENTITY,
    ).as_dict()
    name = rosters.file_name_of(batch.pk)
    with scopes.acting_as(by):
        stager = Stager.of(batch)
    with (
        files.opened(name, context=rosters.FILE_CONTEXT) as path,
        read_table(path, sheet=batch.sheet or None) as table,
    ):
        results = table.batches(
            "tongxing.registry.rules.rosters:line_reader", reading, after_row=mapping.header_last
        )
        for number, said in enumerate(_chunks(results)):
            with scopes.acting_as(by):
                stager.stage_chunk(number, said)
            passing("roster.stage.chunk")


def _chunks(batches: Iterable[list[dict[str, Any]]]) -> Iterator[list[dict[str, Any]]]:
    each = (line for batch in batches for line in batch)
    while chunk := list(islice(each, CHUNK_ROWS)):
        yield chunk


def _begin(batch_id: UUID) -> RosterBatch:
    batch = rosters.locked(batch_id, BatchState.STAGING)
    _drop_rows(batch_id)
    batch.rows_done = 0
    batch.save(update_fields=["rows_done"])
    return batch


@transaction.atomic
def _drop_rows(batch_id: UUID) -> None:
    """Forget what an interrupted run had staged; nothing of it is in the register."""
    RosterRow.objects.filter(batch_id=batch_id).delete()
    RosterChunk.objects.filter(batch_id=batch_id).delete()


def _finish(batch_id: UUID, *, by: Actor, at: datetime) -> None:
    batch = rosters.locked(batch_id, BatchState.STAGING)
    batch.counts = counted(batch_id)
    batch.state = BatchState.STOPPED if _has_shrunk(batch) else BatchState.REVIEW
    batch.save(update_fields=["counts", "state"])
    rosters.record_step("registry.roster.staged", batch, by=by, at=at, **batch.counts)


def counted(batch_id: UUID) -> dict[str, int]:
    """Rows by fate as they stand in the table, and how many were read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fate, count(*) FROM registry_rosterrow WHERE batch_id = %s GROUP BY fate",
            [batch_id],
        )
        by_fate = dict(cursor.fetchall())
    return {"read": sum(by_fate.values()), **{fate.value: by_fate.get(fate, 0) for fate in Fate}}


def _has_shrunk(batch: RosterBatch) -> bool:
    """A part of the list is probably missing: one school, one street."""
    if not batch.previous_rows:
        return False
    least = batch.previous_rows * (100 - settings.TONGXING_SHRINK_ALARM_PERCENT) / 100
    return bool(batch.counts["read"] < least)


@dataclass(kw_only=True)
class Staged:
    """A row on its way into the table."""

    number: int
    row: int
    hidden: bool
    fate: Fate
    problems: list[dict[str, Any]]
    written: list[str | None] | None
    line: lines.Line | None = None
    sealed: sealing.SealedLine | None = None
    child_id: UUID | None = None
    likely_child_id: UUID | None = None
    differences: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, question: matching.Question, likely: UUID | None) -> None:
        """Hold the row for a person and say why."""
        self.fate = Fate.HELD
        self.problems = [*self.problems, {"code": question.value, "severity": "hold"}]
        self.child_id, self.likely_child_id = None, likely

    def as_row(self) -> dict[str, Any]:
        content = self.sealed.content if self.sealed else {}
        written = None
        if self.fate in _NEEDS_A_PERSON and self.written is not None:
            text = orjson.dumps(self.written).decode()
            written = b64encode(ring().seal(text, context="roster.written")).decode()
        return {
            "number": self.number,
            "row": self.row,
            "hidden": self.hidden,
            "fate": self.fate.value,
            "line": content,
            "written": written,
            "problems": self.problems,
            "differences": self.differences,
            "child_id": str(self.child_id) if self.child_id else None,
            "likely_child_id": str(self.likely_child_id) if self.likely_child_id else None,
        }


@dataclass(kw_only=True)
class Stager:
    """Turns what the reader says of a chunk into rows of the table."""

    batch_id: UUID
    division: int
    stated: Stated
    places: lines.Places
    seen: matching.SeenInList = field(default_factory=matching.SeenInList)
    next_number: int = 1

    @classmethod
    def of(cls, batch: RosterBatch) -> "Stager":
        area = area_of(batch.division)
        index = places.index(area)
        return cls(
            batch_id=batch.pk,
            division=batch.division,
            stated=Stated(source=batch.source, as_of=batch.as_of),
            places=places.of_list(index, batch.division),
        )

    def stage_chunk(self, number: int, said: list[dict[str, Any]]) -> None:
        """Decide the fate of the chunk's rows and write them in the caller's transaction."""
        rows = [self._staged(line) for line in said]
        open_rows = [row for row in rows if row.sealed is not None and row.fate is Fate.NEW]
        self._compare_with_list(open_rows)
        self._compare_with_register([row for row in open_rows if row.fate is Fate.NEW])
        self._write(number, rows)

    def _staged(self, said: dict[str, Any]) -> Staged:
        row = Staged(
            number=self.next_number,
            row=said["row"],
            hidden=said["hidden"],
            fate=_FATE_OF_STATE.get(said["state"], Fate.NEW),
            problems=[_without_text(problem) for problem in said["problems"]],
            written=said.get("cells"),
        )
        self.next_number += 1
        if row.fate is not Fate.REJECTED:
            row.line = lines.prepare(said["values"], said["guardians"], self.places)
            if row.line.asks_for_help:
                row.line.child["asked_for_help_on"] = self.stated.as_of.isoformat()
            row.sealed = sealing.seal(row.line)
            if lines.lives_outside(row.line, self.places):
                row.ask(matching.Question.LIVES_OUTSIDE, None)
        return row

    def _compare_with_list(self, rows: list[Staged]) -> None:
        for row in rows:
            assert row.sealed is not None  # noqa: S101 - only readable rows come here
            earlier, question = self.seen.repeats(row.number, row.sealed.marks)
            if question is not None:
                row.ask(question, None)
            elif earlier is not None:
                row.fate = Fate.DUPLICATE
                row.problems = [*row.problems, {"code": "repeats_row", "row": earlier}]

    def _compare_with_register(self, rows: list[Staged]) -> None:
        register = known.for_marks([row.sealed.marks for row in rows if row.sealed])
        for row in rows:
            assert row.sealed is not None  # noqa: S101 - only readable rows come here
            found = register.match(row.sealed.marks)
            if found.question is not None:
                row.ask(found.question, found.child_id)
            else:
                row.child_id = found.child_id
        self._compare_values([row for row in rows if row.fate is Fate.NEW and row.child_id])
        for row in rows:
            if row.fate is Fate.NEW and row.child_id is None:
                row.child_id = uuid7()

    def _compare_values(self, rows: list[Staged]) -> None:
        """Known children: which fields differ, which facts are news."""
        values = known.values_of([row.child_id for row in rows if row.child_id], self.stated.source)
        for row in rows:
            assert row.line is not None and row.child_id is not None  # noqa: S101, PT018
            child = values[row.child_id]
            found = differences.compare(row.line, child.fields, of=self.stated, stated=child.stated)
            news = [kind for kind, fact in row.line.facts.items() if child.facts.get(kind) != fact]
            if row.sealed and child.has_no(row.sealed.content.get("guardians", ())):
                news.append("guardians")
            row.differences = [difference.as_dict() for difference in found]
            row.differences += [{"field": kind, "replaces": True, "fact": True} for kind in news]
            changes = any(entry["replaces"] for entry in row.differences)
            row.fate = Fate.CHANGED if changes else Fate.UNCHANGED

    def _write(self, number: int, rows: list[Staged]) -> None:
        payload = orjson.dumps([row.as_row() for row in rows]).decode()
        with connection.cursor() as cursor:
            cursor.execute(_INSERT_ROWS, [self.batch_id, number, self.division, payload])
        passing("roster.stage.rows")
        RosterChunk.objects.create(
            batch_id=self.batch_id,
            number=number,
            division=self.division,
            rows=len(rows),
            kinds=sorted({kind for row in rows if row.line for kind in row.line.facts}),
        )
        batch = RosterBatch.objects.select_for_update().get(pk=self.batch_id)
        tally = Counter(row.fate.value for row in rows)
        counts = Counter(batch.counts if number else {}) + tally
        batch.counts = dict(counts)
        batch.rows_done = (batch.rows_done if number else 0) + len(rows)
        batch.save(update_fields=["counts", "rows_done"])


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


def _without_text(problem: dict[str, Any]) -> dict[str, Any]:
    """What a cell says may be a name or a number: it stays in the sealed cells alone."""
    return {key: value for key, value in problem.items() if key != "written"}
