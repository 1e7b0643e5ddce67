"""When a duty falls due: the kinds of clocks the texts know, one class a kind.

Every clock answers with the first day due after it was started (a file opened, a list issued, a
year begun) and with the next one after the duty was done. Numbers may be named parameters; `bound`
puts their values in.
"""

from abc import abstractmethod
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PositiveInt

from tongxing.kernel.months import add_months
from tongxing.kernel.workdays import add_working_days
from tongxing.rulebook.entries import Entry, Word

_DAY_OF_YEAR = r"^\d{2}-\d{2}$"
DayOfYear = Annotated[str, Field(pattern=_DAY_OF_YEAR)]
ValueOf = Callable[[str], Any]


class Named(Entry):
    """Stands where a value could stand, and names a dated parameter."""

    parameter: Word


Count = PositiveInt | Named


class Clock(Entry):
    """What all clocks share."""

    kind: str

    @property
    def open(self) -> bool:
        """Whether a number is still to be set by the place: then nothing falls due yet."""
        return any(getattr(self, name) is None for name in type(self).model_fields)

    def bound(self, value_of: ValueOf) -> Self:
        """The same clock with parameters turned into their values; None where one is open."""
        values = {
            name: value_of(stated.parameter)
            for name in type(self).model_fields
            if isinstance(stated := getattr(self, name), Named)
        }
        return self.model_copy(update=values) if values else self

    def parameters(self) -> Iterable[str]:
        """The parameters it reads."""
        stated = (getattr(self, name) for name in type(self).model_fields)
        return [each.parameter for each in stated if isinstance(each, Named)]

    @abstractmethod
    def first_due(self, start: date) -> date:
        """The last day on which the duty is done in time, started on `start`; bound clocks only."""

    def next_due(self, done: date) -> date:
        """The day due after the duty was done on `done`."""
        return self.first_due(done)


class RollingMonths(Clock):
    """So many months after the last time (每…个月一次): calls and visits."""

    kind: Literal["rolling_months"]
    months: Count

    def first_due(self, start: date) -> date:
        return add_months(start, _number(self.months))


class CalendarMonth(Clock):
    """Once in every calendar month, by its last day."""

    kind: Literal["calendar_month"]

    def first_due(self, start: date) -> date:
        return _last_of_month(start.year, start.month)

    def next_due(self, done: date) -> date:
        return self.first_due(_day_after(self.first_due(done)))


class CalendarQuarter(Clock):
    """So many times in every calendar quarter, by its last day."""

    kind: Literal["calendar_quarter"]
    times: Count = 1

    def first_due(self, start: date) -> date:
        return _last_of_month(start.year, (start.month + 2) // 3 * 3)

    def next_due(self, done: date) -> date:
        return self.first_due(_day_after(self.first_due(done)))


class FixedMonths(Clock):
    """In certain months of every year (每年4月和10月), by the last day of each."""

    kind: Literal["fixed_months"]
    months: tuple[Annotated[int, Field(ge=1, le=12)], ...] | Named

    def first_due(self, start: date) -> date:
        assert not isinstance(self.months, Named)  # noqa: S101 - bound before it is asked
        years = (start.year, start.year + 1)
        ends = (_last_of_month(year, month) for year in years for month in sorted(self.months))
        return next(end for end in ends if end >= start)

    def next_due(self, done: date) -> date:
        return self.first_due(_day_after(self.first_due(done)))


class PerSemester(Clock):
    """So many times in every school term; terms as "MM-DD/MM-DD", which may cross New Year."""

    kind: Literal["per_semester"]
    times: Count = 1
    terms: tuple[str, ...] | Named = Named(parameter="school_terms")

    def first_due(self, start: date) -> date:
        assert not isinstance(self.terms, Named)  # noqa: S101 - bound before it is asked
        years = (start.year - 1, start.year, start.year + 1)
        ends = sorted(_term_end(term, year) for term in self.terms for year in years)
        return next(end for end in ends if end >= start)

    def next_due(self, done: date) -> date:
        return self.first_due(_day_after(self.first_due(done)))


class CalendarDays(Clock):
    """So many days after an event; the day after the event is day one."""

    kind: Literal["calendar_days"]
    days: Count
    after: Word

    def first_due(self, start: date) -> date:
        return start + timedelta(days=_number(self.days))


class WorkingDays(Clock):
    """So many working days after an event, by the official calendar of holidays."""

    kind: Literal["working_days"]
    days: Count
    after: Word

    def first_due(self, start: date) -> date:
        return add_working_days(start, _number(self.days))


class Yearly(Clock):
    """Once a year, by a day of the year; the first time in `first_year` when a text says so."""

    kind: Literal["yearly"]
    by: DayOfYear = "12-31"
    first_year: int | Named = 1949

    def first_due(self, start: date) -> date:
        first = max(_number(self.first_year), start.year)
        due = _on(self.by, first)
        return due if due >= start else _on(self.by, first + 1)

    def next_due(self, done: date) -> date:
        return self.first_due(_day_after(self.first_due(done)))


class EveryYears(Clock):
    """So many years after the last time (每两年)."""

    kind: Literal["every_years"]
    years: Count

    def first_due(self, start: date) -> date:
        return add_months(start, 12 * _number(self.years))


class Once(Clock):
    """One day in history, done or missed; it never comes again."""

    kind: Literal["once"]
    by: date

    def first_due(self, start: date) -> date:  # noqa: ARG002 - the day is the day
        return self.by


class Prompt(Clock):
    """ "In time" or "at once" (及时、立即): due the same day; the alert after hours is ours."""

    kind: Literal["prompt"]
    after: Word
    alert_hours: Count = 24

    def first_due(self, start: date) -> date:
        return start


class Continuous(Clock):
    """Standing work with no day on which it is due."""

    kind: Literal["continuous"]

    @property
    def open(self) -> bool:
        return True

    def first_due(self, start: date) -> date:
        raise AssertionError(f"a continuous duty is never due, not even after {start}")


AnyClock = Annotated[
    RollingMonths
    | CalendarMonth
    | CalendarQuarter
    | FixedMonths
    | PerSemester
    | CalendarDays
    | WorkingDays
    | Yearly
    | EveryYears
    | Once
    | Prompt
    | Continuous,
    Field(discriminator="kind"),
]


def _number(stated: int | Named) -> int:
    assert isinstance(stated, int)  # noqa: S101 - bound before it is asked
    return stated


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day_after(day: date) -> date:
    return day + timedelta(days=1)


def _on(day_of_year: str, year: int) -> date:
    month, day = map(int, day_of_year.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def _term_end(term: str, year: int) -> date:
    """The end of the term that begins in `year`."""
    begins, ends = term.split("/")
    return _on(ends, year + (ends < begins))
