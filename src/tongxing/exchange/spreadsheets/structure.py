"""What an xlsx file says besides the values of its cells: hidden rows, formulas, merges, size.

The parser hands out values only, and allocates the whole rectangle between the first and the last
cell. So the XML of the sheet is scanned here first, in bounded pieces, for the few things that are
rare in it; a sheet that spreads too far is refused before the parser sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from xml.parsers import expat

from tongxing.exchange.spreadsheets.prechecks import refuse_definitions
from tongxing.exchange.spreadsheets.refusals import Unreadable
from tongxing.exchange.spreadsheets.values import (
    MEBIBYTE,
    Block,
    Limits,
    SheetFacts,
    SheetState,
)
from tongxing.exchange.spreadsheets.zips import Archive, Member

_HEAD = 16 * 1024
_SMALL_PART = 4 * MEBIBYTE
_LISTED_ROWS = 1_000
_LISTED_BLOCKS = 200
_REMEMBERED_ERRORS = 100_000
_WORKSHEET = "worksheet"
_RELATIONSHIP_ID = re.compile(r"(^|:)id$")
_ROOT = re.compile(rb"<([A-Za-z_][\w.-]*:)?worksheet[\s>]")
_DIMENSION = re.compile(
    rb'<(?:\w+:)?dimension\s[^>]*ref="([A-Z]{1,3}[0-9]+)(?::([A-Z]{1,3}[0-9]+))?"'
)
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_COLUMN_SPAN = re.compile(rb'\s(min|max)=["\'](\d{1,5})["\']')
_IS_HIDDEN = re.compile(rb'\shidden=["\'](?:1|true)["\']')
_MERGE = re.compile(rb'\sref=["\']([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})["\']')
_ROW_NUMBER = re.compile(rb'\sr=["\'](\d{1,7})["\']')
_CELL_REFERENCE = re.compile(rb'\sr=["\']([A-Z]{1,3})(\d{1,9})["\']')
_ERROR_VALUE = re.compile(rb"v>([^<]{1,20})</")


class SheetPart(NamedTuple):
    """A worksheet as the workbook lists it: its name, its state and where its XML lies."""

    name: str
    state: SheetState
    member: Member | None


class Scan(NamedTuple):
    """The facts of a sheet, and what the reader needs row by row."""

    facts: SheetFacts
    hidden_rows: frozenset[int]
    errors: dict[int, dict[int, str]]
    last_row: int


def sheet_parts(archive: Archive) -> list[SheetPart]:
    """The worksheets in the order of the workbook; charts and dialogs are left out."""
    targets = _targets(archive)
    parts = []
    for attributes in _elements(_small_part(archive, "xl/workbook.xml"), "sheet"):
        identifier = next((v for k, v in attributes.items() if _RELATIONSHIP_ID.search(k)), "")
        kind, target = targets.get(identifier, ("", ""))
        if kind == _WORKSHEET:
            state = _state(attributes.get("state", ""))
            parts.append(SheetPart(attributes.get("name", ""), state, archive.find(target)))
    return parts


def has_data(archive: Archive, part: SheetPart) -> bool:
    """Whether the beginning of the sheet holds a value."""
    if part.member is None:
        return False
    head = b"".join(archive.inflate(part.member, at_most=_HEAD))
    return any(mark in head for mark in (b"v>", b"is>"))


def outline(archive: Archive, part: SheetPart) -> SheetFacts:
    """A sheet that is not read: its name, its state and the size it claims."""
    facts = SheetFacts(name=part.name, state=part.state)
    if part.member is None:
        return facts
    head = b"".join(archive.inflate(part.member, at_most=_HEAD))
    found = _DIMENSION.search(head)
    if not found:
        return facts
    row, column = place((found[2] or found[1]).decode())
    return replace(facts, rows=row, columns=column + 1)


def scan(archive: Archive, part: SheetPart, limits: Limits) -> Scan:
    """Read the XML of one sheet once, refusing what the parser must not see."""
    if part.member is None:
        raise Unreadable("damaged", sheet=part.name, detail="no such part")
    scanner = _Scanner(part, limits)
    for piece in _whole_tags(archive, part, limits):
        scanner.take(piece)
    return scanner.result()


def check_shared_parts(archive: Archive, limits: Limits) -> None:
    """Look through the table of texts and the styles, which the parser reads too."""
    for name in ("xl/sharedStrings.xml", "xl/styles.xml"):
        if member := archive.find(name):
            for _ in _whole_tags(archive, SheetPart("", SheetState.VISIBLE, member), limits):
                pass


def place(reference: str) -> tuple[int, int]:
    """B3 is row 3 (from 1), column 1 (from 0)."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise Unreadable("xml_damaged", detail="cell reference")
    return int(found[2]), column_number(found[1])


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


