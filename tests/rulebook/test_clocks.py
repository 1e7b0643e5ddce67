"""Clocks: when a duty falls due, and when again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tongxing.rulebook.clocks import AnyClock, Clock

_CLOCKS: TypeAdapter[Clock] = TypeAdapter(AnyClock)


def clock(kind: str, **numbers: object) -> Clock:
    return _CLOCKS.validate_python({"kind": kind, **numbers})


def first(kind: str, start: str, **numbers: object) -> str:
    return clock(kind, **numbers).first_due(date.fromisoformat(start)).isoformat()


@pytest.mark.clause("XM-5.3", "IM-2.6")
def test_rolling_months_are_clamped_at_the_month_end():
    assert first("rolling_months", "2025-08-01", months=1) == "2025-09-01"
    assert first("rolling_months", "2025-08-01", months=3) == "2025-11-01"
    assert first("rolling_months", "2025-10-31", months=3) == "2026-01-31"
    assert first("rolling_months", "2024-08-31", months=6) == "2025-02-28"


@pytest.mark.clause("BT-L17")
def test_a_visit_each_quarter_is_not_a_visit_every_three_months():
    quarterly, rolling = clock("calendar_quarter"), clock("rolling_months", months=3)
    visits = [date(2025, 1, 3), date(2025, 6, 28)]
    assert quarterly.next_due(visits[0]) == date(2025, 6, 30)
    assert visits[1] <= quarterly.next_due(visits[0])
    assert rolling.next_due(visits[0]) == date(2025, 4, 3)
    assert visits[1] > rolling.next_due(visits[0])


@pytest.mark.clause("XM-4.2")
def test_fixed_months_are_windows_of_every_year():
    april_october = clock("fixed_months", months=[10, 4])
    assert april_october.first_due(date(2025, 3, 1)) == date(2025, 4, 30)
    assert april_october.next_due(date(2025, 4, 5)) == date(2025, 10, 31)
    assert april_october.next_due(date(2025, 10, 31)) == date(2026, 4, 30)


@pytest.mark.clause("YD-3.2")
def test_a_calendar_month_ends_with_its_last_day():
    monthly = clock("calendar_month")
    assert monthly.first_due(date(2024, 2, 1)) == date(2024, 2, 29)
    assert monthly.next_due(date(2025, 12, 5)) == date(2026, 1, 31)


def test_a_term_may_cross_new_year():
    terms = clock("per_semester", terms=["02-16/07-15", "09-01/01-31"])
    assert terms.first_due(date(2025, 11, 3)) == date(2026, 1, 31)
    assert terms.first_due(date(2026, 1, 20)) == date(2026, 1, 31)
    assert terms.first_due(date(2026, 3, 1)) == date(2026, 7, 15)
    assert terms.next_due(date(2026, 3, 1)) == date(2027, 1, 31)


@pytest.mark.clause("XM-17.3")
def test_ten_days_are_calendar_days_and_the_day_after_is_the_first():
    assert first("calendar_days", "2025-09-01", days=10, after="list_issued") == "2025-09-11"


def test_working_days_know_holidays_and_make_up_days():
    # National Day 2025: 1 to 8 October free, 28 September and 11 October worked.
    assert first("working_days", "2025-09-26", days=2, after="material") == "2025-09-29"
    assert first("working_days", "2025-09-30", days=3, after="material") == "2025-10-11"


@pytest.mark.clause("XM-17.2")
def test_two_years_are_counted_from_the_last_time():
    assert first("every_years", "2025-09-01", years=2) == "2027-09-01"


def test_a_yearly_duty_begins_in_its_first_year():
    meeting = clock("yearly", first_year=2025)
    assert meeting.first_due(date(2024, 3, 1)) == date(2025, 12, 31)
    assert meeting.first_due(date(2026, 3, 1)) == date(2026, 12, 31)
    assert meeting.next_due(date(2026, 6, 1)) == date(2027, 12, 31)
    assert clock("yearly", by="06-30").first_due(date(2026, 7, 1)) == date(2027, 6, 30)


def test_a_day_in_history_never_comes_again():
    once = clock("once", by="2024-12-31")
    assert once.first_due(date(2025, 5, 1)) == once.next_due(date(2025, 5, 1)) == date(2024, 12, 31)


def test_in_time_means_the_same_day_and_the_alert_is_ours():
    prompt = clock("prompt", after="danger_found")
    assert prompt.first_due(date(2025, 9, 10)) == date(2025, 9, 10)
    assert prompt.model_dump()["alert_hours"] == 24


@pytest.mark.clause("CN-5.4")
def test_a_clock_whose_number_nobody_has_set_is_open():
    unset = clock("rolling_months", months={"parameter": "contact_interval_months"})
    assert list(unset.parameters()) == ["contact_interval_months"]
    assert unset.bound(lambda _name: None).open
    bound = unset.bound(lambda _name: 1)
    assert not bound.open
    assert bound.first_due(date(2025, 3, 1)) == date(2025, 4, 1)


def test_standing_work_is_never_due():
    assert clock("continuous").open
    with pytest.raises(AssertionError):
        clock("continuous").first_due(date(2025, 1, 1))


@given(start=st.dates(date(2020, 1, 1), date(2035, 12, 31)), step=st.integers(0, 11))
def test_what_is_due_never_lies_before_its_start(start: date, step: int):
    every = [
        clock("rolling_months", months=step + 1),
        clock("calendar_month"),
        clock("calendar_quarter"),
        clock("fixed_months", months=[step + 1]),
        clock("per_semester", terms=["02-16/07-15", "09-01/01-31"]),
        clock("yearly"),
        clock("calendar_days", days=step + 1, after="x"),
    ]
    for each in every:
        due = each.first_due(start)
        assert start <= due < each.next_due(due)
