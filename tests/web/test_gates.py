"""Who gets through to a view; closed and absent look the same."""

import re

from tests.web.htmx import HTMX


def test_a_view_that_declares_nothing_is_closed(client):
    assert client.get("/undeclared/").status_code == 404


def test_one_of_several_capabilities_is_enough(client):
    assert client.get("/either/").status_code == 200


def test_strangers_are_sent_to_sign_in_and_come_back(client):
    response = client.get("/either/?stranger=1&page=2")
    assert response.status_code == 303
    assert response.headers["Location"] == "/help/?next=%2Feither%2F%3Fstranger%3D1%26page%3D2"


def test_what_a_stranger_sent_is_not_repeated_after_sign_in(client):
    assert client.post("/rows/?stranger=1").headers["Location"] == "/help/?next=%2F"


def test_htmx_of_a_session_that_ended_loads_the_sign_in_page(client):
    response = client.get("/rows/?stranger=1", headers=HTMX)
    assert response.headers["HX-Redirect"] == "/help/"


def test_what_my_post_may_not_see_looks_like_what_does_not_exist(client):
    closed, absent = client.get("/auditors/"), client.get("/nowhere/")
    assert closed.status_code == absent.status_code == 404
    assert _without_marks(closed.text) == _without_marks(absent.text)


def test_the_same_holds_for_htmx(client):
    closed = client.get("/auditors/", headers=HTMX)
    absent = client.get("/nowhere/", headers=HTMX)
    assert closed.status_code == absent.status_code == 404
    assert _without_marks(closed.text) == _without_marks(absent.text)


def _without_marks(text: str) -> str:
    """The page without what differs from request to request: tokens, numbers, its own address."""
    marks = r'nonce="[^"]+"|value="[A-Za-z0-9]{64}"|"X-CSRFToken": "\w+"|value="/\w+/"|[0-9a-f]{12}'
    return re.sub(marks, "", text)
