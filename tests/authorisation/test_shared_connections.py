"""Many people over few connections: what one request was allowed stays with that request."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from django.db import connection, connections

from tests.authorisation.doors import Visitors, answer_of
from tests.authorisation.ledger import foreign_words
from tests.authorisation.personas import STRANGER, Persona
from tests.authorisation.town import Town
from tongxing.kernel.actors import Actor
from tongxing.registry.models import Child
from tongxing.registry.queries import files
from tongxing.registry.values.files import ChildFile

pytestmark = [pytest.mark.xdist_group("authorisation connections"), pytest.mark.clause("CN-5.6")]

REQUESTS = 500
CONNECTIONS = 2
THREADS = 4
SCOPE = "SELECT current_setting('app.scope_lo', true), pg_backend_pid()"


@pytest.fixture
def pool(town: Town) -> Iterator[None]:
    """As a real site: a pool from which each request takes a connection and gives it back."""
    options = connections["default"].settings_dict["OPTIONS"]
    connections["default"].close()
    options["pool"] = {"min_size": CONNECTIONS, "max_size": CONNECTIONS, "timeout": 30}
    yield
    close_pool = getattr(connections["default"], "close_pool")  # noqa: B009 - PostgreSQL's own
    close_pool()
    del options["pool"]


@pytest.fixture
def accidents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fifth file breaks while it is read, after the scope was set."""
    whole, numbers = files.child_file, count(1)

    def breaking(child: Child, *, actor: Actor) -> ChildFile:
        if next(numbers) % 5 == 0:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        return whole(child, actor=actor)

    monkeypatch.setattr(files, "child_file", breaking)


def test_no_request_sees_what_another_one_was_allowed(
    town: Town, visitors: Visitors, pool: None, accidents: None
) -> None:
    backends: set[int] = set()
    foreign = {persona: foreign_words(persona, town) for persona in visitors.personas}
    statuses: list[int] = []
    leaks: list[str] = []

    def visit(persona: Persona, url: str) -> None:
        answer = answer_of(visitors.another_window(persona).get(url))
        statuses.append(answer.status)
        leaks.extend(word for word in foreign[persona] if word in answer.everything)
        with connection.cursor() as cursor:
            cursor.execute(SCOPE)
            scope, backend = cursor.fetchone()
        backends.add(backend)
        leaks.extend([f"scope {scope}"] if scope else [])
        connection.close()

    with ThreadPoolExecutor(THREADS) as people:
        for done in [people.submit(visit, *each) for each in visits(town, visitors)]:
            done.result()
    assert leaks == []
    assert len(backends) <= CONNECTIONS
    assert {200, 404, 500} <= set(statuses)


def visits(town: Town, visitors: Visitors) -> Iterator[tuple[Persona, str]]:
    """Everybody at anybody's file, verdict or list, one after the other as it comes."""
    people = [persona for persona in visitors.personas if persona is not STRANGER]
    close = [persona for persona in people if persona.may("children.see")]
    children = [thing.arguments["child_id"] for thing in town.of_kind("child")]
    files_of = [(f"/children/{child}/", f"/children/{child}/verdict/") for child in children]
    pages = ["/children/", "/clues/", "/imports/", "/", "/audit/", *sum(files_of, ())]
    for number in range(REQUESTS):
        chosen = close if number % 3 else people
        # Steps that share no divisor with the lengths: everybody meets every page.
        yield chosen[number * 5 % len(chosen)], pages[number * 7 % len(pages)]
