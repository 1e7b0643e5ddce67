"""What division codes say about a move. Pure arithmetic; no table of places is needed."""

from functools import lru_cache

from tongxing.kernel.divisions import Level, area_of, city_of, county_of, level_of, truncate
from tongxing.rulebook.answers import CANNOT_TELL, NO, YES, Answer

HEADING_WITHOUT_PLACE = 90


def _county_part(code: int) -> int:
    return code // 10**6 % 100


def is_municipal_district(code: int) -> bool:
    """市辖区 by GB/T 2260: fifth and sixth digits 01-20 or 51-70 (the latter in Chongqing)."""
    part = _county_part(code)
    return 1 <= part <= 20 or 51 <= part <= 70


def is_statistical_zone(code: int) -> bool:
    """A development zone's code of the statistics bureau (71-79): no county of GB/T 2260."""
    return 71 <= _county_part(code) <= 79


def depth_of(code: int) -> Level:
    """How precisely a code names a place. 4290 is only a heading, no city."""
    level = level_of(code)
    if level is Level.CITY and code // 10**8 % 100 == HEADING_WITHOUT_PLACE:
        return Level.PROVINCE
    return level


def _unit(code: int, level: Level) -> int:
    return city_of(code) if level is Level.CITY else truncate(code, level)


def _zone_in_doubt(level: Level, one: int, other: int) -> bool:
    if level < Level.COUNTY or city_of(one) != city_of(other):
        return False
    return county_of(one) != county_of(other) and any(map(is_statistical_zone, (one, other)))


@lru_cache(maxsize=2**16)
def crossed(level: Level, one: int, other: int) -> Answer:
    """Whether two places lie in different units of `level`.

    CANNOT_TELL when a code is too coarse, or when one is a development zone of the same city that
    the site has not mapped to a county.
    """
    if _zone_in_doubt(level, one, other):
        return CANNOT_TELL
    if min(depth_of(one), depth_of(other)) < level:
        near, far = area_of(one), area_of(other)
        return CANNOT_TELL if near.covers(far) or far.covers(near) else YES
    return YES if _unit(one, level) != _unit(other, level) else NO


@lru_cache(maxsize=2**16)
def within(division: int, code: int) -> Answer:
    """Whether the place `code` lies in `division`."""
    area = area_of(division)
    if code in area:
        return YES
    return CANNOT_TELL if area_of(code).covers(area) else NO


@lru_cache(maxsize=2**16)
def districts_of_one_city(one: int, other: int) -> Answer:
    """Whether two places are different municipal districts of the same city."""
    if crossed(Level.CITY, one, other) == YES or crossed(Level.COUNTY, one, other) == NO:
        return NO
    named = [code for code in (one, other) if depth_of(code) >= Level.COUNTY]
    if not all(is_municipal_district(code) or is_statistical_zone(code) for code in named):
        return NO
    return YES if len(named) == 2 and all(map(is_municipal_district, named)) else CANNOT_TELL
