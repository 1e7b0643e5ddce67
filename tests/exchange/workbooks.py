"""Files as people, programs and attackers make them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import xlwt

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CONTENT_TYPES = (
    HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
PACKAGE = (
    HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)
WORKBOOK = (
    HEAD + f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
WORKBOOK_RELATIONS = (
    HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>"
)
HEADINGS = ("序号", "姓名", "性别", "出生日期", "身份证号")
CHILDREN = (
    ("1", "王小明", "男", "2015-01-02", "990203201501020018"),
    ("2", "阿依古丽·买买提", "女", "2016-03-04", "990203201603040020"),
    ("3", "李㛃", "女", "2017-05-06", "990203201705060022"),
)
ROSTER = (HEADINGS, *CHILDREN)


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def number_cell(reference: str, number: object) -> str:
    return f'<c r="{reference}"><v>{number}</v></c>'


def sheet_xml(cells_by_row: Mapping[int, str], *, before: str = "", after: str = "") -> str:
    rows = "".join(f'<row r="{row}">{cells}</row>' for row, cells in cells_by_row.items())
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    )


def roster_xml() -> str:
    return sheet_xml(
        {
            row: "".join(text_cell(f"{'ABCDE'[at]}{row}", text) for at, text in enumerate(texts))
            for row, texts in enumerate(ROSTER, start=1)
        }
    )


def parts(sheet: str | bytes, **extra: str | bytes) -> dict[str, str | bytes]:
    """The parts of a minimal workbook; `extra` replaces or adds by path."""
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": PACKAGE,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": WORKBOOK_RELATIONS,
        "xl/worksheets/sheet1.xml": sheet,
        **extra,
    }


def zipped(members: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def raw_workbook(sheet: str | bytes, **extra: str | bytes) -> bytes:
    return zipped(parts(sheet, **extra))


def openpyxl_workbook(rows: Sequence[Sequence[Any]] = ROSTER) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = "名单"
    for row in rows:
        book.active.append(list(row))
    return book


def saved(book: openpyxl.Workbook | xlwt.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xlwt_workbook(rows: Sequence[Sequence[Any]] = ROSTER) -> xlwt.Workbook:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    return book


def csv_bytes(
    rows: Sequence[Sequence[str]] = ROSTER, *, encoding: str = "utf-8", mark: str = ","
) -> bytes:
    return "".join(mark.join(row) + "\r\n" for row in rows).encode(encoding)


def written(folder: Path, content: bytes, name: str = "roster.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
