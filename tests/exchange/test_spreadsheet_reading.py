"""Honest files: every kind that arrives is read with typed cells and what it hides is told."""

from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter
import xlwt

from tests.exchange.workbooks import (
    CHILDREN,
    HEADINGS,
    MAIN,
    ROSTER,
    csv_bytes,
    number_cell,
    openpyxl_workbook,
    raw_workbook,
    saved,
    sheet_xml,
    text_cell,
    written,
    xlwt_workbook,
)
from tongxing.exchange.spreadsheets import (
    CellError,
    FileKind,
    SheetState,
    column_letters,
    precheck,
    read_table,
)


def texts(rows):
    return [tuple(row.cells) for row in rows]


def test_an_xlsx_workbook_is_read_row_by_row(read):
    workbook, rows = read(saved(openpyxl_workbook()))
    assert workbook.kind is FileKind.XLSX
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert texts(rows) == list(ROSTER)


def test_an_old_xls_workbook_is_read_the_same_way(read):
    workbook, rows = read(saved(xlwt_workbook()), "roster.xls")
    assert workbook.kind is FileKind.XLS
    assert texts(rows) == list(ROSTER)
    assert workbook.sheet.hidden_row_count is None
    assert workbook.sheet.formulas is None


def test_the_kind_is_told_by_content_not_by_name(read):
    assert read(saved(xlwt_workbook()), "really_old.xlsx")[0].kind is FileKind.XLS
    assert read(saved(openpyxl_workbook()), "really_new.xls")[0].kind is FileKind.XLSX
    assert read(csv_bytes(), "text.xlsx")[0].kind is FileKind.CSV


def test_inline_texts_of_streaming_writers_are_read(tmp_path):
    path = tmp_path / "inline.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(ROSTER):
            sheet.write_row(at, 0, row)
    with read_table(path) as table:
        assert texts(table.rows()) == list(ROSTER)


def test_cells_arrive_with_the_type_the_file_gives_them(read):
    moment = datetime(2015, 1, 2, 3, 4)  # noqa: DTZ001 - a cell has no time zone
    cells = ["文字", 12.5, 3, True, date(2015, 1, 2), moment, time(3, 4), timedelta(hours=30), None]
    book = openpyxl_workbook([[*cells, "#N/A", "1e5"]])
    _, [row] = read(saved(book))
    assert row.cells == [*cells, CellError("#N/A"), "1e5"]
    assert [type(cell) for cell in row.cells[1:4]] == [float, float, bool]


def test_an_identity_number_typed_as_a_number_stays_recognisable_as_a_number(read):
    book = openpyxl_workbook([["身份证号"], [150203201501020016], ["150203201501020016"]])
    _, [_, number, text] = read(saved(book))
    assert isinstance(number.cells[0], float)
    assert text.cells[0] == "150203201501020016"


def test_numbers_that_are_none_are_errors(read):
    sheet = sheet_xml({1: number_cell("A1", "1e999") + number_cell("B1", "5")})
    _, [row] = read(raw_workbook(sheet))
    assert row.cells == [CellError("#NUM!"), 5.0]


def test_formulas_are_counted_and_their_last_values_are_used(read):
    book = openpyxl_workbook()
    book.active["F2"] = "=1+2"
    book.active["F3"] = '=HYPERLINK("http://example.invalid")'
    workbook, _ = read(saved(book))
    assert workbook.sheet.formulas == 2
    cached = sheet_xml(
        {1: '<c r="A1"><f>6*7</f><v>42</v></c><c r="B1" t="str"><f>A1&amp;""</f><v>x</v></c>'}
    )
    workbook, [row] = read(raw_workbook(cached))
    assert (workbook.sheet.formulas, row.cells) == (2, [42.0, "x"])


