"""A line of a list as the register keeps it: places resolved, dates as intervals, facts apart.

The roster rules read cells; this module turns what they read into the columns of the register.
Nothing is sealed here: `secrets` of the child and of its guardians are sealed by the caller.
"""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from tongxing.exchange.spreadsheets.values import Cell
from tongxing.kernel import names
from tongxing.kernel.divisions import Area
from tongxing.registry.rules.rosters import LineReader, RosterSettings
from tongxing.registry.values.children import FactKind

# What a list says → the column that keeps it. Silent fields are absent, never blank.
_CHILD = {
    "name": "name",
    "former_name": "former_name",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "nationality": "nationality",
    "id_type": "identity_kind",
    "id_missing_reason": "identity_missing_reason",
    "moved_with": "moved_with",
}
_SECRETS = {"id_no": "identity_number", "residence_address": "address", "remarks": "remarks"}
_FACTS: dict[FactKind, dict[str, str]] = {
    FactKind.ENROLMENT: {
        "stage": "stage",
        "school_name": "school",
        "school_code": "school_code",
        "grade": "grade",
        "class_name": "class_name",
        "pupil_record_no": "pupil_record",
        "attends": "attends",
        "boards": "boards",
        "accompanying": "accompanying",
        "migrant_worker_child": "migrant_worker_child",
        "left_behind": "left_behind",
    },
    FactKind.PERMIT: {
        "has_permit": "has_permit",
        "permit_until": "valid_until",
        "permit_issued_by": "issued_by",
    },
    FactKind.INSURANCE: {
        "insured": "insured",
        "insurance_year": "year",
        "insured_division": "insured_division",
        "insured_place": "insured_place",
        "insurance_kind": "kind",
    },
    FactKind.HEALTH: {
        "vaccination_file": "vaccination_file",
        "vaccination_place": "vaccination_place",
        "health": "state",
    },
    FactKind.DISABILITY: {
        "disabled": "disabled",
        "disability_class": "disability_class",
        "disability_grade": "grade",
    },
    FactKind.HARDSHIP: {
        "hardship": "kinds",
        "not_hardship": "denied",
        "hardship_written": "written",
    },
}
_NUMBER_INSIDE = re.compile(r"[0-9]{17}[0-9Xx]")
_TARGETS: dict[str, tuple[str, str]] = {
    **{key: ("child", column) for key, column in _CHILD.items()},
    **{key: ("secrets", column) for key, column in _SECRETS.items()},
    **{
        key: (kind.value, column)
        for kind, columns in _FACTS.items()
        for key, column in columns.items()
    },
}
_GUARDIAN = {
    "name": "name",
    "relation": "relation_to_child",
    "relation_written": "relation_written",
    "work_place": "workplace",
}
# From here on a place is a door somebody lives behind, and belongs into a sealed field.
_DOOR = re.compile(
    r"[0-9０-９一二三四五六七八九十百零〇甲乙a-zA-Z#-]+\s*"
    r"(?:号|號|栋|幢|座|弄|单元|室|楼|层|组|巷|排|门|户|房|#)"
)
# Parents are guardians by law; of anybody else a list does not prove it (GB/T 4761 codes).
_PARENTS = frozenset({"50", "51", "52", "57", "58", "59"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """How a list's place names are understood: anywhere for hukou, inside `area` for residence."""

    division: int
    area: Area
    hukou: Callable[[str], int | None]
    residence: Callable[[str], int | None]


@dataclass(slots=True, kw_only=True)
class Line:
    """One row, ready for the register. `secrets` and guardians' numbers are still in clear.

    `stated`: what the row says of birth date and sex against its own number; it counts for whoever
    takes the child without that number. Places are texts until `locate` has found them.
    """

    child: dict[str, Any]
    secrets: dict[str, str]
    stay: dict[str, str]
    guardians: list[dict[str, Any]]
    facts: dict[str, dict[str, Any]]
    keys: list[str] = field(default_factory=list)
    stated: dict[str, str] = field(default_factory=dict)
    permit_number: str = ""
    asks_for_help: bool = False
    hukou_written: str = ""
    residence_written: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def line_reader(settings: dict[str, Any]) -> Callable[[int, bool, list[Cell]], dict[str, Any]]:
    """The row function for `Table.batches` that goes on to the line where a row can be used.

    Run by the reader's process, so that both processors work; what needs keys or the table of
    places is left to the parent.
    """
    read = LineReader(RosterSettings.from_dict(settings)).read

    def read_on(number: int, hidden: bool, cells: list[Cell]) -> dict[str, Any]:
        said: dict[str, Any] = {**read(number, hidden, cells)}
        values, guardians = said.pop("values"), said.pop("guardians")
        if said["state"] != "rejected":
            said["line"] = arrange(values, guardians).as_dict()
        return said

    return read_on


def prepare(said: Mapping[str, Any], guardians: list[dict[str, Any]], places: Places) -> Line:
    """The register's view of what a row states."""
    line = arrange(said, guardians)
    locate(line, places)
    return line


def arrange(said: Mapping[str, Any], guardians: list[dict[str, Any]]) -> Line:
    """The register's view of what a row states, but for codes of places that it names in words."""
    sections: dict[str, dict[str, Any]] = defaultdict(dict)
    for key, value in said.items():
        if value is not None and (target := _TARGETS.get(key)):
            section, column = target
            sections[section][column] = value
    line = Line(
        child=sections.pop("child", {}),
        secrets=sections.pop("secrets", {}),
        stay=_stay(said),
        guardians=[_guardian(guardian) for guardian in guardians],
        facts=dict(sections),
        stated=_stated(said),
        asks_for_help=said.get("help_wanted") is True,
    )
    line.child |= _birth(said)
    _note_places(line, said)
    if name := line.child.get("name"):
        line.keys = names.search_keys(name)
        line.child["pinyin"] = names.pinyin(name)
    _note_permit(line, said)
    _drop_hidden_number(line)
    return line


def locate(line: Line, places: Places) -> None:
    """Find the places that the row names in words; the place of the whole list says nothing."""
    if line.hukou_written and (code := places.hukou(line.hukou_written)):
        line.child["hukou_division"] = code
    if line.residence_written and (code := places.residence(line.residence_written)):
        line.child["division"] = code
    if line.child.get("division") == places.area.lo:
        del line.child["division"]


def _note_places(line: Line, said: Mapping[str, Any]) -> None:
    hukou = said.get("hukou_place") or said.get("hukou_address") or ""
    code = said.get("hukou_division")
    if hukou or code:
        line.child["hukou"] = "registered"
    if hukou and (place := _without_door(hukou)):
        line.child["hukou_text"] = place
    if code:
        line.child["hukou_division"] = code
    else:
        line.hukou_written = hukou
    if code := said.get("residence_division"):
        line.child["division"] = code
    else:
        line.residence_written = said.get("residence_place") or said.get("residence_address") or ""


def _note_permit(line: Line, said: Mapping[str, Any]) -> None:
    """Who writes down the number of a permit says that there is one."""
    if number := said.get("permit_no"):
        line.permit_number = number
        line.facts.setdefault(FactKind.PERMIT.value, {}).setdefault("has_permit", True)


def _drop_hidden_number(line: Line) -> None:
    """National pupil records are a G and the identity number: that is kept sealed, once."""
    enrolment = line.facts.get(FactKind.ENROLMENT.value, {})
    if _NUMBER_INSIDE.search(enrolment.get("pupil_record", "")):
        del enrolment["pupil_record"]


def interval_of(text: str) -> tuple[date, date]:
    """The first and last day that "2015", "2015-03" or "2015-03-07" can mean."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return day, day
    if len(parts) == 2:
        year, month = parts
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(parts[0], 1, 1), date(parts[0], 12, 31)


@lru_cache(maxsize=16384)
def _days_of(text: str) -> tuple[str, str]:
    first, last = interval_of(text)
    return first.isoformat(), last.isoformat()


def facts_in_clear(line: Line) -> dict[str, dict[str, Any]]:
    """The facts with what else is sealed beside them, for comparing."""
    if not line.permit_number:
        return line.facts
    permit = line.facts[FactKind.PERMIT.value] | {"number": line.permit_number}
    return line.facts | {FactKind.PERMIT.value: permit}


def lives_outside(line: Line, places: Places) -> bool:
    """The row itself says that the child lives in another place than the list is about."""
    return line.child.get("division", places.division) not in places.area


def _picked(said: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    return {column: said[key] for key, column in keys.items() if said.get(key) is not None}


def _birth(said: Mapping[str, Any]) -> dict[str, str]:
    written = said.get("birth_date")
    if written is None and (year := said.get("birth_year")):
        month = said.get("birth_month")
        written = f"{year:04d}-{month:02d}" if month else f"{year:04d}"
    if written is None:
        return {}
    first, last = _days_of(written)
    return {"born_from": first, "born_until": last}


def _stated(said: Mapping[str, Any]) -> dict[str, str]:
    stated = {"sex": said["sex_stated"]} if "sex_stated" in said else {}
    if written := said.get("birth_date_stated"):
        stated |= _birth({"birth_date": written})
    return stated


@lru_cache(maxsize=8192)
def _without_door(text: str) -> str:
    """The place without house and room; the address in full is in no clear column."""
    return _DOOR.split(text, maxsplit=1)[0].strip(" ,，、(（")


def _stay(said: Mapping[str, Any]) -> dict[str, str]:
    written = said.get("lived_since")
    if not written:
        return {}
    first, last = _days_of(written)
    stay = {"since": first, "since_latest": last}
    if city := said.get("city_since"):
        earlier, _ = _days_of(city)
        if earlier < first:
            stay["city_since"] = earlier
    return stay


def _guardian(said: Mapping[str, Any]) -> dict[str, Any]:
    guardian = _picked(said, _GUARDIAN)
    if said.get("relation") in _PARENTS:
        guardian["is_legal_guardian"] = True
    for key, column in (("id_no", "identity_number"), ("phone", "phone")):
        if said.get(key):
            guardian[column] = said[key]
    return guardian
