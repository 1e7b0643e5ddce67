"""Programs that run together: here small ones that stand in for web server and worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.launch.servers import environment_of_a_child
from tongxing.launch import supervisor
from tongxing.launch.errors import LaunchError
from tongxing.launch.supervisor import Program, Supervisor

SLEEP = "import time; time.sleep(600)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
STUBBORN = f"{DEAF}; print('on', flush=True); {SLEEP}"
WITH_CHILD = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {STUBBORN!r}])
print(child.pid, flush=True)
child.wait()
"""
A_SUPERVISOR = f"""
import os, sys, time
from pathlib import Path
from tongxing.launch import supervisor
supervisor.stop_on_signals()
sleeper = supervisor.Program(
    "sleeper", [sys.executable, "-c", {SLEEP!r}], Path(sys.argv[1]), patience=5
)
programs = supervisor.Supervisor([sleeper], os.environ)
try:
    programs.start()
    print(sleeper.process.pid, flush=True)
    time.sleep(600)
except supervisor.Stopped:
    programs.stop()
    print("stopped", flush=True)
"""


def program(code: str, log: Path, *, patience: float = 5) -> Program:
    return Program("stand-in", [sys.executable, "-c", code], log, patience)


def lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


def soon(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "stand-in.log"


@pytest.fixture
def supervised(log: Path) -> Iterator[Callable[[str], Supervisor]]:
    started: list[Supervisor] = []

    def start(code: str, patience: float = 5) -> Supervisor:
        started.append(Supervisor([program(code, log, patience=patience)], os.environ))
        started[-1].start()
        return started[-1]

    handlers = {number: signal.getsignal(number) for number in supervisor.STOPPING}
    yield start
    for it in started:
        it.stop()
    for number, handler in handlers.items():
        signal.signal(number, handler)


Start = Callable[..., Supervisor]


def pid_of(platform: Supervisor) -> int:
    process = platform.programs[0].process
    assert process is not None
    return process.pid


def test_what_was_started_is_gone_after_stopping(supervised: Start) -> None:
    platform = supervised(SLEEP)
    pid = pid_of(platform)
    assert lives(pid)
    platform.stop()
    assert not lives(pid)


def test_a_program_that_will_not_finish_is_ended_after_its_patience(
    supervised: Start, log: Path
) -> None:
    platform = supervised(STUBBORN, patience=0.3)
    assert soon(lambda: "on" in log.read_text())
    began = time.monotonic()
    platform.stop()
    assert not lives(pid_of(platform))
    assert 0.3 <= time.monotonic() - began < 3


def test_children_of_a_program_do_not_stay_behind(supervised: Start, log: Path) -> None:
    platform = supervised(WITH_CHILD, patience=0.3)
    assert soon(lambda: "on" in log.read_text())
    child = int(next(line for line in log.read_text().splitlines() if line.isdigit()))
    platform.stop()
    assert soon(lambda: not lives(child))


def test_a_program_that_dies_is_started_again(supervised: Start) -> None:
    platform = supervised(SLEEP)
    pid = pid_of(platform)
    os.kill(pid, signal.SIGKILL)
    assert soon(lambda: not platform.programs[0].running)
    platform.tend()
    assert pid_of(platform) != pid
    assert platform.programs[0].running


def test_a_program_that_keeps_dying_is_given_up_with_its_last_words(supervised: Start) -> None:
    platform = supervised("raise SystemExit('no disk left')")

    def keep_tending() -> None:
        for _ in range(supervisor.RESTARTS_ALLOWED + 1):
            assert soon(lambda: not platform.programs[0].running)
            platform.tend()

    with pytest.raises(LaunchError, match="keeps ending") as given_up:
        keep_tending()
    assert "no disk left" in str(given_up.value)


def test_waiting_ends_when_a_program_dies(supervised: Start) -> None:
    platform = supervised("raise SystemExit('wrong settings')")
    with pytest.raises(LaunchError, match="wrong settings"):
        platform.wait_until(lambda: False, seconds=20)


def test_waiting_does_not_last_for_ever(supervised: Start) -> None:
    platform = supervised(SLEEP)
    with pytest.raises(LaunchError, match="Nothing answered"):
        platform.wait_until(lambda: False, seconds=0.2)


def test_a_signal_stops_the_supervisor_and_what_it_started(log: Path) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        parent, pid = a_supervisor(log)
        parent.send_signal(number)
        said, _ = parent.communicate(timeout=60)
        assert said == "stopped\n"
        assert not lives(pid)


def test_a_closed_terminal_does_not_stop_what_was_started_under_nohup(log: Path) -> None:
    parent, pid = a_supervisor(log, "nohup")
    parent.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        parent.wait(0.5)
    assert lives(pid)
    parent.terminate()
    parent.communicate(timeout=60)
    assert not lives(pid)


def test_a_killed_supervisor_leaves_nothing_running(log: Path) -> None:
    parent, pid = a_supervisor(log)
    parent.kill()
    parent.communicate()
    assert soon(lambda: not lives(pid))


def a_supervisor(log: Path, *before: str) -> tuple["subprocess.Popen[str]", int]:
    parent = subprocess.Popen(
        [*before, sys.executable, "-c", A_SUPERVISOR, log],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        env=environment_of_a_child(),
        # The tests themselves may run under nohup; `before` says whether the supervisor does.
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
    )
    assert parent.stdout is not None
    return parent, int(parent.stdout.readline())
