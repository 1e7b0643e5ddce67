"""How forms and clerks write the facts: labels, codes and dates, after three offices' fashions."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from tongxing.demo.sheets import Cell
from tongxing.demo.values import (
    Child,
    Guardian,
    Hardship,
    HukouKind,
    MovedWith,
    Relation,
    Schooling,
    Sex,
    Stage,
)

EXCEL_EPOCH = date(1899, 12, 30)

GRADES: Mapping[int, str] = {
    -3: "小班", -2: "中班", -1: "大班",
    1: "一年级", 2: "二年级", 3: "三年级", 4: "四年级", 5: "五年级", 6: "六年级",
    7: "七年级", 8: "八年级", 9: "九年级", 10: "高一", 11: "高二", 12: "高三",
}  # fmt: skip
VOCATIONAL_GRADES: Mapping[int, str] = {10: "职高一", 11: "职高二", 12: "职高三"}
DISABILITIES = ("", "视力", "听力", "言语", "肢体", "智力", "精神", "多重")
DISABILITY_GRADES = ("", "一级", "二级", "三级", "四级")
HARDSHIPS: Mapping[Hardship, str] = {
    Hardship.DIBAO: "低保",
    Hardship.TEKUN: "特困",
    Hardship.ORPHAN: "孤儿",
    Hardship.DE_FACTO_UNSUPPORTED: "事实无人抚养",
    Hardship.SERIOUS_ILLNESS: "重病",
}
COMPANY: Mapping[MovedWith, str] = {
    MovedWith.BOTH_PARENTS: "父母双方",
    MovedWith.FATHER: "父亲",
    MovedWith.MOTHER: "母亲",
    MovedWith.GRANDPARENT: "其他监护人",
    MovedWith.GUARDIAN: "其他监护人",
    MovedWith.RELATIVE: "其他亲属",
    MovedWith.NOBODY: "无（独自）",
}
# GB/T 4761: what the adult is to the child.
RELATION_CODES: Mapping[Relation, str] = {
    Relation.FATHER: "51",
    Relation.MOTHER: "52",
    Relation.GRANDFATHER: "61",
    Relation.GRANDMOTHER: "62",
    Relation.UNCLE: "83",
    Relation.AUNT: "89",
}
_RELATIONS: Mapping[Relation, tuple[str, str]] = {
    Relation.FATHER: ("父亲", "爸爸"),
    Relation.MOTHER: ("母亲", "妈妈"),
    Relation.GRANDFATHER: ("祖父", "爷爷"),
    Relation.GRANDMOTHER: ("祖母", "奶奶"),
    Relation.UNCLE: ("叔父", "叔叔"),
    Relation.AUNT: ("姑母", "姑姑"),
}


class Fashion(StrEnum):
    """Which office keeps the list: one writes codes, one labels, one everyday words."""

    CODES = "codes"
    LABELS = "labels"
    EVERYDAY = "everyday"


class DateFashion(StrEnum):
    ISO = "iso"
    COMPACT = "compact"
    DOTS = "dots"
    SLASHES = "slashes"
    HAN = "han"
    CELL = "cell"
    SERIAL = "serial"


_DATES: Mapping[DateFashion, Callable[[date], Cell]] = {
    DateFashion.ISO: lambda day: f"{day:%Y-%m-%d}",
    DateFashion.COMPACT: lambda day: f"{day:%Y%m%d}",
    DateFashion.DOTS: lambda day: f"{day.year}.{day.month}.{day.day}",
    DateFashion.SLASHES: lambda day: f"{day.year}/{day.month}/{day.day}",
    DateFashion.HAN: lambda day: f"{day.year}年{day.month}月{day.day}日",
    DateFashion.CELL: lambda day: day,
    DateFashion.SERIAL: lambda day: (day - EXCEL_EPOCH).days,
}
_YES_NO: Mapping[Fashion, tuple[str, str]] = {
    Fashion.CODES: ("1", "0"),
    Fashion.LABELS: ("是", "否"),
    Fashion.EVERYDAY: ("是", "否"),
}
_SEXES: Mapping[Fashion, tuple[str, str]] = {
    Fashion.CODES: ("1", "2"),
    Fashion.LABELS: ("男", "女"),
    Fashion.EVERYDAY: ("男性", "女性"),
}


def written_date(day: date | None, fashion: DateFashion) -> Cell:
    return _DATES[fashion](day) if day else None


def written_birth(child: Child, fashion: DateFashion) -> Cell:
    """The birth date; only the month when nobody knows the day."""
    if child.birth_date:
        return written_date(child.birth_date, fashion)
    year, month = child.birth_month
    return f"{year}年{month}月"


def yes_no(yes: bool, fashion: Fashion) -> str:
    return _YES_NO[fashion][0 if yes else 1]


def sex(child: Child, fashion: Fashion) -> str:
    return _SEXES[fashion][0 if child.sex is Sex.MALE else 1]


def ethnicity(code: str, label: str, fashion: Fashion) -> str:
    if fashion is Fashion.CODES:
        return code
    return label.removesuffix("族") if fashion is Fashion.EVERYDAY else label


def company(child: Child) -> str | None:
    """With whom the child came; nothing for a child whose home is here."""
    return None if child.hukou_kind is HukouKind.LOCAL else COMPANY[child.moved_with]


def relation(adult: Guardian, fashion: Fashion) -> str:
    if fashion is Fashion.CODES:
        return RELATION_CODES[adult.relation]
    return _RELATIONS[adult.relation][1 if fashion is Fashion.EVERYDAY else 0]


def everyday_relation(adult: Guardian) -> str:
    return _RELATIONS[adult.relation][1]


def grade(school: Schooling) -> str:
    words = VOCATIONAL_GRADES if school.stage is Stage.VOCATIONAL else GRADES
    return words[school.grade]


def hardships(child: Child) -> str:
    return "、".join(sorted(HARDSHIPS[kind] for kind in child.hardships)) or "无"
