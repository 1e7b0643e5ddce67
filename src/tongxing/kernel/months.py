"""Calendar arithmetic as the documents mean it: whole months, clamped at the month's end."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """`day` plus whole months; 31 August plus six months is the last day of February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def birthday(birth_date: date, years: int) -> date:
    """The day the person turns `years`; born on 29 February, it is 28 February in common years."""
    return add_months(birth_date, 12 * years)


def age_on(birth_date: date, day: date) -> int:
    """Completed years of age on `day`."""
    years = day.year - birth_date.year
    return years if birthday(birth_date, years) <= day else years - 1


def months_between(start: date, end: date) -> int:
    """Completed whole months from `start` to `end`; negative when `end` lies before."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1
