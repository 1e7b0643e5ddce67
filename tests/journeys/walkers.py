"""A person at a browser: what she is given, what she does, and what she then sees.

Texts are named by the words of the source and looked for in the language of the browser, so that
one walk is walked in both languages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils import translation
from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from tests.journeys import pictures
from tests.journeys.sites import Site
from tongxing.web import formats

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
# A worker opens, reads and lets in; on a busy machine that takes its time.
PATIENCE = 60_000


@dataclass
class Walker:
    """Somebody with a browser window at the site."""

    page: Page
    site: Site
    language: str
    name: str

    # given

    def given_signed_in_as(self, username: str) -> None:
        """Choose the account on the sign-in page, as visitors do."""
        self.page.goto("/")
        expect(self.page).to_have_url(re.compile("/sign-in/"))
        self.page.goto(f"/sign-in/?as={username}")
        self.when_presses("Sign in")
        expect(self.page).to_have_url(f"{self.site.address}/")

    # when

    def when_opens(self, words: str, *, inside: str = "body") -> None:
        """Follow the first link with these words."""
        self.page.locator(inside).get_by_role("link", name=self.says(words)).first.click()

    def when_presses(self, words: str, *, inside: str = "body") -> None:
        self.page.locator(inside).get_by_role("button", name=self.says(words)).first.click()

    def when_goes_to(self, place: str) -> None:
        """Use the navigation of the page: beside it, or in the menu of a phone."""
        panel = self.page.locator(".side")
        if not panel.is_visible():
            panel = self.page.locator(".menu-panel")
            self.page.locator(".menu > summary").click()
        panel.get_by_role("link", name=self.says(place), exact=True).click()
        self.then_the_page_is(place)

    def when_searches(self, text: str) -> None:
        box = self.page.locator("#site-search")
        box.fill(text)
        box.press("Enter")
        expect(self.page).to_have_url(re.compile(r"/children/\?"))

    def when_looks_up(self, name: str) -> None:
        """Search the register and open the file with exactly this name."""
        self.when_searches(name)
        self.found().get_by_role("link", name=name, exact=True).first.click()
        self.then_the_page_is(name)

    def when_reads_the_verdict(self) -> None:
        self.when_opens("Migrant child or not", inside=".tx-tabs")
        expect(self.page).to_have_url(re.compile("/verdict/"))

    def when_asks_for_the_day(self, day: str) -> None:
        """Ask how things stood on another day; the page follows without being loaded anew."""
        self.page.locator("input[name=on]").fill(day)
        with translation.override(self.language):
            shown = formats.day(date.fromisoformat(day))
        expect(self.page.locator("#results > p").first).to_contain_text(shown)

    def visits(self, address: str) -> int:
        """Type an address; what the site answers."""
        answer = self.page.goto(address)
        assert isinstance(answer, Response)
        return answer.status

    # then

    def then_reads(self, *words: str) -> None:
        for each in words:
            expect(self.page.locator("body")).to_contain_text(self.says(each))

    def then_the_page_is(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(self.says(heading))

    def then_fits_the_window(self) -> None:
        spill = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert spill <= 0, f"{self.page.url} is {spill} px too wide"

    def then_keeps_a_picture(self, of: str, *, readme: str = "") -> None:
        """Every picture is also a look at whether the page fits its window."""
        self.then_fits_the_window()
        pictures.keep(self.page, f"{self.language}-{self.name}-{of}", readme=readme)

    # sees

    def found(self) -> Locator:
        """The lines of a list."""
        return self.page.locator("#results tbody tr")

    def names_found(self) -> list[str]:
        return self.page.locator("#results tbody td.who a").all_inner_texts()

    def verdict(self) -> str:
        """The answer at the top of the first verdict: the one that decides here."""
        return self.page.locator("#results p.verdict-line .tx-badge").first.inner_text().strip()

    def outline_of_focus(self) -> float:
        """How thick a line the browser draws around what has the focus."""
        width = "parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
        return float(self.page.evaluate(width))

    def says(self, words: str, context: str = "") -> str:
        """The text of the source in this browser's language."""
        with translation.override(self.language):
            return translation.pgettext(context, words) if context else translation.gettext(words)

    def pattern(self, words: str) -> re.Pattern[str]:
        """A text with figures or names in it: what stands in %(…)s may be anything."""
        parts = re.split(r"%\(\w+\)s", self.says(words))
        return re.compile(r"(.+?)".join(map(re.escape, parts)))


