"""Citizen identity numbers (公民身份号码, GB 11643): what a written number really is.

Nothing is repaired here. A number that is damaged is named as damaged, so that a person decides;
only its dress (full-width digits, blanks, a lower-case x) is taken off, and that is said.
"""

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import mul
from typing import NamedTuple
from unicodedata import normalize

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
FICTIONAL_PROVINCE = "99"
PROVINCES = frozenset(
    f"{code}"
    for region in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(region[0], region[1] + 1)
)
_INVISIBLE = re.compile(r"[\s\u00a0\u00ad\u200b-\u200f\u2060\ufeff'`’‘\"-]")
_CROSS_LOOKALIKES = str.maketrans(dict.fromkeys("xⅩⅹ×Хх╳✕", "X"))
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_SCIENTIFIC = re.compile(r"[0-9]\.?[0-9]*E\+?[0-9]{1,2}")
_FOREIGN = re.compile(r"[A-Z]{1,3}[0-9]{6,10}[A-Z0-9]?")


class Kind(StrEnum):
    """What a written identity number is."""

    VALID = "valid"
    OLD = "old"
    MISSING = "missing"
    NUMERIC_CELL = "numeric_cell"
    TRUNCATED = "truncated"
    MASKED = "masked"
    PLACEHOLDER = "placeholder"
    BAD_CHECK = "bad_check"
    BAD_DATE = "bad_date"
    BAD_PROVINCE = "bad_province"
    FICTIONAL = "fictional"
    WRONG_LENGTH = "wrong_length"
    OTHER_DOCUMENT = "other_document"


USABLE = frozenset({Kind.VALID, Kind.OLD})


class Reading(NamedTuple):
    """A written number, undressed and named. `number` is 18 characters when `kind` is usable."""

    kind: Kind
    number: str = ""
    birth_date: date | None = None
    male: bool | None = None
    dressed: bool = False

    @property
    def usable(self) -> bool:
        return self.kind in USABLE


def check_character(first17: str) -> str:
    """The eighteenth character of a number whose first seventeen digits are given."""
    total = sum(map(mul, map(int, first17), WEIGHTS))
    return CHECK_CHARACTERS[total % 11]


@lru_cache(maxsize=8192)
def examine(text: str, *, is_number: bool = False, allow_fictional: bool = False) -> Reading:
    """Say what the written `text` is.

    `is_number` tells that the cell held a number, not text: eighteen digits do not survive that.
    `allow_fictional` lets the province prefix 99 pass, for demonstrations and tests only.
    """
    if not is_number and _SHAPE.fullmatch(text) and not _is_placeholder(text):
        return _examine_eighteen(text, dressed=False, allow_fictional=allow_fictional)
    bare = _undress(text)
    if not bare:
        return Reading(Kind.MISSING)
    dressed = bare != text
    if damage := _damage(bare, is_number=is_number):
        return Reading(damage, bare, dressed=dressed)
    if len(bare) == 15 and bare.isdigit():
        return _examine_old(bare, allow_fictional=allow_fictional)
    if not _SHAPE.fullmatch(bare):
        kind = Kind.OTHER_DOCUMENT if _FOREIGN.fullmatch(bare) else Kind.WRONG_LENGTH
        return Reading(kind, bare, dressed=dressed)
    return _examine_eighteen(bare, dressed=dressed, allow_fictional=allow_fictional)


def _damage(bare: str, *, is_number: bool) -> Kind | None:
    """What makes the text no number at all, whatever its digits say."""
    if is_number:
        return Kind.NUMERIC_CELL
    if "*" in bare:
        return Kind.MASKED
    if _SCIENTIFIC.fullmatch(bare):
        return Kind.TRUNCATED
    return Kind.PLACEHOLDER if _is_placeholder(bare) else None


def mask(number: str) -> str:
    """The first six characters and nothing else that tells who it is."""
    return number[:6] + "*" * max(len(number) - 6, 0) if number else ""


def _undress(text: str) -> str:
    if text.isascii() and text.isdigit():
        return text
    return _INVISIBLE.sub("", normalize("NFKC", text)).upper().translate(_CROSS_LOOKALIKES)


def _is_placeholder(bare: str) -> bool:
    return (
        bare == bare[0] * len(bare)
        or bare in {"无", "不详", "暂无", "无证", "没有", "NONE", "NULL"}
        or (bare.startswith("123456789"))
    )


def _examine_eighteen(bare: str, *, dressed: bool, allow_fictional: bool) -> Reading:
    born = _date(bare[6:14])
    kind = _province_kind(bare, allow_fictional=allow_fictional)
    # Excel keeps fifteen digits and writes 000; one in eleven of those still passes the check.
    if bare.endswith("000"):
        kind = Kind.TRUNCATED
    elif born is None:
        kind = Kind.BAD_DATE
    elif check_character(bare[:17]) != bare[17]:
        kind = Kind.BAD_CHECK
    return Reading(kind, bare, born, int(bare[16]) % 2 == 1, dressed)


def _examine_old(bare: str, *, allow_fictional: bool) -> Reading:
    """A number of the first generation: the century and the check character are put back."""
    first17 = f"{bare[:6]}19{bare[6:]}"
    born = _date(first17[6:14])
    if born is None:
        return Reading(Kind.BAD_DATE, bare)
    kind = _province_kind(bare, allow_fictional=allow_fictional)
    number = first17 + check_character(first17)
    return Reading(Kind.OLD if kind is Kind.VALID else kind, number, born, int(bare[14]) % 2 == 1)


def _province_kind(bare: str, *, allow_fictional: bool) -> Kind:
    if bare[:2] in PROVINCES:
        return Kind.VALID
    if bare[:2] == FICTIONAL_PROVINCE:
        return Kind.VALID if allow_fictional else Kind.FICTIONAL
    return Kind.BAD_PROVINCE


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
