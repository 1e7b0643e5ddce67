from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from tongxing.audit import rules
from tongxing.audit.values import Look

A_UUID = UUID("01893cb1-3912-7a12-b139-13912345678a")


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("school", "school"),
        (True, True),
        (3, 3),
        (None, None),
        (Look.FILE, "look.file"),
        (A_UUID, str(A_UUID)),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime(2026, 3, 2, 8, tzinfo=UTC), "2026-03-02T08:00:00+00:00"),
        ({"school", "name"}, ["name", "school"]),
        (("b", 1, None), ["b", 1, None]),
    ],
)
def test_references_are_kept(value, kept):
    assert rules.plain(value) == kept


@pytest.mark.parametrize("value", [object(), {"name": "王"}, 1.5, b"x", [object()]])
def test_anything_else_is_a_mistake(value):
    with pytest.raises(TypeError, match="cannot stand in the audit trail"):
        rules.plain(value)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("名单 990203201501010018.xlsx", "名单 ….xlsx"),
        ("99020320150101001X", "…"),
        ("99020320150101001x的家长", "…的家长"),
        ("家长13912345678", "家长…"),
        ("13912345678,13812345678", "…,…"),
    ],
)
def test_what_looks_like_a_persons_number_is_withheld(text, kept):
    assert rules.withheld(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "150203000000",
        "150203001001",
        str(A_UUID),
        "9f86d08188413912345678c0d6e4be2a",
        "12345678901",
        "2026-03-02T08:00:00",
    ],
)
def test_codes_and_hashes_are_no_persons_numbers(text):
    assert rules.withheld(text) == text


def test_long_text_is_cut():
    assert rules.withheld("长" * 201) == "长" * 199 + "…"
    assert rules.withheld("长" * 200) == "长" * 200


def test_far_more_than_the_others_is_unusual():
    opened = {"a": 10, "b": 12, "c": 14, "d": 43}
    assert rules.unusual(opened) == {"d"}


def test_three_times_the_middle_is_not_yet_unusual():
    assert rules.unusual({"a": 20, "b": 20, "c": 60}) == frozenset()
    assert rules.unusual({"a": 20, "b": 20, "c": 61}) == {"c"}


def test_one_is_measured_against_the_others_not_against_oneself():
    assert rules.unusual({"a": 10, "b": 57}) == {"b"}
    assert rules.unusual({"alone": 400}) == frozenset()


def test_few_files_are_never_unusual():
    assert rules.unusual({"a": 1, "b": 1, "c": 30}) == frozenset()
    assert rules.unusual({}) == frozenset()
