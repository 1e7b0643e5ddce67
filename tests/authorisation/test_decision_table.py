"""The tables beside this file describe the site as it is: no address and no role is forgotten."""

import pytest

from tests.authorisation.personas import STRANGER, everybody, rights_of, table
from tests.authorisation.routes import decided, registered
from tests.authorisation.town import Town
from tongxing.access.values.roles import ROLES, Capability, Role

pytestmark = pytest.mark.xdist_group("authorisation connections")


def test_every_address_of_the_site_has_a_decision() -> None:
    named = [route.name for route in decided()]
    assert sorted(named) == sorted(set(named))
    missing, gone = registered().keys() - set(named), set(named) - registered().keys()
    assert not missing, f"Say in routes.csv who may open: {', '.join(sorted(missing))}"
    assert not gone, f"No address of the site has these names: {', '.join(sorted(gone))}"


def test_every_role_has_the_rights_of_the_table() -> None:
    named = {line["right"] for line in table("rights.csv")}
    missing = {capability.value for capability in Capability} - named
    assert not missing, f"Say in rights.csv who has: {', '.join(sorted(missing))}"
    for role in Role:
        of_table = rights_of(role.value) & {capability.value for capability in Capability}
        assert of_table == {each.value for each in ROLES[role].capabilities}, role


def test_every_account_of_the_demonstration_knocks(town: Town) -> None:
    known = {str(thing.owner) for thing in town.of_kind("account")}
    assert {persona.username for persona in everybody()} == known | {STRANGER.username}
    assert len(known) > 40
