"""What holds for whoever comes: languages, keyboards, help, light pages, and who sees no child."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.texts import texts_of, words_of_the_catalogue
from tests.journeys.walkers import PHONE

pytestmark = pytest.mark.xdist_group("journeys")
PAGES = (
    "/",
    "/help/",
    "/children/",
    "/children/new/",
    "/children/export/",
    "/clues/",
    "/clues/new/",
    "/imports/",
    "/imports/new/",
    "/policies/",
    "/policies/cn_3502_xiamen/",
    "/lists/",
    "/service-lists/",
    "/divisions/",
    "/organisations/",
    "/people/",
    "/grants/",
    "/roles/",
    "/account/",
    "/settings/display/",
)
KILOBYTE = 1024
FIRST_VISIT = 64 * KILOBYTE
SENTENCE = re.compile(r"[A-Za-z]{2,}[ ,][A-Za-z]{2,}")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_speak_one_language_and_fit_a_phone(arrives, language):
    """Data stay as they are; words of the interface stand in one language only."""
    officer = arrives("huli.officer", language=language, window=PHONE)
    chinese = words_of_the_catalogue()
    foreign = {}
    for address in PAGES:
        assert officer.visits(address) == 200, address
        officer.then_fits_the_window()
        said = texts_of(officer.page)
        found = said & chinese if language == "en" else set(filter(SENTENCE.search, said))
        if found:
            foreign[address] = found
    assert foreign == {}


@pytest.mark.parametrize("username", ["site.system", "site.security", "site.auditor"])
def test_administrators_see_no_child(arrives, username):
    administrator = arrives(username)
    administrator.then_keeps_a_picture(f"{username}-home")
    expect(administrator.page.locator("#site-search")).to_have_count(0)
    register = administrator.page.get_by_role(
        "link", name=administrator.says("Register"), exact=True
    )
    expect(register).to_have_count(0)
    for address in ("/children/", "/clues/", "/imports/"):
        assert administrator.visits(address) in {403, 404}


def test_keyboard_alone(arrives):
    visitor = arrives(language="en")
    visitor.page.goto("/sign-in/")
    visitor.page.locator("input[name=username]").focus()
    visitor.page.keyboard.type("huli.officer")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.type("Tong-Xing.8848")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Good day")
    visitor.page.keyboard.press("Tab")
    skip = visitor.page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    assert visitor.outline_of_focus() > 1
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()
    visitor.page.keyboard.press("Tab")
    assert visitor.page.locator("main :focus").count() == 1
    assert visitor.outline_of_focus() > 1
    visitor.page.keyboard.press("/")
    visitor.page.keyboard.type(" 叶欣怡".strip())
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#results tbody tr")).not_to_have_count(0)


@pytest.mark.parametrize("username", ["", "huli.director"])
def test_110_comes_first(arrives, username):
    somebody = arrives(username, window=PHONE)
    somebody.page.goto("/help/")
    expect(somebody.page.locator("main a").first).to_have_attribute("href", "tel:110")
    expect(somebody.page.locator("main a").first).to_be_in_viewport()
    somebody.then_keeps_a_picture(username or "nobody")


def test_a_first_visit_is_light(arrives):
    visitor = arrives()
    weights = []
    visitor.page.on(
        "requestfinished", lambda request: weights.append(request.sizes()["responseBodySize"])
    )
    visitor.page.goto("/sign-in/", wait_until="networkidle")
    assert 0 < sum(weights) < FIRST_VISIT
