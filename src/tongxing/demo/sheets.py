"""A list before it is a file, and the two kinds of file it becomes."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Formula:
    text: str
    value: int | str


Cell = str | int | float | date | Formula | None


class Encoding(StrEnum):
    UTF8_BOM = "utf-8-sig"
    GB18030 = "gb18030"


class Kind(StrEnum):
    DATA = "data"
    TOTALS = "totals"
    FOOTER = "footer"
    BLANK = "blank"
    REPEATED_HEADING = "repeated_heading"


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's words; headings of the same `group` stand under one merged cell."""

    text: str
    group: str = ""
    width: int = 12
    note: str = ""


@dataclass(slots=True, kw_only=True)
class Line:
    cells: Sequence[Cell]
    kind: Kind = Kind.DATA
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Titles, one or two lines of headings, and the lines below them."""

    name: str
    titles: Sequence[str] = ()
    headings: Sequence[Heading]
    lines: Sequence[Line]
    hidden_sheets: Mapping[str, Sequence[Sequence[Cell]]] = field(default_factory=dict)
    font: str = "等线"
    made_on: date = date(2020, 1, 1)

    @property
    def grouped(self) -> bool:
        return any(heading.group for heading in self.headings)

    @property
    def first_row(self) -> int:
        """The number of the first line below the headings, as the sheet counts (from 1)."""
        return len(self.titles) + (2 if self.grouped else 1) + 1


def write_csv(path: Path, sheet: Sheet, encoding: Encoding) -> None:
    width = len(sheet.headings)
    with path.open("w", encoding=encoding, newline="") as lines:
        writer = csv.writer(lines)
        writer.writerows([title, *[""] * (width - 1)] for title in sheet.titles)
        writer.writerow(heading.text for heading in sheet.headings)
        writer.writerows(map(_as_text, line.cells) for line in sheet.lines)


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    return str(cell.value if isinstance(cell, Formula) else cell)


def write_xlsx(path: Path, sheet: Sheet) -> None:
    """Write a workbook as an office would make it; equal sheets give equal bytes."""
    with Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        made = datetime.combine(sheet.made_on, time(9))
        book.set_properties({"author": "经办人", "created": made})
        page = book.add_worksheet(sheet.name)
        looks = _Looks(book, sheet.font)
        _write_titles(page, sheet, looks)
        _write_headings(page, sheet, looks)
        for number, line in enumerate(sheet.lines, start=sheet.first_row):
            _write_line(page, number - 1, line, looks)
        _dress(page, sheet)
        for name, rows in sheet.hidden_sheets.items():
            hidden = book.add_worksheet(name)
            hidden.hide()
            for number, row in enumerate(rows):
                hidden.write_row(number, 0, row)


class _Looks:
    """The cell formats of one workbook."""

    def __init__(self, book: Workbook, font: str) -> None:
        plain = {"font_name": font, "font_size": 11}
        boxed = {**plain, "border": 1, "valign": "vcenter"}
        head = {**boxed, "bold": True, "align": "center", "bg_color": "#DDEBF7"}
        self.title: Format = book.add_format({**plain, "bold": True, "align": "center"})
        self.head: Format = book.add_format({**head, "text_wrap": True})
        self.text: Format = book.add_format({**boxed, "num_format": "@"})
        self.number: Format = book.add_format(boxed)
        self.day: Format = book.add_format({**boxed, "num_format": "yyyy-mm-dd"})


def _write_titles(page: Worksheet, sheet: Sheet, looks: _Looks) -> None:
    last = len(sheet.headings) - 1
    for row, title in enumerate(sheet.titles):
        page.merge_range(row, 0, row, last, title, looks.title)


def _write_headings(page: Worksheet, sheet: Sheet, looks: _Looks) -> None:
    top = len(sheet.titles)
    lower = top + 1 if sheet.grouped else top
    for column, heading in enumerate(sheet.headings):
        page.set_column(column, column, heading.width)
        if sheet.grouped and not heading.group:
            page.merge_range(top, column, lower, column, heading.text, looks.head)
        else:
            page.write_string(lower, column, heading.text, looks.head)
        if heading.note:
            page.write_comment(lower, column, heading.note)
    for group, first, last in _groups(sheet.headings):
        if first == last:
            page.write_string(top, first, group, looks.head)
        else:
            page.merge_range(top, first, top, last, group, looks.head)


def _groups(headings: Sequence[Heading]) -> Iterator[tuple[str, int, int]]:
    """Each named group with its first and last column."""
    for group, columns in groupby(range(len(headings)), key=lambda index: headings[index].group):
        indices = list(columns)
        if group:
            yield group, indices[0], indices[-1]


def _write_line(page: Worksheet, row: int, line: Line, looks: _Looks) -> None:
    for column, cell in enumerate(line.cells):
        _write_cell(page, row, column, cell, looks)
    if line.hidden:
        page.set_row(row, None, None, {"hidden": True})


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell, looks: _Looks) -> None:
    match cell:
        case str() if cell:
            page.write_string(row, column, cell, looks.text)
        case Formula():
            page.write_formula(row, column, cell.text.format(row=row + 1), looks.number, cell.value)
        case date():
            stamp = datetime.combine(cell, time())
            page.write_datetime(row, column, stamp, looks.day)
        case int() | float():
            page.write_number(row, column, cell, looks.number)


def _dress(page: Worksheet, sheet: Sheet) -> None:
    top = sheet.first_row - 1
    page.freeze_panes(top, 0)
    if sheet.lines:
        page.autofilter(top - 1, 0, top - 1 + len(sheet.lines), len(sheet.headings) - 1)
