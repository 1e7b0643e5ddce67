"""Reading the written lists back the plain way: openpyxl and csv, cell by cell."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openpyxl import load_workbook


@dataclass(frozen=True)
class ReadBack:
    """All cells of the list's sheet; `columns` are the last heading line's words by index."""

    rows: tuple[tuple[object, ...], ...]
    head: int
    hidden_rows: frozenset[int]
    hidden_sheets: tuple[str, ...]
    merged: int

    def row(self, number: int) -> tuple[object, ...]:
        return self.rows[number - 1]

    def cell(self, number: int, *headings: str) -> object:
        """The cell of sheet row `number` under the first column that has one of `headings`."""
        names = self.rows[self.head - 1]
        column = next(index for index, name in enumerate(names) if name in headings)
        return self.row(number)[column]


@cache
def read_back(path: Path) -> ReadBack:
    return _csv(path) if path.suffix == ".csv" else _xlsx(path)


def _csv(path: Path) -> ReadBack:
    raw = path.read_bytes()
    encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "gb18030"
    with path.open(encoding=encoding, newline="") as lines:
        rows = tuple(tuple(cell or None for cell in row) for row in csv.reader(lines))
    head = next(number for number, row in enumerate(rows, start=1) if row[0] == "序号")
    return ReadBack(rows, head, frozenset(), (), 0)


def _xlsx(path: Path) -> ReadBack:
    book = load_workbook(path)
    page = book.worksheets[0]
    rows = tuple(page.iter_rows(values_only=True))
    first = next(number for number, row in enumerate(rows, start=1) if row[0] == "序号")
    grouped = "学生信息" in rows[first - 1]
    return ReadBack(
        rows=rows,
        head=first + grouped,
        hidden_rows=frozenset(n for n, row in page.row_dimensions.items() if row.hidden),
        hidden_sheets=tuple(one.title for one in book.worksheets if one.sheet_state == "hidden"),
        merged=len(page.merged_cells.ranges),
    )
