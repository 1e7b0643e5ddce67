"""Runs a few programs together: starts them, restarts one that dies, stops them all."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tongxing.launch.errors import LaunchError

PR_SET_PDEATHSIG = 1
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
RESTARTS_ALLOWED = 5
RESTART_WINDOW = 60.0  # seconds
_libc = ctypes.CDLL(None, use_errno=True)


class Stopped(Exception):
    """Somebody asked us to stop: Ctrl-C, SIGTERM, a closed terminal."""


@dataclass
class Program:
    """A program to keep running. `patience`: seconds it may take to finish when asked to."""

    name: str
    command: Sequence[str]
    log: Path
    patience: float
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    def __init__(self, programs: Sequence[Program], environment: Mapping[str, str]) -> None:
        self.programs = list(programs)
        self.environment = dict(environment)

    def start(self) -> None:
        for program in self.programs:
            self._launch(program)

    def tend(self) -> None:
        """Restart what has died; give up when it keeps dying."""
        for program in self.programs:
            if not program.running:
                _count_death(program)
                _end_group(program, signal.SIGKILL)
                self._launch(program)

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Wait for the programs to be of use; any of them dying meanwhile ends the attempt."""
        deadline = time.monotonic() + seconds
        while not ready():
            for program in self.programs:
                if not program.running:
                    raise LaunchError(f"The {program.name} ended at once:\n{tail(program.log)}")
            if time.monotonic() > deadline:
                logs = "\n".join(tail(program.log) for program in self.programs)
                raise LaunchError(f"Nothing answered within {seconds:.0f} s:\n{logs}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Ask all to finish and wait as long as each may take; asked twice, insist at once."""
        with contextlib.suppress(Stopped):
            for program in self.programs:
                _end_group(program, signal.SIGTERM)
            for program in self.programs:
                _await_end(program)
        ignore_signals()
        for program in self.programs:
            # What a program started itself must not stay behind either.
            _end_group(program, signal.SIGKILL)
            if program.process is not None:
                program.process.wait()

    def _launch(self, program: Program) -> None:
        program.log.parent.mkdir(parents=True, exist_ok=True)
        parent = os.getpid()
        with program.log.open("ab") as log:
            program.process = subprocess.Popen(  # noqa: S603 - the caller's own programs
                program.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
                preexec_fn=lambda: die_with(parent),
            )


def die_with(parent: int, *, by: signal.Signals = signal.SIGTERM) -> None:
    """Have the kernel end this process when its parent dies, however that happens."""
    _libc.prctl(PR_SET_PDEATHSIG, by, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)  # it died before we could ask


def stop_on_signals() -> None:
    """Turn the signals that mean "stop" into Stopped, wherever the program is."""
    for number in STOPPING:
        # `nohup` has a closed terminal ignored; that is its whole purpose.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)


def ignore_signals() -> None:
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)


def tail(log: Path, lines: int = 20) -> str:
    with contextlib.suppress(FileNotFoundError):
        text = log.read_text(encoding="utf-8", errors="replace")
        return "\n".join([f"— {log} —", *text.splitlines()[-lines:]])
    return ""


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(signal.Signals(number).name)


def _count_death(program: Program) -> None:
    now = time.monotonic()
    program.deaths = [death for death in program.deaths if now - death < RESTART_WINDOW] + [now]
    if len(program.deaths) > RESTARTS_ALLOWED:
        raise LaunchError(f"The {program.name} keeps ending:\n{tail(program.log)}")


def _await_end(program: Program) -> None:
    if program.process is not None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            program.process.wait(program.patience)


def _end_group(program: Program, by: signal.Signals) -> None:
    if program.process is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(program.process.pid, by)
