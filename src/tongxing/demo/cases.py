"""Which situations of the policies a child stands for, read from the facts alone."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from tongxing.demo.values import Child, HukouKind, MovedWith, NoNumber, Town
from tongxing.kernel.months import add_months, birthday


class Case(StrEnum):
    """A situation in which a verdict is easily got wrong, or simply one of the usual ones."""

    OTHER_PROVINCE = "other_province"
    OTHER_CITY = "other_city"
    OTHER_COUNTY = "other_county"
    OTHER_DISTRICT = "other_district"
    CENTRAL_DISTRICT = "central_district"
    OTHER_TOWNSHIP = "other_township"
    OTHER_TOWNSHIP_ASKS = "other_township_asks"
    LOCAL = "local"
    NO_HUKOU = "no_hukou"
    OTHER_DOCUMENT = "other_document"
    NO_NUMBER = "no_number"
    BIRTH_MONTH_ONLY = "birth_month_only"
    STAY_LONG = "stay_long"
    STAY_UNDER_SIX_MONTHS = "stay_under_six_months"
    SIX_MONTHS_TODAY = "six_months_today"
    SIX_MONTHS_TOMORROW = "six_months_tomorrow"
    STAY_UNKNOWN = "stay_unknown"
    MOVED_INSIDE_CITY = "moved_inside_city"
    SIXTEEN_TODAY = "sixteen_today"
    SIXTEEN_TOMORROW = "sixteen_tomorrow"
    OVER_SIXTEEN = "over_sixteen"
    WITH_BOTH_PARENTS = "with_both_parents"
    WITH_ONE_PARENT = "with_one_parent"
    WITH_OTHER_GUARDIAN = "with_other_guardian"
    GUARDIAN_WITHOUT_BASIS = "guardian_without_basis"
    UNACCOMPANIED = "unaccompanied"


_ONE_PARENT = frozenset({MovedWith.FATHER, MovedWith.MOTHER})
_OTHER_GUARDIAN = frozenset({MovedWith.GRANDPARENT, MovedWith.GUARDIAN})


def _six_months(child: Child) -> date | None:
    lived_since = child.residence.lived_since
    return add_months(lived_since, 6) if lived_since else None


def _sixteenth(child: Child) -> date:
    return birthday(child.birth_date or date(*child.birth_month, 1), 16)


def _moved_inside_city(child: Child, today: date) -> bool:
    """Not yet six months in the district, but in the city for longer."""
    reached, came = _six_months(child), child.residence.came_to_city
    return came is not None and reached is not None and reached > today >= add_months(came, 6)


def _away(child: Child) -> bool:
    return child.hukou_kind not in {HukouKind.LOCAL, HukouKind.NONE}


_TESTS: Mapping[Case, Callable[[Child, date], bool]] = {
    Case.OTHER_PROVINCE: lambda child, _: child.hukou_kind is HukouKind.OTHER_PROVINCE,
    Case.OTHER_CITY: lambda child, _: child.hukou_kind is HukouKind.OTHER_CITY,
    Case.OTHER_COUNTY: lambda child, _: child.hukou_kind is HukouKind.OTHER_COUNTY,
    Case.OTHER_DISTRICT: lambda child, _: child.hukou_kind is HukouKind.OTHER_DISTRICT,
    Case.CENTRAL_DISTRICT: lambda child, _: child.hukou_kind is HukouKind.CENTRAL_DISTRICT,
    Case.OTHER_TOWNSHIP: lambda child, _: child.hukou_kind is HukouKind.OTHER_TOWNSHIP,
    Case.OTHER_TOWNSHIP_ASKS: lambda child, _: (
        child.hukou_kind is HukouKind.OTHER_TOWNSHIP and child.asks_for_help
    ),
    Case.LOCAL: lambda child, _: child.hukou_kind is HukouKind.LOCAL,
    Case.NO_HUKOU: lambda child, _: child.no_number is NoNumber.NO_HUKOU,
    Case.OTHER_DOCUMENT: lambda child, _: child.document is not None,
    Case.NO_NUMBER: lambda child, _: child.no_number is NoNumber.NOT_APPLIED,
    Case.BIRTH_MONTH_ONLY: lambda child, _: child.birth_date is None,
    Case.STAY_LONG: lambda child, today: (_six_months(child) or today) < today,
    Case.STAY_UNDER_SIX_MONTHS: lambda child, today: (_six_months(child) or today) > today,
    Case.SIX_MONTHS_TODAY: lambda child, today: _six_months(child) == today,
    Case.SIX_MONTHS_TOMORROW: lambda child, today: _six_months(child) == _next(today),
    Case.STAY_UNKNOWN: lambda child, _: child.residence.lived_since is None,
    Case.MOVED_INSIDE_CITY: _moved_inside_city,
    Case.SIXTEEN_TODAY: lambda child, today: _sixteenth(child) == today,
    Case.SIXTEEN_TOMORROW: lambda child, today: _sixteenth(child) == _next(today),
    Case.OVER_SIXTEEN: lambda child, today: _sixteenth(child) < today,
    Case.WITH_BOTH_PARENTS: lambda child, _: child.moved_with is MovedWith.BOTH_PARENTS,
    Case.WITH_ONE_PARENT: lambda child, _: child.moved_with in _ONE_PARENT,
    Case.WITH_OTHER_GUARDIAN: lambda child, _: child.moved_with in _OTHER_GUARDIAN,
    Case.GUARDIAN_WITHOUT_BASIS: lambda child, _: child.moved_with is MovedWith.RELATIVE,
    Case.UNACCOMPANIED: lambda child, _: _away(child) and child.moved_with is MovedWith.NOBODY,
}


def _next(day: date) -> date:
    return day + timedelta(days=1)


# Those whom every list shows without damage, so that a visitor finds one of each.
SHOWN = frozenset(
    {
        Case.OTHER_TOWNSHIP_ASKS,
        Case.NO_HUKOU,
        Case.BIRTH_MONTH_ONLY,
        Case.SIX_MONTHS_TODAY,
        Case.SIX_MONTHS_TOMORROW,
        Case.MOVED_INSIDE_CITY,
        Case.SIXTEEN_TODAY,
        Case.SIXTEEN_TOMORROW,
        Case.GUARDIAN_WITHOUT_BASIS,
        Case.UNACCOMPANIED,
    }
)


def is_shown(child: Child, today: date) -> bool:
    """Whether the child is a member of the cast or stands for a case easily got wrong."""
    return bool(child.cast) or not SHOWN.isdisjoint(cases_of(child, today))


def cases_of(child: Child, today: date) -> frozenset[Case]:
    """Everything the child is an example of on `today`."""
    return frozenset(case for case, holds in _TESTS.items() if holds(child, today))


def examples(town: Town, place: int) -> dict[Case, tuple[Child, ...]]:
    """The children of `place` by case, for looking one up."""
    found: dict[Case, list[Child]] = {}
    for child in town.of(place):
        for case in cases_of(child, town.today):
            found.setdefault(case, []).append(child)
    return {case: tuple(children) for case, children in found.items()}
