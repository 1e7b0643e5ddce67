from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.access.factories import a_division
from tests.factories.children import (
    HULI,
    HULI_OTHER_STREET,
    HULI_OTHER_VILLAGE,
    HULI_STREET,
    HULI_VILLAGE,
)
from tests.registry.people import OFFICER, browser_of
from tongxing.access import scopes
from tongxing.access.values.roles import Role
from tongxing.registry import hooks


@pytest.fixture
def as_officer(db: None) -> None:
    scopes.use(OFFICER)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The children of whom listeners above the register were told."""
    heard: list[UUID] = []

    def listen(ids: Any, _account: str, _post: str) -> None:
        heard.extend(ids)

    monkeypatch.setattr(hooks, "_LISTENERS", [listen])
    return heard


@pytest.fixture
def places(db: None) -> None:
    """Huli with two villages, as the table of divisions knows them."""
    for code, name in (
        (HULI, "湖里区"),
        (HULI_STREET, "湖里街道"),
        (HULI_VILLAGE, "后浦社区"),
        (HULI_OTHER_STREET, "金山街道"),
        (HULI_OTHER_VILLAGE, "金山社区"),
    ):
        a_division(code, name)


@pytest.fixture
def officer(places: None) -> Client:
    """The browser of the county officer of Huli."""
    return browser_of(Role.COUNTY_OFFICER, HULI)


@pytest.fixture
def director(places: None) -> Client:
    """The browser of the child director of one village."""
    return browser_of(Role.CHILD_DIRECTOR, HULI_VILLAGE)
