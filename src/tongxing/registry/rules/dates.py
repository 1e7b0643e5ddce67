"""Dates as clerks write them. What is not a date to the day is said, never completed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from tongxing.exchange.spreadsheets.values import Cell, CellError
from tongxing.registry.rules.cells import (
    NOTHING,
    Reader,
    Said,
    is_absent,
    is_unstated,
    plain,
    text_of,
)
from tongxing.registry.rules.problems import Problem, problem

_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_YEARS = range(1900, 2100)
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SIX = re.compile(r"(\d{4})(\d{2})")
_YEAR_FIRST = re.compile(
    r"(\d{4})[-./年,、_](\d{1,2})(?:[-./月,、_](\d{1,2})日?号?|月|[-./])?(?:[t ]?\d{1,2}:.*)?"
)
_CLOCK = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*$")
_YEAR_ONLY = re.compile(r"(\d{4})年?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_HAN_DATE = re.compile(
    r"([〇零○oO一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,2})月)?(?:([一二三四五六七八九十]{1,3})[日号])?"
)
_LUNAR = re.compile(
    r"[农阴古旧]历?|正月|腊月|冬月|闰.?月|初[一二三四五六七八九十]|廿|[甲乙丙丁戊己庚辛壬癸]"
)
_AGE = re.compile(
    r"(\d{1,2}|[一二三四五六七八九十]{1,3})(?:周?岁半?|个半?月|月龄|天).*|\d{1,2}(?:\.\d)?"
)
_CUT = re.compile(
    r".*\d{4}.*(?:以后|之后|以前|之前|至今|前|后)(?:出生)?|.*\d{4}.*[至到~～].*\d{4}.*"
)
_HAN_DIGITS = {"〇": 0, "零": 0, "○": 0, "o": 0} | {
    character: value for value, character in enumerate("一二三四五六七八九", start=1)
}


def birth_date_of(cell: Cell) -> Said:
    """A birth date to the day, the part of it that is given, or why it is none."""
    if isinstance(cell, CellError):
        return Said(problem=problem("cell_error"))
    read = parse(cell)
    if isinstance(read, Problem):
        return Said(problem=_birth_problem(plain(text_of(cell)), read))
    if not read:
        return NOTHING
    if len(read) == 10:
        return Said((("birth_date", read),))
    values = tuple(zip(("birth_year", "birth_month"), map(int, read.split("-")), strict=False))
    return Said(values, problem("birth_date_partial"))


def date_text(key: str, *, whole: bool = False, until: date | None = None) -> Reader:
    """A reader of a date. `whole` asks for the day; a day after `until` is doubtful."""
    last = until.isoformat() if until else "9999"

    def read(cell: Cell) -> Said:
        if isinstance(cell, CellError):
            return Said(problem=problem("value_error"))
        found = parse(cell)
        if not found:
            return NOTHING
        if isinstance(found, Problem) or (whole and len(found) < 10):
            return Said(problem=problem("date_unreadable"))
        if found > last:
            return Said(((key, found),), problem("date_in_future"))
        return Said(((key, found),))

    return read


def parse(cell: Cell) -> str | Problem:
    """ "2015-01-02", "2015-01" or "2015"; an empty text when nothing is stated."""
    if type(cell) is str:
        return _parse_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _parse_number(cell)
    return "" if cell is None else problem("date_unreadable")


def _parse_number(number: float) -> str | Problem:
    """A serial day of the spreadsheet program, or digits typed without marks."""
    if int(number) in _SERIALS:
        return (_EPOCH + timedelta(days=int(number))).isoformat()
    return _digits(str(int(number))) if number == int(number) else problem("date_unreadable")


def _parse_text(text: str) -> str | Problem:
    if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():
        return _join(text[:4], text[5:7], text[8:])
    word = plain(_CLOCK.sub("", text))
    if is_unstated(word) or is_absent(word):
        return ""
    if word.isdigit():
        return _parse_number(int(word)) if len(word) == 5 else _digits(word)
    return _marked(word)


def _digits(digits: str) -> str | Problem:
    for shape in (_EIGHT, _SIX):
        if found := shape.fullmatch(digits):
            return _join(*found.groups(), *([None] if shape is _SIX else []))
    return _join(digits, None, None) if len(digits) == 4 else problem("date_unreadable")


def _marked(word: str) -> str | Problem:
    if found := _YEAR_FIRST.fullmatch(word):
        return _join(found[1], found[2], found[3])
    if found := _YEAR_ONLY.fullmatch(word):
        return _join(found[1], None, None)
    if found := _YEAR_LAST.fullmatch(word):
        return _year_last(int(found[1]), int(found[2]), found[3])
    if found := _HAN_DATE.fullmatch(word):
        return _han(found[1], found[2], found[3])
    return problem("date_unreadable")


def _year_last(first: int, second: int, year: str) -> str | Problem:
    """13/2/2015 can be read in one way only; 1/2/2015 in two."""
    if first == second or first > 12:
        return _join(year, str(second), str(first))
    return _join(year, str(first), str(second)) if second > 12 else problem("birth_date_ambiguous")


def _han(year: str, month: str | None, day: str | None) -> str | Problem:
    digits = "".join(str(_HAN_DIGITS[character]) for character in year)
    return _join(digits, _han_number(month), _han_number(day))


def _han_number(text: str | None) -> str | None:
    """二十一 is 21; 十 is 10."""
    if not text:
        return None
    tens, ten, units = text.rpartition("十")
    value = _HAN_DIGITS.get(units, 0)
    return str(value + (10 * _HAN_DIGITS.get(tens, 1) if ten else 0))


def _join(year: str, month: str | None, day: str | None) -> str | Problem:
    """The parts as one text, when such a day exists."""
    try:
        if int(year) not in _YEARS:
            return problem("date_unreadable")
        if month is None:
            return year
        if day is None:
            return date(int(year), int(month), 1).isoformat()[:7]
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return problem("date_unreadable")


def _birth_problem(word: str, read: Problem) -> Problem:
    """Why a birth date cannot be read, when it can be told."""
    if read.code == "birth_date_ambiguous":
        return read
    if _LUNAR.search(word):
        return problem("birth_date_lunar")
    if _CUT.fullmatch(word):
        return problem("birth_date_fixed_cut")
    return problem("age_without_birth_date" if _AGE.fullmatch(word) else "birth_date_unreadable")
