"""Spreadsheets from outside, read where they can do no harm."""

from tongxing.exchange.spreadsheets.prechecks import precheck
from tongxing.exchange.spreadsheets.refusals import Unreadable, column_letters
from tongxing.exchange.spreadsheets.tables import Table, read_table
from tongxing.exchange.spreadsheets.values import (
    Block,
    Cell,
    CellError,
    Ending,
    FileKind,
    Limits,
    Row,
    SheetFacts,
    SheetState,
    Words,
    Workbook,
)

__all__ = [
    "Block",
    "Cell",
    "CellError",
    "Ending",
    "FileKind",
    "Limits",
    "Row",
    "SheetFacts",
    "SheetState",
    "Table",
    "Unreadable",
    "Words",
    "Workbook",
    "column_letters",
    "precheck",
    "read_table",
]