def test_hidden_rows_columns_and_sheets_are_told(read):
    book = openpyxl_workbook()
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["D"].hidden = True
    book.create_sheet("代码表").sheet_state = "hidden"
    book.create_sheet("秘密").sheet_state = "veryHidden"
    book.active.auto_filter.ref = "A1:E4"
    workbook, rows = read(saved(book))
    assert [row.hidden for row in rows] == [False, False, True, False]
    assert workbook.sheet.hidden_rows == (3,)
    assert workbook.sheet.hidden_row_count == 1
    assert workbook.sheet.hidden_columns == (3,)
    assert workbook.sheet.filtered
    assert [(sheet.name, sheet.state) for sheet in workbook.sheets] == [
        ("名单", SheetState.VISIBLE),
        ("代码表", SheetState.HIDDEN),
        ("秘密", SheetState.VERY_HIDDEN),
    ]


def test_hidden_sheets_of_xls_are_told(read):
    book = xlwt_workbook()
    book.add_sheet("代码表").visibility = 1
    workbook, _ = read(saved(book), "roster.xls")
    assert [sheet.state for sheet in workbook.sheets] == [SheetState.VISIBLE, SheetState.HIDDEN]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_merged_areas_are_told(read, kind):
    if kind == "xlsx":
        book = openpyxl_workbook([["监护人", None, None]])
        book.active.merge_cells("A1:C1")
    else:
        book = xlwt.Workbook()
        book.add_sheet("名单").write_merge(0, 0, 0, 2, "监护人")
    workbook, _ = read(saved(book), f"roster.{kind}")
    assert workbook.sheet.merged_count == 1
    assert tuple(workbook.sheet.merged[0]) == (1, 0, 1, 2)


def test_a_table_that_begins_in_the_middle_keeps_its_row_and_column_numbers(read):
    book = openpyxl.Workbook()
    book.active["C5"] = "姓名"
    book.active["E7"] = "王小明"
    _, rows = read(saved(book))
    assert [(row.number, row.cells) for row in rows] == [
        (5, [None, None, "姓名", None, None]),
        (7, [None, None, None, None, "王小明"]),
    ]


def test_the_first_visible_sheet_with_data_is_read_unless_one_is_named(read):
    book = openpyxl.Workbook()
    book.active.title = "空表"
    book.create_sheet("隐藏").append(["藏"])
    book["隐藏"].sheet_state = "hidden"
    book.create_sheet("名单").append(["姓名"])
    workbook, [row] = read(saved(book))
    assert (workbook.sheet.name, row.cells) == ("名单", ["姓名"])
    workbook, [row] = read(saved(book), sheet="隐藏")
    assert (workbook.sheet.name, row.cells) == ("隐藏", ["藏"])


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("utf-16", "utf-16")],
)
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_in_every_usual_encoding_and_delimiter(read, encoding, told, mark):
    workbook, rows = read(csv_bytes(encoding=encoding, mark=mark), "roster.csv")
    assert (workbook.encoding, workbook.delimiter) == (told, mark)
    assert texts(rows) == list(ROSTER)


def test_rare_characters_survive_in_gb18030(read):
    rows = (HEADINGS, ("1", "王𬭩", "男", "2015-01-02", "990203201501020018"))
    workbook, found = read(csv_bytes(rows, encoding="gb18030"), "roster.csv")
    assert workbook.encoding == "gb18030"
    assert found[1].cells[1] == "王𬭩"


def test_csv_knows_quotes_line_breaks_blank_lines_and_two_marks(read):
    content = '\ufeff姓名,住址\r\n"王小明","幸福路 1 号,\n2 单元"\r\n\r\n李雷,\r\n'.encode(
        "utf-8-sig"
    )
    _, rows = read(content, "roster.csv")
    assert [(row.number, row.cells) for row in rows] == [
        (1, ["姓名", "住址"]),
        (2, ["王小明", "幸福路 1 号,\n2 单元"]),
        (4, ["李雷", None]),
    ]


def test_everything_in_csv_is_text(read):
    _, rows = read(b"a,b\n1,TRUE\n", "roster.csv")
    assert rows[1].cells == ["1", "TRUE"]


def test_blank_rows_are_counted_and_left_out(tmp_path):
    book = openpyxl_workbook([["姓名"], [None], ["王小明"], [""], ["李雷"]])
    with read_table(written(tmp_path, saved(book))) as table:
        rows = list(table.rows(after_row=1))
    assert [row.number for row in rows] == [3, 5]
    assert table.ending is not None
    assert (table.ending.rows, table.ending.blank_rows) == (2, 2)


