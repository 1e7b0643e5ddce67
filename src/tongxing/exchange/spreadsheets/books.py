"""Workbooks and csv files as rows of typed cells. Runs in the child only."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol, TypeVar

import python_calamine as calamine

from tongxing.exchange.spreadsheets import structure, texts
from tongxing.exchange.spreadsheets.confinement import no_new_files
from tongxing.exchange.spreadsheets.heads import shortened
from tongxing.exchange.spreadsheets.prechecks import external_links, precheck
from tongxing.exchange.spreadsheets.refusals import Unreadable
from tongxing.exchange.spreadsheets.values import (
    Block,
    Cell,
    CellError,
    FileKind,
    Limits,
    Row,
    SheetFacts,
    SheetState,
    Workbook,
)
from tongxing.exchange.spreadsheets.zips import Archive

_OUTLINED_SHEETS = 100
_LISTED_BLOCKS = 200


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Sheet = TypeVar("Sheet", bound=_Named)


class Book(NamedTuple):
    """An opened file: what is known of it, and its rows in order, blank ones included."""

    workbook: Workbook
    rows: Iterator[Row]


def open_book(path: Path, sheet: str | None, limits: Limits, *, only_head: bool = False) -> Book:
    """Open a file of any kind that can be read. Raises Unreadable.

    With `only_head` a large xlsx sheet is parsed only as far as its first rows.
    """
    kind = precheck(path, limits=limits)
    if kind is FileKind.CSV:
        return _open_csv(path, limits)
    if kind is FileKind.XLS:
        return _open_xls(path, sheet, limits)
    return _open_xlsx(path, sheet, limits, only_head=only_head)


def _open_csv(path: Path, limits: Limits) -> Book:
    encoding = texts.encoding_of(path)
    delimiter = texts.delimiter_of(path, encoding, limits)
    facts = SheetFacts(name=path.stem, hidden_row_count=0, formulas=0, errors=0)
    workbook = Workbook(
        kind=FileKind.CSV, sheets=(facts,), sheet=facts, encoding=encoding, delimiter=delimiter
    )
    found = texts.records(path, encoding, delimiter, limits)
    rows = (
        Row(number, False, [cell or None for cell in cells])
        for number, cells in enumerate(found, start=1)
    )
    return Book(workbook, rows)


def _open_xls(path: Path, sheet: str | None, limits: Limits) -> Book:
    with path.open("rb") as file, _parser(file) as book:
        sheets = [_xls_facts(book, data) for data in book.sheets_metadata]
        visible = [facts for facts in sheets if facts.state is SheetState.VISIBLE]
        filled = [facts for facts in visible if facts.rows]
        chosen = _choose(sheets, sheet, filled or visible)
        table = _table(book, chosen.name)
    _refuse_area(chosen, limits)
    merged = table.merged_cell_ranges or []
    facts = replace(chosen, merged=_blocks(merged), merged_count=len(merged))
    workbook = Workbook(kind=FileKind.XLS, sheets=_with(sheets, facts), sheet=facts)
    return Book(workbook, _rows(table, frozenset(), {}))


def _open_xlsx(path: Path, sheet: str | None, limits: Limits, *, only_head: bool) -> Book:
    with path.open("rb") as file:
        with no_new_files():
            archive = Archive(file, limits)
            parts = structure.sheet_parts(archive)
            chosen = _choose(parts, sheet, _preferred(archive, parts))
            structure.check_shared_parts(archive, limits)
            scan = structure.scan(archive, chosen, limits)
            outlines = [structure.outline(archive, part) for part in parts[:_OUTLINED_SHEETS]]
            short = shortened(Archive(file, limits), chosen) if only_head else None
        file.seek(0)
        with _parser(short or file) as book:
            table = _table(book, chosen.name)
    rows, columns = _used(table)
    facts = replace(scan.facts, rows=scan.last_row if short else rows, columns=columns)
    workbook = Workbook(
        kind=FileKind.XLSX,
        sheets=_with(outlines, facts),
        sheet=facts,
        external_links=external_links(archive),
    )
    return Book(workbook, _rows(table, scan.hidden_rows, scan.errors))


def _preferred(archive: Archive, parts: list[structure.SheetPart]) -> list[structure.SheetPart]:
    """The first visible sheet with data, or all visible ones when none has any."""
    visible = [part for part in parts if part.state is SheetState.VISIBLE]
    filled = (part for part in visible[:_OUTLINED_SHEETS] if structure.has_data(archive, part))
    first = next(filled, None)
    return [first] if first else visible


def _choose(sheets: list[Sheet], wanted: str | None, otherwise: list[Sheet]) -> Sheet:
    if not sheets or len({sheet.name for sheet in sheets}) < len(sheets):
        raise Unreadable("damaged" if sheets else "no_sheet", detail="sheet names")
    if wanted is not None:
        otherwise = [sheet for sheet in sheets if sheet.name == wanted]
    if not otherwise:
        raise Unreadable("no_sheet" if wanted is None else "sheet_not_found", sheet=wanted)
    return otherwise[0]


def _with(sheets: list[SheetFacts], read: SheetFacts) -> tuple[SheetFacts, ...]:
    return tuple(read if facts.name == read.name else facts for facts in sheets)


@contextmanager
def _parser(file: BinaryIO) -> Iterator[calamine.CalamineWorkbook]:
    """The parser over a file that is already open; nothing else can be opened meanwhile."""
    try:
        with no_new_files(), calamine.CalamineWorkbook.from_filelike(file) as book:
            yield book
    except (Unreadable, MemoryError):
        raise
    except calamine.PasswordError:
        raise Unreadable("password") from None
    except BaseException as error:
        # The parser's panics are no Exceptions. Whatever it does, the file cannot be read.
        raise Unreadable("damaged", detail=type(error).__name__) from error


def _table(book: calamine.CalamineWorkbook, name: str) -> calamine.CalamineSheet:
    return book.get_sheet_by_index(book.sheet_names.index(name))


def _used(table: calamine.CalamineSheet) -> tuple[int, int]:
    """The last used row and column, counted from 1."""
    return (table.end[0] + 1, table.end[1] + 1) if table.end else (0, 0)


def _xls_facts(book: calamine.CalamineWorkbook, data: calamine.SheetMetadata) -> SheetFacts:
    if data.typ is not calamine.SheetTypeEnum.WorkSheet:
        return SheetFacts(name=data.name, state=SheetState.VERY_HIDDEN, rows=0, columns=0)
    state = SheetState.VISIBLE
    if data.visible != calamine.SheetVisibleEnum.Visible:
        veiled = data.visible == calamine.SheetVisibleEnum.Hidden
        state = SheetState.HIDDEN if veiled else SheetState.VERY_HIDDEN
    rows, columns = _used(_table(book, data.name))
    return SheetFacts(name=data.name, state=state, rows=rows, columns=columns)


def _refuse_area(facts: SheetFacts, limits: Limits) -> None:
    if (facts.columns or 0) > limits.columns:
        raise Unreadable("too_many_columns", sheet=facts.name, limit=limits.columns)


def _blocks(merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Block, ...]:
    return tuple(
        Block(first[0] + 1, first[1], last[0] + 1, last[1])
        for first, last in merged[:_LISTED_BLOCKS]
    )


def _rows(
    table: calamine.CalamineSheet,
    hidden: frozenset[int],
    errors: Mapping[int, Mapping[int, str]],
) -> Iterator[Row]:
    """All rows from the first; the parser leaves out the empty columns on the left."""
    margin: list[Cell] = [None] * (table.start[1] if table.start else 0)
    for number, values in enumerate(table.iter_rows(), start=1):
        cells = margin + [
            value or None if type(value) is str else _stated(value) for value in values
        ]
        if number in errors:
            _put_errors(cells, errors[number])
        yield Row(number, number in hidden, cells)


def _put_errors(cells: list[Cell], errors: Mapping[int, str]) -> None:
    for column, code in errors.items():
        if column < len(cells) and cells[column] is None:
            cells[column] = CellError(code)


def _stated(value: Cell) -> Cell:
    """The value, with an error in place of a number that is none."""
    if type(value) is float and not math.isfinite(value):
        return CellError("#NUM!")
    return value
