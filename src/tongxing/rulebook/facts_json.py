"""Facts about a child, and site settings, from JSON: the form of the command line and of cases.

    {"born_on": "2012-03-15", "hukou_division": "150222",
     "spells": [{"division": "150203", "since": "2024-02-10", "until": null, "with": ["mother"]}],
     "asks_for_help_on": null, "priority_grounds": [], "facts": {},
     "site": {"central_urban_districts": {"1502": ["150202", "150203"]}}}

Divisions are codes in quotes; a day may be a year or a month; absent or null means not known.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from tongxing.kernel.divisions import parse
from tongxing.rulebook.errors import FactsError
from tongxing.rulebook.facts import (
    Absence,
    ChildFacts,
    Companion,
    FactValue,
    Ground,
    HukouStatus,
    PastHukou,
    Spell,
)
from tongxing.rulebook.moments import Moment, PartialDate, read_moment
from tongxing.rulebook.sites import ParameterValue, SiteSettings


def _moment(raw: object) -> object:
    return raw if raw is None else read_moment(raw)


def _real_code(text: str) -> str:
    parse(text)
    return text


When = Annotated[date | PartialDate | None, BeforeValidator(_moment)]
Code = Annotated[str, AfterValidator(_real_code)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class _AbsenceShape(_Shape):
    since: When
    until: When = None


class _SpellShape(_Shape):
    division: Code
    since: When = None
    until: When = None
    companions: list[Companion] | None = Field(default=None, alias="with")
    absences: list[_AbsenceShape] = []


class _PastHukouShape(_Shape):
    division: Code
    since: When = None


class _SiteShape(_Shape):
    central_urban_districts: dict[Code, list[Code] | dict[date, list[Code]]] = {}
    zones: dict[Code, Code] = {}
    parameters: dict[str, dict[str, Any]] = {}
    assume_no_central_districts: bool = False


class _FactsShape(_Shape):
    born_on: When = None
    hukou_division: Code | None = None
    hukou_since: When = None
    hukou_status: HukouStatus = HukouStatus.REGISTERED
    earlier_hukou: list[_PastHukouShape] = []
    spells: list[_SpellShape] = []
    asks_for_help_on: When = None
    priority_grounds: list[Ground] | None = None
    facts: dict[str, FactValue] = {}
    site: _SiteShape | None = None


def facts_from_json(raw: Mapping[str, object]) -> ChildFacts:
    """The facts of one child; FactsError with a sentence when the shape is wrong."""
    shape = _shaped(_FactsShape, raw)
    return ChildFacts(
        birth_date=shape.born_on,
        hukou_division=parse(shape.hukou_division) if shape.hukou_division else None,
        hukou_since=shape.hukou_since,
        hukou_status=shape.hukou_status,
        earlier_hukou=tuple(
            PastHukou(division=parse(past.division), since=past.since)
            for past in shape.earlier_hukou
        ),
        spells=tuple(map(_spell, shape.spells)),
        asks_for_help_on=shape.asks_for_help_on,
        priority_grounds=frozenset(shape.priority_grounds or ()),
        facts=shape.facts,
    )


def site_from_json(raw: Mapping[str, object]) -> SiteSettings:
    """Site settings; FactsError when the shape is wrong, SiteError when the content is."""
    shape = _shaped(_SiteShape, raw)
    return SiteSettings(
        central_urban_districts={
            parse(city): _districts(sets) for city, sets in shape.central_urban_districts.items()
        },
        zones={parse(zone): parse(county) for zone, county in shape.zones.items()},
        parameters={pack: _values(stated) for pack, stated in shape.parameters.items()},
        assume_no_central_districts=shape.assume_no_central_districts,
    )


def _districts(
    sets: list[str] | dict[date, list[str]],
) -> frozenset[int] | dict[date, frozenset[int]]:
    if isinstance(sets, dict):
        return {since: frozenset(map(parse, members)) for since, members in sets.items()}
    return frozenset(map(parse, sets))


def _values(stated: Mapping[str, Any]) -> dict[str, ParameterValue]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in stated.items()
    }


def _spell(shape: _SpellShape) -> Spell:
    people = shape.companions
    return Spell(
        division=parse(shape.division),
        since=shape.since,
        until=shape.until,
        companions=None if people is None else frozenset(people),
        absences=tuple(_absence(each) for each in shape.absences),
    )


def _absence(shape: _AbsenceShape) -> Absence:
    since: Moment = shape.since or PartialDate()
    return Absence(since=since, until=shape.until)


def _shaped(shape: Any, raw: Mapping[str, object]) -> Any:
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(str(part) for part in first["loc"]) or "facts"
        raise FactsError(f"{path}: {first['msg']}") from error
