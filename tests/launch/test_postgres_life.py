"""Starting, sharing, crashing and stopping the embedded server."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from tests.launch.servers import (
    as_app,
    as_owner,
    environment_of_a_child,
    running_pid,
    value,
)
from tongxing.launch import clusters, places, postgres
from tongxing.launch.connections import Connection, read_own, record_of_our_own
from tongxing.launch.errors import LaunchError

ENSURE = "from tongxing.launch import postgres; postgres.ensure(); print(postgres.status().pid)"
ENSURE_AND_WAIT = f"{ENSURE}; import sys, time; sys.stdout.flush(); time.sleep(600)"


def child(code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        env=environment_of_a_child(),
    )


def wait_until_stopped(seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while postgres.status().running and time.monotonic() < deadline:
        time.sleep(0.05)
    return not postgres.status().running


def test_the_second_user_attaches_to_the_running_server(var: Path) -> None:
    first = postgres.ensure()
    pid = running_pid()
    began = time.monotonic()
    second = postgres.ensure()
    assert time.monotonic() - began < 0.5
    assert (first, pid) == (second, running_pid())


def test_eight_starters_at_once_make_one_server(new_var: Path) -> None:
    children = [child(ENSURE) for _ in range(8)]
    pids = {it.communicate()[0].strip() for it in children}
    assert [it.returncode for it in children] == [0] * 8
    assert pids == {str(running_pid())}


class Writer(threading.Thread):
    """Inserts numbers until the server goes away; `acknowledged` is the last one it was told."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self.connection = connection
        self.acknowledged = 0

    def run(self) -> None:
        try:
            with as_owner(self.connection) as session:
                while True:
                    number = self.acknowledged + 1
                    session.execute("INSERT INTO counted VALUES (%s)", [number])
                    self.acknowledged = number
        except psycopg.OperationalError:
            return


def test_killing_the_server_loses_nothing_it_had_acknowledged(var: Path) -> None:
    connection = postgres.ensure()
    with as_owner(connection) as session:
        session.execute("CREATE TABLE counted (number int PRIMARY KEY)")
    for _ in range(3):
        with as_owner(connection) as session:
            session.execute("TRUNCATE counted")
        writer = Writer(connection)
        writer.start()
        time.sleep(0.5)
        os.kill(running_pid(), signal.SIGKILL)
        writer.join()
        again = postgres.ensure()
        assert again == connection
        with as_owner(again) as session:
            kept = value(session, "SELECT count(*) FROM counted")
        # The last insert may have been committed without our hearing of it.
        assert writer.acknowledged > 0
        assert kept in (writer.acknowledged, writer.acknowledged + 1)


def test_a_stale_pid_file_that_names_a_stranger_does_not_hinder_the_start(var: Path) -> None:
    connection = postgres.ensure()
    data = postgres.status().data
    crashed = (data / "postmaster.pid").read_text().splitlines()
    os.kill(running_pid(), signal.SIGKILL)
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        (data / "postmaster.pid").write_text("\n".join([str(stranger.pid), *crashed[1:]]))
        assert not postgres.status().running
        postgres.ensure()
        with as_app(connection) as session:
            assert value(session, "SELECT 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_stopped_server_is_gone_without_leftovers_and_starts_with_its_data(var: Path) -> None:
    connection = postgres.ensure()
    with as_owner(connection) as session:
        session.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    pid, data = running_pid(), postgres.status().data
    assert postgres.stop()
    assert not Path(f"/proc/{pid}/cwd").exists()
    assert not (data / "postmaster.pid").exists()
    assert not postgres.stop()
    with as_owner(postgres.ensure()) as session:
        assert value(session, "SELECT answer FROM kept") == 42


def test_the_port_stays_the_same_unless_somebody_took_it(var: Path) -> None:
    port = postgres.ensure().port
    postgres.stop()
    assert postgres.ensure().port == port
    postgres.stop()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        moved = postgres.ensure()
    assert moved.port != port
    assert moved == read_own()
    with as_app(moved) as session:
        assert value(session, "SELECT 1") == 1


def test_a_lost_connection_file_is_written_anew(var: Path) -> None:
    first = postgres.ensure()
    record_of_our_own().unlink()
    second = postgres.ensure()
    assert second.owner.password != first.owner.password
    with as_app(second) as session:
        assert value(session, "SELECT 1") == 1


def test_the_server_stops_when_its_only_user_is_killed(var: Path) -> None:
    user = child(ENSURE_AND_WAIT)
    assert user.stdout is not None
    assert user.stdout.readline().strip() == str(running_pid())
    user.kill()
    user.communicate()
    assert wait_until_stopped(seconds=20)


def test_the_server_stays_while_somebody_else_uses_it(var: Path) -> None:
    postgres.ensure()
    user = child(ENSURE)
    user.communicate()
    assert not wait_until_stopped(seconds=4)
    assert postgres.release()
    assert not postgres.status().running


def test_a_server_that_is_kept_outlives_its_users_until_it_is_stopped(var: Path) -> None:
    postgres.ensure(keep=True)
    assert not postgres.release()
    assert not wait_until_stopped(seconds=4)
    assert postgres.status().kept
    assert postgres.stop()
    assert not postgres.status().kept


def test_data_of_an_unknown_version_is_left_alone_with_a_clear_word(var: Path) -> None:
    postgres.ensure()
    postgres.stop()
    version = postgres.status().data / "PG_VERSION"
    made_by = version.read_text()
    version.write_text("14\n")
    with pytest.raises(LaunchError, match="was made by PostgreSQL 14"):
        postgres.ensure()
    version.write_text(made_by)


def test_a_server_that_cannot_start_says_why(var: Path) -> None:
    postgres.ensure()
    postgres.stop()
    with (postgres.status().data / "postgresql.auto.conf").open("a") as file:
        file.write("shared_buffers = 'nonsense'\n")
    with pytest.raises(LaunchError, match="shared_buffers"):
        postgres.ensure()


def test_settings_that_break_a_promise_stop_the_start(var: Path) -> None:
    postgres.ensure()
    postgres.stop()
    with (postgres.status().data / "postgresql.auto.conf").open("a") as file:
        file.write("fsync = off\n")
    with pytest.raises(LaunchError, match="fsync = off"):
        postgres.ensure()


def test_an_initialisation_that_was_interrupted_begins_anew(new_var: Path) -> None:
    (new_var / "postgres" / "data.new").mkdir(parents=True)
    (new_var / "postgres" / "data.new" / "PG_VERSION").write_text("18\n")
    for folder in (new_var, new_var / "postgres"):
        folder.chmod(0o755)
    with as_app(postgres.ensure()) as session:
        assert value(session, "SELECT 1") == 1


def test_tcp_can_be_turned_off(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGXING_POSTGRES_TCP", "0")
    connection = postgres.ensure()
    with as_app(connection) as session:
        assert value(session, "SHOW listen_addresses") == ""
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(connection.conninfo(connection.app), host="127.0.0.1")


def test_a_large_log_is_turned(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "LOG_LIMIT", 10)
    postgres.ensure()
    postgres.stop()
    postgres.ensure()
    log = postgres.status().data.parent / "postgres.log"
    assert log.with_suffix(".log.1").stat().st_size > 10
    assert places.postgres() in log.parents
