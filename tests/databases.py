"""Databases of one's own, for tests that commit, run threads or start other processes.

The tables of the trail refuse to be emptied and the application may not truncate anything: what
such a test leaves behind goes away with its whole database.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

ALIASES = ("default", "owner")
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class OwnDatabase:
    """A database that nobody else uses; `environment` leads child processes to the same site."""

    name: str
    environment: dict[str, str]


@contextmanager
def copied(template: str, name: str) -> Iterator[OwnDatabase]:
    """A copy of `template`, to which both aliases point while the block runs."""
    run_outside("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    leave()
    run_outside("CREATE DATABASE {} TEMPLATE {}", name, template)
    before = {alias: connections[alias].settings_dict["NAME"] for alias in ALIASES}
    _point(dict.fromkeys(ALIASES, name))
    try:
        yield OwnDatabase(name, environment_of(name))
    finally:
        _point(before)
        run_outside("DROP DATABASE {} WITH (FORCE)", name)


def leave() -> None:
    """Close this thread's connections: a template must have none."""
    for alias in ALIASES:
        connections[alias].close()


def environment_of(name: str) -> dict[str, str]:
    """What a child process needs to work on the database `name` with the keys of this run."""
    source = [str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(part for part in source if part),
        "DJANGO_SETTINGS_MODULE": "tests.child_settings",
        "DATABASE_URL": _conninfo("owner", name),
        "DATABASE_APP_URL": _conninfo("default", name),
        "TONGXING_TEST_KEYS": str(settings.TONGXING_KEYS),
        "TONGXING_TEST_FILES": str(settings.MEDIA_ROOT),
        "TONGXING_TEST_ANCHORS": str(settings.TONGXING_ANCHORS),
    }


def run_outside(statement: str, *names: str) -> None:
    """Run a statement about whole databases; `names` are put in for the braces."""
    with psycopg.connect(_conninfo("owner", "postgres"), autocommit=True) as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _point(names: dict[str, str]) -> None:
    leave()
    for alias, name in names.items():
        connections[alias].settings_dict["NAME"] = name


def _conninfo(alias: str, name: str) -> str:
    known = connections[alias].settings_dict
    return make_conninfo(
        host=known["HOST"],
        port=known["PORT"],
        user=known["USER"],
        password=known["PASSWORD"],
        dbname=name,
    )
