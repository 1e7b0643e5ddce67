"""What a file is, by its content, and whether it may be handed to a parser at all.

Runs in the parent: it reads a directory and the first bytes of a few parts, never a cell.
"""

from __future__ import annotations

import mmap
import os
import re
import struct
from pathlib import Path
from typing import BinaryIO

from tongxing.exchange.spreadsheets.refusals import Unreadable
from tongxing.exchange.spreadsheets.values import MEBIBYTE, FileKind, Limits
from tongxing.exchange.spreadsheets.zips import Archive

_HEAD = 4_096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_BARE_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_STREAM_BEGINS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_STREAM_HEAD = 512
_ENCRYPTED_RECORD = 0x002F
_OTHER_MAGIC = (
    b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf",
    b"\x7fELF", b"PK\x05\x06", b"PK\x07\x08",
)  # fmt: skip
_UNICODE_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NESTED = re.compile(r"\.(zip|xls[xmb]?|docx?|pptx?|rar|7z|gz|exe|dll|js|vbs)$|/embeddings/", re.I)
_MACRO = re.compile(r"vbaproject\.bin$|(^|/)macrosheets/|(^|/)dialogsheets/", re.I)
_EXTERNAL = re.compile(r"^xl/(externalLinks/externalLink[0-9]+|connections)\.xml$", re.I)
_PARSED = re.compile(
    r"^(\[Content_Types\]\.xml|.*\.rels|xl/(workbook|styles|sharedStrings)\.xml|"
    r"xl/worksheets/[^/]+\.xml)$",
    re.I,
)


def precheck(path: Path | str, *, limits: Limits | None = None) -> FileKind:
    """The kind of the file, or Unreadable when it is not one that may be parsed."""
    bounds = limits or Limits()
    try:
        with Path(path).open("rb") as file:
            return _kind(file, bounds)
    except FileNotFoundError:
        raise Unreadable("not_found") from None
    except Unreadable:
        raise
    except Exception as error:
        # Whatever a hostile container provokes is one answer: this boundary is the point of it.
        raise Unreadable("damaged", detail=type(error).__name__) from error


def external_links(archive: Archive) -> int:
    """How many other workbooks or data connections the workbook refers to."""
    return sum(1 for name in archive.members if _EXTERNAL.match(name))


def refuse_definitions(piece: bytes) -> None:
    """Office programs never write document type definitions; entity bombs need them."""
    if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
        raise Unreadable("xml_dtd")


def _kind(file: BinaryIO, limits: Limits) -> FileKind:
    size = os.fstat(file.fileno()).st_size
    if size == 0:
        raise Unreadable("empty_file")
    if size > limits.file_bytes:
        raise Unreadable("too_big", limit=limits.file_bytes // MEBIBYTE)
    head = file.read(_HEAD)
    if head.startswith(_ZIP):
        return _zip_kind(file, limits)
    if head.startswith(_OLE):
        return _ole_kind(file)
    return _flat_kind(head)


def _zip_kind(file: BinaryIO, limits: Limits) -> FileKind:
    archive = Archive(file, limits)
    names = list(archive.members)
    _refuse_other_packages(archive)
    if any(_MACRO.search(name) for name in names):
        raise Unreadable("macro")
    if any(_NESTED.search(name) for name in names):
        raise Unreadable("zip_nested")
    for name in filter(_PARSED.match, names):
        _check_part_head(archive, name)
    return FileKind.XLSX


def _refuse_other_packages(archive: Archive) -> None:
    if archive.find("xl/workbook.xml"):
        return
    if archive.find("xl/workbook.bin"):
        raise Unreadable("xlsb_file")
    if archive.find("content.xml"):
        raise Unreadable("ods_file")
    if archive.find("word/document.xml"):
        raise Unreadable("word_file")
    raise Unreadable("not_a_spreadsheet")


def _check_part_head(archive: Archive, name: str) -> None:
    head = b"".join(archive.inflate(archive.members[name], at_most=_HEAD))[:_HEAD]
    refuse_definitions(head)
    if head and not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise Unreadable("xml_damaged", detail=name)


def _ole_kind(file: BinaryIO) -> FileKind:
    """What the compound file holds, told by the names in its directory (UTF-16).

    Looking for the names instead of walking the directory cannot loop, whatever the file says.
    """
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:

        def holds(name: str) -> bool:
            return whole.find(name.encode("utf-16-le") + b"\0\0") >= 0

        if holds("EncryptedPackage") or holds("EncryptionInfo"):
            raise Unreadable("password")
        if holds("_VBA_PROJECT_CUR") or holds("_VBA_PROJECT"):
            raise Unreadable("macro")
        if holds("Workbook") or holds("Book"):
            _refuse_encrypted_stream(whole)
            return FileKind.XLS
        if holds("WordDocument"):
            raise Unreadable("word_file")
        raise Unreadable("et_file" if holds("ETExtData") else "not_a_spreadsheet")


def _refuse_encrypted_stream(whole: mmap.mmap) -> None:
    """Old workbooks say near the beginning of their stream that the rest is encrypted."""
    start = whole.find(_STREAM_BEGINS)
    position = start
    while 0 <= position - start < _STREAM_HEAD and position + 4 <= len(whole):
        record, length = struct.unpack_from("<HH", whole, position)
        if record == _ENCRYPTED_RECORD:
            raise Unreadable("password")
        position += 4 + length


def _flat_kind(head: bytes) -> FileKind:
    if head.startswith(_UNICODE_MARKS):
        return FileKind.CSV
    if head.startswith(_BARE_BIFF):
        raise Unreadable("not_a_spreadsheet", detail="bare BIFF")
    if head.startswith(_OTHER_MAGIC):
        raise Unreadable("not_a_spreadsheet")
    text = head.lstrip().lower()
    if text.startswith((b"<?xml", b"<workbook")) and b"html" not in text:
        raise Unreadable("xml_file")
    if text.startswith((b"<", b"mime-version:")):
        raise Unreadable("html_file")
    if b"\0" in head:
        raise Unreadable("csv_nul")
    return FileKind.CSV
