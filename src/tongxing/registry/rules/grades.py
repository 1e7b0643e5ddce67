"""School grades as lists write them: 三年级, 初二, 高一, 大班, 3（2）班."""

import re

from tongxing.exchange.spreadsheets.values import Cell, CellError
from tongxing.registry.rules.cells import (
    NOTHING,
    Said,
    bare,
    is_absent,
    is_unstated,
    plain,
    text_of,
)
from tongxing.registry.rules.problems import problem

_HAN = {han: number for number, han in enumerate("一二三四五六七八九", start=1)}
_KINDERGARTEN = {"托班": -4, "小小班": -4, "小班": -3, "中班": -2, "大班": -1, "学前班": -1}
_NUMBERED = re.compile(
    r"(?:小学|初中|高中)?(\d{1,2}|[一二三四五六七八九])(?:年级|年|\(|班).*|(\d{1,2})"
)
_JUNIOR = re.compile(r"初中?([一二三123])(?:年级)?.*")
_SENIOR = re.compile(r"高中?([一二三123])(?:年级)?.*")
_VOCATIONAL = re.compile(r"(?:中职|职高|中专|技校|职业高中)([一二三123])(?:年级)?.*")
_STAGE_OF_GRADE = ((0, "kindergarten"), (6, "primary"), (9, "junior"), (12, "senior"))


def grade_of(cell: Cell) -> Said:
    """The grade as a number (primary 1-6, junior 7-9, senior 10-12; 小班 -3 to 大班 -1)."""
    if isinstance(cell, CellError):
        return Said(problem=problem("value_error"))
    text = text_of(cell)
    word = plain(text)
    if is_unstated(word) or is_absent(word):
        return NOTHING
    written = ("grade_written", bare(text))
    grade = _number(word)
    if grade is None:
        return Said((written,), problem("grade_unknown"))
    stage = "vocational" if _VOCATIONAL.fullmatch(word) else stage_of(grade)
    return Said((("grade", grade), ("grade_stage", stage), written))


def stage_of(grade: int) -> str:
    return next(stage for last, stage in _STAGE_OF_GRADE if grade <= last)


def _number(word: str) -> int | None:
    for name, number in _KINDERGARTEN.items():
        if word.startswith((name, f"幼儿园{name}")):
            return number
    for shape, offset in ((_JUNIOR, 6), (_SENIOR, 9), (_VOCATIONAL, 9)):
        if found := shape.fullmatch(word):
            return offset + _digit(found[1])
    if found := _NUMBERED.fullmatch(word):
        number = _digit(found[1] or found[2])
        return number if 1 <= number <= 12 else None
    return None


def _digit(text: str) -> int:
    return _HAN.get(text) or int(text)
