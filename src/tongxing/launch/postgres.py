"""The database server of this checkout: `ensure()`, `stop()`, `status()`.

One server is shared by web, worker and tests. Whoever uses it holds a lease (a shared file lock,
which the kernel takes back when the holder dies in whatever way); a watcher stops the server when
the last lease is gone, unless somebody asked to keep it running.
"""

import contextlib
import fcntl
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tongxing.launch import (
    binaries,
    clusters,
    connections,
    homes,
    outside,
    places,
    processes,
    promises,
    roles,
)
from tongxing.launch.clusters import Cluster, Say, quiet
from tongxing.launch.connections import Connection
from tongxing.launch.errors import LaunchError

WATCHER = "tongxing.launch.watcher"

assert_durable = promises.assert_durable

_leases: dict[Path, int] = {}


@dataclass(frozen=True)
class Status:
    running: bool
    pid: int | None
    data: Path
    kept: bool
    leased: bool


def ensure(*, say: Say = quiet, keep: bool = False) -> Connection:
    """A running, provisioned server, started if need be; ours to use until this process ends.

    With DATABASE_URL, the outside server after its promises have been checked.
    """
    if url := os.environ.get("DATABASE_URL"):
        return outside.prepare(connections.outside(url))
    with _lock():
        # Lease and watcher first: whoever is killed while starting leaves no server behind.
        _take_lease()
        _watch()
        if keep:
            _keep_file().touch()
        return _attached() or _started(say)


def revive(*, say: Say = quiet) -> None:
    """Start our server again if something has killed it."""
    if "DATABASE_URL" not in os.environ and not status().running:
        ensure(say=say)


def stop() -> bool:
    """Stop our server now, whoever uses it; false when none was running."""
    if not places.postgres().exists():
        return False
    with _lock():
        _keep_file().unlink(missing_ok=True)
        _dismiss_watcher()
        return _stopped()


def release() -> bool:
    """Give our lease back; stop the server if nobody else needs it. True when it was stopped."""
    if (descriptor := _leases.pop(places.postgres(), None)) is None:
        return False
    with _lock():
        os.close(descriptor)
        if stopped := _stop_if_unused():
            _dismiss_watcher()
        return stopped


def status() -> Status:
    homes.refuse_foreign()
    cluster = _cluster_if_any()
    data = cluster.data if cluster else places.postgres() / "data"
    pid = clusters.living_server(data)
    return Status(pid is not None, pid, data, _keep_file().exists(), _is_leased())


def wait_for_last_lease() -> None:
    """Block until no process holds a lease; FileNotFoundError if everything was removed."""
    with _lease_file().open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)


def watch_on() -> bool:
    """For the watcher: stop the server if nobody uses it; false when nothing is left to watch."""
    places.postgres().stat()
    with _lock():
        _stop_if_unused()
        running = status().running
        if not running:
            # Inside the lock: whoever starts the server next must see that nobody watches it.
            _watcher_file().unlink(missing_ok=True)
        return running


@contextlib.contextmanager
def _lock() -> Iterator[None]:
    homes.prepare()
    with (places.postgres() / "lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _attached() -> Connection | None:
    """The quick way: provisioned before, and alive."""
    connection = connections.read_own()
    cluster = _cluster_if_any()
    if connection is None or cluster is None or (pid := cluster.pid) is None:
        return None
    ready = cluster.phase == "ready" or clusters.becomes_ready(cluster, pid)
    return connection if ready and cluster.port == connection.port else None


def _started(say: Say) -> Connection:
    cluster = homes.settle(say)
    known = connections.read_own()
    installation = binaries.find(major=cluster.major if cluster.exists else None)
    installation = homes.reachable(installation, cluster, say)
    if not cluster.exists:
        say(f"Creating a PostgreSQL {installation.version} database in {cluster.data}")
        password = roles.new_password()
        connections.record_of_our_own().unlink(missing_ok=True)
        places.private_write(_superuser_file(), password)
        clusters.initialise(cluster, installation, password=password)
        known = None
    pid = cluster.pid
    if pid is None or not clusters.becomes_ready(cluster, pid):
        clusters.start(cluster, installation, port=known.port if known else None, say=say)
    return _provided(cluster, known)


def _provided(cluster: Cluster, known: Connection | None) -> Connection:
    host, port = str(cluster.run), cluster.port
    superuser = Connection(
        host=host,
        port=port,
        dbname="postgres",
        owner=connections.Login("postgres", _superuser_file().read_text(encoding="ascii")),
        app=connections.Login(""),
    )
    login = superuser.conninfo(superuser.owner)
    promises.assert_durable(login)
    connection = (
        replace(known, host=host, port=port)
        if known
        else roles.provide(login, host=host, port=port, known=None)
    )
    places.private_write(connections.record_of_our_own(), connection.as_json())
    return connection


def _stop_if_unused() -> bool:
    if _keep_file().exists() or _is_leased():
        return False
    return _stopped()


def _stopped() -> bool:
    cluster = _cluster_if_any()
    pid = cluster.pid if cluster else None
    if cluster is None or pid is None:
        return False
    clusters.stop(cluster.data, pid)
    return True


def _cluster_if_any() -> Cluster | None:
    """The cluster if it has been made, without making anything."""
    home = homes.existing()
    if home is None:
        return None
    connection = connections.read_own()
    run = Path(connection.host) if connection else home / "run"
    return Cluster(home=home, run=run, user=None)


def _take_lease() -> None:
    if places.postgres() not in _leases:
        descriptor = os.open(_lease_file(), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        _leases[places.postgres()] = descriptor


def _is_leased() -> bool:
    if not _lease_file().exists():
        return False
    with _lease_file().open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _watch() -> None:
    """Start the watcher unless one is at work."""
    if _watcher() is not None:
        return
    environment = dict(os.environ) | {"TONGXING_VAR": str(places.var())}
    environment["PYTHONPATH"] = str(places.CHECKOUT / "src")
    pid = processes.detach(
        [sys.executable, "-m", WATCHER], log=places.postgres() / "watcher.log", env=environment
    )
    _watcher_file().write_text(f"{pid}\n", encoding="ascii")


def _watcher() -> int | None:
    with contextlib.suppress(FileNotFoundError, ValueError):
        pid = int(_watcher_file().read_text(encoding="ascii"))
        return pid if processes.is_alive(pid, argument=WATCHER) else None
    return None


def _dismiss_watcher() -> None:
    if (pid := _watcher()) is not None:
        processes.end(pid, argument=WATCHER, by=signal.SIGTERM, seconds=10)


def _superuser_file() -> Path:
    return places.postgres() / "superuser.password"


def _lease_file() -> Path:
    return places.postgres() / "leases"


def _watcher_file() -> Path:
    return places.postgres() / "watcher.pid"


def _keep_file() -> Path:
    return places.postgres() / "keep"


__all__ = ["LaunchError", "assert_durable", "ensure", "release", "status", "stop"]
