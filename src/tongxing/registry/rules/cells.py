"""What a cell says, whatever dress it wears: text, numbers, yes and no."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from tongxing.exchange.spreadsheets.values import Cell, CellError
from tongxing.registry.rules.problems import Problem, problem


class Said(NamedTuple):
    """What a cell says: values for the line, and perhaps a problem. Both may be absent."""

    values: tuple[tuple[str, object], ...] = ()
    problem: Problem | None = None


Reader = Callable[[Cell], Said]


def words_in(text: str) -> frozenset[str]:
    """The words of a written list."""
    return frozenset(text.split())


NOTHING = Said()
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]"
)
_WIDE_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_UNTIDY = re.compile(
    "[\u0000-\u001f\u007f-\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]|  "
)
_BLANKS = re.compile(r"\s+")
_UNSTATED = words_in(
    "- -- --- — —— – / \\ . 、 空 空白 不详 不明 未知 不清楚 不清 未填 待填 待核实 待补充 待定 "
    "暂缺 缺 无法核实 n/a na null none nan unknown #"
)
_ABSENT = words_in("无 没有 暂无 无无 未有 no")
_YES = words_in(
    "是 有 对 √ ✓ ✔ ☑ 1 y yes true t 已 已办 已办理 办理 已办证 有证 已参保 参保 正常参保 "
    "参保缴费 正常缴费 在保 已缴费 在校 在读 在学 在园 已入学 已建 已建证 已建档 属于 符合 "
    "需要 享受"
)
_NO = words_in(
    "否 无 没有 不 不是 × x ✗ ✘ ☒ 0 n no false f 未 未办 未办理 没办 无证 未参保 停保 断保 "
    "暂停参保 未缴费 未入学 未入园 辍学 休学 未建 未建证 不属于 不符合 不需要 非 暂无 未享受"
)
_EXACT = 1e15  # beyond fifteen digits a spreadsheet's number is no longer what was typed
_SHORT = 5  # no word that stands for a blank is longer
_NUMBER = re.compile(r"\d{1,3}")


def text_of(cell: Cell) -> str:
    """The cell as text: numbers as they would be typed, dates as ISO, errors by their code."""
    if type(cell) is str:
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, CellError):
        return cell.code
    return "" if cell is None else str(cell)


def is_dressed(text: str) -> bool:
    """Whether the text holds characters that nobody typed on purpose."""
    return not text.isascii() and bool(_INVISIBLE.search(text) or _WIDE_BLANKS.search(text))


def bare(text: str) -> str:
    """Free text without invisible characters and with single blanks; Chinese marks stay wide."""
    if not _UNTIDY.search(text):
        return text.strip()
    return " ".join(_WIDE_BLANKS.sub(" ", _INVISIBLE.sub("", text)).split())


def plain(text: str) -> str:
    """A word or code for looking up: narrow, without blanks, latin letters small."""
    if text.isascii():
        return text.lower() if text.isalnum() else _undress(text)
    if not text.isalnum():
        text = _INVISIBLE.sub("", text)
    if not is_normalized("NFKC", text):
        text = normalize("NFKC", text)
    return text.lower() if text.isalnum() else _undress(text)


def _undress(text: str) -> str:
    return _BLANKS.sub("", text).strip("'`’\"").lower()


def is_unstated(word: str) -> bool:
    """A word that stands for a blank. `word` is plain."""
    return not word or word in _UNSTATED


def is_absent(word: str) -> bool:
    """A word that says there is none. `word` is plain."""
    return word in _ABSENT


def free_text(key: str) -> Reader:
    """A reader of free text, such as an address."""

    def read(cell: Cell) -> Said:
        if isinstance(cell, CellError):
            return Said(problem=problem("value_error"))
        text = bare(text_of(cell))
        if len(text) < _SHORT and (is_unstated(word := plain(text)) or is_absent(word)):
            return NOTHING
        return Said(((key, text),))

    return read


def code_text(key: str) -> Reader:
    """A reader of a number or code that is kept as text: school code, pupil record, grid."""

    def read(cell: Cell) -> Said:
        if isinstance(cell, CellError):
            return Said(problem=problem("value_error"))
        word = plain(text_of(cell))
        if is_unstated(word) or is_absent(word):
            return NOTHING
        return Said(((key, word.upper()),))

    return read


def yes_no(key: str) -> Reader:
    """A reader of three answers: yes, no, and nothing at all."""

    def read(cell: Cell) -> Said:
        answer = truth(cell)
        if isinstance(answer, Problem):
            return Said(problem=answer)
        return NOTHING if answer is None else Said(((key, answer),))

    return read


def truth(cell: Cell) -> bool | Problem | None:
    """Yes, no, not stated, or a problem. An unknown word is never taken for a no."""
    if isinstance(cell, CellError):
        return problem("value_error")
    word = plain(text_of(cell))
    if word in _YES:
        return True
    if word in _NO:
        return False
    return None if is_unstated(word) else problem("yes_no_unknown")


def one_of(key: str, meanings: Mapping[str, object], unknown: str = "code_unknown") -> Reader:
    """A reader of a code or a label; what is in no table is a problem, not a default."""

    def read(cell: Cell) -> Said:
        if isinstance(cell, CellError):
            return Said(problem=problem("value_error"))
        word = plain(text_of(cell))
        if word in meanings:
            meaning = meanings[word]
            return NOTHING if meaning is None else Said(((key, meaning),))
        return NOTHING if is_unstated(word) else Said(problem=problem(unknown))

    return read


def whole_number(key: str, *, most: int) -> Reader:
    """A reader of a small whole number, with or without a unit behind it."""

    def read(cell: Cell) -> Said:
        word = plain(text_of(cell))
        if is_unstated(word) or is_absent(word):
            return NOTHING
        found = _NUMBER.match(word)
        if isinstance(cell, CellError) or not found or int(found[0]) > most:
            return Said(problem=problem("number_unreadable"))
        return Said(((key, int(found[0])),))

    return read
