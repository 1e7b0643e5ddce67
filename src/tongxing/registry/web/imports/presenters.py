"""Lists and rows as the pages show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from django.urls import reverse
from django.utils.translation import gettext as _

from tongxing.access.queries import divisions
from tongxing.kernel import divisions as codes
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import Level
from tongxing.registry.rules.fields import Field
from tongxing.registry.rules.headers import MappedColumn, Mapping
from tongxing.registry.values.rosters import BatchState, Decision, Fate
from tongxing.registry.web.imports import words
from tongxing.web.values import Tab

if TYPE_CHECKING:
    from tongxing.registry.models import RosterBatch, RosterRow

# Enough of a number to recognise the column, not enough to recognise the child.
_LONG_NUMBER = re.compile(r"(\d{6})[\d\s]{5,}[\dXx]?")
# Of these cells only the beginning is shown, however damaged they are.
_SECRET = {
    field: 3 if field.value.endswith("phone") else 6
    for field in Field
    if field.value.endswith(("id_no", "phone", "address"))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """One list in the history."""

    id: UUID
    file_name: str
    source: str
    place: str
    as_of: Any
    received_at: Any
    by: str
    state: BatchState
    state_name: str
    tone: str
    counts: dict[str, int]
    held_open: int = 0

    @property
    def read(self) -> int:
        return self.counts.get("read", 0)


def batch_line(batch: RosterBatch, places: dict[int, str]) -> BatchLine:
    """A batch in words."""
    state = BatchState(batch.state)
    return BatchLine(
        id=batch.pk,
        file_name=batch.file_name,
        source=str(words.SOURCE_NAMES.get(batch.source, batch.source)),
        place=places.get(batch.division, codes.short(batch.division)),
        as_of=batch.as_of,
        received_at=batch.created_at,
        by=batch.created_by_name,
        state=state,
        state_name=str(words.STATES[state]),
        tone=words.STATE_TONES.get(state, "neutral"),
        counts=batch.counts,
    )


def batch_lines(batches: Sequence[RosterBatch]) -> list[BatchLine]:
    """Lists in words, with the names of their places fetched once."""
    places = divisions.division_names({batch.division for batch in batches})
    return [batch_line(batch, places) for batch in batches]


def places_of(actor: Actor) -> list[tuple[int, str]]:
    """The places a post may take lists in for: its own area and one level below."""
    if actor.area is None:
        return []
    own = actor.area.lo
    below = [] if codes.level_of(own) >= Level.TOWNSHIP else divisions.children_of(own)
    names = divisions.division_names([own])
    return [(own, names.get(own, codes.short(own))), *((row.code, row.name) for row in below)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """One row that waits for a person, or that a person wants to see."""

    number: int
    row: int
    hidden: bool
    name: str
    cells: list[tuple[str, str]]
    sentences: list[str]
    notes: list[str]
    differences: list[dict[str, str]]
    likely_child: UUID | None
    child: UUID | None
    decision: str
    decided_by: str
    reason: str
    done: bool


def row_lines(rows: Sequence[RosterRow], mapping: Mapping) -> list[RowLine]:
    """Rows in words, with the names of the places in them fetched once."""
    found = {
        value
        for row in rows
        for entry in row.differences
        if entry["field"] in _PLACES
        for value in _values(entry, "before") + _values(entry, "after")
        if isinstance(value, int)
    }
    places = divisions.division_names(found)
    return [_row_line(row, mapping, places) for row in rows]


def _row_line(row: RosterRow, mapping: Mapping, places: dict[int, str]) -> RowLine:
    """What a row says, what is wrong, what would change."""
    graves = [each for each in row.problems if each.get("severity") != "note"]
    notes = [each for each in row.problems if each.get("severity") == "note"]
    return RowLine(
        number=row.number,
        row=row.row,
        hidden=row.hidden,
        name=row.line.get("child", {}).get("name", ""),
        cells=[
            (mapping.headings.get(column, ""), _masked(str(cell), mapping.columns.get(column)))
            for column, cell in enumerate(_written(row))
            if cell not in (None, "")
        ],
        sentences=[_sentence(problem) for problem in graves],
        notes=[words.of_problem(problem["code"]) for problem in notes],
        differences=[_difference(entry, places) for entry in row.differences],
        likely_child=row.likely_child_id,
        child=row.child_id,
        decision=str(words.DECISION_NAMES.get(row.decision, "")),
        decided_by=row.decided_by,
        reason=row.reason,
        done=row.applied_at is not None,
    )


def _masked(text: str, column: MappedColumn | None) -> str:
    """A cell without what tells a person apart: that is read in the source's own workbook."""
    shown = _SECRET.get(column.field) if column else None
    if shown is not None and len(text) > shown:
        return f"{text[:shown]}…"
    return _LONG_NUMBER.sub(r"\1…", text)


