"""The trail is tested in a database of its own: what is committed to it cannot be rolled back."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import translation
from psycopg import sql

from tests.audit import trails
from tongxing.audit import labels
from tongxing.audit.values import INSERT_ONLY_TABLES


@pytest.fixture(scope="session")
def trail_database(django_test_environment, django_db_blocker, worker_id: str) -> Iterator[str]:
    """A database that holds nothing but the tables of the trail."""
    name = f"test_tongxing_trail_{worker_id}"
    with django_db_blocker.unblock():
        _with_maintenance("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name)
        _with_maintenance("CREATE DATABASE {name}", name)
        before = _pointed_at(name)
        call_command("migrate", "audit", database="owner", verbosity=0)
        _give_rights()
        _pointed_back(before)
        yield name
        _with_maintenance("DROP DATABASE {name} WITH (FORCE)", name)


@pytest.fixture
def trail(trail_database: str, django_db_blocker, settings, tmp_path: Path) -> Iterator[Path]:
    """An empty trail whose entries are really committed; the path of its anchors' file."""
    settings.TONGXING_ANCHORS = tmp_path / "witness"
    with django_db_blocker.unblock():
        before = _pointed_at(trail_database)
        trails.emptied()
        yield tmp_path / "witness" / "anchors.jsonl"
        _pointed_back(before)


@pytest.fixture
def own_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English, and no words but audit's: what other packages register is theirs to test."""
    for registry in ("_kinds", "_fields", "_purposes", "_roles"):
        monkeypatch.setattr(labels, registry, {})
    monkeypatch.setattr(labels, "_division_names", [])
    labels.describe_own()
    with translation.override("en"):
        yield


def _pointed_at(name: str) -> dict[str, str]:
    before = {}
    for alias in ("default", "owner"):
        connections[alias].close()
        before[alias] = connections[alias].settings_dict["NAME"]
        connections[alias].settings_dict["NAME"] = name
    return before


def _pointed_back(before: dict[str, str]) -> None:
    for alias, name in before.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _with_maintenance(statement: str, name: str) -> None:
    known = connections["owner"].settings_dict
    with psycopg.connect(
        host=known["HOST"],
        port=known["PORT"],
        user=known["USER"],
        password=known["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as maintenance:
        maintenance.execute(sql.SQL(statement).format(name=sql.Identifier(name)))


def _give_rights() -> None:
    role = sql.Identifier(connections["default"].settings_dict["USER"])
    tables = sql.SQL(", ").join(sql.Identifier(table) for table in INSERT_ONLY_TABLES)
    with trails.login("owner") as owner:
        owner.execute(sql.SQL("GRANT SELECT, INSERT ON {} TO {}").format(tables, role))
