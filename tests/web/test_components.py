"""The catalogue shows every component; what it shows is what pages get."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template

from tests.web.htmx import assert_fragment_is_part_of_page
from tests.web.soup import soup_of
from tongxing.web.templatetags import tx

IN_THE_FRAME = {"icon", "module", "script", "provenance", "title_again"}
SOURCES = Path(__file__).parents[2] / "src" / "tongxing"
ICONS = {
    line.strip()
    for line in (SOURCES / "web" / "icons.txt").read_text().splitlines()
    if not line.startswith("#")
}


def drawn(template: str, **values) -> Any:
    return soup_of(Template(template).render(Context(values)))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("large", ["0", "1"])
def test_the_catalogue_renders_without_undefined_variables(client, strict, language, large):
    client.cookies["tongxing_language"] = language
    client.cookies["tongxing_large_type"] = large
    assert client.get("/components/").status_code == 200


@pytest.mark.parametrize("address", ["/", "/help/", "/settings/display/", "/refused/", "/nowhere/"])
def test_pages_of_the_shell_have_no_undefined_variables(client, strict, address):
    assert client.get(address).status_code < 500


def test_every_component_is_in_the_catalogue():
    shown = (SOURCES / "web/templates/web/components.html").read_text()
    frame = "".join(path.read_text() for path in (SOURCES / "web/templates/web").rglob("*.html"))
    for name in tx.register.tags.keys() - {"refresh"}:
        where = frame if name in IN_THE_FRAME else shown
        assert re.search(rf"{{%\s*{name}\b", where), name


def test_the_catalogue_is_for_those_who_build(client, settings):
    settings.TONGXING_COMPONENTS_PAGE = False
    assert client.get("/components/").status_code == 404


def test_the_list_in_the_catalogue_comes_as_a_fragment(client):
    assert_fragment_is_part_of_page(client, "/components/?sort=-age", "results")


def test_ids_are_unique_and_labels_point_somewhere(client):
    soup = soup_of(client.get("/components/").content)
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for label in soup.find_all("label", attrs={"for": True}):
        assert label["for"] in ids, label
    for tag in soup.find_all(attrs={"aria-describedby": True}):
        assert set(tag["aria-describedby"].split()) <= set(ids), tag


def test_every_field_has_a_name_for_screen_readers(client):
    soup = soup_of(client.get("/components/").content)
    named = {label["for"] for label in soup.find_all("label", attrs={"for": True})}
    for field in soup.find_all(["input", "select", "textarea"]):
        if field.get("type") in {"hidden", "submit"}:
            continue
        assert field.get("id") in named or field.find_parent("label"), field


def test_no_tone_speaks_by_colour_alone(client):
    soup = soup_of(client.get("/components/").content)
    for badge in soup.select(".tx-badge"):
        assert badge.find("svg"), badge
        assert badge.get_text(strip=True), badge


def test_every_icon_that_is_named_is_drawn():
    pattern = re.compile(r"""(?:{% icon |icon=)["']([a-z0-9-]+)["']""")
    for path in [*SOURCES.rglob("*.html"), *SOURCES.rglob("*.py")]:
        assert set(pattern.findall(path.read_text())) <= ICONS, path


def test_text_of_people_is_escaped_everywhere(shell):
    evil = "<script>alert(1)</script>"
    for template in (
        "{% badge evil %}",
        "{% fact evil evil source=evil %}",
        "{% masked evil reveal_url=evil label=evil %}",
        "{% card title=evil %}{{ evil }}{% endcard %}",
        "{% alert 'bad' title=evil %}{{ evil }}{% endalert %}",
        "{% refusal evil evil %}",
        "{% stat evil evil %}",
        "{% empty evil evil url=evil action=evil %}",
        "{% condition 'yes' evil evil clause=evil quotation=evil missing=evil %}",
        "{% entry day evil who=evil %}{{ evil }}{% endentry %}",
        "{% term label=evil %}{{ evil }}{% endterm %}",
        "{% confirm button=evil action=evil title=evil %}{{ evil }}{% endconfirm %}",
        "{{ evil|or_missing }}{{ evil|masked_name }}",
    ):
        assert not drawn(template, evil=evil, day=date(2026, 3, 4)).find("script"), template


def test_a_fact_without_value_says_that_nothing_is_recorded(shell):
    assert drawn("{% fact 'School' '' %}").dd.get_text(strip=True) == "未填写"
    assert drawn("{% fact 'Age' 0 %}").dd.get_text(strip=True) == "0"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_day_is_given_to_the_browser_as_it_reads_days(client, language):
    client.cookies["tongxing_language"] = language
    field = soup_of(client.get("/components/").content).find(id="id_born")
    assert (field["type"], field["value"]) == ("date", "2018-05-04")


def test_an_answer_nobody_knows_is_a_mistake(shell):
    with pytest.raises(KeyError):
        drawn("{% verdict_badge 'perhaps' %}")


def test_a_table_without_rows_says_so(shell):
    table = (
        "{% table heads empty='No child' %}{% for one in rows %}<tr></tr>{% endfor %}{% endtable %}"
    )
    assert drawn(table, heads=[], rows=[]).find("table") is None
    assert "No child" in drawn(table, heads=[], rows=[]).get_text()
    assert drawn(table, heads=[], rows=[1]).find("table")


def test_a_running_job_asks_again_and_a_finished_one_does_not(shell):
    running = drawn("{% progress 'Reading' 3 10 url='/job/' %}").find(id="progress")
    finished = drawn("{% progress 'Reading' 10 10 url='/job/' finished=True %}").find(id="progress")
    assert (running["hx-get"], running["hx-trigger"]) == ("/job/", "every 1s")
    assert running.find("a", href="/job/")
    assert "hx-get" not in finished.attrs
    assert running.progress["aria-label"] == "Reading"


def test_a_job_of_unknown_length_claims_no_share(shell):
    job = drawn("{% progress 'Reading' 0 None %}")
    assert "value" not in job.progress.attrs
    assert "%" not in job.get_text()


def test_without_script_a_waiting_page_loads_itself_again(shell):
    tag = drawn("{% refresh 5 %}").noscript.meta
    assert (tag["http-equiv"], tag["content"]) == ("refresh", "5")


def test_an_upload_works_without_script(client):
    form = soup_of(client.get("/upload/").content).select_one("form.upload")
    assert (form["method"], form["enctype"]) == ("post", "multipart/form-data")
    assert form.find("input", attrs={"type": "file", "name": "file"})
    assert form.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"]
    assert form.button


def test_breadcrumbs_link_all_but_the_last(shell):
    crumbs = drawn("{% breadcrumb path %}", path=[("Register", "/children/"), ("林小满", "")])
    assert [(one.name, one.text) for one in crumbs.select("li > *")] == [
        ("a", "Register"),
        ("span", "林小满"),
    ]
