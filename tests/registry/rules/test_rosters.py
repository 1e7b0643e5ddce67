"""Whole rows: what is no child, what is held, what is normal, and that nothing ever breaks."""

from datetime import date, datetime, time, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.workbooks import csv_bytes, openpyxl_workbook, saved, written
from tests.registry.rules.lines import BOY, GIRL, TODAY, codes_of, line, mapping
from tongxing.exchange.spreadsheets import CellError, read_table
from tongxing.registry.rules.fields import Field
from tongxing.registry.rules.headers import propose
from tongxing.registry.rules.problems import PROBLEMS
from tongxing.registry.rules.rosters import RosterSettings, line_reader, read_row

READER = "tongxing.registry.rules.rosters:line_reader"
LIST = ("list_no", "name", "sex", "id_no", "school_name")


def list_row(*cells: object):
    settings = RosterSettings(mapping=mapping(*LIST), today=TODAY, allow_fictional=True)
    return read_row(9, False, list(cells), settings)  # type: ignore[arg-type]


def test_a_clean_row_is_usable_and_carries_no_copy_of_its_cells():
    read = list_row("1", "王小明", "男", BOY, "第一小学")
    assert read == {
        "row": 9,
        "hidden": False,
        "state": "usable",
        "values": {
            "name": "王小明",
            "id_no": BOY,
            "list_no": "1",
            "school_name": "第一小学",
            "birth_date": "2015-01-02",
            "sex": "male",
        },
        "guardians": [],
        "derived": ["birth_date"],
        "problems": [],
    }


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("合计", "128", None, None, None), "totals_row"),
        (("合 计", None, "60", None, None), "totals_row"),
        ((None, "总计：128人", None, None, None), "totals_row"),
        (("填表人：张三", None, "审核人：李四", None, None), "footer_row"),
        ((None, "审核人", "李四", None, None), "footer_row"),
        ((None, "填表人：张三", None, None, None), "footer_row"),
        ((None, "合计", "128", None, None), "totals_row"),
        (("单位（盖章）：", None, None, None, None), "footer_row"),
        (("注：本表一式两份", None, None, None, None), "footer_row"),
        (("第1页 共3页", None, None, None, None), "footer_row"),
        (("示例", "张三", "男", "990203201501020018", "某小学"), "example_row"),
        (("（示例）", "张三", "男", None, None), "example_row"),
        (("list_no", "name", "sex", "id_no", "school_name"), "repeated_heading"),
        (("5", None, "男", None, "第一小学"), "no_name_no_number"),
        (("5", "-", None, "", None), "no_name_no_number"),
        (("5", "无", None, "无", None), "no_name_no_number"),
        (("5", "王*明", None, "990203********0018", None), "masked_row"),
        (("5", CellError("#REF!"), None, CellError("#REF!"), None), "error_row"),
    ],
)
def test_rows_that_are_no_children_are_rejected_with_the_reason(cells, code):
    read = list_row(*cells)
    assert (read["state"], codes_of(read)) == ("rejected", [code])
    assert read["values"] == {}
    assert len(read["cells"]) == 5


@pytest.mark.parametrize("name", ["合计明", "总小计", "注兰", "张填表"])
def test_a_child_whose_name_only_looks_like_a_total_is_a_child(name):
    assert list_row("1", name, "男", None, "第一小学")["state"] == "usable"


def test_a_short_row_has_nothing_in_its_missing_cells():
    read = list_row("1", "王小明")
    assert (read["state"], read["problems"]) == ("usable", [])


def test_a_held_row_carries_its_cells_as_written():
    read = list_row(3.0, "王小明", None, 9.902032015010e17, "第一小学")
    assert read["state"] == "held"
    assert read["cells"] == ["3", "王小明", None, "9.90203201501e+17", "第一小学"]
    [problem] = read["problems"]
    assert problem == {
        "code": "id_numeric_cell",
        "severity": "hold",
        "field": "id_no",
        "column": 3,
        "written": "9.90203201501e+17",
    }


def test_a_hidden_row_is_read_and_noted():
    read = line(hidden=True)
    assert (read["state"], codes_of(read)) == ("usable", ["hidden_row"])


def test_an_age_without_any_birth_date_is_held():
    assert codes_of(line(age="8岁")) == ["age_without_birth_date"]
    assert line(age="8岁", birth_date="2018年")["state"] == "usable"


def test_an_age_that_disagrees_is_noted_and_the_birth_date_counts():
    read = line(age="3", birth_date="2015-01-02")
    assert (read["state"], codes_of(read)) == ("usable", ["age_disagrees"])


