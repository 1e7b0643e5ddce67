"""What every answer tells the browser."""

import pytest

from tests.web.soup import soup_of

PAGES = ["/", "/help/", "/settings/display/", "/components/", "/rows/", "/nowhere/", "/refused/"]


@pytest.mark.parametrize("address", [*PAGES, "/broken/", "/database-away/"])
def test_nothing_may_be_kept(client, address):
    assert client.get(address).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", PAGES)
def test_scripts_run_by_this_answers_nonce_only(client, address):
    response = client.get(address)
    policy = policy_of(response)
    nonce = policy["script-src"].removeprefix("'nonce-").removesuffix("'")
    scripts = soup_of(response.content).find_all("script")
    assert scripts
    assert len(nonce) >= 22
    assert {script["nonce"] for script in scripts} == {nonce}
    assert all(script["src"] and not script.string for script in scripts)


def test_every_answer_has_its_own_nonce(client):
    first, second = (policy_of(client.get("/help/"))["script-src"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("directive", "value"),
    [
        ("default-src", "'self'"),
        ("style-src", "'self'"),
        ("object-src", "'none'"),
        ("base-uri", "'none'"),
        ("form-action", "'self'"),
        ("frame-ancestors", "'none'"),
    ],
)
def test_the_policy_is_narrow(client, directive, value):
    assert policy_of(client.get("/help/"))[directive] == value


def test_pages_without_scripts_allow_none(client):
    assert policy_of(client.get("/broken/"))["script-src"] == ""


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_inline_style_or_handlers(client, address):
    soup = soup_of(client.get(address).content)
    assert not soup.find_all("style")
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if name == "style" or name.startswith("on")], tag


def test_htmx_evaluates_nothing_and_keeps_no_history(client):
    soup = soup_of(client.get("/help/").content)
    config = soup.find("meta", attrs={"name": "htmx-config"})["content"]
    for setting in (
        '"allowEval":false',
        '"selfRequestsOnly":true',
        '"historyCacheSize":0',
        '"includeIndicatorStyles":false',
        '"allowScriptTags":false',
    ):
        assert setting in config
    assert soup.body["hx-history"] == "false"


def test_other_protections_are_named(client):
    headers = client.get("/help/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]


def test_every_answer_has_a_number_of_its_own(client):
    numbers = {client.get("/help/").headers["X-Request-ID"] for _ in range(3)}
    assert len(numbers) == 3


def test_the_number_cannot_be_dictated_from_outside(client):
    response = client.get("/help/", headers={"X-Request-ID": "forged"})
    assert response.headers["X-Request-ID"] != "forged"


def policy_of(response) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split("; ")
    return {part.partition(" ")[0]: part.partition(" ")[2] for part in parts}
