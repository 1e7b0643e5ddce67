"""With row-level security switched off, the application's own checks alone let nothing out."""

from collections.abc import Iterator
from itertools import product

import pytest

from tests.authorisation import locks
from tests.authorisation.cases import Case, cases
from tests.authorisation.doors import Visitors, acting
from tests.authorisation.ledger import foreign_words
from tests.authorisation.personas import Persona
from tests.authorisation.routes import SENT, Route
from tests.authorisation.town import Town
from tongxing.registry.models import Child

pytestmark = [pytest.mark.xdist_group("authorisation application"), pytest.mark.clause("CN-5.6")]


@pytest.fixture(scope="module", autouse=True)
def opened(town: Town) -> Iterator[None]:
    with locks.database_open():
        yield


@locks.every_address
def test_no_word_about_other_peoples_children_is_read(
    town: Town, visitors: Visitors, route: Route
) -> None:
    wrong = []
    for method, persona in product(route.methods, acting(visitors)):
        foreign = foreign_words(persona, town)
        for case in _worth_trying(route, persona, town):
            url, sent = route.url(**case.arguments), SENT.get(route.name)
            answer = visitors.send(method, persona, url, sent)
            where = f"{persona.username} {case.relation} {method}"
            if answer.status != route.status(persona, method, own=case.own):
                wrong.append(f"{where}: {answer.status}")
            wrong += [f"{where}: {word}" for word in foreign if word in answer.everything]
    assert wrong == []


def _worth_trying(route: Route, persona: Persona, town: Town) -> list[Case]:
    """Things of others; one is enough where the gate, which asks no table of ours, is closed."""
    found = cases(route, persona, town)
    others = [case for case in found if not case.own] or found
    return others if route.admits(persona) else others[:1]


def test_the_database_really_was_open(town: Town) -> None:
    assert Child.objects.count() == len(town.of_kind("child"))
