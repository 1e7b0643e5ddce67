"""Names of people: as typed, as compared, as searched and as sorted."""

import re
from functools import lru_cache
from unicodedata import normalize

import opencc
from pypinyin import Style, lazy_pinyin

_DOTS = re.compile(r"[·•．・‧∙⋅•᛫●]|(?<=\D)\.(?=\D)")
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
_TO_SIMPLIFIED = opencc.OpenCC("t2s")

# Surnames whose reading as a name differs from their everyday reading.
SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao",
    "盖": "ge", "任": "ren", "华": "hua", "缪": "miao", "翟": "zhai", "乐": "yue", "种": "chong",
    "秘": "bi", "员": "yun", "尹": "yin", "召": "shao", "纪": "ji", "燕": "yan", "葛": "ge",
    "尉迟": "yuchi", "万俟": "moqi", "令狐": "linghu", "长孙": "zhangsun", "单于": "chanyu",
}  # fmt: skip


def canonical(text: str) -> str:
    """The name as it is kept: NFC, one kind of middle dot, no blanks between Han characters."""
    composed = normalize("NFC", text).strip()
    dotted = _DOTS.sub("·", composed)
    return _BLANK.sub("" if _HAN.search(dotted) else " ", dotted).strip()


@lru_cache(maxsize=16384)
def comparable(text: str) -> str:
    """What two spellings of one name share: simplified characters, no dots, no blanks."""
    bare = _BLANK.sub("", normalize("NFKC", canonical(text))).replace("·", "").lower()
    if bare.isascii():
        return bare
    return str(_TO_SIMPLIFIED.convert(bare))


def pinyin(text: str) -> str:
    """Toneless pinyin in one word, with surnames read as surnames; for search and order."""
    return "".join(syllables(text))


def initials(text: str) -> str:
    """The first letters of the syllables: 张伟强 gives zwq."""
    return "".join(syllable[0] for syllable in syllables(text) if syllable)


@lru_cache(maxsize=1024)
def syllables(text: str) -> tuple[str, ...]:
    """One toneless syllable a character; characters without a reading stay as they are."""
    name = comparable(text)
    for length in (2, 1):
        if reading := SURNAMES.get(name[:length]):
            return (reading, *map(_syllable, name[length:]))
    return tuple(map(_syllable, name))


def search_keys(text: str) -> list[str]:
    """Everything a person may type the beginning of: the name, its tails, pinyin, initials.

    A tail of one character would find half the register; it is left out.
    """
    name = comparable(text)
    last = max(len(name) - 1, 1)
    tails = [name[start:] for start in range(min(last, 6))] if _HAN.search(name) else [name]
    spoken = syllables(text)
    return list(dict.fromkeys([*tails, "".join(spoken), "".join(part[:1] for part in spoken)]))


def mask(text: str) -> str:
    """The first character and stars: 王**."""
    return text[:1] + "*" * max(len(text) - 1, 1) if text else ""


@lru_cache(maxsize=32768)
def _syllable(character: str) -> str:
    return str(lazy_pinyin(character, style=Style.NORMAL)[0]).lower().replace("ü", "v")
