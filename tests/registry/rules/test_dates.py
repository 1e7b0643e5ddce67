"""Dates in the fashions of clerks; what is no date to the day is never completed."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registry.rules.lines import BOY, codes_of, line
from tongxing.registry.rules.dates import birth_date_of, parse
from tongxing.registry.rules.problems import Problem

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2079, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "2015-01-02",
        "20150102",
        "2015.1.2",
        "2015.01.02",
        "2015/1/2",
        "2015年1月2日",
        "2015年01月02号",
        " 2015 年 1 月 2 日 ",
        "２０１５年１月２日",
        "2015-1-2 00:00:00",
        "2015-01-02T08:30:00",
        "二〇一五年一月二日",
        "42006",
        42006,
        42006.0,
        20150102,
        20150102.0,
        date(2015, 1, 2),
        datetime(2015, 1, 2, 9, 30),  # noqa: DTZ001 - a cell has no time zone
    ],
)
def test_one_day_in_many_fashions(written):
    assert parse(written) == "2015-01-02"


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("2015年1月", "2015-01"),
        ("2015-01", "2015-01"),
        ("2015.10", "2015-10"),
        ("201501", "2015-01"),
        ("2015", "2015"),
        ("2015年", "2015"),
        (2015, "2015"),
        ("二〇一五年十月", "2015-10"),
    ],
)
def test_a_part_of_a_date_stays_a_part(written, part):
    assert parse(written) == part
    said = birth_date_of(written)
    assert said.problem is not None
    assert said.problem.code == "birth_date_partial"
    assert "birth_date" not in dict(said.values)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("农历2015年正月初三", "birth_date_lunar"),
        ("2015年腊月初八", "birth_date_lunar"),
        ("2015年1月2日（农历）", "birth_date_lunar"),
        ("8岁", "age_without_birth_date"),
        ("8", "age_without_birth_date"),
        (8.0, "age_without_birth_date"),
        ("3岁半", "age_without_birth_date"),
        ("10个月", "age_without_birth_date"),
        ("2008-12-01以后出生", "birth_date_fixed_cut"),
        ("2008年12月1日之后", "birth_date_fixed_cut"),
        ("1/2/2015", "birth_date_ambiguous"),
        ("2015-02-30", "birth_date_unreadable"),
        ("2015-13-01", "birth_date_unreadable"),
        ("15.1.2", "birth_date_unreadable"),
        ("2015.1.2.3", "birth_date_unreadable"),
        ("一月二日", "birth_date_unreadable"),
        (2015.1, "birth_date_unreadable"),
        (1e300, "birth_date_unreadable"),
        (-5, "birth_date_unreadable"),
        (True, "birth_date_unreadable"),
    ],
)
def test_what_is_no_birth_date_says_why(written, code):
    said = birth_date_of(written)
    assert said.values == ()
    assert said.problem is not None
    assert said.problem.code == code


@pytest.mark.parametrize("written", ["", "无", "不详", "-", "/", None])
def test_blank_dates_state_nothing(written):
    assert parse(written) == ""


@pytest.mark.parametrize(
    ("written", "day"),
    [("13/2/2015", "2015-02-13"), ("2/13/2015", "2015-02-13"), ("3/3/2015", "2015-03-03")],
)
def test_a_year_at_the_end_is_read_when_only_one_reading_is_possible(written, day):
    assert parse(written) == day


@given(DAYS)
def test_every_day_survives_every_fashion(day):
    serial = (day - date(1899, 12, 30)).days
    fashions = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        day,
        *([serial, float(serial)] if serial >= 20_000 else []),
    ]
    assert {parse(fashion) for fashion in fashions} == {day.isoformat()}


@given(st.text(max_size=20) | st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_anything_else_is_a_date_or_a_problem_and_never_an_error(cell):
    read = (
        parse(cell)
        if not isinstance(cell, float) or (cell == cell and abs(cell) != float("inf"))
        else ""
    )
    if not isinstance(read, Problem) and read:
        assert 4 <= len(read) <= 10


def test_the_numbers_date_counts_when_the_column_cannot_be_read():
    read = line(id_no=BOY, birth_date="农历正月初三")
    assert read["state"] == "usable"
    assert read["values"]["birth_date"] == "2015-01-02"
    assert codes_of(read) == ["birth_date_from_id"]
    assert "birth_date" in read["derived"]


def test_a_part_that_agrees_with_the_number_is_completed_by_the_number_only():
    read = line(id_no=BOY, birth_date="2015年1月")
    assert (read["values"]["birth_date"], read["state"]) == ("2015-01-02", "usable")
    assert line(birth_date="2015年1月")["values"].get("birth_date") is None


@pytest.mark.parametrize(
    ("written", "stated"),
    [("2015.1.3", "2015-01-03"), ("2015年2月", "2015-02"), ("2014", "2014")],
)
def test_a_date_that_contradicts_the_number_holds_the_row_and_keeps_both(written, stated):
    read = line(id_no=BOY, birth_date=written)
    assert (read["state"], codes_of(read)) == ("held", ["birth_date_contradicts_id"])
    assert read["values"]["birth_date"] == "2015-01-02"
    assert read["values"]["birth_date_stated"] == stated


def test_dates_after_today_are_doubted():
    assert codes_of(line(birth_date="2027-01-01")) == ["birth_date_in_future"]
    assert codes_of(line(lived_since="2027-01-01")) == ["date_in_future"]
    tomorrow = (date(2026, 11, 22) + timedelta(days=1)).isoformat()
    assert line(permit_until=tomorrow)["problems"] == []
