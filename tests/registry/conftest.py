from typing import Any
from uuid import UUID

import pytest

from tests.registry.people import OFFICER
from tongxing.access import scopes
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
