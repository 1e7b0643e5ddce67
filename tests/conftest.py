"""One real PostgreSQL for all tests: tables made by the owner, everything else done as the app."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import groups
from tests.clauses import Ledger, name_clauses

if TYPE_CHECKING:
    from tests.databases import OwnDatabase


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long campaigns too")
    parser.addoption("--pictures", action="store_true", help="take the README's pictures anew")
    parser.addoption("--clauses", metavar="FILE", help="write down which contract rows are proved")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(groups)
    file = config.getoption("--clauses")
    if file and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Ledger(Path(file)))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long campaigns run when asked for; pytest counts what is left out as deselected."""
    name_clauses(items)
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, worker_id: str) -> Iterator[None]:
    """Create the test database as the owner and point the application's login at it."""
    from django.db import connections

    from tongxing.access import grants

    owner, app = connections["owner"], connections["default"]
    suffix = "" if worker_id == "master" else f"_{worker_id}"
    with django_db_blocker.unblock():
        if suffix:
            owner.settings_dict["TEST"]["NAME"] = f"test_tongxing{suffix}"
        name = owner.creation.create_test_db(verbosity=0, autoclobber=True)
        grants.grant(owner)
        app.close()
        app.settings_dict["NAME"] = name
        yield
        app.close()
        owner.creation.destroy_test_db(name, verbosity=0)


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The name of this process when tests run side by side."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "master"))


@pytest.fixture(scope="session", autouse=True)
def key_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keys made for this run; nothing sealed by them outlives it."""
    from django.conf import settings

    from tongxing.keys import rings

    folder = tmp_path_factory.mktemp("site")
    settings.TONGXING_KEYS = folder / "keys.json"
    settings.MEDIA_ROOT = folder / "files"
    settings.TONGXING_ANCHORS = folder / "anchors"
    rings.create(settings.TONGXING_KEYS)
    rings.ring.cache_clear()
    rings.audit_secret.cache_clear()


@pytest.fixture
def own_database(django_db_setup, django_db_blocker) -> Iterator[OwnDatabase]:
    """A copy of the empty test database, for tests that commit, run threads or start processes."""
    from django.db import connections

    from tests.databases import copied

    template = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock(), copied(template, f"{template}_own") as database:
        yield database


@pytest.fixture
def divisions(db: None) -> None:
    """A small country: where the demo's families come from, and the townships of its places."""
    from tests.factories import divisions

    divisions.settle()


@pytest.fixture
def read_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists that the test itself wrote are staged without a process for reading them."""
    from tests.factories import in_process
    from tongxing.registry.actions import staging

    monkeypatch.setattr(staging, "originals", in_process)
