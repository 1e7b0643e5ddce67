"""The walk of the README: from a school's dirty roster to a verdict with its clause."""

import pytest
from playwright.sync_api import expect

from tests.journeys.walkers import DESK, PHONE, Officer

pytestmark = pytest.mark.xdist_group("journeys")


@pytest.mark.clause("CN-4.1", "XM-0.1")
@pytest.mark.parametrize(
    ("language", "window", "scripts"),
    [("zh-hans", DESK, True), ("en", PHONE, False)],
    ids=["at_a_desk", "on_a_phone_without_scripts"],
)
def test_first_walk(arrives, site, language, window, scripts):
    officer = arrives("huli.officer", language=language, window=window, scripts=scripts)
    officer.then_keeps_a_picture("1-home")
    officer.when_sends(site.roster, source="education")
    officer.when_the_columns_are_known()
    officer.then_keeps_a_picture("2-columns")
    officer.when_the_rows_are_read()
    classes_add_up(officer)
    held_rows_are_decided(officer)
    officer.when_lets_in()
    a_child_that_was_held_has_a_verdict(officer)
    officer.when_goes_to("Lists taken in")
    officer.when_opens("随迁子女名册.xlsx", inside="main")
    officer.when_takes_back("Sent by mistake")
    officer.then_keeps_a_picture("7-taken-back")


def classes_add_up(officer: Officer) -> None:
    counts = officer.counts()
    assert sum(counts.values()) == officer.rows_read()
    assert min(counts["new"], counts["changed"], counts["held"], counts["rejected"]) > 0
    officer.then_keeps_a_picture("3-review", readme="review" if officer.language != "en" else "")


def held_rows_are_decided(officer: Officer) -> None:
    held = officer.counts()["held"]
    officer.when_looks_at("held")
    *known, _unsure = officer.rows_about_known_children()
    assert known
    officer.when_decides(known, "same_child", "Asked by phone: the same child")
    officer.when_looks_at("held")
    assert officer.waiting() == held - len(known)
    officer.when_decides_all("accept_without_number", "Number to be handed in later")
    officer.when_looks_at("held")
    assert officer.waiting() == 0
    expect(officer.page.locator(".decide-bar")).to_have_count(0)


def a_child_that_was_held_has_a_verdict(officer: Officer) -> None:
    officer.when_looks_at("held")
    officer.then_keeps_a_picture("4-held")
    officer.when_opens("Open the child", inside=".roster-rows")
    officer.then_keeps_a_picture("5-child")
    officer.when_reads_the_verdict()
    assert officer.verdict() in {officer.says("Yes"), officer.says("No")}
    clauses = officer.page.locator(".condition .clause", has_text="XM-0.1")
    expect(clauses.filter(has_text="不满十六周岁").first).to_be_visible()
    officer.then_keeps_a_picture("6-verdict")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_broken_file(arrives, tmp_path, language):
    broken = tmp_path / "名册.xlsx"
    broken.write_bytes(b"PK\x03\x04" + b"no workbook at all" * 50)
    officer = arrives("huli.officer", language=language)
    officer.when_sends(broken, source="education")
    officer.then_reads("This file cannot be read", "Send another file")
    alert = officer.page.locator(".tx-alert-bad")
    own, other = alert.locator("p:not(.tx-alert-title)").all_inner_texts()
    chinese, english = (own, other) if language == "zh-hans" else (other, own)
    assert chinese.endswith("。")
    assert english.endswith(".")
    assert english.isascii()
    officer.then_keeps_a_picture("refused")
