"""The zip container of an xlsx file, read with suspicion.

Python's own zipfile trusts the declared sizes and reads the whole directory; here the directory is
bounded before it is read, and every byte is counted while it is inflated.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from tongxing.exchange.spreadsheets.refusals import Unreadable
from tongxing.exchange.spreadsheets.values import MEBIBYTE, Limits

_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT = 0xFFFF
_LONGEST_ENTRY = 1_024
_UNKNOWN_32 = 0xFFFFFFFF
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 1
_SYMLINK = 0o120000
_SMALL_MEMBER = MEBIBYTE
_CHUNK = 256 * 1024


class Member(NamedTuple):
    """One file inside the container, as its directory describes it."""

    name: str
    method: int
    packed: int
    size: int
    offset: int


class Archive:
    """The directory of a zip file. Raises Unreadable for what no office program writes."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self._inflated = 0
        self.members = {member.name: member for member in _directory(file, limits)}
        self._by_lower_name = {name.lower(): member for name, member in self.members.items()}
        _refuse_abnormal(list(self.members.values()), limits)

    def find(self, name: str) -> Member | None:
        """The member of that name; office programs do not tell upper from lower case."""
        return self._by_lower_name.get(name.lower())

    def inflate(self, member: Member, *, at_most: int | None = None) -> Iterator[bytes]:
        """Yield the contents in pieces, counting; stop quietly after `at_most` bytes.

        Raises Unreadable when the contents are not of the declared size.
        """
        wanted = member.size if at_most is None else min(at_most, member.size)
        produced = 0
        for piece in self._pieces(member, min(_CHUNK, max(wanted, 1))):
            produced += len(piece)
            self._count(len(piece))
            if produced > member.size:
                raise Unreadable("zip_damaged", detail="larger than declared")
            yield piece
            if produced >= wanted and at_most is not None:
                return
        if produced != member.size:
            raise Unreadable("zip_damaged", detail="smaller than declared")

    def read(self, member: Member, *, at_most: int) -> bytes:
        """The whole contents of a small member."""
        if member.size > at_most:
            raise Unreadable("zip_too_big", limit=at_most // MEBIBYTE)
        return b"".join(self.inflate(member))

    def _pieces(self, member: Member, chunk: int) -> Iterator[bytes]:
        self._file.seek(member.offset)
        header = _LOCAL.unpack(_exactly(self._file, _LOCAL.size))
        if header[0] != b"PK\x03\x04":
            raise Unreadable("zip_damaged", detail="local header")
        self._file.seek(header[-2] + header[-1], os.SEEK_CUR)
        return self._unpacked(member, chunk)

    def _unpacked(self, member: Member, chunk: int) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        left = member.packed
        while left:
            packed = self._file.read(min(left, chunk))
            if not packed:
                raise Unreadable("zip_damaged", detail="truncated")
            left -= len(packed)
            if member.method == _STORED:
                yield packed
            else:
                yield from _inflated(inflater, packed, chunk)
        if member.method == _DEFLATED:
            yield inflater.flush()
            if not inflater.eof:
                raise Unreadable("zip_damaged", detail="truncated")

    def _count(self, size: int) -> None:
        self._inflated += size
        if self._inflated > self._limits.inflated_bytes:
            raise Unreadable("zip_too_big", limit=self._limits.inflated_bytes // MEBIBYTE)


def _inflated(inflater: zlib._Decompress, packed: bytes, chunk: int) -> Iterator[bytes]:
    try:
        while packed:
            yield inflater.decompress(packed, chunk)
            packed = inflater.unconsumed_tail
    except zlib.error as error:
        raise Unreadable("zip_damaged", detail="deflate") from error


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise Unreadable("zip_damaged", detail="truncated")
    return data


def _directory(file: BinaryIO, limits: Limits) -> Iterator[Member]:
    count, size, offset = _end(file)
    if count > limits.entries:
        raise Unreadable("zip_too_many_entries", limit=limits.entries)
    if size > limits.entries * _LONGEST_ENTRY:
        raise Unreadable("zip_damaged", detail="directory size")
    file.seek(offset)
    data = _exactly(file, size)
    position = 0
    seen: set[str] = set()
    for _ in range(count):
        member, position = _entry(data, position)
        if member.name.lower() in seen:
            raise Unreadable("zip_duplicate")
        seen.add(member.name.lower())
        yield member


def _end(file: BinaryIO) -> tuple[int, int, int]:
    """Number of entries, size and offset of the directory."""
    length = file.seek(0, os.SEEK_END)
    start = max(0, length - _END.size - _LONGEST_COMMENT - _END64_LOCATOR.size)
    file.seek(start)
    tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < _END.size:
        raise Unreadable("zip_damaged", detail="no directory")
    fields = _END.unpack_from(tail, found)
    locator = found - _END64_LOCATOR.size
    if locator >= 0 and tail[locator : locator + 4] == b"PK\x06\x07":
        return _end64(file, _END64_LOCATOR.unpack_from(tail, locator)[2])
    return fields[4], fields[5], fields[6]


def _end64(file: BinaryIO, offset: int) -> tuple[int, int, int]:
    if offset > file.seek(0, os.SEEK_END) - _END64.size:
        raise Unreadable("zip_damaged", detail="zip64 directory")
    file.seek(offset)
    fields = _END64.unpack(_exactly(file, _END64.size))
    if fields[0] != b"PK\x06\x06":
        raise Unreadable("zip_damaged", detail="zip64 directory")
    return fields[7], fields[8], fields[9]


def _entry(data: bytes, position: int) -> tuple[Member, int]:
    if len(data) - position < _ENTRY.size:
        raise Unreadable("zip_damaged", detail="directory entry")
    fields = _ENTRY.unpack_from(data, position)
    signature, flags, method, packed, size = (fields[0], *fields[3:5], fields[8], fields[9])
    name_length, extra_length, comment_length = fields[10:13]
    attributes, offset = fields[15], fields[16]
    if signature != b"PK\x01\x02":
        raise Unreadable("zip_damaged", detail="directory entry")
    if flags & _ENCRYPTED:
        raise Unreadable("password")
    if method not in {_STORED, _DEFLATED}:
        raise Unreadable("zip_damaged", detail=f"method {method}")
    if (attributes >> 16) & 0o170000 == _SYMLINK:
        raise Unreadable("zip_path")
    after_name = position + _ENTRY.size + name_length
    name = data[position + _ENTRY.size : after_name].decode("utf-8", "replace")
    extra = data[after_name : after_name + extra_length]
    sizes = _wide_sizes(extra, size, packed, offset)
    member = Member(_normal_name(name), method, sizes[1], sizes[0], sizes[2])
    return member, after_name + extra_length + comment_length


def _wide_sizes(extra: bytes, *narrow: int) -> list[int]:
    """The sizes, with those that did not fit into 32 bits taken from the zip64 field."""
    wide = _zip64_field(extra)
    sizes = []
    for value in narrow:
        if value == _UNKNOWN_32:
            if len(wide) < 8:
                raise Unreadable("zip_damaged", detail="zip64 sizes")
            value, wide = int.from_bytes(wide[:8], "little"), wide[8:]
        sizes.append(value)
    return sizes


def _zip64_field(extra: bytes) -> bytes:
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == 1:
            return extra[4 : 4 + length]
        extra = extra[4 + length :]
    return b""


def _normal_name(name: str) -> str:
    """Refuse names that point outside the container. Some writers use backslashes."""
    normal = name.replace("\\", "/").removeprefix("/")
    if ".." in normal.split("/") or ":" in normal or "\0" in normal or normal.startswith("/"):
        raise Unreadable("zip_path")
    return normal


def _refuse_abnormal(members: list[Member], limits: Limits) -> None:
    if sum(member.size for member in members) > limits.inflated_bytes:
        raise Unreadable("zip_too_big", limit=limits.inflated_bytes // MEBIBYTE)
    for member in members:
        if member.size > _SMALL_MEMBER and member.size > limits.ratio * max(member.packed, 1):
            raise Unreadable("zip_ratio")
