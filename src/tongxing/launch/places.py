"""Where the launcher keeps things, and two careful ways to touch them."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


def var() -> Path:
    """Everything a running Tongxing writes: `var/` of the checkout, or TONGXING_VAR."""
    return Path(os.environ.get("TONGXING_VAR") or CHECKOUT / "var").absolute()


def postgres() -> Path:
    return var() / "postgres"


def secrets() -> Path:
    return var() / "secrets"


def logs() -> Path:
    return var() / "log"


def stamps() -> Path:
    return var() / "stamps"


def private_write(path: Path, text: str) -> None:
    """Write a file only its owner may read; readers see the old text or the new, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    draft.replace(path)


@contextlib.contextmanager
def only_one(step: str) -> Iterator[None]:
    """Let one process at a time do this step; the others wait for it."""
    var().mkdir(parents=True, exist_ok=True)
    with (var() / f"{step}.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
