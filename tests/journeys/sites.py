"""The real thing: the demonstration as `make demo` starts it, on a port and data of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tongxing.launch import connections, places, promises, vendor
from tongxing.launch.connections import Connection

READY = "Tongxing is ready:"
STOP_SECONDS = 90
OUTSIDE = "tongxing_journeys"
DROP = f'DROP DATABASE IF EXISTS "{OUTSIDE}" WITH (FORCE)'


@dataclass(frozen=True)
class Site:
    """A demonstration that is being served."""

    address: str
    inbox: Path

    @property
    def roster(self) -> Path:
        """The school roster that waits for a visitor."""
        (found,) = self.inbox.glob("*.xlsx")
        return found


@contextmanager
def served() -> Iterator[Site]:
    """Build the town, serve it, and stop everything when the block is left."""
    folder = Path(tempfile.mkdtemp(prefix="tongxing-journeys-"))
    folder.chmod(0o755)  # the database's user must be able to enter
    try:
        var = _prepared(folder / "var")
        port = _free_port()
        with _database(var, port) as environment, _running(environment):
            yield Site(f"http://127.0.0.1:{port}", var / "demo" / "inbox")
    finally:
        shutil.rmtree(folder)


def _prepared(var: Path) -> Path:
    """Take the division table over from this checkout, so that it is not fetched again."""
    shutil.copytree(places.var() / "vendor", var / "vendor")
    (var / "stamps").mkdir()
    shutil.copy(places.stamps() / vendor.STEP, var / "stamps" / vendor.STEP)
    return var


@contextmanager
def _running(environment: dict[str, str]) -> Iterator[None]:
    program = subprocess.Popen(
        [sys.executable, "-m", "tongxing.launch", "demo"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert program.stdout is not None
    said: list[str] = []
    try:
        for line in program.stdout:
            said.append(line)
            if line.startswith(READY):
                break
        else:
            raise RuntimeError(f"The demonstration did not start:\n{''.join(said)}")
        yield
    finally:
        program.send_signal(signal.SIGTERM)
        rest, _ = program.communicate(timeout=STOP_SECONDS)
    assert program.returncode == 0, rest


@contextmanager
def _database(var: Path, port: int) -> Iterator[dict[str, str]]:
    """The site's own server, or a new database on the server that DATABASE_URL names."""
    environment = dict(os.environ) | {
        "TONGXING_VAR": str(var),
        "TONGXING_PORT": str(port),
        "PYTHONPATH": str(places.CHECKOUT / "src"),
        # Whoever starts the demonstration from `make` takes it along when dying.
        "MAKELEVEL": "1",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    url = os.environ.get("DATABASE_URL")
    if not url:
        yield environment
        return
    server = connections.outside(url)
    _run_on(server, DROP)
    _run_on(server, promises.creation(OUTSIDE, server.owner.user))
    yield environment | {
        "DATABASE_URL": server.conninfo(server.owner, dbname=OUTSIDE),
        "DATABASE_APP_URL": server.conninfo(server.app, dbname=OUTSIDE),
    }
    _run_on(server, DROP)


def _run_on(server: Connection, statement: str) -> None:
    with psycopg.connect(server.conninfo(server.owner), autocommit=True) as session:
        session.execute(sql.SQL(statement))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
