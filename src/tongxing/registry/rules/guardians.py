"""The adults around a child, put together from the columns about each of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from tongxing.exchange.spreadsheets.values import Cell
from tongxing.registry.rules.cells import bare, free_text, is_absent, is_unstated, plain, text_of
from tongxing.registry.rules.code_lists import RELATIONS
from tongxing.registry.rules.fields import Field
from tongxing.registry.rules.people import adult_number, guardian_name_of, phone_of
from tongxing.registry.rules.problems import Finding, Problem, problem

_FIXED_RELATIONS = {"father": "51", "mother": "52"}
_PERSONS = ("guardian", "guardian2", "father", "mother")
_WORK_PLACE = free_text("work_place")


class _Columns(NamedTuple):
    """Where the list speaks of one adult; a column that it does not have is None."""

    source: str
    name: int | None
    relation: int | None
    id_no: int | None
    phone: int | None
    work_place: int | None


class GuardianReader:
    """Reads the adults of a row; `at` tells the column of each field."""

    def __init__(self, at: Mapping[Field, int], *, allow_fictional: bool) -> None:
        self._fictional = allow_fictional
        self._persons = [
            columns for source in _PERSONS if _says_anything(columns := _columns(source, at))
        ]

    def read(self, cells: list[Cell]) -> tuple[list[dict[str, str]], list[Finding]]:
        """Every adult of whom the row says something, and what was wrong.

        `cells` reach to the last mapped column at least.
        """
        adults: list[dict[str, str]] = []
        findings: list[Finding] = []
        for person in self._persons:
            if adult := self._adult(person, cells, findings):
                _join(adults, adult)
        return adults, findings

    def _adult(
        self, person: _Columns, cells: list[Cell], findings: list[Finding]
    ) -> dict[str, str]:
        adult: dict[str, str] = {}
        kinship = ""
        if (cell := _at(cells, person.name)) is not None:
            name, kinship = guardian_name_of(cell)
            adult["name"] = name.text
            _note(findings, person, "name", cell, name.problems)
        if (cell := _at(cells, person.id_no)) is not None:
            number = adult_number(cell, allow_fictional=self._fictional)
            adult["id_no"], adult["document_no"] = number.number, number.document
            _note(findings, person, "id_no", cell, number.problems)
        if (cell := _at(cells, person.phone)) is not None:
            phone = phone_of(cell)
            adult["phone"] = phone.digits
            if phone.problem:
                _note(findings, person, "phone", cell, (phone.problem,))
        if (cell := _at(cells, person.work_place)) is not None:
            adult.update(_work_place(cell))
        self._relate(adult, person, cells, findings, kinship)
        stated = {key: value for key, value in adult.items() if value}
        if not stated or (person.source in _FIXED_RELATIONS and set(stated) == {"relation"}):
            return {}
        stated["source"] = person.source
        return stated

    def _relate(
        self,
        adult: dict[str, str],
        person: _Columns,
        cells: list[Cell],
        findings: list[Finding],
        kinship: str,
    ) -> None:
        """The relation from its own column, from a kinship word in the name's place, or fixed."""
        cell = _at(cells, person.relation)
        code, written = _relation(kinship if cell is None else text_of(cell))
        if cell is not None and written and not code:
            _note(findings, person, "relation", cell, (problem("guardian_relation_unknown"),))
        adult["relation"] = _FIXED_RELATIONS.get(person.source) or code
        adult["relation_written"] = written


def _at(cells: list[Cell], column: int | None) -> Cell:
    return None if column is None else cells[column]


def _note(
    findings: list[Finding],
    person: _Columns,
    about: str,
    cell: Cell,
    troubles: tuple[Problem, ...],
) -> None:
    for trouble in troubles:
        column = getattr(person, about)
        findings.append(Finding(trouble, f"{person.source}_{about}", column, text_of(cell)))


@lru_cache(maxsize=4096)
def _relation(written: str) -> tuple[str, str]:
    """The code of GB/T 4761, when there is one, and the words."""
    word = plain(written)
    if is_unstated(word) or is_absent(word):
        return "", ""
    return str(RELATIONS.get(word, "")), bare(written)


def _work_place(cell: Cell) -> dict[str, str]:
    return {key: str(value) for key, value in _WORK_PLACE(cell).values}


def _columns(source: str, at: Mapping[Field, int]) -> _Columns:
    found = {
        about: at.get(Field(name)) if (name := f"{source}_{about}") in _FIELD_NAMES else None
        for about in _Columns._fields[1:]
    }
    return _Columns(source, **found)


def _says_anything(columns: _Columns) -> bool:
    return any(column is not None for column in columns[1:])


_FIELD_NAMES = frozenset(field.value for field in Field)


def _join(adults: list[dict[str, str]], adult: dict[str, str]) -> None:
    """Add an adult; the guardian who is also named as father or mother is one person."""
    for known in adults:
        same_number = known.get("id_no") and known.get("id_no") == adult.get("id_no")
        same_name = known.get("name") and known.get("name") == adult.get("name")
        clash = known.get("id_no", "") != adult.get("id_no", known.get("id_no", ""))
        if same_number or (same_name and not (clash and known.get("id_no"))):
            for key, value in adult.items():
                known.setdefault(key, value)
            return
    adults.append(adult)
