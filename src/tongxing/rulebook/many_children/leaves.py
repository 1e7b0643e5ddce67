"""Reading the leaves of a rule, each as one expression over a row per child."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from tongxing.kernel.divisions import Level
from tongxing.rulebook.many_children import geography
from tongxing.rulebook.many_children.geography import CANNOT_TELL, CROSSED
from tongxing.rulebook.many_children.populations import FACT, GROUND, WORD
from tongxing.rulebook.many_children.spans import Stay, before, first_too_late
from tongxing.rulebook.moments import FAR_PAST, days_after, months_after
from tongxing.rulebook.nodes import (
    Accompanied,
    AgeAtLeast,
    AgeUnder,
    Crossed,
    Fact,
    HasGround,
    HukouWithin,
    IsInSet,
    Node,
    ResidenceWithin,
    SameCityCentralDistricts,
    SelfRequested,
    Stayed,
    SwitchedOn,
)
from tongxing.rulebook.sites import SiteSettings

HUKOU, HOME = pl.col("hukou"), pl.col("home")
NO = pl.lit(value=False)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a reader needs beside its node.

    columns: those the population has. near: whether hukou place and home may lie in one city.
    """

    day: date
    site: SiteSettings
    columns: frozenset[str]
    near: bool

    def stated(self, column: str, read: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
        """What is read from a named fact, which perhaps nobody has stated of anybody."""
        return read(pl.col(column)) if column in self.columns else CANNOT_TELL


def _fact(node: Fact, setting: Setting) -> pl.Expr:
    return setting.stated(FACT + node.name, lambda value: value)


def _is_in_set(node: IsInSet, setting: Setting) -> pl.Expr:
    words = node.words
    assert isinstance(words, tuple)  # noqa: S101 - bound before it is read
    return setting.stated(WORD + node.fact, lambda value: value.is_in(list(words)))


def _at_least(node: AgeAtLeast | AgeUnder, setting: Setting) -> pl.Expr:
    years = node.years
    assert isinstance(years, int)  # noqa: S101 - bound before it is read
    extra_days = 1 if node.birthday == "day_after" else 0
    limit = first_too_late(
        lambda born: days_after(months_after(born, 12 * years), extra_days), setting.day
    )
    return before(limit, pl.col("birth_earliest"), pl.col("birth_latest"))


def _under(node: AgeUnder, setting: Setting) -> pl.Expr:
    """Nobody is under sixteen before being born."""
    born = _by_the_day(setting, pl.col("birth_earliest"), pl.col("birth_latest"))
    return born & ~_at_least(node, setting)


def _by_the_day(setting: Setting, earliest: pl.Expr, latest: pl.Expr) -> pl.Expr:
    return before(days_after(setting.day, 1), earliest, latest)


def _self_requested(_node: SelfRequested, setting: Setting) -> pl.Expr:
    """A request is an act: where none is recorded, none was made."""
    earliest, latest = pl.col("asks_earliest"), pl.col("asks_latest")
    asked = _by_the_day(setting, earliest, latest)
    return pl.when(earliest.is_null()).then(NO).otherwise(asked)


def _has_ground(node: HasGround, _setting: Setting) -> pl.Expr:
    """A ground is a finding: where none is recorded, none was found."""
    return pl.col(GROUND + node.ground).fill_null(value=False)


def _switched_on(node: SwitchedOn, _setting: Setting) -> pl.Expr:
    return pl.lit(node.switch is True)


def _accompanied(_node: Accompanied, _setting: Setting) -> pl.Expr:
    return pl.col("company")


def of_register(answer: pl.Expr) -> pl.Expr:
    """Outside the register there is no hukou place to leave; before registration none is known."""
    return answer & pl.col("in_register")


def _crossed(node: Crossed, _setting: Setting) -> pl.Expr:
    assert isinstance(node.level, Level)  # noqa: S101 - bound before it is read
    return of_register(pl.col(CROSSED[node.level]))


def _hukou_within(node: HukouWithin, _setting: Setting) -> pl.Expr:
    assert isinstance(node.division, int)  # noqa: S101 - bound before it is read
    return of_register(geography.within(node.division, HUKOU))


def _residence_within(node: ResidenceWithin, _setting: Setting) -> pl.Expr:
    assert isinstance(node.division, int)  # noqa: S101 - bound before it is read
    return geography.within(node.division, HOME)


def _central_districts(_node: SameCityCentralDistricts, setting: Setting) -> pl.Expr:
    if not setting.near:
        return of_register(~pl.col(CROSSED[Level.CITY]))
    city = geography.city_of(HOME)
    cities = setting.site.central_urban_districts
    sets = {each: setting.site.central_districts(each, setting.day) for each in cities}
    is_set = city.is_in(_codes([each for each, members in sets.items() if members is not None]))
    central = _codes([code for members in sets.values() for code in members or ()])

    def is_left_out(code: pl.Expr) -> pl.Expr:
        named = geography.cut(code, Level.COUNTY).is_in(central) & (geography.city_of(code) == city)
        return geography.is_municipal_district(code) & ~named

    is_asked = is_set | pl.lit(setting.site.assume_no_central_districts)
    both_named = pl.when(is_asked).then(~is_left_out(HUKOU) & ~is_left_out(HOME))
    answer = geography.districts_of_one_city(HUKOU, HOME) & both_named
    known = HUKOU.is_not_null() & HOME.is_not_null()
    return of_register(pl.when(known).then(answer))


def _codes(codes: list[int]) -> pl.Series:
    return pl.Series(sorted(codes), dtype=pl.Int64).implode()


def _stayed(node: Stayed, setting: Setting) -> pl.Expr:
    """The stay of children with a single residence."""
    stay = Stay.of(node, setting.day)
    if stay.within is not None:
        counts = ~geography.crossed(stay.within, HOME, HOME)
    else:
        counts = of_register(pl.col(CROSSED[stay.away_from]))
    earliest = pl.col("since_earliest").fill_null(FAR_PAST)
    latest = pl.min_horizontal("since_latest", pl.lit(setting.day))
    long_enough = before(stay.limit, earliest, latest)
    return pl.when(HOME.is_not_null()).then(counts & long_enough)


EXPRESSIONS: dict[type[Node], Callable[[Any, Setting], pl.Expr]] = {
    Accompanied: _accompanied,
    AgeAtLeast: _at_least,
    AgeUnder: _under,
    Crossed: _crossed,
    Fact: _fact,
    HasGround: _has_ground,
    HukouWithin: _hukou_within,
    IsInSet: _is_in_set,
    ResidenceWithin: _residence_within,
    SameCityCentralDistricts: _central_districts,
    SelfRequested: _self_requested,
    Stayed: _stayed,
    SwitchedOn: _switched_on,
}
PAIR_LEAVES = (Crossed, SameCityCentralDistricts, Stayed)
"""Those that compare the hukou place with the home."""
PLACE_LEAVES = (Accompanied, Crossed, HukouWithin, ResidenceWithin, SameCityCentralDistricts)
"""Those that ask of each possible place alike."""


def expression_of(leaf: Node, setting: Setting) -> pl.Expr:
    return EXPRESSIONS[type(leaf)](leaf, setting)
