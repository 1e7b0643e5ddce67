"""Working days of the official calendar."""

from datetime import date

from tongxing.kernel.workdays import add_working_days, is_working_day


def test_a_make_up_sunday_is_worked_and_a_holiday_monday_is_not():
    assert is_working_day(date(2025, 9, 28))
    assert not is_working_day(date(2025, 10, 6))


def test_years_not_announced_yet_have_their_statutory_holidays():
    assert not is_working_day(date(2029, 10, 1))
    assert not is_working_day(date(2029, 9, 30))
    assert is_working_day(date(2029, 9, 28))


def test_the_day_itself_does_not_count():
    assert add_working_days(date(2025, 6, 6), 1) == date(2025, 6, 9)
    assert add_working_days(date(2025, 6, 6), 0) == date(2025, 6, 6)
