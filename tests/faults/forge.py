"""Processes of the product to be killed at will, forked from one that has everything loaded.

Starting Python and Django takes longer than the work a killed process was in the middle of.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from select import select
from typing import Any

PATIENCE_SECONDS = 120
KILLED = -signal.SIGKILL
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Forge:
    """The loaded process, which makes the others, one at a time."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forge", str(log)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )

    def start(self, *words: str, failpoint: str = "") -> "Forged":
        """Run `tongxing` with these words in a process of its own; "work" is the worker."""
        assert self._process.stdin is not None
        order = {"words": words, "failpoint": failpoint}
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        return Forged(self, pid=self.answer())

    def answer(self) -> int:
        said = self._process.stdout
        assert said is not None
        readable, _, _ = select([said], [], [], PATIENCE_SECONDS)
        assert readable, "the process does not end"
        return int(said.readline())

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


class Forged:
    """One process; it ends by itself or is killed."""

    def __init__(self, forge: Forge, *, pid: int) -> None:
        self.pid = pid
        self._forge = forge
        self._ended: int | None = None

    def wait(self) -> int:
        """Its exit code; of a process that was killed, the negative number of the signal."""
        if self._ended is None:
            self._ended = self._forge.answer()
        return self._ended

    def kill(self) -> int:
        if self._ended is None:
            os.kill(self.pid, signal.SIGKILL)
        return self.wait()


def _serve(log: str) -> None:
    _die_with_parent()
    _load()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            _become(order, log)
        _say(child)
        _, status = os.waitpid(child, 0)
        _say(os.waitstatus_to_exitcode(status))


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _load() -> None:
    import django

    django.setup()
    from tongxing.commands import audit, main  # noqa: F401
    from tongxing.eligibility import law
    from tongxing.exchange.management.commands import work  # noqa: F401

    law.packs()


def _become(order: dict[str, Any], log: str) -> None:
    _die_with_parent()
    nothing, notes = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_APPEND)
    for number, file in enumerate((nothing, notes, notes)):
        os.dup2(file, number)
    if order["failpoint"]:
        os.environ["TONGXING_FAILPOINT"] = order["failpoint"]
    code = 1
    try:
        code = _run(order["words"])
    finally:
        sys.stdout.flush()
        os._exit(code)


def _run(words: Sequence[str]) -> int:
    if words == ["work"]:
        from django.core.management import call_command

        call_command("work")
        return 0
    from tongxing.commands.main import main

    try:
        main(args=words, prog_name="tongxing")
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)


if __name__ == "__main__":
    _serve(sys.argv[1])
