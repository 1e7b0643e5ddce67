"""One PostgreSQL data directory: make it, start it, stop it. Callers hold the lock."""

import contextlib
import os
import shutil
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tongxing.launch import processes, tuning
from tongxing.launch.binaries import Installation
from tongxing.launch.errors import LaunchError
from tongxing.launch.processes import OsUser

LONGEST_SOCKET_PATH = 107  # sun_path of Linux, without its closing zero
RELAUNCH_SECONDS = 60
RECOVERY_SECONDS = 1800
STOP_SECONDS = 60
PASSING_TROUBLES = (
    "pre-existing shared memory block",  # backends of a killed server still on their way out
    "could not create any TCP/IP sockets",  # somebody took the port since we looked
)
LOG_LIMIT = 16 * 1024 * 1024
# Chinese decides the locale: trigrams need a ctype that knows letters beyond ASCII, prefix search
# on plain indexes needs the order of code points.
LOCALE = ("--locale-provider=libc", "--locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C.UTF-8")

Say = Callable[[str], None]


def quiet(_: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Cluster:
    home: Path
    run: Path
    user: OsUser | None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    @property
    def major(self) -> int:
        return int((self.data / "PG_VERSION").read_text(encoding="ascii"))

    @property
    def pid(self) -> int | None:
        """The living server of this data directory, if there is one."""
        return living_server(self.data)

    @property
    def phase(self) -> str:
        """What the server last said of itself: starting, ready, stopping."""
        lines = _pid_file(self.data)
        return lines[7].strip() if len(lines) > 7 else "starting"

    @property
    def port(self) -> int:
        return int(_pid_file(self.data)[3])


def living_server(data: Path) -> int | None:
    lines = _pid_file(data)
    if not lines or not lines[0].strip().isdigit():
        return None
    pid = int(lines[0])
    return pid if processes.is_alive(pid, argument=str(data)) else None


def _pid_file(data: Path) -> list[str]:
    with contextlib.suppress(FileNotFoundError):
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    return []


def initialise(cluster: Cluster, installation: Installation, *, password: str) -> None:
    """Make the data directory beside its place, then rename it: it is never there half-made."""
    draft, password_file = cluster.home / "data.new", cluster.home / "password.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    password_file.unlink(missing_ok=True)
    password_file.touch(mode=0o600)
    password_file.write_text(password + "\n", encoding="ascii")
    _give(cluster.user, draft, password_file)
    command = [str(installation.program("initdb")), "--pgdata", str(draft), "--username=postgres"]
    command += ["--encoding=UTF8", *LOCALE, "--data-checksums", "--no-instructions"]
    command += ["--auth=scram-sha-256", f"--pwfile={password_file}"]
    processes.run(command, user=cluster.user)
    password_file.unlink()
    with (draft / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\ninclude_if_exists = 'tongxing.conf'\n")
    draft.rename(cluster.data)


def start(cluster: Cluster, installation: Installation, *, port: int | None, say: Say) -> None:
    """Start the server and wait until it answers; keeps `port` if nobody else has it."""
    _write_settings(cluster)
    _turn_log(cluster)
    deadline = time.monotonic() + RELAUNCH_SECONDS
    while True:
        _remove_stale_locks(cluster)
        beginning = cluster.log.stat().st_size
        pid = _launch(cluster, installation, _free_port(port))
        if becomes_ready(cluster, pid, say):
            return
        trouble = _log_since(cluster, beginning)
        passing = any(text in trouble for text in PASSING_TROUBLES)
        if not passing or time.monotonic() > deadline:
            raise LaunchError(f"PostgreSQL does not start ({cluster.log}):\n{trouble[-2000:]}")
        time.sleep(0.25)


def stop(data: Path, pid: int) -> None:
    """Stop cleanly: open sessions are ended, what was committed is written down."""
    gone = processes.end(pid, argument=str(data), by=signal.SIGINT, seconds=STOP_SECONDS)
    if not gone:
        raise LaunchError(f"PostgreSQL (process {pid}) did not stop within {STOP_SECONDS} s.")


def _launch(cluster: Cluster, installation: Installation, port: int) -> int:
    listen = "" if os.environ.get("TONGXING_POSTGRES_TCP") == "0" else "127.0.0.1"
    command = [
        *[str(installation.program("postgres")), "-D", str(cluster.data), "-k", str(cluster.run)],
        *["-c", f"listen_addresses={listen}", "-c", f"port={port}"],
    ]
    return processes.detach(command, log=cluster.log, user=cluster.user)


def becomes_ready(cluster: Cluster, pid: int, say: Say = quiet) -> bool:
    """Wait for the server; false when it goes away instead of becoming ready."""
    started = time.monotonic()
    next_word = started + 5
    while processes.is_alive(pid, argument=str(cluster.data)):
        if cluster.pid == pid and cluster.phase == "ready":
            return True
        now = time.monotonic()
        if now > started + RECOVERY_SECONDS:
            raise LaunchError(f"PostgreSQL is still not ready; see {cluster.log}")
        if now > next_word:
            say(f"PostgreSQL is recovering ({now - started:.0f} s) …")
            next_word = now + 10
        time.sleep(0.01)
    return False


def _remove_stale_locks(cluster: Cluster) -> None:
    # Safe only here: the caller holds the lock and has seen that no server of this data lives.
    for leftover in (cluster.data / "postmaster.pid", *cluster.run.glob(".s.PGSQL.*")):
        leftover.unlink(missing_ok=True)


def _write_settings(cluster: Cluster) -> None:
    path = cluster.data / "tongxing.conf"
    path.write_text(tuning.as_file(tuning.for_this_machine()), encoding="utf-8")
    _give(cluster.user, path)


def _turn_log(cluster: Cluster) -> None:
    if cluster.log.exists() and cluster.log.stat().st_size > LOG_LIMIT:
        cluster.log.replace(cluster.log.with_suffix(".log.1"))
    cluster.log.touch(mode=0o600)
    _give(cluster.user, cluster.log)


def _log_since(cluster: Cluster, beginning: int) -> str:
    with cluster.log.open("rb") as file:
        file.seek(beginning)
        return file.read().decode(errors="replace").strip()


def _free_port(wanted: int | None) -> int:
    for port in (wanted or 0, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
    raise LaunchError("No TCP port is free on 127.0.0.1.")


def _give(user: OsUser | None, *paths: Path) -> None:
    if user is not None:
        for path in paths:
            os.chown(path, user.uid, user.gid)
