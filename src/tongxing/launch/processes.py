"""Starting, watching and ending operating-system processes."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongxing.launch.errors import LaunchError

PLAIN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"}
NEW_SYSTEM_USER = "tongxing-postgres"

# The shell returns at once, so the server is nobody's child: it leaves no zombie in the starter
# and does not die with it.
DETACH = 'exec 3>&1; "$@" </dev/null >&2 3>&- & echo $! >&3'


@dataclass(frozen=True)
class OsUser:
    name: str
    uid: int
    gid: int

    @classmethod
    def of(cls, entry: pwd.struct_passwd) -> "OsUser":
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)


def started_as_root() -> bool:
    return os.geteuid() == 0


def unprivileged_user() -> OsUser:
    """Whom PostgreSQL runs as when we are root; it refuses to run as root itself."""
    for name in ("postgres", "nobody", NEW_SYSTEM_USER):
        try:
            return OsUser.of(pwd.getpwnam(name))
        except KeyError:
            continue
    return _create_system_user()


def user_of(path: Path) -> OsUser:
    entry = path.stat()
    try:
        name = pwd.getpwuid(entry.st_uid).pw_name
    except KeyError:
        name = str(entry.st_uid)
    return OsUser(name, entry.st_uid, entry.st_gid)


def _create_system_user() -> OsUser:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise LaunchError("PostgreSQL may not run as root: create a system user named postgres.")
    run([useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NEW_SYSTEM_USER])
    return OsUser.of(pwd.getpwnam(NEW_SYSTEM_USER))


def run(
    command: Sequence[str | Path], *, user: OsUser | None = None, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run a program of PostgreSQL or of the system to its end, with a plain environment."""
    result = subprocess.run(  # noqa: S603 - the commands are ours, never a visitor's text
        [str(word) for word in command],
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
        env=PLAIN_ENVIRONMENT,
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
    )
    if check and result.returncode:
        detail = (result.stderr + result.stdout).strip()[-1500:]
        raise LaunchError(f"{Path(command[0]).name} failed: {detail}")
    return result


def detach(
    command: Sequence[str | Path],
    *,
    log: Path,
    user: OsUser | None = None,
    env: Mapping[str, str] | None = None,
) -> int:
    """Start a program that outlives us, in a session of its own; returns its process id."""
    with log.open("ab") as output:
        started = subprocess.run(  # noqa: S603 - see run()
            ["/bin/sh", "-c", DETACH, "sh", *map(str, command)],
            stdout=subprocess.PIPE,
            stderr=output,
            stdin=subprocess.DEVNULL,
            cwd="/",
            check=True,
            text=True,
            start_new_session=True,
            env=dict(env or PLAIN_ENVIRONMENT),
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
        )
    return int(started.stdout)


def is_alive(pid: int, *, argument: str) -> bool:
    """Is this a living process that was started with exactly this argument?

    A zombie is dead, and a process id may have been given to somebody else since.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        command_line = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return False
    state = stat.rpartition(")")[2].split()[0]
    return state not in "ZX" and os.fsencode(argument) in command_line.split(b"\0")


def end(pid: int, *, argument: str, by: signal.Signals, seconds: float) -> bool:
    """Send the signal and wait; true when the process is gone."""
    try:
        os.kill(pid, by)
    except ProcessLookupError:
        return True
    return wait_until_gone(pid, argument=argument, seconds=seconds)


def wait_until_gone(pid: int, *, argument: str, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while is_alive(pid, argument=argument):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
