"""Sorting by links: filters stay, cursors go, nothing unknown is obeyed."""

import pytest
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory

from tongxing.web.tables import Column, asked_order, heads

COLUMNS = (Column("name", "Name", sort=True), Column("age", "Age", sort=True), Column("x", "X"))


def asked(query: str) -> HttpRequest:
    return RequestFactory().get(f"/?{query}")


def test_a_head_orders_by_its_column_and_keeps_the_filters():
    head = heads(asked("q=林&after=cursor"), COLUMNS, sort="name")[1]
    assert QueryDict(head.url.removeprefix("?")).dict() == {"q": "林", "sort": "age"}


def test_the_head_of_the_present_order_turns_it_round():
    head = heads(asked(""), COLUMNS, sort="name")[0]
    assert (head.direction, head.url) == ("ascending", "?sort=-name")


def test_turned_round_it_turns_back():
    head = heads(asked("sort=-name"), COLUMNS, sort="name", descending=True)[0]
    assert (head.direction, head.url) == ("descending", "?sort=name")


def test_a_column_without_order_has_no_link():
    assert heads(asked(""), COLUMNS, sort="name")[2].url == ""


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", ("age", True)),
        ("sort=name", ("name", False)),
        ("sort=-name", ("name", True)),
        ("sort=x", ("age", True)),
        ("sort=password", ("age", True)),
        ("sort=--name", ("age", True)),
    ],
)
def test_only_columns_that_sort_are_obeyed(query, order):
    assert asked_order(asked(query), COLUMNS, default="-age") == order
