"""A district's service list, from the city's list to a family that reads it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrives
from tests.journeys.walkers import PHONE, Officer

pytestmark = pytest.mark.xdist_group("journeys")
HOUSING = "住房保障服务"


@pytest.mark.clause("CN-15.2")
def test_a_list_that_drops_housing_is_stopped_then_published_filed_and_read(arrives: Arrives):
    officer = arrives("kundulun.officer")
    when_a_draft_is_begun(officer)
    when_housing_is_struck_out(officer)
    officer.when_presses("Hand in for approval")
    then_it_is_stopped_with_the_clause(officer)
    officer.when_presses("Put back")
    expect(officer.page.locator("#QX-L9")).to_contain_text(HOUSING)
    officer.when_presses("Hand in for approval")
    officer.then_reads("Handed in. A second person has to approve it.")
    address = officer.page.url

    leader = arrives("kundulun.leader", name="approves")
    leader.page.goto(address)
    leader.when_presses("Approve")
    leader.then_reads("Approved. It can be published now.")

    officer.page.goto(address)
    officer.when_presses("Publish")
    officer.then_reads("Published. Families can read it now.")
    officer.when_presses("File with the level above")
    officer.then_reads("Filed with the level above; its confirmation will stand here.")
    officer.then_keeps_a_picture("filed")

    then_a_family_reads_it(arrives)


def when_a_draft_is_begun(officer: Officer) -> None:
    officer.when_goes_to("Service lists")
    officer.when_presses("Copy it as a draft")
    officer.then_reads("Keeps everything the list above promises.")
    expect(officer.page.locator(".list-item")).to_have_count(25)
    officer.then_keeps_a_picture("draft")


def when_housing_is_struck_out(officer: Officer) -> None:
    item = officer.page.locator("#QX-L9")
    expect(item).to_contain_text(HOUSING)
    item.get_by_role("button", name=officer.says("Strike out")).first.click()
    officer.then_reads("Falls behind the list above.")
    expect(officer.page.locator("#QX-L9")).to_have_count(0)


def then_it_is_stopped_with_the_clause(officer: Officer) -> None:
    alert = officer.page.locator(".tx-alert-bad")
    expect(alert).to_contain_text("BT-L9.a,b")
    officer.then_keeps_a_picture("stopped")


def then_a_family_reads_it(arrives: Arrives) -> None:
    family = arrives(window=PHONE, name="family")
    family.page.goto("/lists/")
    family.page.get_by_role("link", name=re.compile("昆都仑区")).click()
    expect(family.page.locator(".list-item")).to_have_count(25)
    family.then_fits_the_window()
    family.then_keeps_a_picture("read")


def test_what_a_child_is_entitled_to_is_said_with_way_and_clause(arrives: Arrives):
    officer = arrives("kundulun.officer")
    officer.when_looks_up("高雨桐")
    officer.when_opens("Entitlements", inside=".tx-tabs")
    officer.then_the_page_is("Entitlements")
    insured = officer.page.locator("li[id$='L7.a']")
    expect(insured).to_contain_text("L7.a")
    expect(insured).to_contain_text(officer.says("place of residence"))
    officer.then_keeps_a_picture("entitled")
