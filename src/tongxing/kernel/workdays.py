"""Working days of the official calendar, with holidays and make-up working days."""

from datetime import date, timedelta

import chinese_calendar
import holidays

_ANNOUNCED = {day.year for day in chinese_calendar.constants.holidays}


def is_working_day(day: date) -> bool:
    """Whether offices work on `day`.

    The State Council publishes each year's make-up days late in the year before; for years whose
    notice is not known yet, statutory holidays and weekends alone count.
    """
    if day.year in _ANNOUNCED:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and day not in _statutory(day.year)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`; the day itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def _statutory(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year)
