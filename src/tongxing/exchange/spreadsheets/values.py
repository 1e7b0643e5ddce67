"""Plain values that cross the border between a workbook and the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

MEBIBYTE = 1 << 20


class Words(NamedTuple):
    """One sentence in both languages, for packages that know no translation machinery."""

    zh: str
    en: str


class FileKind(StrEnum):
    """The kinds of file that can be read; decided by content, never by the file's name."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


class SheetState(StrEnum):
    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very_hidden"


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell whose formula failed, such as #N/A."""

    code: str


# What a cell holds, told by its type. Text is what the file stores as text (in csv: everything);
# int and float are what it stores as a number, and eighteen digits do not survive that.
Cell = None | str | int | float | bool | date | datetime | time | timedelta | CellError


class Row(NamedTuple):
    """One row that is not blank. `number` is what the spreadsheet program shows beside it."""

    number: int
    hidden: bool
    cells: list[Cell]


class Block(NamedTuple):
    """Merged cells: rows counted from 1 as shown, columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """What is known of a sheet besides its cells. None means: this format does not tell.

    Details (hidden rows, formulas, merged cells) are gathered only for the sheet that is read.
    Row numbers count from 1, column numbers from 0.
    """

    name: str
    state: SheetState = SheetState.VISIBLE
    rows: int | None = None
    columns: int | None = None
    hidden_rows: tuple[int, ...] = ()
    hidden_row_count: int | None = None
    hidden_columns: tuple[int, ...] = ()
    formulas: int | None = None
    errors: int | None = None
    merged: tuple[Block, ...] = ()
    merged_count: int = 0
    filtered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """What is known of the file before its first row is read."""

    kind: FileKind
    sheets: tuple[SheetFacts, ...]
    sheet: SheetFacts
    encoding: str | None = None
    delimiter: str | None = None
    external_links: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What the reading cost and how much there was."""

    rows: int
    blank_rows: int
    cpu_seconds: float
    peak_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a file is bearable. Sizes in bytes; times in seconds.

    `cells` bounds the rectangle from the first used cell to the last, because the parser
    allocates all of it; `seconds` is how long the parent waits for the child in all.
    """

    file_bytes: int = 100 * MEBIBYTE
    entries: int = 2_000
    inflated_bytes: int = 200 * MEBIBYTE
    ratio: int = 100
    rows: int = 100_000
    row_slack: int = 200
    last_row: int = 200_000
    columns: int = 1_024
    cells: int = 5_200_000
    merged: int = 20_000
    tag_bytes: int = MEBIBYTE
    line_bytes: int = MEBIBYTE
    memory_bytes: int = 512 * MEBIBYTE
    cpu_seconds: int = 60
    seconds: float = 120.0
