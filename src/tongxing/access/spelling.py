"""How the names of places are spoken, for search. Names of people are `kernel.names`' matter."""

from unicodedata import normalize

from pypinyin import lazy_pinyin

# Places whose names are not read as their characters usually are.
_READINGS = {
    "单县": "shan xian", "浚县": "xun xian", "洪洞": "hong tong", "涡阳": "guo yang",
    "荥经": "ying jing", "长葛": "chang ge", "六合": "lu he", "什邡": "shi fang",
    "繁峙": "fan shi", "会稽": "kuai ji", "六安": "lu an", "东阿": "dong e",
    "乐亭": "lao ting", "尉犁": "yu li", "大埔": "da bu", "铅山": "yan shan",
    "蔚县": "yu xian", "长子县": "zhang zi xian", "牟平": "mu ping", "台州": "tai zhou",
}  # fmt: skip


def syllables(name: str) -> list[str]:
    """Toneless syllables; 都 in the name of a place is always du."""
    for written, spoken in _READINGS.items():
        if name.startswith(written):
            return [*spoken.split(), *syllables(name[len(written) :])]
    parts = name.split("都")
    spelled = [_plain(part) for part in parts]
    return [each for part in spelled for each in [*part, "du"]][:-1]


def pinyin(name: str) -> str:
    return "".join(syllables(name))


def initials(name: str) -> str:
    return "".join(each[0] for each in syllables(name) if each)


def typed(text: str) -> str:
    """What somebody typed into a search box, as the columns keep it."""
    plain = "".join(normalize("NFKC", text).split()).lower()
    return plain.replace("'", "").replace("ü", "v")


def _plain(text: str) -> list[str]:
    return [each.lower().replace("ü", "v") for each in lazy_pinyin(text)] if text else []
