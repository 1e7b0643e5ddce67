"""Division codes (行政区划代码): twelve digits in an integer, and areas as half-open intervals.

Kundulun District 150203 is ``150203000000``; everything below it lies in
``[150203000000, 150204000000)``. One pair of comparisons answers "is it inside?" for people,
filters, row-level security and statistics alike.
"""

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How deep a division lies; the value is the number of digits that matter."""

    NATION = 0
    PROVINCE = 2
    CITY = 4
    COUNTY = 6
    TOWNSHIP = 9
    VILLAGE = 12


NATION = 0
DIGITS = 12
_END = 10**DIGITS


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """All codes `lo <= code < hi`."""

    lo: int
    hi: int

    def __contains__(self, code: object) -> bool:
        return isinstance(code, int) and self.lo <= code < self.hi

    def covers(self, other: "Area") -> bool:
        return self.lo <= other.lo and other.hi <= self.hi


def parse(text: str | int) -> int:
    """Read a code of 2, 4, 6, 9 or 12 digits; shorter ones are filled with zeros.

    Raises ValueError when the text is not such a code.
    """
    digits = str(text).strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) not in {2, 4, 6, 9, 12}:
        raise ValueError(f"{digits!r} is not a division code of 2, 4, 6, 9 or 12 digits")
    return int(digits.ljust(DIGITS, "0"))


def level_of(code: int) -> Level:
    """The level a code names, read from its trailing zeros."""
    return next(level for level in Level if truncate(code, level) == code)


def truncate(code: int, level: Level) -> int:
    """The code of the division of `level` that contains `code`."""
    span: int = 10 ** (DIGITS - level)
    return code // span * span


def area_of(code: int) -> Area:
    """Everything at or below `code`."""
    if code == NATION:
        return Area(0, _END)
    span: int = 10 ** (DIGITS - level_of(code))
    return Area(code, code + span)


def province_of(code: int) -> int:
    return truncate(code, Level.PROVINCE)


def county_of(code: int) -> int:
    return truncate(code, Level.COUNTY)


def township_of(code: int) -> int:
    return truncate(code, Level.TOWNSHIP)


def city_of(code: int) -> int:
    """The prefecture-level place of `code`.

    County-level units directly under a province or a municipality's counties (their third and
    fourth digits are 90) are each a city of their own: 429004 and 429005 are two cities.
    """
    if code // 10**8 % 100 == 90:
        return county_of(code)
    return truncate(code, Level.CITY)


def parent_of(code: int) -> int:
    """The division one level up; the nation is its own parent."""
    own = level_of(code)
    above = [level for level in Level if level < own]
    return truncate(code, above[-1]) if above else NATION


def short(code: int) -> str:
    """The code as people write it: without the zeros that say nothing."""
    return f"{code:012d}"[: level_of(code)] or "0"