@dataclass(slots=True)
class _Scanner:
    """Counts the rare things in one sheet, piece by piece; pieces end at the end of a tag."""

    part: SheetPart
    limits: Limits
    prefix: bytes = b""
    started: bool = False
    formulas: int = 0
    error_count: int = 0
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    merged: int = 0
    filtered: bool = False
    odd_cell: re.Pattern[bytes] | None = None
    wide_cell: re.Pattern[bytes] | None = None
    last_row: int = 0
    last_column: int = 25

    def take(self, piece: bytes) -> None:
        if not piece:
            return
        if not self.started:
            self._start(piece)
        self._rows(piece)
        self._cells(piece)
        self._margins(piece)

    def result(self) -> Scan:
        if not self.started:
            raise Unreadable("xml_damaged", sheet=self.part.name, detail="empty part")
        self._refuse_spread()
        facts = SheetFacts(
            name=self.part.name,
            state=self.part.state,
            hidden_rows=tuple(sorted(self.hidden)[:_LISTED_ROWS]),
            hidden_row_count=len(self.hidden),
            hidden_columns=tuple(sorted(self.hidden_columns)),
            formulas=self.formulas,
            errors=self.error_count,
            merged=tuple(self.blocks),
            merged_count=self.merged,
            filtered=self.filtered,
        )
        return Scan(facts, frozenset(self.hidden), self.errors, self.last_row)

    def _start(self, piece: bytes) -> None:
        root = _ROOT.search(piece)
        if not root:
            raise Unreadable("xml_damaged", sheet=self.part.name, detail="no worksheet")
        self.started = True
        self.prefix = root[1] or b""
        cell = rb"<" + re.escape(self.prefix) + rb"c"
        # Nearly every cell is r="B3": two patterns that skip those cost a tenth of reading all.
        self.odd_cell = re.compile(cell + rb'(?=\s)(?! r="[A-Z]{1,2}\d{1,5}")[^>]*[^/>]>(?!</)')
        self.wide_cell = re.compile(cell + rb' r="([A-Z]{2})\d{1,5}"[^>]*[^/>]>(?!</)')

    def _rows(self, piece: bytes) -> None:
        if b"hidden=" not in piece:
            return
        for tag in self._tags(piece, b"row"):
            if _IS_HIDDEN.search(tag) and (number := _ROW_NUMBER.search(tag)):
                self.hidden.add(int(number[1]))
        for tag in self._tags(piece, b"col"):
            if _IS_HIDDEN.search(tag):
                self._hide_columns(dict(_COLUMN_SPAN.findall(tag)))

    def _hide_columns(self, span: dict[bytes, bytes]) -> None:
        first, last = int(span.get(b"min", b"0")), int(span.get(b"max", b"0"))
        self.hidden_columns.update(range(max(first - 1, 0), min(last, self.limits.columns)))

    def _cells(self, piece: bytes) -> None:
        if b"<" + self.prefix + b"f" in piece:
            self.formulas += sum(piece.count(b"<" + self.prefix + end) for end in (b"f>", b"f "))
            self.formulas += piece.count(b"<" + self.prefix + b"f/>")
        if b't="e"' in piece:
            self._errors(piece)
        if self.odd_cell:
            for tag in self.odd_cell.findall(piece):
                self._reach(tag)
        self._reach(_last_filled_cell(piece, b"<" + self.prefix + b"c"))
        if self.wide_cell and (wide := self.wide_cell.findall(piece)):
            self.last_column = max(self.last_column, column_number(max(wide).decode()))
        self._refuse_spread()

    def _reach(self, tag: bytes) -> None:
        if found := _CELL_REFERENCE.search(tag):
            self.last_row = max(self.last_row, int(found[2]))
            self.last_column = max(self.last_column, column_number(found[1].decode()))

    def _errors(self, piece: bytes) -> None:
        for cell in re.split(rb"<" + re.escape(self.prefix) + rb"c(?=\s)", piece)[1:]:
            head = cell[: cell.find(b">") + 1]
            if b't="e"' not in head:
                continue
            self.error_count += 1
            if self.error_count <= _REMEMBERED_ERRORS:
                self._remember_error(head, cell)

    def _remember_error(self, head: bytes, cell: bytes) -> None:
        found, value = _CELL_REFERENCE.search(head), _ERROR_VALUE.search(cell)
        if found and value:
            row = self.errors.setdefault(int(found[2]), {})
            row[column_number(found[1].decode())] = value[1].decode("ascii", "replace")

    def _margins(self, piece: bytes) -> None:
        """What stands after the cells: merged areas and filters."""
        if piece.endswith(b"row>"):
            return
        if b"mergeCell" in piece:
            for tag in self._tags(piece, b"mergeCell"):
                self._merge(tag)
        if b"<" + self.prefix + b"autoFilter" in piece:
            self.filtered = True

    def _merge(self, tag: bytes) -> None:
        self.merged += 1
        if self.merged > self.limits.merged:
            raise Unreadable("too_many_merges", sheet=self.part.name, limit=self.limits.merged)
        found = _MERGE.search(tag)
        if found and len(self.blocks) < _LISTED_BLOCKS:
            first, last = place(found[1].decode()), place(found[2].decode())
            self.blocks.append(Block(first[0], first[1], last[0], last[1]))

    def _tags(self, piece: bytes, name: bytes) -> list[bytes]:
        return re.findall(rb"<" + re.escape(self.prefix + name) + rb"(?=\s)[^>]*>", piece)

    def _refuse_spread(self) -> None:
        if self.last_row > self.limits.last_row:
            raise Unreadable("row_too_far", sheet=self.part.name, limit=self.limits.last_row)
        if self.last_column >= self.limits.columns:
            raise Unreadable("too_many_columns", sheet=self.part.name, limit=self.limits.columns)
        if self.last_row * (self.last_column + 1) > self.limits.cells:
            raise Unreadable("too_many_cells", sheet=self.part.name, limit=self.limits.cells)


