"""One row of a roster as a line: what it states, and everything that is wrong with it.

Blank is not stated: a key that is absent was not said. Numbers and dates are never repaired; what
was taken off (width, blanks, a small x) is noted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NotRequired, TypedDict

from tongxing.exchange.spreadsheets.values import Cell
from tongxing.kernel.months import age_on
from tongxing.registry.rules import columns
from tongxing.registry.rules.cells import NOTHING, Reader, one_of, plain, text_of
from tongxing.registry.rules.code_lists import SEXES
from tongxing.registry.rules.dates import birth_date_of, parse
from tongxing.registry.rules.fields import Field
from tongxing.registry.rules.guardians import GuardianReader
from tongxing.registry.rules.headers import Mapping
from tongxing.registry.rules.not_data import is_example, not_a_child
from tongxing.registry.rules.people import NO_NAME, NO_NUMBER, Name, Number, child_number, name_of
from tongxing.registry.rules.problems import Finding, Problem, Severity, problem
from tongxing.registry.rules.settling import SETTLED, is_contradictory, settle

ADULT_AGE = 18
_REMEMBERED = 20_000
_STATES = {Severity.NOTE: "usable", Severity.HOLD: "held", Severity.REJECT: "rejected"}
_GRAVITY = {Severity.NOTE: 0, Severity.HOLD: 1, Severity.REJECT: 2}


class RosterLine(TypedDict):
    """A row as it crosses the pipe; everything in it can be written as JSON."""

    row: int
    hidden: bool
    state: str
    values: dict[str, Any]
    guardians: list[dict[str, str]]
    derived: list[str]
    problems: list[dict[str, str | int | None]]
    cells: NotRequired[list[str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSettings:
    """How a list is read. `allow_fictional` lets the numbers of demonstrations pass."""

    mapping: Mapping
    today: date
    allow_fictional: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            "mapping": self.mapping.as_dict(),
            "today": self.today.isoformat(),
            "allow_fictional": self.allow_fictional,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> RosterSettings:
        return cls(
            mapping=Mapping.from_dict(data["mapping"]),
            today=date.fromisoformat(data["today"]),
            allow_fictional=data["allow_fictional"],
        )


def line_reader(settings: dict[str, Any]) -> Callable[[int, bool, list[Cell]], RosterLine]:
    """The row function for `Table.batches`; `settings` is `RosterSettings.as_dict()`."""
    return LineReader(RosterSettings.from_dict(settings)).read


def read_row(number: int, hidden: bool, cells: list[Cell], settings: RosterSettings) -> RosterLine:
    """One row on its own; for many rows make a LineReader once."""
    return LineReader(settings).read(number, hidden, cells)


@dataclass(slots=True)
class _Draft:
    """A line in the making."""

    values: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)

    @property
    def gravest(self) -> Severity:
        severities = (finding.problem.severity for finding in self.findings)
        return max(severities, key=_GRAVITY.__getitem__, default=Severity.NOTE)


class LineReader:
    """Reads rows of one list. Keeps in memory what repeated cells said."""

    def __init__(self, settings: RosterSettings) -> None:
        self._today = settings.today
        self._fictional = settings.allow_fictional
        self._at = {mapped.field: index for index, mapped in settings.mapping.columns.items()}
        self._width = max(self._at.values(), default=-1) + 1
        self._plain_fields = [*_plain_fields(settings)]
        self._sex = _sex_reader(settings.mapping)
        self._births = _remembering(birth_date_of)
        self._settles = not SETTLED.isdisjoint(self._at)
        self._guardians = GuardianReader(self._at, allow_fictional=settings.allow_fictional)
        self._headings = _heading_words(settings.mapping)

    def read(self, number: int, hidden: bool, cells: list[Cell]) -> RosterLine:
        """What the row states. `number` is its row in the sheet."""
        if len(cells) < self._width:
            cells = cells + [None] * (self._width - len(cells))
        draft = _Draft()
        name = self._name(cells)
        identity = self._identity(cells)
        if hidden:
            self._find(draft, problem("hidden_row"), None, cells)
        if trouble := self._unusable(cells, name, identity):
            self._find(draft, trouble, None, cells)
            return self._finished(number, hidden, cells, draft, [])
        guardians, notes = self._guardians.read(cells)
        identity = self._own_number(cells, identity, guardians)
        self._state_identity(draft, cells, name, identity)
        self._state_plain(draft, cells)
        self._state_birth(draft, cells, identity)
        self._state_sex(draft, cells, identity)
        draft.findings += notes
        if self._settles:
            settle(draft.values, draft.derived)
        if is_contradictory(draft.values):
            self._find(draft, problem("left_behind_and_migrant"), Field.LEFT_BEHIND, cells)
        return self._finished(number, hidden, cells, draft, guardians)

    def _cell(self, cells: list[Cell], meaning: Field) -> Cell:
        column = self._at.get(meaning)
        return None if column is None else cells[column]

    def _name(self, cells: list[Cell]) -> Name:
        cell = self._cell(cells, Field.NAME)
        return NO_NAME if cell is None else name_of(cell)

    def _identity(self, cells: list[Cell]) -> Number:
        cell = self._cell(cells, Field.ID_NO)
        if cell is None:
            return NO_NUMBER
        written = self._cell(cells, Field.ID_TYPE)
        kind = columns.document_kind(written) if written is not None else None
        return child_number(cell, id_type=kind, allow_fictional=self._fictional)

    def _own_number(
        self, cells: list[Cell], identity: Number, guardians: Sequence[dict[str, str]]
    ) -> Number:
        """The number, unless it is another person's; then nothing follows from it."""
        if not identity.number or identity.birth_date is None:
            return identity
        if any(guardian.get("id_no") == identity.number for guardian in guardians):
            return Number(problems=(problem("id_guardians_number"),))
        if _age_on(identity.birth_date, self._today) < ADULT_AGE:
            return identity
        cell = self._cell(cells, Field.BIRTH_DATE)
        stated = NOTHING if cell is None else self._births(cell)
        if ("birth_date", identity.birth_date.isoformat()) in stated.values:
            return identity
        return Number(problems=(problem("id_of_an_adult"),))

    def _unusable(self, cells: list[Cell], name: Name, identity: Number) -> Problem | None:
        """Why the row is no child, if so."""
        first = next((cell for cell in cells if cell is not None), None)
        if isinstance(first, str) and is_example(first):
            return problem("example_row")
        if identity.number:
            return None
        names = {each.code for each in name.problems}
        numbers = {each.code for each in identity.problems}
        if (not name.text or name.problems or plain(name.text) in self._headings) and (
            no_child := not_a_child(cells, self._headings)
        ):
            return no_child
        if "name_masked" in names and "id_masked" in numbers:
            return problem("masked_row")
        if "cell_error" in names and "cell_error" in numbers:
            return problem("error_row")
        nothing = not name.text and not name.problems and not identity.document
        return problem("no_name_no_number") if nothing and not numbers - _NO_NUMBER_SAID else None

    def _state_identity(
        self, draft: _Draft, cells: list[Cell], name: Name, identity: Number
    ) -> None:
        if name.text:
            draft.values["name"] = name.text
        elif not name.problems:
            self._find(draft, problem("name_missing"), Field.NAME, cells)
        for trouble in name.problems:
            self._find(draft, trouble, Field.NAME, cells)
        for trouble in identity.problems:
            self._find(draft, trouble, Field.ID_NO, cells)
        if identity.number:
            draft.values["id_no"] = identity.number
        if identity.document:
            draft.values["document_no"] = identity.document

    def _state_plain(self, draft: _Draft, cells: list[Cell]) -> None:
        values = draft.values
        for column, meaning, reader in self._plain_fields:
            if (cell := cells[column]) is None:
                continue
            said = reader(cell)
            for key, value in said.values:
                values[key] = value
            if said.problem:
                draft.findings.append(Finding(said.problem, meaning.value, column, text_of(cell)))

    def _state_birth(self, draft: _Draft, cells: list[Cell], identity: Number) -> None:
        cell = self._cell(cells, Field.BIRTH_DATE)
        said = NOTHING if cell is None else self._births(cell)
        stated = dict(said.values)
        if identity.birth_date:
            self._compare_birth(draft, cells, stated, said.problem, identity.birth_date)
        else:
            draft.values.update(stated)
            if said.problem:
                self._find(draft, said.problem, Field.BIRTH_DATE, cells)
            elif not stated and "age" in draft.values:
                self._find(draft, problem("age_without_birth_date"), Field.AGE, cells)
        if born := draft.values.get("birth_date"):
            self._check_age(draft, cells, date.fromisoformat(born))

    def _compare_birth(
        self,
        draft: _Draft,
        cells: list[Cell],
        stated: dict[str, Any],
        trouble: Problem | None,
        born: date,
    ) -> None:
        """The number's date counts; a date that says otherwise holds the row."""
        draft.values["birth_date"] = born.isoformat()
        if stated.get("birth_date") == born.isoformat():
            return
        draft.derived.append("birth_date")
        if not _agrees(stated, born):
            draft.values["birth_date_stated"] = parse(self._cell(cells, Field.BIRTH_DATE))
            self._find(draft, problem("birth_date_contradicts_id"), Field.BIRTH_DATE, cells)
        elif trouble and not stated:
            self._find(draft, problem("birth_date_from_id"), Field.BIRTH_DATE, cells)

    def _check_age(self, draft: _Draft, cells: list[Cell], born: date) -> None:
        if born > self._today:
            self._find(draft, problem("birth_date_in_future"), Field.BIRTH_DATE, cells)
            return
        age = _age_on(born, self._today)
        if age >= ADULT_AGE:
            self._find(draft, problem("age_out_of_range"), Field.BIRTH_DATE, cells)
        elif abs(draft.values.get("age", age) - age) > 1:
            self._find(draft, problem("age_disagrees"), Field.AGE, cells)

    def _state_sex(self, draft: _Draft, cells: list[Cell], identity: Number) -> None:
        cell = self._cell(cells, Field.SEX)
        said = NOTHING if cell is None else self._sex(cell)
        if said.problem:
            self._find(draft, said.problem, Field.SEX, cells)
        stated = dict(said.values).get("sex")
        if stated:
            draft.values["sex"] = stated
        if identity.male is None or said.problem:
            return
        own = "male" if identity.male else "female"
        if not stated:
            draft.values["sex"] = own
            draft.derived.append("sex")
        elif stated != own:
            draft.values.update(sex=own, sex_stated=stated)
            self._find(draft, problem("sex_contradicts_id"), Field.SEX, cells)

    def _find(
        self, draft: _Draft, trouble: Problem, meaning: Field | None, cells: list[Cell]
    ) -> None:
        column = self._at.get(meaning) if meaning else None
        written = text_of(self._cell(cells, meaning)) if meaning else ""
        draft.findings.append(Finding(trouble, meaning.value if meaning else None, column, written))

    def _finished(
        self,
        number: int,
        hidden: bool,
        cells: list[Cell],
        draft: _Draft,
        guardians: list[dict[str, str]],
    ) -> RosterLine:
        state = _STATES[draft.gravest] if draft.findings else "usable"
        line = RosterLine(
            row=number,
            hidden=hidden,
            state=state,
            values=draft.values,
            guardians=guardians,
            derived=draft.derived,
            problems=[finding.as_dict() for finding in draft.findings],
        )
        if state != "usable":
            line["cells"] = [None if cell is None else text_of(cell) for cell in cells]
        return line