def test_the_head_is_there_before_the_rows_and_the_same_child_goes_on(tmp_path):
    rows = [["姓名"], *[[f"孩子{number}"] for number in range(200)]]
    with read_table(written(tmp_path, saved(openpyxl_workbook(rows)))) as table:
        assert [row.number for row in table.head] == [*range(1, 61)]
        read = [row.cells[0] for row in table.rows(after_row=1)]
    assert read == [f"孩子{number}" for number in range(200)]


def test_a_row_function_runs_in_the_child(tmp_path):
    path = written(tmp_path, saved(openpyxl_workbook()))
    with read_table(path) as table:
        batches = list(
            table.batches("tests.exchange.row_functions:counted", {"offset": 10}, after_row=1)
        )
    assert batches == [[{"row": 12, "cells": 5}, {"row": 13, "cells": 5}, {"row": 14, "cells": 5}]]


def test_far_blank_formatted_cells_do_no_harm(read):
    rows = {1: text_cell("A1", "姓名") + '<c r="XFD1"/>', 1048576: '<c r="A1048576"></c>'}
    _, [row] = read(raw_workbook(sheet_xml(rows)))
    assert row.cells[0] == "姓名"


def test_prefixed_element_names_are_understood(read):
    sheet = (
        f'<?xml version="1.0"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1" hidden="1">'
        '<x:c r="A1" t="inlineStr"><x:is><x:t>姓名</x:t></x:is></x:c></x:row></x:sheetData>'
        '<x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>'
    )
    workbook, [row] = read(raw_workbook(sheet))
    assert (row.cells[0], row.hidden, workbook.sheet.merged_count) == ("姓名", True, 1)


def test_stored_members_and_zip64_writers_are_understood(read, tmp_path):
    path = tmp_path / "zip64.xlsx"
    with xlsxwriter.Workbook(path, {"use_zip64": True}) as book:
        book.add_worksheet().write_row(0, 0, HEADINGS)
    with read_table(path) as table:
        assert table.head[0].cells == list(HEADINGS)


def test_external_links_are_counted(read):
    link = '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    workbook, _ = read(
        raw_workbook(
            sheet_xml({1: text_cell("A1", "姓名")}), **{"xl/externalLinks/externalLink1.xml": link}
        )
    )
    assert workbook.external_links == 1


def test_precheck_tells_the_kind_without_a_child(tmp_path):
    assert precheck(written(tmp_path, saved(openpyxl_workbook()))) is FileKind.XLSX
    assert precheck(written(tmp_path, saved(xlwt_workbook()))) is FileKind.XLS
    assert precheck(written(tmp_path, csv_bytes(CHILDREN))) is FileKind.CSV


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (16383, "XFD")])
def test_columns_are_named_as_on_the_screen(column, letters):
    assert column_letters(column) == letters


@pytest.mark.parametrize("streaming", [True, False])
def test_a_first_look_into_a_large_list_gives_the_same_facts_and_head(tmp_path, streaming):
    path = tmp_path / "large.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": streaming}) as book:
        sheet = book.add_worksheet()
        for number in range(3_000):
            sheet.write_row(number, 0, [f"孩子{number}", "男"])
        sheet.set_row(2_500, None, None, {"hidden": True})
    with read_table(path) as table:
        whole, head = table.workbook, table.head
    with read_table(path, only_head=True) as table:
        assert table.head == head
        assert table.workbook == whole


@pytest.mark.parametrize("name", ["roster.xlsx", "roster.xls", "roster.csv"])
def test_a_first_look_into_a_short_list(tmp_path, name):
    makers = {"xlsx": lambda: saved(openpyxl_workbook()), "xls": lambda: saved(xlwt_workbook())}
    content = makers.get(name.rpartition(".")[2], csv_bytes)()
    with read_table(written(tmp_path, content, name), only_head=True) as table:
        assert texts(table.head) == list(ROSTER)
