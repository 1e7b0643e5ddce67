"""Values by the date from which they hold. Law changes by addition: nothing is edited away."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A step function of days. `None` before the first date, and where a step says so.

    >>> interval = Dated.of({date(2024, 1, 1): 3, date(2026, 1, 1): 2})
    >>> interval.on(date(2025, 12, 30)), interval.on(date(2026, 1, 2))
    (3, 2)
    """

    dates: tuple[date, ...]
    values: tuple[T | None, ...]

    @classmethod
    def of(cls, steps: Mapping[date, T | None]) -> "Dated[T]":
        ordered = sorted(steps.items(), key=lambda step: step[0])
        return cls(tuple(day for day, _ in ordered), tuple(value for _, value in ordered))

    def on(self, day: date) -> T | None:
        index = bisect_right(self.dates, day)
        return self.values[index - 1] if index else None
