"""What did not come from one of our pages changes nothing, and no header opens a door."""

import pytest

from tests.authorisation.cases import cases
from tests.authorisation.doors import Visitors, acting
from tests.authorisation.ledger import foreign_words
from tests.authorisation.personas import Persona
from tests.authorisation.routes import SENT, Route, decided
from tests.authorisation.tables import differences, digest
from tests.authorisation.town import Town

pytestmark = pytest.mark.xdist_group("authorisation forged")

UNSAFE = [route for route in decided() if route.post != 405]
WITH_THINGS = [route for route in decided() if route.thing and route.get != 405]
WITHOUT_TOKEN: dict[str, str] = {}
FOREIGN = {"Origin": "https://elsewhere.example"}
HTMX = {"HX-Request": "true", "HX-Boosted": "true"}
every_unsafe_address = pytest.mark.parametrize("route", UNSAFE, ids=lambda route: route.name)


def own_url(route: Route, persona: Persona, town: Town) -> str:
    return route.url(**cases(route, persona, town)[0].arguments)


def somebody_admitted(route: Route, visitors: Visitors) -> Persona:
    """Whose session a forger would ride on; what is checked here asks after no role."""
    return next(persona for persona in visitors.personas if route.admits(persona))


@every_unsafe_address
def test_a_forged_request_is_refused_and_does_nothing(
    town: Town, visitors: Visitors, route: Route
) -> None:
    persona = somebody_admitted(route, visitors)
    window = visitors.another_window(persona, wants_tokens=True)
    url, before = own_url(route, persona, town), digest()
    for headers in WITHOUT_TOKEN, FOREIGN, HTMX:
        response = window.post(url, SENT.get(route.name), headers=headers)
        assert response.status_code == 403, headers
    assert differences(before, digest()) == []


@every_unsafe_address
def test_other_methods_change_nothing(town: Town, visitors: Visitors, route: Route) -> None:
    persona = somebody_admitted(route, visitors)
    url, before = own_url(route, persona, town), digest()
    for method in "put", "patch", "delete", "options", "head":
        answer = getattr(visitors.window(persona), method)(url)
        assert answer.status_code < 500
        assert method in {"head", "options"} or answer.status_code in {303, 404, 405}, method
    assert differences(before, digest()) == []


@pytest.mark.clause("CN-5.6")
@pytest.mark.parametrize("route", WITH_THINGS, ids=lambda route: route.name)
def test_the_headers_of_htmx_open_nothing(town: Town, visitors: Visitors, route: Route) -> None:
    wrong = []
    for persona in acting(visitors):
        foreign = foreign_words(persona, town)
        for case in [each for each in cases(route, persona, town) if not each.own]:
            answer = visitors.get(persona, route.url(**case.arguments), **HTMX)
            where = f"{persona.username}, {case.relation}"
            if answer.status != route.status(persona, "GET", own=False):
                wrong.append(f"{where}: {answer.status}")
            wrong += [f"{where}: {word}" for word in foreign if word in answer.everything]
    assert wrong == []
