"""The shell in a real browser: with scripts, without them, on a phone, in large type."""

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tongxing.launch.browser import BROWSERS
from tongxing.web import navigation

CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), "")
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def address(shell) -> Iterator[str]:
    navigation.use_search("search", "children.see")
    server = make_server("127.0.0.1", 0, get_wsgi_application(), Server, Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


def context_of(browser: Browser, address: str, **options) -> BrowserContext:
    context = browser.new_context(
        base_url=address, viewport=options.pop("viewport", DESK), **options
    )
    context.set_default_timeout(10_000)
    return context


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = context_of(browser, address)
    page = context.new_page()
    page.evaluate("window.stayed = true")
    yield page
    context.close()


@pytest.fixture
def without_scripts(browser: Browser, address: str) -> Iterator[Page]:
    context = context_of(browser, address, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_nothing_is_blocked_or_broken_on_the_way(page: Page):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/components/")
    page.wait_for_load_state("networkidle")
    assert complaints == []


def test_typing_filters_the_list_without_loading_the_page(page: Page):
    page.goto("/search/")
    page.evaluate("window.stayed = true")
    page.get_by_role("search", name="筛选").get_by_role("searchbox").fill("林")
    expect(page.locator("#results tbody tr")).to_have_count(1)
    expect(page.locator("#results")).to_contain_text("林小满")
    assert page.evaluate("window.stayed")
    assert page.url.endswith("/search/?q=%E6%9E%97")


def test_nothing_of_a_page_stays_in_the_browsers_storage(page: Page):
    page.goto("/search/")
    page.get_by_role("search", name="筛选").get_by_role("searchbox").fill("林")
    expect(page.locator("#results tbody tr")).to_have_count(1)
    assert page.evaluate("localStorage.length") == 0
    kept = page.evaluate("Object.entries(sessionStorage)")
    assert kept == [["htmx-current-path-for-history", "/search/?q=%E6%9E%97"]]


def test_a_refusal_in_the_background_is_said_and_the_list_stays(page: Page):
    page.goto("/search/")
    page.get_by_role("button", name="Refuse").click()
    expect(page.locator("#toasts")).to_contain_text("The list shrank from 100 to 12 rows.")
    expect(page.locator("#results tbody tr")).to_have_count(2)
    page.get_by_role("button", name="关闭").click()
    expect(page.locator("#toasts [data-toast]")).to_have_count(0)


def test_an_error_in_the_background_is_said_too(page: Page):
    page.goto("/search/")
    page.get_by_role("button", name="Break").click()
    expect(page.locator("#toasts")).to_contain_text("系统出错了")


def test_a_server_that_is_gone_is_said(page: Page):
    page.goto("/search/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Refuse").click()
    expect(page.locator("#toasts")).to_contain_text("服务器没有响应")


def test_shortcuts_reach_search_and_rows(page: Page):
    page.goto("/search/")
    page.keyboard.press("/")
    expect(page.locator("#site-search")).to_be_focused()
    page.keyboard.type("jk/")
    expect(page.locator("#site-search")).to_have_value("jk/")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.is-chosen")).to_contain_text("周予安")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rows/")


def test_menus_close_on_escape_and_elsewhere(page: Page):
    page.goto("/rows/")
    panel = page.locator(".account-panel")
    page.locator(".account > summary").click()
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.locator(".account > summary").click()
    page.locator("h1").click()
    expect(panel).to_be_hidden()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(page: Page):
    page.goto("/rows/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_waiting_page_shows_progress_until_the_job_is_done(page: Page):
    page.goto("/components/")
    job = page.locator("#progress")
    expect(job).to_contain_text("0 / 10,000")
    expect(job).to_contain_text("10,000 / 10,000", timeout=20_000)
    expect(job).not_to_have_attribute("hx-get", re.compile(".*"))


def test_an_upload_by_script_arrives_once_with_its_message(page: Page, tmp_path: Path):
    page.goto("/upload/")
    page.set_input_files("input[type=file]", a_file(tmp_path, "list.csv"))
    page.get_by_role("button", name="上传").click()
    page.wait_for_url("**/rows/")
    expect(page.get_by_text("list.csv received")).to_have_count(1)


def test_an_upload_that_is_wrong_says_why_and_can_be_repeated(page: Page, tmp_path: Path):
    page.goto("/upload/")
    page.set_input_files("input[type=file]", a_file(tmp_path, "list.exe"))
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_role("alert")).to_contain_text("This is no list.")
    expect(page.get_by_role("alert")).to_be_focused()
    page.set_input_files("input[type=file]", a_file(tmp_path, "list.csv"))
    page.get_by_role("button", name="上传").click()
    page.wait_for_url("**/rows/")


def test_a_file_can_be_dropped(page: Page):
    page.goto("/upload/")
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["a"], "dropped.csv"));
            const event = new DragEvent("drop", {dataTransfer: data, bubbles: true});
            document.querySelector("[data-drop]").dispatchEvent(event);
        }"""
    )
    assert (
        page.evaluate("document.querySelector('input[type=file]').files[0].name") == "dropped.csv"
    )


def test_without_scripts_lists_filter(without_scripts: Page):
    without_scripts.goto("/search/")
    without_scripts.get_by_role("search", name="筛选").get_by_role("searchbox").fill("林")
    without_scripts.get_by_role("button", name="查询").click()
    expect(without_scripts.locator("#results tbody tr")).to_have_count(1)


def test_without_scripts_files_are_sent(without_scripts: Page, tmp_path: Path):
    without_scripts.goto("/upload/")
    without_scripts.set_input_files("input[type=file]", a_file(tmp_path, "list.csv"))
    without_scripts.get_by_role("button", name="上传").click()
    expect(without_scripts.get_by_text("list.csv received")).to_be_visible()


def test_without_scripts_a_reason_is_asked_for_and_given(without_scripts: Page):
    without_scripts.goto("/reasons/")
    without_scripts.locator(".confirm > summary").click()
    without_scripts.get_by_label("理由").fill("双方核对有误")
    without_scripts.locator(".confirm button").click()
    expect(without_scripts.locator("#given")).to_have_text("双方核对有误")


def test_without_scripts_language_and_type_are_switched(without_scripts: Page):
    without_scripts.goto("/rows/")
    without_scripts.locator(".account > summary").click()
    without_scripts.locator(".account-panel").get_by_role("button", name="English").click()
    without_scripts.locator(".account > summary").click()
    without_scripts.locator(".account-panel").get_by_role("button", name="Large type").click()
    expect(without_scripts.locator("html.large-type[lang=en]")).to_have_count(1)
    assert without_scripts.url.endswith("/rows/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("large", ["0", "1"])
def test_nothing_is_wider_than_a_phone(browser: Browser, address: str, language: str, large: str):
    context = context_of(browser, address, viewport=PHONE)
    page = chosen(context, address, language=language, large=large)
    for path in ("/", "/help/", "/components/", "/settings/display/", "/refused/", "/broken/"):
        page.goto(path)
        spill = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert spill <= 0, (path, spill)
    context.close()


def test_large_type_is_large(browser: Browser, address: str):
    context = context_of(browser, address)
    page = chosen(context, address, language="zh-hans", large="1")
    page.goto("/components/")
    sizes = page.evaluate(
        """() => {
            const point = 96 / 72;
            const isWords = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
            const all = [...document.querySelectorAll("main *")];
            const worded = all.filter((one) => [...one.childNodes].some(isWords));
            return worded.filter((one) => one.checkVisibility()).map((one) => {
                const style = getComputedStyle(one);
                const size = parseFloat(style.fontSize);
                const spacing = parseFloat(style.lineHeight) / size;
                return [one.outerHTML.slice(0, 80), size / point, spacing];
            });
        }"""
    )
    assert len(sizes) > 100
    assert [name for name, points, _ in sizes if points < 18] == []
    assert [name for name, _, spacing in sizes if spacing < 1.3] == []
    context.close()


def test_on_a_phone_everything_is_reached_from_the_menu(browser: Browser, address: str):
    context = context_of(browser, address, viewport=PHONE)
    page = context.new_page()
    page.goto("/rows/")
    page.locator(".menu > summary").click()
    page.locator(".menu-panel").get_by_role("link", name="工作台").click()
    page.wait_for_url(f"{address}/")
    expect(page.locator(".thumb").get_by_role("link", name="110")).to_be_visible()
    context.close()


def test_print_leaves_the_frame_out(page: Page):
    page.goto("/search/")
    page.emulate_media(media="print")
    for part in (".topbar", ".side", ".filters"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator("#results")).to_be_visible()


def chosen(context: BrowserContext, address: str, *, language: str, large: str) -> Page:
    names = {"tongxing_language": language, "tongxing_large_type": large}
    context.add_cookies([{"name": k, "value": v, "url": address} for k, v in names.items()])
    return context.new_page()


def a_file(folder: Path, name: str) -> Path:
    file = folder / name
    file.write_text("姓名,学校\n林小满,金尚小学\n")
    return file