def _last_filled_cell(piece: bytes, opening: bytes) -> bytes:
    """The tag of the last cell in the piece that holds a value; rows come in order."""
    value = max(piece.rfind(b"v>"), piece.rfind(b"is>"))
    start = piece.rfind(opening, 0, max(value, 0))
    return piece[start : piece.find(b">", start) + 1] if start >= 0 else b""


def _whole_tags(archive: Archive, part: SheetPart, limits: Limits) -> Iterator[bytes]:
    """The XML in pieces that end with a row, or at least with a tag."""
    rest = b""
    for piece in archive.inflate(part.member) if part.member else ():
        data = rest + piece
        end = (data.rfind(b"row>") + 4) if b"row>" in data else data.rfind(b">") + 1
        rest = data[end:]
        if len(rest) > limits.tag_bytes:
            raise Unreadable("cell_too_long", sheet=part.name or None, limit=limits.tag_bytes)
        refuse_definitions(data[:end])
        yield data[:end]
    end = rest.rfind(b">") + 1
    if rest[end:].strip(b"\r\n\t \0"):
        raise Unreadable("xml_damaged", sheet=part.name or None, detail="unfinished tag")
    yield rest[:end]


def _targets(archive: Archive) -> dict[str, tuple[str, str]]:
    """Relationship id → (kind of part, its path in the container)."""
    part = _small_part(archive, "xl/_rels/workbook.xml.rels")
    return {
        attributes.get("Id", ""): (
            attributes.get("Type", "").rpartition("/")[2],
            _path(attributes.get("Target", "")),
        )
        for attributes in _elements(part, "Relationship")
    }


def _path(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _small_part(archive: Archive, name: str) -> bytes:
    member = archive.find(name)
    if member is None:
        raise Unreadable("damaged", detail=f"no {name}")
    data = archive.read(member, at_most=_SMALL_PART)
    refuse_definitions(data)
    return data


def _elements(xml: bytes, name: str) -> list[dict[str, str]]:
    """The attributes of every element of that local name. Definitions were refused before."""
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == name:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise Unreadable("xml_damaged", detail="expat") from error
    return found


def _state(written: str) -> SheetState:
    states = {"hidden": SheetState.HIDDEN, "veryHidden": SheetState.VERY_HIDDEN}
    return states.get(written, SheetState.VISIBLE)
