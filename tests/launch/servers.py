"""How the tests of the launcher get at servers."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tongxing.launch import homes, places, postgres
from tongxing.launch.connections import Connection, Login


def own_var(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Path]:
    patch.setenv("TONGXING_VAR", str(folder))
    for name in ("DATABASE_URL", "DATABASE_APP_URL"):
        patch.delenv(name, raising=False)
    yield folder
    patch.setenv("TONGXING_VAR", str(folder))
    patch.delenv("DATABASE_URL", raising=False)
    postgres.release()
    postgres.stop()
    remove_what_lies_elsewhere()


def remove_what_lies_elsewhere() -> None:
    home = homes.existing()
    if home is not None and home != places.postgres():
        shutil.rmtree(home)


def superuser(connection: Connection, dbname: str = "postgres") -> psycopg.Connection:
    password = (places.postgres() / "superuser.password").read_text()
    conninfo = connection.conninfo(Login("postgres", password), dbname=dbname)
    return psycopg.connect(conninfo, autocommit=True)


def as_owner(connection: Connection) -> psycopg.Connection:
    return psycopg.connect(connection.conninfo(connection.owner), autocommit=True)


def as_app(connection: Connection) -> psycopg.Connection:
    return psycopg.connect(connection.conninfo(connection.app), autocommit=True)


def value(server: psycopg.Connection, question: str, *words: object) -> object:
    row = server.execute(question, words or None).fetchone()
    assert row is not None
    return row[0]


def running_pid() -> int:
    pid = postgres.status().pid
    assert pid is not None
    return pid


def environment_of_a_child() -> dict[str, str]:
    return dict(os.environ) | {"PYTHONPATH": str(places.CHECKOUT / "src")}
