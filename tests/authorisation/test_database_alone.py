"""With the application's own checks taken away, row-level security alone lets nothing out."""

from collections.abc import Iterator
from itertools import product

import pytest

from tests.authorisation import locks
from tests.authorisation.doors import Visitors, acting
from tests.authorisation.routes import SENT, Route
from tests.authorisation.town import Town
from tongxing.registry.models import Child

pytestmark = [pytest.mark.xdist_group("authorisation database"), pytest.mark.clause("CN-5.6")]


@pytest.fixture
def opened() -> Iterator[None]:
    with locks.application_open():
        yield


@locks.every_address
def test_no_word_about_people_elsewhere_is_read(
    town: Town, visitors: Visitors, opened: None, route: Route
) -> None:
    leaks = []
    for method, persona in product(route.methods, acting(visitors)):
        foreign = locks.words_outside(persona, town)
        for arguments in locks.elsewhere(route, persona, town):
            url, sent = route.url(**arguments), SENT.get(route.name)
            answer = visitors.send(method, persona, url, sent)
            assert answer.status < 500
            assert answer.status == 404 or route.thing not in locks.ABOUT_PEOPLE, persona
            leaks += [
                f"{persona.username}: {word}" for word in foreign if word in answer.everything
            ]
    assert leaks == []


def test_the_application_really_was_open(town: Town, visitors: Visitors, opened: None) -> None:
    """A clerk, who may open no child, now opens every child of the own county, and no other."""
    clerk = next(it for it in visitors.personas if it.username == "huli.education")
    seen = {
        thing.division // 10**6
        for thing in town.of_kind("child")
        if visitors.get(clerk, f"/children/{thing.arguments['child_id']}/").status == 200
    }
    assert seen == {350206}


def test_without_a_scope_there_is_no_row(town: Town) -> None:
    assert len(town.of_kind("child")) == 9
    assert Child.objects.count() == 0