@dataclass
class Officer(Walker):
    """An officer of a county, who takes lists in and reads files."""

    def when_sends(self, file: Path, *, source: str) -> None:
        """Upload a list, the day of today with it."""
        self.when_goes_to("Lists taken in")
        self.when_opens("Take in a list", inside="main")
        self.page.locator("select[name=source]").select_option(source)
        self.page.set_input_files("input[type=file]", file)
        self.when_presses("Send the list")

    def when_the_columns_are_known(self) -> None:
        self.page.wait_for_url(re.compile("/columns/"), timeout=PATIENCE)

    def when_the_rows_are_read(self) -> None:
        self.when_presses("Read the rows")
        self.then_the_list_becomes("ready for review")

    def then_the_list_becomes(self, state: str) -> None:
        badge = self.page.locator(".reconcile .tx-badge")
        expect(badge).to_have_text(self.says(state), timeout=PATIENCE)

    def counts(self) -> dict[str, int]:
        """How many rows met which fate, as the tabs of the review say."""
        found = {}
        for tab in self.page.locator(".tx-tab").all():
            address = tab.get_attribute("href") or ""
            number = tab.locator(".tx-count").inner_text()
            found[address.rpartition("fate=")[2]] = int(number.replace(",", ""))
        return found

    def rows_read(self) -> int:
        text = self.page.locator(".reconcile").inner_text()
        found = self.pattern("%(read)s rows were read; the classes below add up to them.")
        match = found.search(text)
        assert match, text
        return int(re.sub(r"\D", "", match[1].split("\n")[-1]))

    def when_looks_at(self, fate: str) -> None:
        self.page.goto(f"{self.page.url.split('?')[0]}?fate={fate}")

    def when_decides_all(self, decision: str, reason: str) -> None:
        """Decide every waiting row of the kind on the page."""
        self.page.locator("input[name=everything]").check()
        self._decide(decision, reason)

    def when_decides(self, rows: Sequence[Locator], decision: str, reason: str) -> None:
        for row in rows:
            row.get_by_role("checkbox").check()
        self._decide(decision, reason)

    def _decide(self, decision: str, reason: str) -> None:
        bar = self.page.locator(".decide-bar")
        bar.locator("select[name=decision]").select_option(decision)
        bar.locator("input[name=reason]").fill(reason)
        bar.get_by_role("button").click()
        expect(self.page.locator(".tx-alert-good")).to_be_visible()

    def waiting(self) -> int:
        """How many rows on the page wait for a decision."""
        return self.page.locator(".roster-row input[name=number]").count()

    def rows_about_known_children(self) -> list[Locator]:
        """The rows of which the register believes that it has the child."""
        link = self.page.get_by_role("link", name=self.says("Open the known child"))
        return self.page.locator(".roster-row", has=link).all()

    def when_lets_in(self) -> None:
        self.when_presses("Let the rows into the register")
        self.then_the_list_becomes("in the register")

    def when_takes_back(self, reason: str) -> None:
        confirm = self.page.locator(".confirm")
        confirm.locator("summary").click()
        confirm.locator("textarea[name=reason]").fill(reason)
        confirm.get_by_role("button").click()
        self.then_the_list_becomes("taken back")


def chosen(context: BrowserContext, address: str, *, language: str, large: bool = False) -> None:
    """Let a browser want a language and a size of type."""
    names = {"tongxing_language": language, "tongxing_large_type": "1" if large else ""}
    context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in names.items() if value]
    )
