"""Files that lie sealed on disk: department lists as they arrived."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from tongxing.keys.rings import ring


def keep(name: str, content: bytes, *, context: str) -> None:
    """Seal `content` under `name`, a path below the site's files. Writing twice is harmless."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(f".{os.getpid()}.new")
    with open(fresh, "wb") as handle:
        handle.write(ring().seal_bytes(content, context=context))
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(path)


def content_of(name: str, *, context: str) -> bytes:
    """The bytes that were kept. Raises FileNotFoundError, or CannotUnseal if they were changed."""
    return ring().unseal_bytes(_path(name).read_bytes(), context=context)


@contextmanager
def opened(name: str, *, context: str, suffix: str = "") -> Iterator[Path]:
    """A readable copy for programs that want a path; it is gone when the block ends."""
    forget_copies()
    with ExitStack() as stack:
        with _alone_in(_copies()) as folder:
            copy = stack.enter_context(NamedTemporaryFile(dir=folder, suffix=suffix))
            flock(copy, LOCK_EX)
        copy.write(content_of(name, context=context))
        copy.flush()
        yield Path(copy.name)


def forget_copies() -> None:
    """Remove readable copies whose process was killed: nobody holds them any more."""
    with _alone_in(_copies()) as folder:
        for path in folder.iterdir():
            with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as copy:
                flock(copy, LOCK_EX | LOCK_NB)
                path.unlink()


def _copies() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "open"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextmanager
def _alone_in(folder: Path) -> Iterator[Path]:
    """A copy is there only together with its lock: nobody looks in between."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        flock(handle, LOCK_EX)
        yield folder
    finally:
        os.close(handle)


def _path(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / f"{name}.sealed"
