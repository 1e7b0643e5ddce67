"""Finding children, seeing only one's own, and taking a list away."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.journeys.walkers import PHONE, Walker

pytestmark = pytest.mark.xdist_group("journeys")
CHILD = "叶欣怡"


def test_search_by_name_pinyin_and_number(arrives):
    officer = arrives("huli.officer")
    officer.when_goes_to("Register")
    officer.then_keeps_a_picture("register", readme="register")
    for text in (CHILD, "yexinyi", "yxy"):
        officer.when_searches(text)
        assert CHILD in officer.names_found()
    officer.when_looks_up(CHILD)
    number = the_number_shown_for_a_reason(officer)
    officer.when_searches(number)
    assert officer.names_found() == [CHILD]
    assert number not in officer.page.url


def the_number_shown_for_a_reason(officer: Walker) -> str:
    label = officer.page.locator("dt", has_text=officer.says("Identity number"))
    fact = officer.page.locator(".file-main .fact", has=label)
    expect(fact).to_contain_text("************")
    fact.get_by_role("link").click()
    fact.locator("[name=reason]").fill("The family asks for the number")
    fact.get_by_role("button").click()
    number = fact.locator(".reveal-value").inner_text().strip()
    assert re.fullmatch(r"99\d{15}[\dX]", number)
    return number


@pytest.mark.clause("CN-5.6")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_director_sees_her_own_village_only(arrives, language):
    officer = arrives("huli.officer", language=language)
    officer.when_searches(CHILD)
    elsewhere = officer.found().get_by_role("link").first.get_attribute("href")
    director = arrives("huli.director", language=language, window=PHONE, large=True)
    director.then_keeps_a_picture("home")
    director.when_goes_to("Register")
    assert set(director.page.locator("#results td.home").all_inner_texts()) == {"青禾社区"}
    director.then_keeps_a_picture("register")
    assert director.visits(elsewhere) == 404
    director.then_keeps_a_picture("not-found")
    director.when_searches(CHILD)
    director.then_reads("No child matches.")


@pytest.mark.clause("CN-5.6")
def test_export_asks_what_for(arrives, tmp_path):
    officer = arrives("huli.officer")
    officer.when_searches(CHILD)
    officer.when_opens("Export this list")
    officer.when_presses("Export as a workbook")
    expect(officer.page.locator(".form-error, .tx-alert-bad").first).to_be_visible()
    officer.then_keeps_a_picture("refused")
    officer.page.locator("select[name=purpose]").select_option(index=1)
    with officer.page.expect_download() as download:
        officer.when_presses("Export as a workbook")
    file = tmp_path / "list.xlsx"
    download.value.save_as(file)
    mark, text = watermark_and_text(file)
    assert "林若溪" in mark
    assert "湖里区民政局" in mark
    assert CHILD in text
    assert re.search(r"\d{17}[\dX]", text) is None


def watermark_and_text(file: Path) -> tuple[str, str]:
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    rows = [
        " ".join(str(cell) for cell in row if cell) for row in sheet.iter_rows(values_only=True)
    ]
    assert sheet.oddHeader.left.text == rows[0]
    return rows[0], "\n".join(rows)
