"""Comma-separated text: which encoding, which delimiter, and its records.

The ladder is: byte order mark, strict UTF-8, strict GB18030, and then a question to the person.
Nothing is guessed from letter frequencies.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from tongxing.exchange.spreadsheets.refusals import Unreadable
from tongxing.exchange.spreadsheets.values import Limits

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = (",", "\t", ";", "|")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff]")
_SNIFFED_LINES = 20
_MOSTLY = 4


def encoding_of(path: Path) -> str:
    """The encoding in which the whole file reads strictly, or Unreadable."""
    with path.open("rb") as file:
        head = file.read(4)
    if marked := next((name for mark, name in _MARKS if head.startswith(mark)), None):
        if not _reads_as(path, marked):
            raise Unreadable("encoding_unknown")
        return marked
    if _reads_as(path, "utf-8"):
        return "utf-8"
    if not _is_damaged_utf8(path) and _reads_as(path, "gb18030"):
        return "gb18030"
    raise Unreadable("encoding_unknown")


def delimiter_of(path: Path, encoding: str, limits: Limits) -> str:
    """The delimiter that most evenly divides the first lines; a comma when there is none."""
    with _open(path, encoding) as file:
        lines = [line for line in islice(_lines(file, limits), _SNIFFED_LINES) if line.strip()]
    return max(_DELIMITERS, key=lambda mark: (_typical_count(lines, mark), mark == ","))


def records(path: Path, encoding: str, delimiter: str, limits: Limits) -> Iterator[list[str]]:
    """Every record, blank ones included, in order. Raises Unreadable with the row."""
    csv.field_size_limit(limits.line_bytes)
    number = 0
    with _open(path, encoding) as file:
        reader = csv.reader(_lines(file, limits), delimiter=delimiter, strict=True)
        try:
            for number, record in enumerate(reader, start=1):
                if len(record) > limits.columns:
                    raise Unreadable("too_many_columns", row=number, limit=limits.columns)
                yield record
        except csv.Error as error:
            raise _refusal(error, number + 1, limits) from error


def _refusal(error: csv.Error, row: int, limits: Limits) -> Unreadable:
    told = str(error)
    if "field larger" in told:
        return Unreadable("csv_line_too_long", row=row, limit=limits.line_bytes)
    if "unexpected end" in told or "expected after" in told:
        return Unreadable("csv_unclosed_quote", row=row)
    return Unreadable("csv_nul" if "NUL" in told else "csv_damaged", row=row)


def _reads_as(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                text = decoder.decode(chunk)
                if "\0" in text:
                    raise Unreadable("csv_nul")
                if _CONTROL.search(text):
                    return False
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _is_damaged_utf8(path: Path) -> bool:
    """Whether the text is plainly UTF-8 with some bytes lost.

    Most of such a file also "reads" as GB18030, as other characters; so it must not be tried.
    """
    with path.open("rb") as file:
        text = file.read(_CHUNK).decode("utf-8", "replace")
    lost = text.count("\ufffd")
    wide = sum(character > "\u07ff" for character in text) - lost
    return wide > lost * _MOSTLY


def _open(path: Path, encoding: str) -> TextIO:
    return path.open(encoding=encoding, errors="strict", newline="")


def _lines(file: TextIO, limits: Limits) -> Iterator[str]:
    number = 0
    while line := file.readline(limits.line_bytes + 1):
        number += 1
        if len(line) > limits.line_bytes:
            raise Unreadable("csv_line_too_long", row=number, limit=limits.line_bytes)
        # A second byte order mark comes from joining files; it is no part of the first heading.
        yield line.lstrip("\ufeff") if number == 1 else line


def _typical_count(lines: list[str], mark: str) -> int:
    """How often the mark stands in the middle line, when the lines are put in order of that."""
    counts = sorted(line.count(mark) for line in lines)
    return counts[len(counts) // 2] if counts else 0
