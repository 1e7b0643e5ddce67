"""The throw-away process: it may do nothing but read, and its end in any way is one refusal."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from tests.exchange.workbooks import openpyxl_workbook, saved, written
from tongxing.exchange.spreadsheets import Limits, Unreadable, read_table, tables

FUNCTIONS = "tests.exchange.row_functions"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return written(tmp_path, saved(openpyxl_workbook()))


def run(roster: Path, function: str, limits: Limits | None = None, **settings):
    with read_table(roster, limits=limits) as table:
        return [
            each for batch in table.batches(f"{FUNCTIONS}:{function}", settings) for each in batch
        ]


def refusal(roster: Path, function: str, limits: Limits | None = None, **settings) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        run(roster, function, limits, **settings)
    return caught.value


def children():
    return psutil.Process().children()


def test_the_child_reaches_neither_network_nor_files(roster, tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
        [first, *_] = run(roster, "talking", port=port, file=str(tmp_path / "left_behind"))
    assert first["network"] != "done"
    assert first["file"] != "done"
    assert (tmp_path / "left_behind").stat().st_size == 0
    assert first["noise"] == len(b"noise on standard output")


def test_the_child_ends_with_the_block_even_when_nothing_was_read(roster):
    before = children()
    with read_table(roster) as table:
        assert table.head
        assert len(children()) == len(before) + 1
    assert children() == before


def test_the_child_ends_when_the_reader_fails_half_way(roster):
    def give_up() -> None:
        with read_table(roster) as table:
            next(iter(table.rows()))
            raise KeyError

    before = children()
    with pytest.raises(KeyError):
        give_up()
    assert children() == before


def test_the_child_dies_with_its_parent(roster):
    program = (
        "import sys, time; from tongxing.exchange.spreadsheets import read_table\n"
        "table = read_table(sys.argv[1]); print(table._child.pid, flush=True); time.sleep(60)"
    )
    path = os.pathsep.join(sys.path)
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(roster)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    with parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    assert gone(child)


def gone(process: psutil.Process) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SIGABRT", "out_of_memory"),
        ("SIGKILL", "out_of_memory"),
        ("SIGXCPU", "too_slow"),
        ("SIGSEGV", "reader_died"),
    ],
)
def test_a_child_that_is_killed_is_a_refusal(roster, name, code):
    assert refusal(roster, "dying", signal=int(signal.Signals[name])).code == code


def test_memory_is_bounded(roster):
    limits = Limits(memory_bytes=200 << 20)
    found = refusal(roster, "hungry", limits, bytes=400 << 20)
    assert found.code in {"row_defeated", "out_of_memory"}


def test_processor_time_is_bounded(roster):
    assert refusal(roster, "spinning", Limits(cpu_seconds=1)).code == "too_slow"


def test_waiting_is_bounded(roster):
    started = time.monotonic()
    assert refusal(roster, "sleeping", Limits(seconds=0.6), seconds=30).code == "too_slow"
    assert time.monotonic() - started < 10


def test_a_slow_consumer_is_not_a_slow_child(roster):
    with read_table(roster, limits=Limits(seconds=2)) as table:
        time.sleep(2.2)
        assert len(list(table.rows())) == 4


def test_a_row_function_that_fails_names_the_row_but_never_its_contents(roster):
    found = refusal(roster, "failing", column=1)
    assert (found.code, found.row) == ("row_defeated", 1)
    assert found.detail == "LookupError"
    assert "姓名" not in str(found.as_dict())


def test_a_missing_row_function_is_a_refusal_too(roster):
    assert refusal(roster, "no_such_function").code == "reader_died"


def test_a_child_that_talks_nonsense_is_a_refusal(roster, monkeypatch):
    for words in (
        b"\xff\xff\xff\xff",
        b"\x02\x00\x00\x00[]",
        b"\x02\x00\x00\x00{}",
        b"\x01\x00\x00\x00x",
    ):
        program = f"import os; os.write(1, {words!r})"
        monkeypatch.setattr(tables, "_BOOT", program)
        with pytest.raises(Unreadable) as caught:
            read_table(roster)
        assert caught.value.code == "reader_died"


def test_the_parent_keeps_little_while_the_child_reads_much(tmp_path):
    rows = [[f"{row}-{column}" for column in range(20)] for row in range(20_000)]
    path = written(tmp_path, saved(openpyxl_workbook(rows)))
    before = psutil.Process().memory_info().rss
    with read_table(path) as table:
        count = sum(1 for _ in table.rows())
        grown = psutil.Process().memory_info().rss - before
    assert count == 20_000
    assert table.ending is not None
    assert table.ending.peak_bytes < 256 << 20
    assert grown < 40 << 20


def test_no_file_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    path = written(tmp_path, saved(openpyxl_workbook()))
    with read_table(path) as table:
        list(table.rows())
    assert [each.name for each in tmp_path.iterdir()] == ["roster.xlsx"]
