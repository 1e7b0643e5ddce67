"""Every row of a list gets exactly one fate: compared with its list, then with the register."""

from base64 import b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from tongxing.kernel.divisions import area_of
from tongxing.kernel.ids import uuid7
from tongxing.keys.rings import ring
from tongxing.registry.actions import sealing
from tongxing.registry.models import RosterBatch
from tongxing.registry.queries import known, places, stated
from tongxing.registry.rules import differences, lines, matching
from tongxing.registry.rules.differences import Stated
from tongxing.registry.values.rosters import Fate

_FATE_OF_STATE = {"held": Fate.HELD, "rejected": Fate.REJECTED}
_NEEDS_A_PERSON = frozenset({Fate.HELD, Fate.REJECTED, Fate.DUPLICATE, Fate.CHANGED})


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

    def ask(self, question: matching.Question, likely: UUID | None = None) -> None:
        """Hold the row for a person and say why."""
        self.fate = Fate.HELD
        self.problems = [*self.problems, {"code": question.value, "severity": "hold"}]
        self.child_id, self.likely_child_id = None, likely

    def repeats(self, earlier: int) -> None:
        """The row says again what the row `earlier` of the sheet said."""
        self.fate = Fate.DUPLICATE
        self.problems = [*self.problems, {"code": "repeats_row", "row": earlier}]

    def says_more_than(self, told: Collection[str]) -> bool:
        """Whether the row changes something, or contradicts it for the first time."""
        return any(
            each["replaces"] or stated.word_of(each) not in told for each in self.differences
        )

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
class Sorter:
    """Turns what the reader says of a chunk into rows of the table."""

    batch_id: UUID
    division: int
    stated: Stated
    places: lines.Places
    seen: matching.SeenInList = field(default_factory=matching.SeenInList)
    rows: int = 0

    @classmethod
    def of(cls, batch: RosterBatch) -> "Sorter":
        index = places.index(area_of(batch.division))
        return cls(
            batch_id=batch.pk,
            division=batch.division,
            stated=Stated(source=batch.source, as_of=batch.as_of),
            places=places.of_list(index, batch.division),
        )

    def sort(self, said: list[dict[str, Any]]) -> list[Staged]:
        """Decide the fate of some rows; each call goes on where the one before stopped."""
        rows = [self._read(line) for line in said]
        readable = [row for row in rows if row.sealed is not None]
        self._compare_with_list([row for row in readable if row.fate is Fate.NEW])
        self._compare_with_register([row for row in readable if row.fate is not Fate.DUPLICATE])
        return rows

    def _read(self, said: dict[str, Any]) -> Staged:
        self.rows += 1
        row = Staged(
            number=self.rows,
            row=said["row"],
            hidden=said["hidden"],
            fate=_FATE_OF_STATE.get(said["state"], Fate.NEW),
            problems=[_without_text(problem) for problem in said["problems"]],
            written=said.get("cells"),
        )
        if row.fate is not Fate.REJECTED:
            self._understand(row, said)
        return row

    def _understand(self, row: Staged, said: dict[str, Any]) -> None:
        line = lines.Line(**said["line"])
        lines.locate(line, self.places)
        if line.asks_for_help:
            line.child["asked_for_help_on"] = self.stated.as_of.isoformat()
        if lines.lives_outside(line, self.places):
            # Whoever lets the row in all the same says that the child lives here.
            del line.child["division"]
            row.ask(matching.Question.LIVES_OUTSIDE)
        row.line, row.sealed = line, sealing.seal(line)

    def _compare_with_list(self, rows: Sequence[Staged]) -> None:
        for row in rows:
            earlier, question = self.seen.repeats(row.row, _marks(row))
            if question is not None:
                row.ask(question)
                row.problems[-1]["row"] = earlier
            elif earlier is not None:
                row.repeats(earlier)

    def _compare_with_register(self, rows: Sequence[Staged]) -> None:
        register = known.for_marks([_marks(row) for row in rows])
        for row in rows:
            self._match(row, register.match(_marks(row)))
        self._compare_values([row for row in rows if row.child_id or row.likely_child_id])
        for row in rows:
            if row.fate is Fate.NEW:
                row.child_id = uuid7()

    def _match(self, row: Staged, found: matching.Match) -> None:
        """A row that is held already is never let in by a match; it only learns whom it may be."""
        if found.question is not None:
            row.ask(found.question, found.child_id)
        elif row.fate is Fate.HELD:
            row.likely_child_id = found.child_id
        elif found.child_id is not None:
            earlier = self.seen.is_known_child(row.row, found.child_id)
            if earlier is not None:
                row.repeats(earlier)
                row.likely_child_id = found.child_id
            else:
                row.child_id = found.child_id

    def _compare_values(self, rows: Sequence[Staged]) -> None:
        """Known children: which fields differ, which facts are news.

        A row that only may be the child may fill gaps once a person says that it is, and no more.
        """
        ids = {child_id for row in rows if (child_id := row.child_id or row.likely_child_id)}
        values = stated.values_of(ids, self.stated.source)
        told = stated.told_before(ids, self.stated.source)
        for row in rows:
            child = values.get(row.child_id or row.likely_child_id or self.batch_id)
            if child is None or row.line is None or row.sealed is None:
                # Taken back or moved away in this very moment.
                row.child_id = row.likely_child_id = None
                continue
            found = differences.compare(
                row.line,
                child.fields,
                of=self.stated,
                stated=child.stated,
                gaps_only=row.child_id is None,
            )
            news = list(child.news_of_facts(row.line, self.stated.as_of))
            if child.new_adults(row.sealed.content.get("guardians", ())):
                news.append("guardians")
            row.differences = [stated.as_kept(difference, row.line) for difference in found]
            row.differences += [{"field": kind, "replaces": True, "fact": True} for kind in news]
            if row.child_id is not None:
                is_news = row.says_more_than(told[row.child_id])
                row.fate = Fate.CHANGED if is_news else Fate.UNCHANGED


def _marks(row: Staged) -> matching.Marks:
    assert row.sealed is not None  # noqa: S101 - rejected rows never come here
    return row.sealed.marks


def _without_text(problem: dict[str, Any]) -> dict[str, Any]:
    """What a cell says may be a name or a number: it stays in the sealed cells alone."""
    return {key: value for key, value in problem.items() if key != "written"}
