"""The beginning of a large sheet as a small workbook, so that a first look costs little."""

from __future__ import annotations

import io
import re
import zipfile

from tongxing.exchange.spreadsheets.structure import SheetPart
from tongxing.exchange.spreadsheets.zips import Archive

_ROWS = 200
_BEGINNING = 2 << 20
_ROW_ENDS = re.compile(rb"</(?:[\w.-]+:)?row>")
_ROOT_PREFIX = re.compile(rb"<([\w.-]+:)?sheetData")
_NEEDED = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
)


def shortened(archive: Archive, part: SheetPart) -> io.BytesIO | None:
    """A workbook with the first rows of the sheet; None when the sheet is short anyway."""
    if part.member is None:
        return None
    beginning = b"".join(archive.inflate(part.member, at_most=_BEGINNING))
    ends = [found.end() for found in _ROW_ENDS.finditer(beginning)][:_ROWS]
    root = _ROOT_PREFIX.search(beginning)
    if len(ends) < _ROWS or root is None:
        return None
    prefix = root[1] or b""
    sheet = beginning[: ends[-1]] + b"</%ssheetData></%sworksheet>" % (prefix, prefix)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as small:
        for name in _NEEDED:
            if member := archive.find(name):
                small.writestr(member.name, b"".join(archive.inflate(member)))
        small.writestr(part.member.name, sheet)
    target.seek(0)
    return target
