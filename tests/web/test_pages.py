"""A whole page, or the fragment HTMX asked for, from one template."""

from tests.web.htmx import HTMX, ask_for_fragment, assert_fragment_is_part_of_page


def test_a_browser_gets_the_whole_page(client):
    response = client.get("/rows/")
    assert "<html" in response.text
    assert '<ul id="results">' in response.text


def test_htmx_gets_only_the_fragment(client):
    response = ask_for_fragment(client, "/rows/", "results")
    assert response.text.strip() == '<ul id="results"><li>a</li></ul>'


def test_the_fragment_is_exactly_that_part_of_the_page(client):
    assert_fragment_is_part_of_page(client, "/rows/?more=1", "results")


def test_a_boosted_link_gets_the_whole_page(client):
    assert "<html" in client.get("/rows/", headers={**HTMX, "HX-Boosted": "true"}).text


def test_going_back_in_history_gets_the_whole_page(client):
    headers = {**HTMX, "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/rows/", headers=headers).text


def test_caches_are_told_that_both_differ(client):
    assert "HX-Request" in client.get("/rows/").headers["Vary"]


def test_a_page_without_a_heading_of_its_own_shows_its_title(client):
    assert "<h1>求助</h1>" in client.get("/help/").text
    assert "<h1>Rows</h1>" in client.get("/rows/").text


def test_after_a_change_a_browser_is_sent_on_with_get(client):
    response = client.post("/saved/")
    assert (response.status_code, response.headers["Location"]) == (303, "/rows/")


def test_after_a_change_htmx_loads_the_page_anew(client):
    response = client.post("/saved/", headers=HTMX)
    assert (response.status_code, response.headers["HX-Redirect"]) == (200, "/rows/")


def test_an_upload_by_script_is_told_where_to_go_instead_of_following(client):
    response = client.post("/saved/", headers={**HTMX, "HX-Boosted": "true"})
    assert response.headers["HX-Redirect"] == "/rows/"