# Types are told apart: 1, 1.0 and yes are equal keys, but not the same cell.
_remembering = lru_cache(maxsize=_REMEMBERED, typed=True)
_age_on = lru_cache(maxsize=_REMEMBERED)(age_on)
_NO_NUMBER_SAID = {"id_stated_missing"}
_PlainField = tuple[int, Field, Reader]


def _plain_fields(settings: RosterSettings) -> list[_PlainField]:
    """The mapped columns that are read on their own, each with its reader."""
    known = columns.readers(settings.today)
    found: list[_PlainField] = []
    for column, mapped in settings.mapping.columns.items():
        reader = known.get(mapped.field)
        if reader is None:
            continue
        if codes := settings.mapping.codes.get(mapped.field):
            reader = columns.with_codes(reader, mapped.field.value, codes)
        if mapped.field not in columns.UNREPEATED:
            reader = _remembering(reader)
        found.append((column, mapped.field, reader))
    return found


def _sex_reader(mapping: Mapping) -> Reader:
    reader = one_of("sex", SEXES, "sex_unknown_word")
    codes = mapping.codes.get(Field.SEX)
    return columns.with_codes(reader, "sex", codes) if codes else reader


def _heading_words(mapping: Mapping) -> frozenset[str]:
    words = (part for heading in mapping.headings.values() for part in heading.split(" / "))
    return frozenset(plain(word) for word in words if word)


def _agrees(stated: dict[str, Any], born: date) -> bool:
    """Whether what is stated of the birth date, if anything, can be that day."""
    if "birth_date" in stated:
        return bool(stated["birth_date"] == born.isoformat())
    year, month = stated.get("birth_year", born.year), stated.get("birth_month", born.month)
    return bool(year == born.year and month == born.month)
