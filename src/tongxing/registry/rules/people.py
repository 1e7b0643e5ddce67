"""Names, identity numbers and phones of people, as lists write them.

Damage is named, never repaired: only dress (width, blanks, a small x) is taken off.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from tongxing.exchange.spreadsheets.values import Cell, CellError
from tongxing.kernel import names
from tongxing.kernel.identity import Kind, Reading, examine
from tongxing.registry.rules.cells import (
    bare,
    is_absent,
    is_dressed,
    is_unstated,
    plain,
    text_of,
    words_in,
)
from tongxing.registry.rules.code_lists import KINSHIP_WORDS
from tongxing.registry.rules.problems import Problem, problem

_HAN_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_MASKED_NAME = re.compile(r"[*＊×✕]|某|(?:^|[\u4e00-\u9fff])[xX]{1,3}$|○|〇〇|\bX\b")
_LOST_CHARACTER = re.compile("[?？□■▯〓�\ue000-\uf8ff\U000f0000-\U0010ffff\u2ff0-\u2fff]|&#")
_NO_NAME_MARKS = re.compile(r"[:：;；、,，。!！@#%&=+/\\|<>]")
_DIGIT = re.compile(r"\d")
_REMARK = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]?")
_NOT_NAMES = words_in(
    "姓名 测试 无名 无名氏 新生儿 未取名 未起名 小孩 儿童 学生 男 女 是 否 本人 同上 同前"
    " 合计 总计 小计 共计 累计 汇总 备注 说明 日期 盖章 单位"
    " 填表人 填报人 审核人 制表人 负责人 联系人"
)
_SHORTEST, _LONGEST = 2, 60
_SCHOOL_MADE = re.compile(r"[GL]\d{17}[0-9X]")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{9,11}|[2-8]\d{6,7}")
_PHONE_PARTS = re.compile(r"[/、,，;；\s和或]+")
_PHONE_DRESS = re.compile(r"[-—–_()（）+.]|转\d+$|^电话|[:：]")
_NO_PHONES = frozenset({"12345678901", "12345678910", "13800138000", "13888888888", "13000000000"})

_CHILD_PROBLEMS: dict[Kind, str] = {
    Kind.NUMERIC_CELL: "id_numeric_cell",
    Kind.TRUNCATED: "id_truncated",
    Kind.MASKED: "id_masked",
    Kind.BAD_CHECK: "id_bad_check",
    Kind.BAD_DATE: "id_impossible_date",
    Kind.BAD_PROVINCE: "id_unknown_region",
    Kind.FICTIONAL: "id_fictional",
    Kind.WRONG_LENGTH: "id_wrong_length",
    Kind.OLD: "id_first_generation",
    Kind.PLACEHOLDER: "id_placeholder",
}


class Name(NamedTuple):
    """A name as it is kept, with what was wrong with it."""

    text: str = ""
    problems: tuple[Problem, ...] = ()


class Number(NamedTuple):
    """An identity number, the number of another document, or neither."""

    number: str = ""
    document: str = ""
    problems: tuple[Problem, ...] = ()
    birth_date: date | None = None
    male: bool | None = None


class Phone(NamedTuple):
    digits: str = ""
    problem: Problem | None = None


NO_NAME = Name()
NO_NUMBER = Number()
NO_PHONE = Phone()


def name_of(cell: Cell) -> Name:
    """The name as written, canonical in dots and blanks; masked or damaged names are named so."""
    if type(cell) is str and _HAN_NAME.fullmatch(cell) and "某" not in cell:
        return Name(cell) if cell not in _NOT_NAMES else Name("", (problem("name_placeholder"),))
    if isinstance(cell, CellError):
        return Name("", (problem("cell_error"),))
    return _unusual_name(text_of(cell))


def _unusual_name(written: str) -> Name:
    text = names.canonical(bare(written))
    word = plain(text)
    if is_unstated(word) or is_absent(word):
        return NO_NAME
    if trouble := _name_trouble(text, word):
        return Name(text, (problem(trouble),))
    notes = (problem("normalised"),) if is_dressed(written) else ()
    if (outside := _REMARK.sub("", text).strip()) != text:
        if not outside:
            return Name(text, (problem("name_placeholder"),))
        return Name(outside, (*notes, problem("name_with_remark")))
    return Name(text, notes)


def _name_trouble(text: str, word: str) -> str | None:
    if _LOST_CHARACTER.search(text):
        return "name_damaged"
    if _MASKED_NAME.search(text):
        return "name_masked"
    if word in _NOT_NAMES or not _SHORTEST <= len(word) <= _LONGEST:
        return "name_placeholder"
    if _NO_NAME_MARKS.search(_REMARK.sub("", text)):
        return "name_placeholder"
    return "name_damaged" if _DIGIT.search(_REMARK.sub("", text)) else None


def child_number(cell: Cell, *, id_type: str | None, allow_fictional: bool) -> Number:
    """The child's identity number; anything doubtful about it holds the row."""
    if cell is None:
        return NO_NUMBER
    if isinstance(cell, CellError):
        return Number(problems=(problem("cell_error"),))
    text = text_of(cell)
    reading = _examined(cell, text, allow_fictional)
    if reading.kind is Kind.VALID:
        return Number(reading.number, "", _dress(text, reading), reading.birth_date, reading.male)
    return _doubtful(text, reading, id_type)


