from copy import deepcopy
from pathlib import Path

import pytest
from django.test import Client

from tests.web.strict import fail_on_undefined_variables
from tongxing.web import help as helplines
from tongxing.web import home, navigation

TEMPLATES = Path(__file__).parent / "templates"
ACCOUNTS = (
    "AuthenticationMiddleware",
    "OTPMiddleware",
    "SessionLimitsMiddleware",
    "AxesMiddleware",
)


@pytest.fixture
def shell(settings):
    """The shell alone: no accounts, no database; the person acting is the stand-in."""
    settings.ROOT_URLCONF = "tests.web.stand_ins"
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.LOGIN_URL = "/help/"
    settings.MIDDLEWARE = [
        "tests.web.stand_ins.Acting" if name.endswith("ActorMiddleware") else name
        for name in settings.MIDDLEWARE
        if not name.endswith(ACCOUNTS)
    ]
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [TEMPLATES]
    settings.TEMPLATES = templates
    return settings


@pytest.fixture
def client(shell) -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies["tongxing_language"] = "en"
    return client


@pytest.fixture
def strict(shell, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_on_undefined_variables(monkeypatch)


@pytest.fixture(autouse=True)
def registries(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is forgotten afterwards, and what packages registered is not seen."""
    shells_own = {name: item for name, item in navigation._items.items() if name.startswith("web:")}
    monkeypatch.setattr(navigation, "_items", shells_own)
    monkeypatch.setattr(navigation, "_searches", [])
    monkeypatch.setattr(home, "_sources", {})
    monkeypatch.setattr(helplines, "_sources", [])
