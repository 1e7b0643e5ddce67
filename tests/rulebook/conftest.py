"""The engine is pure: its tests need no settings, no keys and no database."""

import pytest
from hypothesis import HealthCheck, settings

from tongxing.rulebook import Packs, load_packs

settings.register_profile(
    "rulebook", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("rulebook")


@pytest.fixture(scope="session", autouse=True)
def key_file() -> None:
    """Takes the place of the application's keys, which the engine does not know."""


@pytest.fixture(scope="session")
def packs() -> Packs:
    return load_packs()