def adult_number(cell: Cell, *, allow_fictional: bool) -> Number:
    """A guardian's number: an unusable one is left out with a note; an old one is accepted."""
    if cell is None:
        return NO_NUMBER
    text = text_of(cell)
    reading = _examined(cell, text, allow_fictional)
    if reading.usable:
        return Number(reading.number)
    if reading.kind is Kind.MISSING or _says_none(text):
        return NO_NUMBER
    if reading.kind is Kind.OTHER_DOCUMENT:
        return Number(document=reading.number)
    return Number(problems=(problem("guardian_id_invalid"),))


def _examined(cell: Cell, text: str, allow_fictional: bool) -> Reading:
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return examine(text, is_number=is_number, allow_fictional=allow_fictional)


def _doubtful(text: str, reading: Reading, id_type: str | None) -> Number:
    if reading.kind is Kind.MISSING or is_unstated(plain(text)):
        return NO_NUMBER
    if _says_none(text):
        return Number(problems=(problem("id_stated_missing"),))
    other = id_type not in {None, "resident"}
    if reading.kind is Kind.OTHER_DOCUMENT or (other and reading.kind is Kind.WRONG_LENGTH):
        return Number(document=reading.number, problems=(problem("id_other_document"),))
    if _SCHOOL_MADE.fullmatch(reading.number):
        return Number(problems=(problem("id_school_made"),))
    return Number(problems=(problem(_CHILD_PROBLEMS[reading.kind]),))


def _says_none(text: str) -> bool:
    return is_absent(plain(text)) or plain(text) in {"无证", "无身份证", "未办理", "未办", "没办"}


def _dress(text: str, reading: Reading) -> tuple[Problem, ...]:
    """What was taken off the number, so that nobody thinks it arrived like this."""
    if text == reading.number:
        return ()
    if text.upper() == reading.number:
        return (problem("id_letter_lower"),)
    return (problem("normalised"),) if text.strip() != reading.number else ()


def guardian_name_of(cell: Cell) -> tuple[Name, str]:
    """A guardian's name, and the relation when that stands in its place (爷爷)."""
    found = name_of(cell)
    word = plain(found.text)
    if word in KINSHIP_WORDS:
        return Name("", (problem("guardian_name_is_relation"),)), word
    if any(each.severity != "note" for each in found.problems):
        return Name("", (problem("guardian_name_unusable"),)), ""
    return found, ""


def phone_of(cell: Cell) -> Phone:
    """The digits of the first usable phone number in the cell."""
    if type(cell) is str and _MOBILE.fullmatch(cell) and cell not in _NO_PHONES:
        return Phone(cell) if len(set(cell)) > 2 else Phone("", problem("phone_placeholder"))
    if cell is None or isinstance(cell, CellError):
        return NO_PHONE
    return _unusual_phone(text_of(cell))


def _unusual_phone(written: str) -> Phone:
    text = bare(written)
    if is_unstated(plain(text)):
        return NO_PHONE
    if "*" in text or "＊" in text:
        return Phone("", problem("phone_masked"))
    parts = [part for part in map(_phone_digits, _PHONE_PARTS.split(text)) if part]
    whole = _phone_digits(text.replace(" ", ""))
    usable = [part for part in ([whole] if _is_phone(whole) else parts) if _is_phone(part)]
    if usable:
        several = len(parts) > 1 and not _is_phone(whole)
        return Phone(usable[0], problem("phone_several") if several else None)
    return Phone("", problem("phone_placeholder" if _is_no_phone(whole) else "phone_unlikely"))


def _phone_digits(text: str) -> str:
    digits = plain(_PHONE_DRESS.sub("", text))
    return digits[2:] if digits.startswith("86") and len(digits) == 13 else digits


def _is_phone(digits: str) -> bool:
    shaped = bool(_MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits))
    return shaped and not _is_no_phone(digits)


def _is_no_phone(digits: str) -> bool:
    return len(set(digits)) <= 2 or digits in _NO_PHONES or is_absent(digits) or digits == "无电话"
