"""Days that are known exactly, known roughly, or not known.

A `PartialDate` is an interval of possible days: "2010" is any day of that year. Open sides are
allowed: "no later than 2025-03-01" has no earliest day.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from tongxing.kernel.months import add_months

FAR_PAST = date.min
FAR_FUTURE = date.max
_LAST_COUNTABLE_YEAR = 9000
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """Some day from `earliest` to `latest`, both included.

    >>> PartialDate.parse("2010").latest
    datetime.date(2010, 12, 31)
    >>> PartialDate.parse("2010-02").earliest
    datetime.date(2010, 2, 1)
    """

    earliest: date | None = None
    latest: date | None = None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"{self.earliest} to {self.latest} is not an interval of days")

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read "2010" or "2010-05"; ValueError when it is neither."""
        if _YEAR.fullmatch(text):
            return cls(date(int(text), 1, 1), date(int(text), 12, 31))
        if _MONTH.fullmatch(text):
            first = date.fromisoformat(f"{text}-01")
            return cls(first, add_months(first, 1) - timedelta(days=1))
        raise ValueError(f"{text!r} is neither a year (2010) nor a month (2010-05)")


Moment = date | PartialDate


def bounds(moment: Moment) -> tuple[date, date]:
    """The earliest and the latest possible day."""
    if isinstance(moment, PartialDate):
        return moment.earliest or FAR_PAST, moment.latest or FAR_FUTURE
    return moment, moment


@lru_cache(maxsize=2**16)
def months_after(day: date, months: int) -> date:
    """`day` plus whole months; the open end of time stays where it is."""
    if day.year >= _LAST_COUNTABLE_YEAR:
        return FAR_FUTURE
    return add_months(day, months)


def days_after(day: date, days: int) -> date:
    if day.year >= _LAST_COUNTABLE_YEAR:
        return FAR_FUTURE
    return day + timedelta(days=days)


def read_moment(raw: object) -> Moment:
    """A day, a year, a month, or `{earliest: …, latest: …}`; ValueError otherwise."""
    if isinstance(raw, date):
        return raw
    if isinstance(raw, str):
        return date.fromisoformat(raw) if len(raw) == 10 else PartialDate.parse(raw)
    if not isinstance(raw, Mapping) or set(raw) - {"earliest", "latest"}:
        raise ValueError(f"{raw!r} is neither a day, a year, a month, nor 'earliest' and 'latest'")
    return PartialDate(_day(raw.get("earliest")), _day(raw.get("latest")))


def _day(raw: object) -> date | None:
    if raw is None or isinstance(raw, date):
        return raw
    return date.fromisoformat(str(raw))
