"""Where a cluster lives, so that the user who runs PostgreSQL can reach it.

PostgreSQL refuses to run as root. Started as root, it runs as an ordinary system user, and that
user may be unable to enter the checkout (a directory with mode 0700 on the way). Then programs
and data live under /var/lib/tongxing instead.
"""

import hashlib
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from tongxing.launch import clusters, places, processes
from tongxing.launch.binaries import Installation
from tongxing.launch.clusters import LONGEST_SOCKET_PATH, Cluster, Say
from tongxing.launch.errors import LaunchError
from tongxing.launch.processes import OsUser

ELSEWHERE = Path("/var/lib/tongxing")
MARKER = "checkout"
RECORD = "elsewhere"


def settle(say: Say) -> Cluster:
    """The cluster of this checkout; its directories exist afterwards."""
    inside = prepare()
    if not processes.started_as_root():
        return Cluster(home=inside, run=_run_directory(inside), user=None)
    home = _reachable_home(inside, say)
    user = _server_user(home)
    run = home / "run"
    run.mkdir(exist_ok=True)
    run.chmod(0o755)
    os.chown(run, user.uid, user.gid)
    return Cluster(home=home, run=run, user=user)


def reachable(installation: Installation, cluster: Cluster, say: Say) -> Installation:
    """The same installation where the server's user can run it: in place, or copied."""
    if cluster.user is None or _can_run(installation.program("postgres"), cluster.user):
        return installation
    copy = cluster.home / f"programs-{installation.version}"
    if not copy.exists():
        say(f"Copying PostgreSQL's programs to {copy}, where user {cluster.user.name} may run them")
        _copy(installation, copy)
    return Installation(copy / "here" / "pginstall" / "bin", installation.version)


def prepare() -> Path:
    """The directory inside the checkout, made if need be."""
    home = places.postgres()
    for folder, mode in ((home.parent, 0o755), (home, 0o711)):
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(mode)
    refuse_foreign()
    return home


def refuse_foreign() -> None:
    """Say whose server this is to somebody who could not even read its files."""
    home = places.postgres()
    paths = [path for path in (home, home / "data") if path.exists()]
    for owner in map(processes.user_of, paths):
        if not processes.started_as_root() and owner.uid != os.geteuid():
            raise LaunchError(
                f"{home} belongs to user {owner.name}. Start as that user, "
                "or let that user run `make clean` first."
            )


def existing() -> Path | None:
    """The home whose data has been made, if it has; makes nothing."""
    home = _recorded() or places.postgres()
    return home if (home / "data").exists() else None


def _reachable_home(inside: Path, say: Say) -> Path:
    if (recorded := _recorded()) is not None:
        return recorded
    if _fits(inside, _server_user(inside)):
        return inside
    if (inside / "data").exists():
        raise LaunchError(
            f"{inside} holds the data, but user {_server_user(inside).name}, who runs PostgreSQL, "
            "can no longer enter it. Give others the right to pass through the directories above."
        )
    return _outside(say)


def _recorded() -> Path | None:
    """The home outside that belongs to this checkout, also after the checkout has moved."""
    home = _record()
    if home is None:
        return None
    marker = home / MARKER
    if not marker.exists():
        return None
    owner = Path(marker.read_text(encoding="utf-8").strip())
    if owner != places.postgres() and (owner / RECORD).exists():
        return None  # this checkout is a copy; the data stays with the original
    marker.write_text(f"{places.postgres()}\n", encoding="utf-8")
    return home


def _record() -> Path | None:
    try:
        return Path((places.postgres() / RECORD).read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return None


def remove_leftovers() -> None:
    """Remove what earlier checkouts in this place, removed since, have left outside.

    Their passwords and keys went with them, so nobody can use that data any more.
    """
    left = list(ELSEWHERE.glob(f"{_digest()}-*"))
    ours = _record()  # read after listing: a home is recorded before it is made
    for home in left:
        if home != ours:
            if (pid := clusters.living_server(home / "data")) is not None:
                clusters.stop(home / "data", pid)
            shutil.rmtree(home, ignore_errors=True)


def _digest() -> str:
    return hashlib.sha256(os.fsencode(places.postgres())).hexdigest()[:16]


def _server_user(home: Path) -> OsUser:
    """Existing data keeps its owner, also when a better user has appeared since."""
    data = home / "data"
    return processes.user_of(data) if data.exists() else processes.unprivileged_user()


def _fits(home: Path, user: OsUser) -> bool:
    may_enter = processes.run(["/bin/sh", "-c", 'cd "$0"', home], user=user, check=False)
    return may_enter.returncode == 0 and _short_enough(home / "run")


def _short_enough(run: Path) -> bool:
    return len(os.fsencode(run / ".s.PGSQL.65535.lock")) <= LONGEST_SOCKET_PATH


def _outside(say: Say) -> Path:
    remove_leftovers()
    home = ELSEWHERE / f"{_digest()}-{secrets.token_hex(4)}"
    (places.postgres() / RECORD).write_text(f"{home}\n", encoding="utf-8")
    for folder in (ELSEWHERE, home):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711)
    say(f"Closed to other users, or too long a path for a socket: PostgreSQL's data goes to {home}")
    (home / MARKER).write_text(f"{places.postgres()}\n", encoding="utf-8")
    return home


def _run_directory(home: Path) -> Path:
    """An ordinary user's socket directory; a long checkout path does not fit into a socket's."""
    run = home / "run"
    if not _short_enough(run):
        run = Path(tempfile.gettempdir()) / f"tongxing-{os.geteuid()}-{_digest()}"
    run.mkdir(mode=0o700, exist_ok=True)
    if run.is_symlink() or run.stat().st_uid != os.geteuid():
        raise LaunchError(f"{run} belongs to somebody else; remove it and start again.")
    return run


def _can_run(program: Path, user: OsUser) -> bool:
    try:
        return processes.run([program, "--version"], user=user, check=False).returncode == 0
    except PermissionError:
        return False


def _copy(installation: Installation, copy: Path) -> None:
    for old in copy.parent.glob("programs-*"):
        shutil.rmtree(old)
    draft = copy.with_name(f"{copy.name}.new")
    package = installation.bin.parent.parent
    draft.mkdir(parents=True)
    shutil.copytree(installation.bin.parent, draft / "here" / "pginstall", symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, draft / libraries.name)
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    draft.rename(copy)
