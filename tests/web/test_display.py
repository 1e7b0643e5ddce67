"""Language and size of type: chosen by forms, kept in cookies, Chinese first."""

import pytest

from tests.web.soup import soup_of


def html_of(response):
    return soup_of(response.content).html


def test_pages_are_chinese_for_everybody_who_did_not_choose(client):
    response = client.get("/help/", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert html_of(response)["lang"] == "zh-Hans"
    assert response.headers["Content-Language"] == "zh-hans"
    assert "儿童正面临危险" in response.text


def test_english_is_one_form_away_and_stays(client):
    response = client.post("/settings/language/", {"language": "en", "next": "/help/"})
    assert (response.status_code, response.headers["Location"]) == (303, "/help/")
    page = client.get("/help/")
    assert html_of(page)["lang"] == "en"
    assert "A child is in danger now" in page.text


def test_a_language_we_do_not_speak_changes_nothing(client):
    client.post("/settings/language/", {"language": "fr"})
    assert html_of(client.get("/help/"))["lang"] == "zh-Hans"


def test_large_type_is_switched_on_and_off(client):
    assert not html_of(client.get("/help/")).get("class")
    client.post("/settings/large-type/", {"large": "1", "next": "/help/"})
    assert html_of(client.get("/help/"))["class"] == ["large-type"]
    client.post("/settings/large-type/", {"large": "0", "next": "/help/"})
    assert not html_of(client.get("/help/")).get("class")


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_back_never_leaves_the_site(client, away):
    response = client.post("/settings/language/", {"language": "en", "next": away})
    assert response.headers["Location"] == "/"


def test_switches_come_back_to_the_page_they_are_on(client):
    soup = soup_of(client.get("/rows/?more=1").content)
    backs = {field["value"] for field in soup.find_all("input", attrs={"name": "next"})}
    assert backs == {"/rows/?more=1"}


@pytest.mark.parametrize("address", ["/settings/language/", "/settings/large-type/"])
def test_looking_changes_nothing(client, address):
    assert client.get(address).status_code == 405


def test_the_settings_page_shows_what_is_chosen(english):
    soup = soup_of(english.get("/settings/display/").content)
    pressed = [button.text for button in soup.find_all("button", attrs={"aria-pressed": "true"})]
    assert pressed == ["English", "Normal type"]
