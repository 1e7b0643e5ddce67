"""Every way of saying no has its status, its words, and no more than that."""

import re

import pytest

from tests.web.htmx import HTMX
from tests.web.soup import words_of as words_in


def words_of(response) -> str:
    return words_in(response.content)


def test_a_refusal_says_its_sentence_and_its_code(client):
    response = client.get("/refused/")
    assert response.status_code == 409
    assert "The list shrank from 100 to 12 rows." in words_of(response)
    assert "list_shrank" in words_of(response)


def test_a_refusal_in_the_background_is_a_toast(client):
    response = client.get("/refused/", headers=HTMX)
    assert response.status_code == 409
    assert response.headers["HX-Retarget"] == "#toasts"
    assert response.headers["HX-Reswap"] == "beforeend"
    assert "The list shrank from 100 to 12 rows." in words_of(response)
    assert "<html" not in response.text


@pytest.mark.parametrize("address", ["/unknown/", "/forbidden/", "/nowhere/"])
def test_unknown_forbidden_and_absent_are_one_page(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "页面不存在，或不在您的岗位权限之内。" in words_of(response)


def test_strangers_see_the_same_sentence_without_navigation(client):
    response = client.get("/nowhere/?stranger=1")
    assert response.status_code == 404
    assert "工作台" not in words_of(response)


def test_an_error_of_ours_shows_a_number_and_nothing_of_the_error(client):
    response = client.get("/broken/")
    assert response.status_code == 500
    assert response.headers["X-Request-ID"] in words_of(response)
    assert "990203201805043015" not in response.text
    assert "Key" not in response.text


def test_an_error_in_the_background_is_a_toast_with_the_number(client):
    response = client.get("/broken/", headers=HTMX)
    assert response.status_code == 500
    assert response.headers["X-Request-ID"] in words_of(response)


def test_a_database_that_is_away_is_unavailable_not_an_error(client):
    response = client.get("/database-away/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "15"
    assert "暂时无法连接数据库" in words_of(response)


def test_a_statement_that_took_too_long_is_an_error_of_ours(client):
    assert client.get("/too-slow/").status_code == 500


def test_a_form_without_its_token_is_out_of_date(client):
    client.handler.enforce_csrf_checks = True
    response = client.post("/settings/language/", {"language": "en"})
    assert response.status_code == 403
    assert "页面已过期" in words_of(response)


def test_an_unreadable_request_is_refused_plainly(client, settings):
    settings.ALLOWED_HOSTS = ["elsewhere.example"]
    response = client.get("/help/")
    assert response.status_code == 400
    assert "无法读取此次请求" in words_of(response)


@pytest.mark.parametrize("address", ["/broken/", "/database-away/"])
def test_pages_for_the_worst_need_no_script_and_point_to_110(client, address):
    response = client.get(address)
    assert "110" in words_of(response)
    assert not re.search(r"<script", response.text)


def test_error_pages_speak_english_too(english):
    assert "Something went wrong here" in words_of(english.get("/broken/"))
