"""Every address × every account × things of one's own, of others, withdrawn ones and none."""

import pytest

from tests.authorisation.ledger import Ledger
from tests.authorisation.routes import decided

ROUTES = {route.name: route for route in decided()}
METHODS = [
    pytest.param(method, marks=pytest.mark.xdist_group(f"authorisation {method}"))
    for method in ("GET", "POST")
]
every_address = pytest.mark.parametrize("name", ROUTES)
every_method = pytest.mark.parametrize("method", METHODS)


@pytest.mark.clause("CN-5.6")
@every_address
@every_method
def test_everybody_gets_what_the_decision_table_says(
    ledger: Ledger, name: str, method: str
) -> None:
    found = ledger.of(ROUTES[name], method).statuses
    assert not found, "\n".join(found)


@pytest.mark.clause("CN-5.6")
@every_address
@every_method
def test_nobody_reads_a_word_about_other_peoples_children(
    ledger: Ledger, name: str, method: str
) -> None:
    found = ledger.of(ROUTES[name], method).leaks
    assert not found, "\n".join(found)


@every_address
@every_method
def test_what_is_denied_looks_like_what_does_not_exist(
    ledger: Ledger, name: str, method: str
) -> None:
    found = ledger.of(ROUTES[name], method).differences
    assert not found, "\n".join(found)


@every_address
@every_method
def test_identity_numbers_are_shown_only_for_a_reason(
    ledger: Ledger, name: str, method: str
) -> None:
    found = ledger.of(ROUTES[name], method).numbers
    assert not found, "\n".join(found)


@pytest.mark.xdist_group("authorisation GET")
@every_address
def test_looking_changes_nothing(ledger: Ledger, name: str) -> None:
    found = ledger.of(ROUTES[name], "GET").changes
    assert not found, "\n".join(found)
