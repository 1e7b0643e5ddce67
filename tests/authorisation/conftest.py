import gc
from collections.abc import Iterator

import pytest

from tests.authorisation import town as towns
from tests.authorisation.doors import Visitors
from tests.authorisation.ledger import Ledger
from tests.authorisation.town import Town
from tests.databases import copied, leave, run_outside


@pytest.fixture(scope="session")
def built(django_db_setup, django_db_blocker) -> Iterator[tuple[Town, str]]:
    """The town, and the name of a database that holds it; each module works on a copy."""
    from django.db import connections

    empty = connections["default"].settings_dict["NAME"]
    finished = f"{empty}_finished"
    with django_db_blocker.unblock(), copied(empty, f"{empty}_building") as building:
        hurry(building.name)
        town = towns.build()
        leave()
        run_outside("DROP DATABASE IF EXISTS {} WITH (FORCE)", finished)
        run_outside("CREATE DATABASE {} TEMPLATE {}", finished, building.name)
    # A collection walks through everything a process holds; what is there now stays there.
    gc.collect()
    gc.freeze()
    yield town, finished
    gc.unfreeze()
    run_outside("DROP DATABASE {} WITH (FORCE)", finished)


@pytest.fixture(scope="module")
def town(built: tuple[Town, str], django_db_blocker) -> Iterator[Town]:
    """A town in a database of its own, to which everything in this module points."""
    town, finished = built
    copy = f"{finished}_copy"
    with django_db_blocker.unblock(), copied(finished, copy):
        hurry(copy)
        yield town


def hurry(database: str) -> None:
    """Nothing in it has to outlive a power cut."""
    run_outside("ALTER DATABASE {} SET synchronous_commit = off", database)


@pytest.fixture(scope="module")
def visitors(town: Town) -> Visitors:
    """Everybody with a browser, signed in."""
    return Visitors()


@pytest.fixture(scope="module")
def ledger(town: Town, visitors: Visitors) -> Ledger:
    """What was found behind each door."""
    return Ledger(town, visitors)
