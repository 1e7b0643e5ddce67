"""A very large roster, written fast: for measuring imports, not for looking at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from xlsxwriter import Workbook

from tongxing.demo import name_tables as tables
from tongxing.demo.dice import dice
from tongxing.demo.numbers import PHONE_BLOCK, SHARED_LINES
from tongxing.demo.origins import ORIGINS
from tongxing.demo.places import KUNDULUN
from tongxing.kernel.identity import FICTIONAL_PROVINCE, check_character

HEADINGS = (
    "序号", "姓名", "性别", "民族", "身份证件号", "出生日期", "户口所在地", "户口性质",
    "现住街道（镇）", "现住址", "来本地居住日期", "共同居住监护人", "监护人姓名", "与学生关系",
    "监护人身份证件号", "联系电话", "学校名称", "年级", "班级", "备注",
)  # fmt: skip
SOURCE = "education"
DIRTY_IN = 100
_STREETS = ("昆河镇", "沼潭街道", "林荫路街道", "少先路街道", "鞍山道街道", "白云路街道")
_SURNAMES = tuple(name for name in tables.SURNAMES if len(name) == 1)
_ORIGINS = tuple(origin for origin in ORIGINS[KUNDULUN] if origin.weight)
_GRADES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级")


@dataclass(frozen=True, slots=True)
class BulkFile:
    """What was written: `dirty` of the `rows` carry damage that an importer must hold."""

    path: Path
    rows: int
    dirty: int


def benchmark_workbook(
    path: Path, *, rows: int = 100_000, columns: int = 20, seed: int = 1
) -> BulkFile:
    """Write a school roster of Kundulun with one heading line and text cells.

    Every hundredth row has a damaged identity number (cut, masked, wrong check, …000) or a birth
    date that contradicts it. `columns` beyond the twenty of a roster are numbered remarks.
    """
    rng = dice(seed, "bulk")
    headings = [*HEADINGS, *(f"备注{number}" for number in range(2, columns))][:columns]
    dirty = 0
    with Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("名单")
        _write(page.write_string, 0, headings)
        for number in range(1, rows + 1):
            spoilt = number % DIRTY_IN == 0
            dirty += spoilt
            cells = _row(number, rng, spoilt=spoilt)
            _write(page.write_string, number, [*cells, *[""] * (columns - len(cells))][:columns])
    return BulkFile(path, rows, dirty)


def _write(write: Callable[[int, int, str], int], row: int, cells: Sequence[str]) -> None:
    for column, text in enumerate(cells):
        if text:
            write(row, column, text)


def _row(number: int, rng: Random, *, spoilt: bool) -> list[str]:
    age = rng.randrange(6, 12)
    born = date(2026 - age, 1, 1) + timedelta(days=rng.randrange(365))
    grown = date(1980, 1, 1) + timedelta(days=rng.randrange(5000))
    origin = rng.choice(_ORIGINS)
    male = rng.random() < 0.52
    surname = rng.choice(_SURNAMES)
    street = rng.choice(_STREETS)
    identity = _identity(number, born, male=male)
    written, birth = _spoil(identity, born, rng) if spoilt else (identity, f"{born:%Y-%m-%d}")
    return [
        str(number),
        surname + rng.choice(tables.BOYS if male else tables.GIRLS),
        "男" if male else "女",
        "汉族",
        written,
        birth,
        origin.text,
        "农业" if rng.random() < 0.7 else "非农业",
        street,
        f"昆都仑区{street}青禾社区{rng.randrange(1, 90)}号楼{rng.randrange(101, 1900)}室",
        f"{date(2018, 1, 1) + timedelta(days=rng.randrange(2800)):%Y-%m-%d}",
        "父母双方",
        surname + rng.choice(tables.MEN),
        "父亲",
        _identity(number, grown, male=True),
        f"{PHONE_BLOCK}{number % SHARED_LINES:06d}",
        "昆都仑区鹿鸣小学",
        _GRADES[age - 6],
        f"{_GRADES[age - 6]}（{rng.randrange(1, 9)}）班",
    ]


def _identity(number: int, born: date, *, male: bool) -> str:
    """A number nobody else has: the row number stands in its county and sequence digits.

    The sequence stays below 98, so that no sound number ends in the 000 of Excel's damage.
    """
    county, sequence = divmod(number, 48)
    odd_or_even = 2 * sequence + (1 if male else 2)
    first17 = f"{FICTIONAL_PROVINCE}{county:04d}{born:%Y%m%d}{odd_or_even:03d}"
    return first17 + check_character(first17)


def _spoil(identity: str, born: date, rng: Random) -> tuple[str, str]:
    birth = f"{born:%Y-%m-%d}"
    wrong = "0" if identity[-1] != "0" else "1"
    return rng.choice(
        (
            (identity[:15] + "000", birth),
            (f"{identity[:6]}********{identity[-4:]}", birth),
            (identity[:17] + wrong, birth),
            (identity[:16] + identity[17:], birth),
            (identity, f"{born - timedelta(days=40):%Y-%m-%d}"),
        )
    )
