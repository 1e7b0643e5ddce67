"""Whole lists with known dirt in them: everything planted is found, nothing clean is accused."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from tests.exchange.workbooks import csv_bytes, saved
from tests.registry.rules.lines import TODAY, number
from tongxing.exchange.spreadsheets import read_table
from tongxing.registry.rules.headers import propose
from tongxing.registry.rules.rosters import RosterSettings

READER = "tongxing.registry.rules.rosters:line_reader"
TITLE = ("昆都仑区2026年秋季学期随迁子女花名册", *[None] * 8)
GROUPS = ("序号", "儿童信息", None, None, None, "监护人信息", None, None, "备注")
HEADINGS = (None, "姓名", "性别", "出生日期", "身份证号", "姓名", "身份证号", "联系电话", None)
NAME, SEX, BORN, NUMBER, GUARDIANS_NUMBER, PHONE = 1, 2, 3, 4, 6, 7
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")

Row = list[Any]
Plant = Callable[[Row], None]


def put(column: int, make: Callable[[Any], Any]) -> Plant:
    def plant(row: Row) -> None:
        row[column] = make(row[column])

    return plant


def other_check(written: str) -> str:
    return written[:17] + ("1" if written[17] != "1" else "2")


def guardians(row: Row) -> None:
    row[NUMBER] = row[GUARDIANS_NUMBER]


PLANTS: dict[str, tuple[Plant, str, str]] = {
    "numeric cell": (put(NUMBER, lambda text: float(text[:17] + "0")), "held", "id_numeric_cell"),
    "scientific": (put(NUMBER, lambda _: "9.90203E+17"), "held", "id_truncated"),
    "ends in 000": (put(NUMBER, lambda text: text[:15] + "000"), "held", "id_truncated"),
    "masked": (put(NUMBER, lambda text: text[:6] + "********" + text[14:]), "held", "id_masked"),
    "wrong check": (put(NUMBER, other_check), "held", "id_bad_check"),
    "digit lost": (put(NUMBER, lambda text: text[:9] + text[10:]), "held", "id_wrong_length"),
    "guardian's number": (guardians, "held", "id_guardians_number"),
    "other birth date": (put(BORN, lambda _: "2001-01-01"), "held", "birth_date_contradicts_id"),
    "other sex": (
        put(SEX, lambda sex: "男" if sex == "女" else "女"),
        "held",
        "sex_contradicts_id",
    ),
    "rare character lost": (put(NAME, lambda name: name[0] + "?"), "held", "name_damaged"),
    "masked name": (put(NAME, lambda name: name[0] + "**"), "held", "name_masked"),
    "full width": (put(NUMBER, lambda text: text.translate(FULL_WIDTH)), "usable", "normalised"),
    "apostrophe": (put(NUMBER, lambda text: f"'{text}"), "usable", "normalised"),
    "soft hyphen": (
        put(NUMBER, lambda text: text[:6] + "\u00ad" + text[6:]),
        "usable",
        "normalised",
    ),
    "lunar date": (put(BORN, lambda _: "农历正月初三"), "usable", "birth_date_from_id"),
    "age for date": (put(BORN, lambda _: "8岁"), "usable", "birth_date_from_id"),
    "no phone": (put(PHONE, lambda _: "无"), "usable", "phone_placeholder"),
    "kinship for name": (put(5, lambda _: "爷爷"), "usable", "guardian_name_is_relation"),
}


def children(dice: random.Random, count: int) -> list[Row]:
    rows = []
    for at in range(1, count + 1):
        born = f"{dice.randint(2011, 2022)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
        order = dice.randint(1, 998)
        adult = number(born=f"19{dice.randint(75, 95)}0506", order=f"{dice.randint(1, 998):03}")
        rows.append(
            [
                str(at),
                dice.choice("王李张刘陈杨") + dice.choice("小大") + dice.choice("明红军芳"),
                "男" if order % 2 else "女",
                f"{born[:4]}-{born[4:6]}-{born[6:]}",
                number(born=born, order=f"{order:03}"),
                "王大山",
                adult,
                f"1990000{dice.randint(1000, 9999)}",
                None,
            ]
        )
    return rows


def dirty_list(dice: random.Random) -> tuple[list[Row], dict[int, tuple[str, str]]]:
    """The rows of the sheet, and by sheet row what was planted there."""
    rows = children(dice, 120)
    truth = {}
    for at in dice.sample(range(len(rows)), 60):
        plant, state, code = PLANTS[dice.choice(list(PLANTS))]
        plant(rows[at])
        truth[at + 4] = (state, code)
    rows.append(["合计", len(rows), *[None] * 7])
    rows.append(["填表人：", None, None, "审核人：", *[None] * 5])
    truth[len(rows) + 2] = ("rejected", "totals_row")
    truth[len(rows) + 3] = ("rejected", "footer_row")
    return rows, truth


def xlsx_of(rows: list[Row]) -> bytes:
    book = openpyxl.Workbook()
    for row in (TITLE, GROUPS, HEADINGS, *rows):
        book.active.append(list(row))
    for area in ("A1:I1", "B2:E2", "F2:H2", "A2:A3", "I2:I3"):
        book.active.merge_cells(area)
    return saved(book)


def xls_of(rows: list[Row]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for at, row in enumerate((TITLE, GROUPS, HEADINGS, *rows)):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(at, column, cell)
    return saved(book)


def _shown(cell: Any) -> str:
    if isinstance(cell, float):
        return "9.90203E+17"
    return "" if cell is None else str(cell)


def gb18030_of(rows: list[Row]) -> bytes:
    """Text has no numbers: what was a numeric cell is written as the program shows it."""
    shown = [[_shown(cell) for cell in row] for row in (TITLE, GROUPS, HEADINGS, *rows)]
    return csv_bytes(shown, encoding="gb18030")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("make", [xlsx_of, xls_of, gb18030_of])
def test_everything_planted_is_found_and_nothing_else(tmp_path: Path, make, seed):
    rows, truth = dirty_list(random.Random(seed))  # noqa: S311 - dirt, not secrets
    path = tmp_path / "list"
    path.write_bytes(make(rows))
    with read_table(path) as table:
        found = propose(table.head, table.workbook.sheet.merged)
        settings = RosterSettings(mapping=found, today=TODAY, allow_fictional=True).as_dict()
        lines = [
            line
            for batch in table.batches(READER, settings, after_row=found.header_last)
            for line in batch
        ]
    assert found.header_last == 3
    assert len(lines) == len(rows)
    for line in lines:
        codes = {problem["code"] for problem in line["problems"]}
        state, code = truth.get(line["row"], ("usable", ""))
        if make is gb18030_of and code == "id_numeric_cell":
            code = "id_truncated"
        assert line["state"] == state, (line["row"], codes, code)
        assert codes == ({code} if code else set()), line["row"]
        if line["state"] == "held" and code.startswith("id_"):
            assert "id_no" not in line["values"]