def _written(row: RosterRow) -> list[Any]:
    return orjson.loads(row.written) if row.written else []


def _sentence(problem: dict[str, Any]) -> str:
    sentence = words.of_problem(problem["code"])
    earlier = problem.get("row")
    if not earlier:
        return sentence
    return f"{sentence} {_('See row %(row)s.') % {'row': earlier}}"


def _difference(entry: dict[str, Any], places: dict[int, str]) -> dict[str, str]:
    return {
        "field": str(words.FIELD_NAMES.get(entry["field"], entry["field"])),
        "before": _in_words(entry, "before", places),
        "after": _in_words(entry, "after", places),
        "replaces": "yes" if entry["replaces"] else "no",
    }


_PLACES = frozenset({"residence", "hukou"})


def _in_words(entry: dict[str, Any], side: str, places: dict[int, str]) -> str:
    parts = (
        places.get(value, codes.short(value))
        if entry["field"] in _PLACES and isinstance(value, int)
        else words.of_value(entry["field"], str(value))
        for value in _values(entry, side)
    )
    return " – ".join(dict.fromkeys(parts))


def _values(entry: dict[str, Any], side: str) -> list[Any]:
    value = entry.get(side)
    parts = value if isinstance(value, list) else [value]
    return [part for part in parts if part not in (None, "")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The review page: classes with their counts, kinds of trouble, and what may be done."""

    tabs: list[Tab]
    current: Fate
    hint: str
    problems: list[Tab]
    decisions: list[tuple[str, Any]] = field(default_factory=list)


def review(batch: RosterBatch, fate: Fate, problems: dict[str, dict[str, int]]) -> Review:
    """What the review shows for one class of rows."""
    base = reverse("imports:batch", args=[batch.pk])
    tabs = [
        Tab(
            key=each.value,
            label=str(name),
            url=f"{base}?fate={each.value}",
            count=batch.counts.get(each.value, 0),
            tone="warn" if each is Fate.HELD and batch.counts.get("held") else "",
        )
        for each, name in words.FATES.items()
    ]
    return Review(
        tabs=tabs,
        current=fate,
        hint=str(words.FATE_HINTS[fate]),
        problems=_problem_tabs(base, fate, problems.get(fate.value, {})),
        decisions=[choice for choice in words.DECISIONS if _offers(fate, choice[0])],
    )


def _problem_tabs(base: str, fate: Fate, counts: dict[str, int]) -> list[Tab]:
    return [
        Tab(
            key=code,
            label=words.of_problem(code),
            url=f"{base}?fate={fate.value}&code={code}",
            count=count,
        )
        for code, count in sorted(counts.items(), key=lambda each: -each[1])
    ]


def _offers(fate: Fate, decision: str) -> bool:
    if fate is Fate.HELD:
        return True
    if fate is Fate.DUPLICATE:
        return decision in {Decision.ACCEPT.value, Decision.LEAVE_OUT.value}
    return fate in {Fate.CHANGED, Fate.NEW} and decision == Decision.LEAVE_OUT.value


def first_fate(batch: RosterBatch) -> Fate:
    """The class a person should look at first."""
    return next((fate for fate in words.FATES if batch.counts.get(fate.value)), Fate.NEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the mapping page: its heading, its field, and what the first rows say."""

    field: Any
    sure: bool
    examples: list[str]


def columns(mapping: Mapping, form: Any, preview: Iterable[list[str]]) -> list[Column]:
    """The mapping page's rows, in the order of the sheet."""
    rows = list(preview)
    return [
        Column(
            field=form[f"column_{column}"],
            sure=column in mapping.columns and mapping.columns[column].confidence >= 1,
            examples=[
                _masked(row[column], mapping.columns.get(column))
                for row in rows
                if column < len(row) and row[column]
            ][:3],
        )
        for column in sorted(mapping.headings)
    ]
