"""The witness outside the database: one line for each seal in a file that only grows.

In production the folder lies on a machine that the database's administrators cannot write to.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from tongxing.audit.values import SealLine

_TAIL_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the witness knows of a seal."""

    seal: int
    txid: int
    id: int
    entries: int
    root: str
    mac: str
    sealed_at: str

    @classmethod
    def of(cls, seal: SealLine) -> "Anchor":
        return cls(
            seal=seal.number,
            txid=seal.until.txid,
            id=seal.until.id,
            entries=seal.entries,
            root=seal.root.hex(),
            mac=seal.mac.hex(),
            sealed_at=seal.sealed_at.isoformat(),
        )

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.sealed_at)


def file() -> Path:
    return Path(settings.TONGXING_ANCHORS) / "anchors.jsonl"


def add(seals: Sequence[SealLine]) -> int:
    """Append anchors for those of `seals` (in order) that have none; return how many.

    On return the lines lie on the disk, not in a buffer.
    """
    if not seals:
        return 0
    path = file()
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        known = _last_of(handle)
        wanted = [Anchor.of(seal) for seal in seals if known is None or seal.number > known.seal]
        # A line torn by a crash is closed first; it is told from damage by its anchor's return.
        handle.write(_closing(handle) + b"".join(_line(anchor) for anchor in wanted))
        handle.flush()
        os.fsync(handle.fileno())
    if is_new:
        _sync_folder(path.parent)
    return len(wanted)


def last() -> Anchor | None:
    """The newest anchor, read from the end of the file."""
    if not file().exists():
        return None
    with file().open("rb") as handle:
        return _last_of(handle)


def so_far() -> Iterator[Anchor]:
    """The anchors that stand now, in the order of the file; lines that are no anchor are left out.

    What is appended while they are being read is not told.
    """
    size = file().stat().st_size if file().exists() else 0
    return _within(size)


def _within(size: int) -> Iterator[Anchor]:
    if not size:
        return
    with file().open("rb") as handle:
        while handle.tell() < size and (line := handle.readline()):
            if (anchor := _parsed(line)) is not None:
                yield anchor


def _last_of(handle: BinaryIO) -> Anchor | None:
    size = handle.seek(0, os.SEEK_END)
    handle.seek(max(0, size - _TAIL_BYTES))
    parsed = (_parsed(line) for line in reversed(handle.read().splitlines()))
    return next((anchor for anchor in parsed if anchor is not None), None)


def _closing(handle: BinaryIO) -> bytes:
    if handle.seek(0, os.SEEK_END) == 0:
        return b""
    handle.seek(-1, os.SEEK_END)
    return b"" if handle.read(1) == b"\n" else b"\n"


def _line(anchor: Anchor) -> bytes:
    return json.dumps(asdict(anchor)).encode() + b"\n"


def _parsed(line: bytes) -> Anchor | None:
    try:
        content = json.loads(line)
        if not isinstance(content["seal"], int):
            return None
        datetime.fromisoformat(content["sealed_at"])
        return Anchor(**content)
    except (ValueError, TypeError, KeyError):
        return None


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
