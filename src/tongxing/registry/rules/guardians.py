"""The adults around a child, put together from the columns about each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tongxing.exchange.spreadsheets.values import Cell
from tongxing.registry.rules.cells import bare, free_text, is_unstated, plain, text_of
from tongxing.registry.rules.code_lists import RELATIONS
from tongxing.registry.rules.fields import Field
from tongxing.registry.rules.people import adult_number, guardian_name_of, phone_of
from tongxing.registry.rules.problems import Finding, Problem, problem

_FIXED_RELATIONS = {"father": "51", "mother": "52"}
_PERSONS = ("guardian", "guardian2", "father", "mother")
_ABOUT = ("name", "relation", "id_no", "phone", "work_place")
_WORK_PLACE = free_text("work_place")


class _Columns(NamedTuple):
    """Where the list speaks of one adult."""

    source: str
    at: dict[str, int]


class GuardianReader:
    """Reads the adults of a row; `at` tells the column of each field."""

    def __init__(self, at: Mapping[Field, int], *, allow_fictional: bool) -> None:
        self._fictional = allow_fictional
        self._persons = [person for source in _PERSONS if (person := _columns(source, at)).at]

    def read(self, cells: list[Cell]) -> tuple[list[dict[str, str]], list[Finding]]:
        """Every adult of whom the row says something, and what was wrong."""
        adults: list[dict[str, str]] = []
        findings: list[Finding] = []
        for person in self._persons:
            stated = {
                about: cells[column]
                for about, column in person.at.items()
                if column < len(cells) and cells[column] is not None
            }
            if stated:
                adult = self._adult(person, stated, findings)
                _join(adults, adult)
        return adults, findings

    def _adult(
        self, person: _Columns, stated: dict[str, Cell], findings: list[Finding]
    ) -> dict[str, str]:
        def note(about: str, *troubles: Problem | None) -> None:
            for trouble in troubles:
                if trouble:
                    meaning = f"{person.source}_{about}"
                    written = text_of(stated[about])
                    findings.append(Finding(trouble, meaning, person.at[about], written))

        adult: dict[str, str] = {}
        name, kinship = guardian_name_of(stated.get("name"))
        note("name", *name.problems)
        number = adult_number(stated.get("id_no"), allow_fictional=self._fictional)
        note("id_no", *number.problems)
        phone = phone_of(stated.get("phone"))
        note("phone", phone.problem)
        written = bare(text_of(stated.get("relation"))) or kinship
        code = _FIXED_RELATIONS.get(person.source) or str(RELATIONS.get(plain(written), ""))
        if not code and "relation" in stated and not is_unstated(plain(written)):
            note("relation", problem("guardian_relation_unknown"))
        said = dict(_WORK_PLACE(stated.get("work_place")).values)
        adult = {
            "relation": code,
            "relation_written": "" if is_unstated(plain(written)) else written,
            "name": name.text,
            "id_no": number.number,
            "document_no": number.document,
            "phone": phone.digits,
            "work_place": str(said.get("work_place", "")),
        }
        adult = {key: value for key, value in adult.items() if value}
        fixed = person.source in _FIXED_RELATIONS and set(adult) == {"relation"}
        return {} if fixed else {**adult, "source": person.source} if adult else {}


def _columns(source: str, at: Mapping[Field, int]) -> _Columns:
    places = {
        about: at[Field(name)]
        for about in _ABOUT
        if (name := f"{source}_{about}") in _FIELD_NAMES and Field(name) in at
    }
    return _Columns(source, places)


_FIELD_NAMES = frozenset(field.value for field in Field)


def _join(adults: list[dict[str, str]], adult: dict[str, str]) -> None:
    """Add an adult; the guardian who is also named as father or mother is one person."""
    if not adult:
        return
    for known in adults:
        same_number = known.get("id_no") and known.get("id_no") == adult.get("id_no")
        same_name = known.get("name") and known.get("name") == adult.get("name")
        clash = known.get("id_no", "") != adult.get("id_no", known.get("id_no", ""))
        if same_number or (same_name and not (clash and known.get("id_no"))):
            for key, value in adult.items():
                known.setdefault(key, value)
            return
    adults.append(adult)
