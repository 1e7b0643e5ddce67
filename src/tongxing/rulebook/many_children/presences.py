"""Days lived in residences, as half-open periods of day numbers: spells without their absences.

As for one child, two readings of rough dates are followed: the most generous and the strictest.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from tongxing.rulebook.moments import FAR_FUTURE, FAR_PAST

TIME = 1 << 23
"""More than there are day numbers: days of one row after another in a single ascending line."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Which bound of a rough date is taken."""

    generous: bool

    def begins(self, day: date) -> pl.Expr:
        earliest, latest = pl.col("since_earliest"), pl.col("since_latest")
        if self.generous:
            return earliest.fill_null(FAR_PAST)
        found_there = pl.max_horizontal(earliest, pl.lit(day))
        return pl.when(latest.is_null()).then(day).otherwise(pl.min_horizontal(latest, found_there))

    def ends(self) -> pl.Expr:
        return self._late("until").fill_null(FAR_FUTURE)

    def left(self) -> pl.Expr:
        return self._late("left")

    def returned(self) -> pl.Expr:
        bound = "returned_earliest" if self.generous else "returned_latest"
        return pl.col(bound).fill_null(FAR_FUTURE)

    def _late(self, name: str) -> pl.Expr:
        return pl.col(f"{name}_latest" if self.generous else f"{name}_earliest")


STRICT, GENEROUS = Reading(generous=False), Reading(generous=True)


def presences(
    spells: pl.DataFrame, absences: pl.DataFrame, day: date, reading: Reading
) -> pl.DataFrame:
    """What has begun by `day`, by child and in order: `spell`, `child`, `start`, `first`, `last`.

    first, last: start and end, with the days of each child numbered apart from the others'.
    spells: numbered by row. absences: by spell and in order.
    """
    whole = spells.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("spell"),
        "child",
        start=_number(reading.begins(day)),
        end=_number(reading.ends()),
    )
    away = _away(absences, reading)
    before = whole[away["spell"]].select(
        "spell",
        "child",
        start=pl.max_horizontal("start", away["back_before"]),
        end=pl.min_horizontal("end", away["left"]),
    )
    last = away.unique("spell", keep="last", maintain_order=True)
    back = pl.zeros(spells.height, pl.Int64, eager=True).scatter(last["spell"], last["back"])
    after = whole.with_columns(start=pl.max_horizontal("start", back))
    begun = (pl.col("start") < pl.col("end")) & (pl.col("start") <= day.toordinal())
    line = pl.col("child").cast(pl.Int64) * TIME
    lived = pl.concat([before, after]).lazy().filter(begun)
    columns = lived.select(
        "spell", "child", "start", first=line + pl.col("start"), last=line + pl.col("end")
    )
    return columns.sort("first").collect()


def _away(absences: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    """`spell`, `left`, and when the child was `back` from all absences so far and `back_before`."""
    away = absences.select(
        "spell", left=_number(reading.left()), returned=_number(reading.returned())
    ).filter(pl.col("left") < pl.col("returned"))
    line = pl.col("spell").cast(pl.Int64) * TIME
    reach = (line + pl.col("returned")).cum_max()
    return away.with_columns(back=reach - line, back_before=reach.shift(1, fill_value=0) - line)


def _number(day: pl.Expr) -> pl.Expr:
    """Days as numbers that can be added to: the first of January of year one is one."""
    return day.cast(pl.Int32).cast(pl.Int64) + date(1970, 1, 1).toordinal()
