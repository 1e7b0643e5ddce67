"""Reading a table out of an untrusted file, from the side that must not be harmed."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from fcntl import F_SETPIPE_SZ, fcntl
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tongxing.exchange.spreadsheets.prechecks import precheck
from tongxing.exchange.spreadsheets.refusals import Unreadable
from tongxing.exchange.spreadsheets.values import Ending, Limits, Row
from tongxing.exchange.spreadsheets.wire import (
    HEADER,
    LONGEST_FRAME,
    frame,
    message_of,
    rows_of,
    workbook_of,
)

_READ = 1 << 20
# Without site packages start-up is a third; the child gets the parent's own search path instead.
_BOOT = (
    "import sys; sys.path[:] = sys.argv[1:]; sys.dont_write_bytecode = True; "
    "from tongxing.exchange.spreadsheets.child import main; main()"
)
_GRACE_SECONDS = 2.0
_CODES_BY_SIGNAL = {
    signal.SIGABRT: "out_of_memory",
    signal.SIGKILL: "out_of_memory",
    signal.SIGXCPU: "too_slow",
}


def read_table(
    path: Path | str,
    *,
    sheet: str | None = None,
    limits: Limits | None = None,
    only_head: bool = False,
) -> Table:
    """Open a sheet of the file in a throw-away child; use the result as a context manager.

    Without `sheet` the first visible sheet with data is read. With `only_head` there are facts
    and first rows but no others, in a fraction of the time for a large list. Raises Unreadable,
    and nothing else, for whatever is wrong with the file.
    """
    bounds = limits or Limits()
    precheck(path, limits=bounds)
    job = {"path": str(Path(path).resolve()), "sheet": sheet, "only_head": only_head}
    return Table(job, bounds)


class Table:
    """One sheet being read. Facts and first rows are there at once; the rows are streamed.

    Only one of `rows` and `batches` can be run, and only once. Leaving the block ends the child.
    """

    def __init__(self, job: dict[str, Any], limits: Limits) -> None:
        self._patience = limits.seconds
        self._received = bytearray()
        self._child = _start(job, limits)
        self._poll = select.poll()
        if self._child.stdout:
            self._poll.register(self._child.stdout, select.POLLIN | select.POLLHUP)
        try:
            opening = self._next_message()
            with _no_nonsense():
                self.workbook = workbook_of(opening["workbook"])
                self.head = tuple(rows_of(opening["head"]))
        except BaseException:
            self.close()
            raise
        self.ending: Ending | None = None

    def rows(self, *, after_row: int = 0) -> Iterator[Row]:
        """Every filled row below `after_row`, with typed cells."""
        for batch in self._batches({"target": "", "settings": {}, "after_row": after_row}):
            with _no_nonsense():
                rows = rows_of(batch)
            yield from rows

    def batches(
        self, target: str, settings: dict[str, Any], *, after_row: int = 0
    ) -> Iterator[list[Any]]:
        """What a row function makes of the filled rows below `after_row`, in lists of up to 500.

        `target` is "package.module:name"; called in the child with the settings, it returns a
        function of (row number, hidden, cells) whose result can be written as JSON.
        """
        order = {"target": target, "settings": settings, "after_row": after_row}
        return self._batches(order)

    def close(self) -> None:
        """End the child, whatever it is doing."""
        child = self._child
        if child.poll() is None:
            child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _batches(self, order: dict[str, Any]) -> Iterator[list[Any]]:
        _write(self._child, order)
        while "ending" not in (message := self._next_message()):
            with _no_nonsense():
                batch = message["batch"]
            yield batch
        with _no_nonsense():
            self.ending = Ending(**message["ending"])

    def _next_message(self) -> dict[str, Any]:
        """The next message of the child. Raises Unreadable for a refusal, death or silence."""
        header = self._exactly(HEADER.size)
        length = HEADER.unpack(header)[0]
        if length > LONGEST_FRAME:
            raise Unreadable("reader_died", detail="frame")
        body = self._exactly(length)
        with _no_nonsense():
            message = message_of(body)
            refusal = Unreadable(**message["refusal"]) if "refusal" in message else None
        if refusal:
            raise refusal
        return message

    def _exactly(self, length: int) -> bytes:
        while len(self._received) < length:
            self._received += self._more()
        data = bytes(self._received[:length])
        del self._received[:length]
        return data

    def _more(self) -> bytes:
        """Wait for the child, within the patience that is left; only waiting counts."""
        begun = time.monotonic()
        ready = self._poll.poll(max(self._patience, 0) * 1000)
        self._patience -= time.monotonic() - begun
        if not ready:
            raise Unreadable("too_slow", detail="wall clock")
        data = os.read(ready[0][0], _READ)
        if not data:
            raise self._death()
        return data

    def _death(self) -> Unreadable:
        try:
            code = self._child.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            return Unreadable("reader_died", detail="silent")
        known = _CODES_BY_SIGNAL.get(signal.Signals(-code)) if code < 0 else None
        return Unreadable(known or "reader_died", detail=f"exit {code}")


@contextmanager
def _no_nonsense() -> Iterator[None]:
    """A message that makes no sense is one more way for the child to fail."""
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable("reader_died", detail=type(error).__name__) from error


def _start(job: dict[str, Any], limits: Limits) -> subprocess.Popen[bytes]:
    search_path = [entry for entry in sys.path if entry and Path(entry).is_absolute()]
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", _BOOT, *search_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"RUST_BACKTRACE": "0"},
        cwd="/",
        start_new_session=True,
        bufsize=0,
    )
    _widen(child)
    _write(child, {**job, "limits": asdict(limits), "parent": os.getpid()})
    return child


def _widen(child: subprocess.Popen[bytes]) -> None:
    """Let the child run a batch or two ahead; where the system refuses, it runs less ahead."""
    if child.stdout:
        with suppress(OSError):
            fcntl(child.stdout, F_SETPIPE_SZ, _READ)


def _write(child: subprocess.Popen[bytes], message: dict[str, Any]) -> None:
    """Send a message. A child that is gone already is noticed when it is next listened to."""
    if child.stdin:
        with suppress(BrokenPipeError):
            child.stdin.write(frame(message))