def test_a_grown_up_in_the_list_is_noted():
    read = line(birth_date="2001-01-01")
    assert (read["state"], codes_of(read)) == ("usable", ["age_out_of_range"])


def test_left_behind_and_accompanying_at_once_is_noted():
    assert codes_of(line(left_behind="是", accompanying="是")) == ["left_behind_and_migrant"]
    assert codes_of(line(left_behind="否", accompanying="是")) == []


def test_nothing_is_said_of_blank_cells():
    blank: dict[str, Any] = {field.value: None for field in Field if field is not Field.NAME}
    read = line(**blank)
    assert read["values"] == {"name": "王小明"}
    assert read["problems"] == []


def test_a_list_is_read_in_the_child_and_every_row_has_one_state(tmp_path):
    rows: list[list[Any]] = [
        ["昆都仑区随迁子女名单"],
        ["序号", "姓名", "性别", "身份证号"],
        ["1", "王小明", "男", BOY],
        ["2", "李雷", "男", 9.90203201501e17],
        ["3", None, None, None],
        [None, None, None, None],
        ["合计", "3", None, None],
    ]
    with read_table(written(tmp_path, saved(openpyxl_workbook(rows)))) as table:
        found = propose(table.head, table.workbook.sheet.merged)
        settings = RosterSettings(mapping=found, today=TODAY, allow_fictional=True).as_dict()
        [lines] = list(table.batches(READER, settings, after_row=found.header_last))
    assert table.ending is not None
    assert table.ending.rows == len(lines) == 4
    assert [each["state"] for each in lines] == ["usable", "held", "rejected", "rejected"]
    assert [each["row"] for each in lines] == [3, 4, 5, 7]


def test_a_csv_in_gb18030_gives_the_same_lines(tmp_path):
    rows = (("姓名", "性别", "身份证号"), ("王小明", "男", BOY), ("李㛃", "女", GIRL))
    path = written(tmp_path, csv_bytes(rows, encoding="gb18030"), "roster.csv")
    with read_table(path) as table:
        found = propose(table.head)
        settings = RosterSettings(mapping=found, today=TODAY, allow_fictional=True).as_dict()
        [lines] = list(table.batches(READER, settings, after_row=found.header_last))
    assert [each["values"]["name"] for each in lines] == ["王小明", "李㛃"]
    assert {each["state"] for each in lines} == {"usable"}


CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(min_value=-(10**20), max_value=10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from([CellError("#N/A"), CellError("#REF!")]),
    st.sampled_from(
        ["是", "无", "1", "2015-01-02", BOY, "990203********0018", "合计", "*", "？", "农历", "8岁"]
    ),
)
EVERYTHING = mapping(*(field.value for field in Field))
READ_EVERYTHING = line_reader(
    RosterSettings(mapping=EVERYTHING, today=TODAY, allow_fictional=True).as_dict()
)


@given(st.lists(CELLS, max_size=len(Field) + 3), st.booleans())
def test_any_row_whatever_becomes_a_line_that_can_be_written_down(cells, hidden):
    read = READ_EVERYTHING(1, hidden, cells)
    assert orjson.loads(orjson.dumps(read)) == read
    severities = {PROBLEMS[str(problem["code"])].severity.value for problem in read["problems"]}
    expected = (
        "rejected" if "reject" in severities else "held" if "hold" in severities else "usable"
    )
    assert read["state"] == expected
    assert None not in read["values"].values()


@given(st.lists(CELLS, min_size=5, max_size=5))
def test_the_same_row_always_gives_the_same_line(cells):
    first = READ_EVERYTHING(1, False, list(cells))
    assert READ_EVERYTHING(1, False, list(cells)) == first


def test_settings_survive_being_written_down():
    settings = RosterSettings(mapping=EVERYTHING, today=date(2026, 1, 1), allow_fictional=True)
    assert RosterSettings.from_dict(orjson.loads(orjson.dumps(settings.as_dict()))) == settings


def test_cells_of_every_type_can_be_repeated_without_mixing_them_up():
    moments = [1, 1.0, True, "1", date(2015, 1, 1), datetime(2015, 1, 1), time(1), timedelta(1)]  # noqa: DTZ001
    for cell in [*moments, *moments]:
        row: list[object] = [None] * len(Field)
        row[list(Field).index(Field.SCHOOL_NAME)] = cell
        assert READ_EVERYTHING(1, False, row)["state"] == "rejected"  # type: ignore[arg-type]
