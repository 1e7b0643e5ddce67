"""Where the headings of a list stand, and what its columns hold.

Lists come with title rows, headings over two or three rows with merged groups, and headings in
everybody's own words. What is proposed here is shown to a person, who may correct it; the
correction is remembered for lists with the same headings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from tongxing.exchange.spreadsheets.values import Block, Cell, Row
from tongxing.registry.rules.fields import ESSENTIAL, Field
from tongxing.registry.rules.vocabulary import (
    Heading,
    names_something,
    normal,
    recognise,
    recognise_in_group,
)

_SEARCHED_ROWS = 40
_DEEPEST_HEADING = 3
_LEAST_HEADINGS = 2
_LONGEST_HEADING = 60
JOINT = " / "


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column that is read as `field`. `confidence` is 1 when the heading leaves no doubt."""

    field: Field
    heading: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How the columns of a list are read. Rows count from 1, columns from 0.

    Data begin after row `header_last`; 0 means that no headings were found. `codes` holds, for a
    field, what the list's own codes mean; `duplicates` names further columns of the same field,
    which are not read.
    """

    header_first: int = 0
    header_last: int = 0
    headings: dict[int, str] = field(default_factory=dict)
    columns: dict[int, MappedColumn] = field(default_factory=dict)
    duplicates: dict[Field, tuple[int, ...]] = field(default_factory=dict)
    codes: dict[Field, dict[str, str]] = field(default_factory=dict)

    @property
    def unmatched(self) -> dict[int, str]:
        """The headings that nobody has given a meaning."""
        return {
            column: heading
            for column, heading in self.headings.items()
            if column not in self.columns
        }

    @property
    def missing(self) -> tuple[Field, ...]:
        """The essential fields that no column holds."""
        held = {mapped.field for mapped in self.columns.values()}
        return tuple(each for each in ESSENTIAL if each not in held)

    def with_column(self, column: int, meaning: Field | None) -> Mapping:
        """The person's correction; a field is held by one column only."""
        kept = {
            index: mapped
            for index, mapped in self.columns.items()
            if index != column and mapped.field != meaning
        }
        if meaning is not None:
            kept[column] = MappedColumn(meaning, self.headings.get(column, ""), 1.0)
        doubles = {
            each: tuple(index for index in indexes if index != column)
            for each, indexes in self.duplicates.items()
        }
        return replace(
            self,
            columns=dict(sorted(kept.items())),
            duplicates={each: indexes for each, indexes in doubles.items() if indexes},
        )

    def with_codes(self, meaning: Field, codes: dict[str, str]) -> Mapping:
        """What the list's own codes mean in a column of that field."""
        return replace(self, codes={**self.codes, meaning: codes})

    def as_dict(self) -> dict[str, Any]:
        return {
            "header_first": self.header_first,
            "header_last": self.header_last,
            "headings": {str(index): heading for index, heading in self.headings.items()},
            "columns": {
                str(index): [mapped.field.value, mapped.heading, mapped.confidence]
                for index, mapped in self.columns.items()
            },
            "duplicates": {each.value: list(found) for each, found in self.duplicates.items()},
            "codes": {each.value: codes for each, codes in self.codes.items()},
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Mapping:
        return cls(
            header_first=data["header_first"],
            header_last=data["header_last"],
            headings={int(index): heading for index, heading in data["headings"].items()},
            columns={
                int(index): MappedColumn(Field(meaning), heading, confidence)
                for index, (meaning, heading, confidence) in data["columns"].items()
            },
            duplicates={Field(each): tuple(found) for each, found in data["duplicates"].items()},
            codes={Field(each): dict(codes) for each, codes in data.get("codes", {}).items()},
        )


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A run of rows read as headings, and what they would mean."""

    first: int
    last: int
    headings: dict[int, str]
    meanings: dict[int, Heading]
    passed_over: bool

    @property
    def fields(self) -> int:
        return len({meaning.field for meaning in self.meanings.values()})

    @property
    def worth(self) -> tuple[int, float, int]:
        """Distinct fields, then certainty; of equals, fewer rows.

        Headings in the row above, left out of the reading, may change what these mean.
        """
        certainty = sum(meaning.confidence for meaning in self.meanings.values())
        return self.fields - self.passed_over, round(certainty, 2), self.first - self.last


def propose(
    head: Sequence[Row], merged: Sequence[Block] = (), known: dict[str, Any] | None = None
) -> Mapping:
    """Find the headings in the first rows and say what each column holds.

    `known` is a mapping (as a dict) that a person confirmed for the same headings: its meanings
    and codes are taken over, wherever the headings stand this time.
    """
    candidates = [*_candidates(head[:_SEARCHED_ROWS], merged)]
    best = max(candidates, key=lambda candidate: candidate.worth, default=None)
    if best is None or best.fields < _LEAST_HEADINGS:
        return _without_headings(head, known)
    proposal = _settle(best)
    return _remember(proposal, Mapping.from_dict(known)) if known else proposal


def fingerprint(headings: Iterable[str]) -> str:
    """The same for the same headings in the same order, whatever their width and blanks."""
    text = "\n".join(normal(heading) for heading in headings)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _candidates(head: Sequence[Row], merged: Sequence[Block]) -> Iterable[_Candidate]:
    for start, row in enumerate(head):
        for depth in range(1, _DEEPEST_HEADING + 1):
            rows = head[start : start + depth]
            if len(rows) == depth and rows[-1].number - row.number == depth - 1:
                above = head[start - 1] if start else None
                yield _candidate(rows, merged, passed_over=_holds_headings(above, row))


def _holds_headings(above: Row | None, row: Row) -> bool:
    if above is None or above.number != row.number - 1:
        return False
    return any(names_something(_text(cell)) for cell in above.cells)


def _candidate(rows: Sequence[Row], merged: Sequence[Block], *, passed_over: bool) -> _Candidate:
    lines = [_texts(row, merged) for row in rows]
    merged_rows = {block.first_row for block in merged}
    for row, (upper, lower) in zip(rows, pairwise(lines), strict=False):
        if row.number not in merged_rows:
            _carry_groups(upper, lower)
    headings: dict[int, str] = {}
    meanings: dict[int, Heading] = {}
    for column in range(max(map(len, lines))):
        words = [line[column] for line in lines if column < len(line) and line[column]]
        words = list(dict.fromkeys(words))
        if not words:
            continue
        headings[column] = JOINT.join(words)
        if meaning := _meaning(words, own=_own(lines, column)):
            meanings[column] = meaning
    return _Candidate(rows[0].number, rows[-1].number, headings, meanings, passed_over)


def _own(lines: list[list[str]], column: int) -> bool:
    """Whether the lowest row says something of its own here, or everything above is one word."""
    below = column < len(lines[-1]) and bool(lines[-1][column])
    return below or len({line[column] for line in lines if column < len(line)} - {""}) == 1


def _meaning(words: list[str], *, own: bool) -> Heading | None:
    if not own or any(len(word) > _LONGEST_HEADING for word in words):
        return None
    if len(words) == 1:
        return recognise(words[0])
    return recognise_in_group("".join(words[:-1]), words[-1])


def _texts(row: Row, merged: Sequence[Block]) -> list[str]:
    """The row's texts, with the text of a merged area in all of its columns."""
    texts = [_text(cell) for cell in row.cells]
    for block in merged:
        if block.first_row == row.number and block.first_column < len(texts):
            end = min(block.last_column + 1, len(texts))
            if end - block.first_column < len(texts):
                text = texts[block.first_column]
                texts[block.first_column : end] = [text] * (end - block.first_column)
    return texts


def _carry_groups(upper: list[str], lower: list[str]) -> None:
    """Carry a group's heading to the right where no merged areas are known, as in csv.

    A heading is a group's when something stands below it; it ends where nothing does.
    """
    group = ""
    upper += [""] * (len(lower) - len(upper))
    for column, below in enumerate(lower):
        if upper[column]:
            group = upper[column] if below else ""
        elif below:
            upper[column] = group
        else:
            group = ""


def _text(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _settle(candidate: _Candidate) -> Mapping:
    """Give each field to the column whose heading is surest; name the others as duplicates."""
    holders: dict[Field, list[int]] = {}
    for column, meaning in sorted(
        candidate.meanings.items(), key=lambda item: (-item[1].confidence, item[0])
    ):
        holders.setdefault(meaning.field, []).append(column)
    columns = {
        indexes[0]: MappedColumn(
            meaning, candidate.headings[indexes[0]], candidate.meanings[indexes[0]].confidence
        )
        for meaning, indexes in holders.items()
    }
    return Mapping(
        header_first=candidate.first,
        header_last=candidate.last,
        headings=candidate.headings,
        columns=dict(sorted(columns.items())),
        duplicates={each: tuple(found[1:]) for each, found in holders.items() if len(found) > 1},
    )


def _remember(proposal: Mapping, known: Mapping) -> Mapping:
    """Meanings that a person confirmed for these headings, in place of the proposed ones."""
    waiting: dict[str, list[Field | None]] = {}
    for column, heading in sorted(known.headings.items()):
        mapped = known.columns.get(column)
        waiting.setdefault(normal(heading), []).append(mapped.field if mapped else None)
    settled = replace(proposal, codes=known.codes)
    for column, heading in sorted(proposal.headings.items()):
        if meanings := waiting.get(normal(heading)):
            settled = settled.with_column(column, meanings.pop(0))
    return settled


def _without_headings(head: Sequence[Row], known: dict[str, Any] | None) -> Mapping:
    """No headings: the person names the columns by their position, or did so before."""
    if known and not known["header_last"]:
        return Mapping.from_dict(known)
    width = max((len(row.cells) for row in head), default=0)
    return Mapping(headings=dict.fromkeys(range(width), ""))
