"""The throw-away process in which a file is parsed.

Started by `tables.read_table`, which also ends it. Protocol: one job comes in; the facts and the
first rows go out; one order comes in; the rows (or what a row function makes of them) go out in
batches; the ending goes out. Whatever goes wrong leaves as one refusal.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from tongxing.exchange.spreadsheets.books import Book, open_book
from tongxing.exchange.spreadsheets.confinement import confine
from tongxing.exchange.spreadsheets.refusals import Unreadable
from tongxing.exchange.spreadsheets.values import Cell, Limits, Row
from tongxing.exchange.spreadsheets.wire import HEADER, frame, message_of, workbook_message

HEAD_ROWS = 60
BATCH_ROWS = 500
_KIB = 1024

RowFunction = Callable[[int, bool, list[Cell]], object]


class Counter:
    """Lets the filled rows through and counts both kinds."""

    def __init__(self, limit: int) -> None:
        self.filled = 0
        self.blank = 0
        self._limit = limit

    def filled_only(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            if not any(cell is not None for cell in row.cells):
                self.blank += 1
                continue
            self.filled += 1
            if self.filled > self._limit:
                raise Unreadable("too_many_rows", limit=self._limit)
            yield row


def main() -> None:
    """Serve one job on standard input and output."""
    inward, outward = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the frames
    gc.disable()  # rows hold no cycles, and looking for them costs a tenth of the reading
    job = _receive(inward)
    limits = Limits(**job["limits"])
    confine(memory_bytes=limits.memory_bytes, cpu_seconds=limits.cpu_seconds, parent=job["parent"])
    try:
        _serve(job, limits, inward, outward)
    except BrokenPipeError:
        os._exit(0)
    except Unreadable as refusal:
        _refuse(outward, refusal)
    except MemoryError:
        _refuse(outward, Unreadable("out_of_memory"))
    except Exception as error:
        _refuse(outward, Unreadable("damaged", detail=type(error).__name__))


def _serve(job: dict[str, Any], limits: Limits, inward: BinaryIO, outward: BinaryIO) -> None:
    only_head = job["only_head"]
    book = open_book(Path(job["path"]), job["sheet"], limits, only_head=only_head)
    head = _head(book.rows)
    shown = [row for row in head if any(cell is not None for cell in row.cells)]
    _send(outward, {"workbook": workbook_message(book.workbook), "head": shown})
    order = _receive(inward)
    if order and not only_head:
        _stream(book, head, order, limits, outward)


def _head(rows: Iterator[Row]) -> list[Row]:
    """The first rows, blank ones included, until enough of them are filled."""
    head: list[Row] = []
    filled = 0
    for row in rows:
        head.append(row)
        filled += any(cell is not None for cell in row.cells)
        if filled == HEAD_ROWS:
            break
    return head


def _stream(
    book: Book, head: list[Row], order: dict[str, Any], limits: Limits, outward: BinaryIO
) -> None:
    after = order["after_row"]
    wanted = (row for row in chain(head, book.rows) if row.number > after)
    counter = Counter(limits.rows + limits.row_slack)
    rows = counter.filled_only(wanted)
    results = _results(rows, order)
    while batch := list(islice(results, BATCH_ROWS)):
        _send(outward, {"batch": batch})
    _send(outward, {"ending": _ending(counter)})


def _results(rows: Iterator[Row], order: dict[str, Any]) -> Iterator[object]:
    if not order["target"]:
        return rows
    function = _row_function(order["target"], order["settings"])
    return _applied(function, rows)


def _applied(function: RowFunction, rows: Iterator[Row]) -> Iterator[object]:
    for row in rows:
        try:
            yield function(*row)
        except Exception as error:
            raise Unreadable("row_defeated", row=row.number, detail=type(error).__name__) from error


def _row_function(target: str, settings: dict[str, Any]) -> RowFunction:
    """`package.module:name` names what makes a row function out of its settings."""
    module, _, name = target.partition(":")
    try:
        made: RowFunction = getattr(import_module(module), name)(settings)
    except Exception as error:
        raise Unreadable("reader_died", detail=f"{target}: {type(error).__name__}") from error
    return made


def _ending(counter: Counter) -> dict[str, float]:
    return {
        "rows": counter.filled,
        "blank_rows": counter.blank,
        "cpu_seconds": time.process_time(),
        "peak_bytes": _peak_bytes(),
    }


def _peak_bytes() -> int:
    """The most memory this process has had; `ru_maxrss` would count what the parent had."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * _KIB for line in lines if line.startswith("VmHWM"))


def _refuse(outward: BinaryIO, refusal: Unreadable) -> None:
    _send(outward, {"refusal": refusal.as_message()})


def _send(outward: BinaryIO, message: object) -> None:
    outward.write(frame(message))
    outward.flush()


def _receive(inward: BinaryIO) -> dict[str, Any]:
    """The next message, or nothing when the parent has closed its end."""
    header = inward.read(HEADER.size)
    if len(header) < HEADER.size:
        return {}
    return message_of(inward.read(HEADER.unpack(header)[0]))
