"""The demonstration, built once and served; browsers that walk through it."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, expect, sync_playwright

from tests.journeys import pictures, sites
from tests.journeys.sites import Site
from tests.journeys.walkers import DESK, Officer, chosen
from tongxing.launch.browser import BROWSERS

CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), "")
SECONDS = 45
Arrives = Callable[..., Officer]

expect.set_options(timeout=SECONDS * 1000)


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """What `make demo` serves."""
    with sites.served() as site:
        yield site
    if request.config.getoption("--pictures"):
        pictures.publish()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What browsers had to say: errors of scripts, and what the content policy stopped."""
    return []


@pytest.fixture
def arrives(
    browser: Browser, site: Site, request: pytest.FixtureRequest, complaints: list[str]
) -> Iterator[Arrives]:
    """Somebody new opens a browser: `arrives("huli.officer", language="en")`."""
    windows = []
    test = request.node.originalname.removeprefix("test_")

    def open_window(
        username: str = "",
        *,
        language: str = "zh-hans",
        window: Any = DESK,
        scripts: bool = True,
        large: bool = False,
        name: str = "",
    ) -> Officer:
        context = browser.new_context(
            base_url=site.address,
            viewport=window,
            locale={"zh-hans": "zh-CN", "en": "en-GB"}[language],
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        context.set_default_timeout(SECONDS * 1000)
        chosen(context, site.address, language=language, large=large)
        windows.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.extend(_serious(message)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        walker = Officer(page, site, language, name or test)
        if username:
            walker.given_signed_in_as(username)
        return walker

    yield open_window
    for window in windows:
        window.close()
    assert complaints == []


def _serious(message: ConsoleMessage) -> list[str]:
    """Errors and broken policies. That an address answered 4xx is said by the page itself."""
    expected = "Failed to load resource: the server responded with a status of 4"
    if message.type != "error" or message.text.startswith(expected):
        return []
    return [f"{message.text} ({message.location.get('url', '')})"]
