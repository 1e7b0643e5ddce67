"""The workbook for the source: every fault with its reason, nothing but text, and it comes back."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.demo.conftest import STREETS, TODAY
from tests.factories.rosters import (
    OFFICER,
    a_row,
    batch_of,
    codes,
    committed,
    fates,
    rows_of,
    staged,
)
from tongxing.access import scopes
from tongxing.demo.places import HULI, read_townships
from tongxing.demo.rosters import RosterFile, write_inbox
from tongxing.demo.town import generate
from tongxing.registry.queries import error_workbooks
from tongxing.registry.web.imports.words import of_problem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions")]

DAMAGED = "990102201603070000"


def sent_back(batch: Any) -> tuple[bytes, list[list[Any]]]:
    """The workbook, and its rows without the heading."""
    with scopes.acting_as(OFFICER):
        content = error_workbooks.workbook(batch_of(batch), sentence=of_problem)
        count = error_workbooks.line_count(batch_of(batch))
    page = load_workbook(BytesIO(content)).worksheets[0]
    _head, *rows = page.iter_rows(values_only=True)
    assert len(rows) == count
    return content, [list(row) for row in rows]


def test_each_fault_comes_with_its_row_its_reason_and_its_cells():
    good, bad = a_row(), a_row({"身份证件号": DAMAGED})
    nobody = {"姓名": None, "性别": "男", "身份证件号": None, "班级": "一班"}
    batch = staged([good, bad, nobody, {"姓名": "合计", "性别": "3人"}])
    assert fates(batch)[:2] == ["new", "held"]
    _content, rows = sent_back(batch)
    assert rows[0][0] == "3"
    assert rows[0][1] == of_problem("id_truncated")
    assert rows[0][2:6] == [bad["姓名"], "男", DAMAGED, bad["出生日期"]]
    assert [row[0] for row in rows] == ["3", "4"]


def test_nothing_in_it_is_a_formula_or_a_number():
    trap = {
        "备注": "=HYPERLINK('http://example.invalid','x')",
        "班级": "+1",
        "学校名称": "@SUM(A1)",
    }
    content, rows = sent_back(staged([a_row({"身份证件号": 990102201603070000, **trap})]))
    with zipfile.ZipFile(BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert '<c r="A2" s=' not in sheet
    assert sheet.count('t="s"') == sheet.count("<v>")
    assert trap["备注"] in rows[0]
    assert all(isinstance(cell, str) for cell in rows[0] if cell is not None)


def test_rows_that_were_read_cleanly_are_there_as_they_were_written():
    """A repetition is found after reading: its cells come from the file itself."""
    first = a_row({"身份证件号": None, "现住址": "湖里街道兴隆路3号"})
    batch = staged([first, first | {"现住址": "殿前街道8号"}])
    assert codes(rows_of(batch)[1]) == {"repeated_with_differences"}
    _content, rows = sent_back(batch)
    assert rows[0][0] == "3"
    assert rows[0][2] == first["姓名"]
    assert rows[0][-1] == "殿前街道8号"


def test_what_the_register_has_is_not_told_to_the_source():
    row = a_row({"身份证件号": None})
    committed([row])
    batch = staged([row | {"班级": "二班"}, row | {"身份证件号": DAMAGED, "姓名": row["姓名"]}])
    assert codes(rows_of(batch)[0]) == {"perhaps_known_child"}
    content, rows = sent_back(batch)
    assert [line[0] for line in rows] == ["3"]
    assert of_problem("perhaps_known_child") not in str(rows)
    assert content


def test_what_entered_is_not_sent_back():
    batch = committed([a_row({"身份证件号": DAMAGED}), a_row()])
    assert len(sent_back(batch)[1]) == 1


def corrected(content: bytes, fix: dict[str, dict[str, str]]) -> bytes:
    """The clerk types the right number into the workbook and saves it."""
    book = load_workbook(BytesIO(content))
    page = book.worksheets[0]
    titles = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        for title, value in fix.get(str(row[0].value), {}).items():
            row[titles.index(title)].value = value
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_the_corrected_workbook_is_a_list_like_any_other():
    good = a_row({"学校名称": "听涛小学", "监护人姓名": "陈建国", "联系电话": "19900000001"})
    number = good["身份证件号"]
    batch = staged([a_row(), good | {"身份证件号": DAMAGED}])
    content, _rows = sent_back(batch)
    again = staged(corrected(content, {"3": {"身份证件号": number}}))
    assert fates(again) == ["new"]
    child = rows_of(again)[0].line
    assert child["child"]["name"] == good["姓名"]
    assert child["facts"]["enrolment"]["school"] == "听涛小学"
    assert child["guardians"][0]["name"] == "陈建国"


@pytest.fixture(scope="module")
def demo_school_list(tmp_path_factory: pytest.TempPathFactory) -> RosterFile:
    town = generate(today=TODAY, townships=read_townships(STREETS), counts={HULI: 400})
    return write_inbox(town, tmp_path_factory.mktemp("inbox"))


def test_headings_in_two_lines_come_back_too(demo_school_list: RosterFile):
    """A real list of a school, with groups of columns that both have a name and a number."""
    batch = staged(demo_school_list.path.read_bytes())
    content, rows = sent_back(batch)
    assert len(rows) > 3
    again = staged(content)
    before = {str(row.row): row for row in rows_of(batch)}
    for line, row in zip(rows, rows_of(again), strict=True):
        was = before[str(line[0])]
        assert row.line.get("child", {}).get("name") == was.line.get("child", {}).get("name")
        known = [each.get("name") for each in was.line.get("guardians", [])]
        assert [each.get("name") for each in row.line.get("guardians", [])] == known
