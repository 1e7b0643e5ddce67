"""Remembering what a step was made from, so that an unchanged step costs nothing."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tongxing.launch import places


def contents(paths: Iterable[Path], *further: str) -> str:
    """A digest of these files' contents and names."""
    digest = hashlib.sha256("\0".join(further).encode())
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def listing(folders: Iterable[Path]) -> str:
    """A digest of which files lie below the folders, their sizes and times of change."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        facts = path.stat()
        digest.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def is_fresh(step: str, made_from: str) -> bool:
    try:
        return _file(step).read_text(encoding="ascii") == made_from
    except FileNotFoundError:
        return False


def forget(step: str) -> None:
    _file(step).unlink(missing_ok=True)


def remember(step: str, made_from: str) -> None:
    _file(step).parent.mkdir(parents=True, exist_ok=True)
    _file(step).write_text(made_from, encoding="ascii")


def _file(step: str) -> Path:
    return places.stamps() / step
