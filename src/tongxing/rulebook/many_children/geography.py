"""What division codes say about a move, for whole columns. The same arithmetic as `geography`."""

from functools import reduce
from operator import or_

import polars as pl

from tongxing.kernel.divisions import DIGITS, Level, area_of, truncate
from tongxing.rulebook.geography import HEADING_WITHOUT_PLACE
from tongxing.rulebook.sites import SiteSettings

CANNOT_TELL = pl.lit(None, pl.Boolean)
CROSSED = {
    Level.PROVINCE: "crossed province",
    Level.CITY: "crossed city",
    Level.COUNTY: "crossed county",
    Level.TOWNSHIP: "crossed township",
}
"""Columns that say whether hukou place and home lie in different units, by level."""


def cut(code: pl.Expr, level: Level) -> pl.Expr:
    """The code of the division of `level` that contains each code."""
    span: int = 10 ** (DIGITS - level)
    return code // span * span


def city_of(code: pl.Expr) -> pl.Expr:
    is_heading = _below(code, Level.CITY) == HEADING_WITHOUT_PLACE
    return pl.when(is_heading).then(cut(code, Level.COUNTY)).otherwise(cut(code, Level.CITY))


def _below(code: pl.Expr, level: Level) -> pl.Expr:
    """The two digits that end at `level`."""
    span: int = 10 ** (DIGITS - level)
    return code // span - code // (100 * span) * 100


def is_municipal_district(code: pl.Expr) -> pl.Expr:
    part = _below(code, Level.COUNTY)
    return part.is_between(1, 20) | part.is_between(51, 70)


def is_statistical_zone(code: pl.Expr) -> pl.Expr:
    return _below(code, Level.COUNTY).is_between(71, 79)


def names_a_county(code: pl.Expr) -> pl.Expr:
    """Whether a code says the county, or more."""
    return cut(code, Level.CITY) != code


def crossed(level: Level, one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether two places lie in different units of `level`; neither yes nor no when in doubt."""
    doubt = _too_coarse(level, one, other)
    if level >= Level.COUNTY:
        doubt |= _zone_in_doubt(one, other)
    differ = _unit(one, level) != _unit(other, level)
    return pl.when(doubt).then(CANNOT_TELL).otherwise(differ)


def apart(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether two places surely lie in different cities. Most do: then nothing is left to compare.

    Where the prefixes of the cities differ, only a province or the nation can still contain a city.
    """
    named = [cut(code, Level.PROVINCE) != code for code in (one, other)]
    return (cut(one, Level.CITY) != cut(other, Level.CITY)) & named[0] & named[1]


def _unit(code: pl.Expr, level: Level) -> pl.Expr:
    return city_of(code) if level is Level.CITY else cut(code, level)


def _too_coarse(level: Level, one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether one place contains the other and is larger than a unit of `level`."""
    larger = [_contains(above, one, other) for above in Level if above < level]
    if level is Level.CITY:
        larger.append(_contains(level, one, other) & _either_is_heading(one, other))
    return reduce(or_, larger)


def _contains(level: Level, one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether one place is the division of `level` in which the other lies."""
    return (one == cut(other, level)) | (other == cut(one, level))


def _either_is_heading(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    headings = [
        (cut(code, Level.CITY) == code) & (_below(code, Level.CITY) == HEADING_WITHOUT_PLACE)
        for code in (one, other)
    ]
    return reduce(or_, headings)


def _zone_in_doubt(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    same_city = city_of(one) == city_of(other)
    differ = cut(one, Level.COUNTY) != cut(other, Level.COUNTY)
    return same_city & differ & (is_statistical_zone(one) | is_statistical_zone(other))


def within(division: int, code: pl.Expr) -> pl.Expr:
    """Whether each place lies in `division`; in doubt when it is a larger place around it."""
    area = area_of(division)
    around = {truncate(division, level) for level in Level} - {division}
    return (
        pl.when(code.is_in(sorted(around)))
        .then(CANNOT_TELL)
        .otherwise(code.is_between(area.lo, area.hi, closed="left"))
    )


def crossings(one: pl.Expr, other: pl.Expr) -> dict[str, pl.Expr]:
    """By the names of `CROSSED`: whether two places lie in different units of each level."""
    return {name: crossed(level, one, other) for level, name in CROSSED.items()}


def districts_of_one_city(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether two places, whose crossings are known, are different districts of the same city."""
    other_city = pl.col(CROSSED[Level.CITY]).fill_null(value=False)
    same_county = ~pl.col(CROSSED[Level.COUNTY]).fill_null(value=True)
    both_districts = is_municipal_district(one) & is_municipal_district(other)
    refused = other_city | same_county | _other_county(one) | _other_county(other)
    return pl.when(refused).then(pl.lit(value=False)).when(both_districts).then(pl.lit(value=True))


def _other_county(code: pl.Expr) -> pl.Expr:
    """A county that is neither a municipal district nor a development zone."""
    return names_a_county(code) & ~is_municipal_district(code) & ~is_statistical_zone(code)


def counted_county(code: pl.Expr, site: SiteSettings) -> pl.Expr:
    """Codes with development zones replaced by the county they count as here."""
    if not site.zones:
        return code
    zones, counties = list(site.zones), list(site.zones.values())
    return cut(code, Level.COUNTY).replace_strict(
        zones, counties, default=code, return_dtype=pl.Int64
    )
