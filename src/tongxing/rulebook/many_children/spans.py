"""Spans of time turned round: not how long since each day, but the days long enough ago."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from tongxing.kernel.divisions import Level
from tongxing.rulebook.moments import FAR_PAST, months_after
from tongxing.rulebook.nodes import Stayed


def first_too_late(reached: Callable[[date], date], day: date) -> date:
    """The first day from which a span that `reached` ends is not over by `day`.

    `reached` never goes backward, and never ends a span before it begins.
    """
    early, late = FAR_PAST.toordinal(), day.toordinal() + 1
    while early < late:
        middle = (early + late) // 2
        if reached(date.fromordinal(middle)) <= day:
            early = middle + 1
        else:
            late = middle
    return date.fromordinal(late)


def before(limit: date, earliest: pl.Expr, latest: pl.Expr) -> pl.Expr:
    """Whether a day known by its bounds lies before `limit`; nobody knows where they disagree."""
    surely, perhaps = latest < limit, earliest < limit
    return pl.when(surely == perhaps).then(surely)


@dataclass(frozen=True, slots=True)
class Stay:
    """A node with its values, on a day. A stay that begins before `limit` is long enough."""

    day: date
    limit: date
    tolerated: int
    within: Level | None
    beyond: Level | None

    @classmethod
    def of(cls, node: Stayed, day: date) -> "Stay":
        months, tolerated = node.months, node.tolerating_days
        assert isinstance(months, int)  # noqa: S101 - bound before it is read
        assert isinstance(tolerated, int)  # noqa: S101
        return cls(
            day,
            first_too_late(lambda begun: months_after(begun, months), day),
            tolerated,
            node.within if isinstance(node.within, Level) else None,
            node.beyond if isinstance(node.beyond, Level) else None,
        )

    @property
    def away_from(self) -> Level:
        assert self.beyond is not None  # noqa: S101 - given where `within` is not
        return self.beyond
