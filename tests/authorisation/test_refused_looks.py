"""Whoever knocks at the file of a child elsewhere leaves a line in the trail, at every page."""

import pytest

from tests.authorisation.doors import Visitors
from tests.authorisation.forgeries import the
from tests.authorisation.routes import Route, arguments_of, decided
from tests.authorisation.town import Thing, Town
from tongxing.access import queries as access
from tongxing.access import scopes
from tongxing.audit.models import Entry
from tongxing.audit.values import Look
from tongxing.demo.places import KUNDULUN
from tongxing.demo.posts import CORNERS
from tongxing.kernel.divisions import NATION, area_of

pytestmark = [pytest.mark.xdist_group("authorisation forged"), pytest.mark.clause("CN-5.6")]

PAGES = [route for route in decided() if route.thing == "child" and route.get == 200]


@pytest.mark.parametrize("route", PAGES, ids=lambda route: route.name)
def test_a_refused_look_is_kept(town: Town, visitors: Visitors, route: Route) -> None:
    officer = visitors.named("huli.officer")
    child = the(town, "child", CORNERS[KUNDULUN].village(0))
    before = refused_looks(child)
    url = route.url(**arguments_of(route, dict(child.arguments)))
    assert visitors.get(officer, url).status == 404
    [line] = set(refused_looks(child).items()) - set(before.items())
    assert line[1] == access.actor_by_username("huli.officer").account_id


def refused_looks(child: Thing) -> dict[int, str]:
    """Whose looks at this child were refused, by the line of the trail."""
    with scopes.acting_as(scopes.system(area_of(NATION))):
        child_id = str(child.arguments["child_id"])
        found = Entry.objects.filter(kind=Look.REFUSED, child_id=child_id)
        return dict(found.values_list("pk", "actor_account"))
