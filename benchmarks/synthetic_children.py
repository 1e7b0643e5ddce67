"""Synthetic children in Baotou, most of them plainly known, some with every kind of gap."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy
import polars as pl
from numpy.typing import NDArray

from tongxing.rulebook import (
    Absence,
    ChildFacts,
    Companion,
    HukouStatus,
    Pack,
    PartialDate,
    PastHukou,
    Spell,
)
from tongxing.rulebook.facts import Ground
from tongxing.rulebook.many_children import Population

ON = date(2026, 3, 1)
STAGES = ("none", "primary", "junior", "senior")
PARENTS = ("alive", "dead", "declared_missing")
Column = NDArray[Any]


def _townships(counties: Sequence[int], each: int) -> Column:
    return numpy.array(
        [county * 10**6 + t * 1000 for county in counties for t in range(1, each + 1)]
    )


BAOTOU = _townships([150202, 150203, 150204, 150205, 150206, 150207, 150221, 150222, 150223], 12)
ELSEWHERE = _townships(
    [
        province * 10**4 + city * 100 + county
        for province in (13, 14, 15, 21, 37, 41, 61, 62)
        for city in range(1 if province != 15 else 3, 12)
        for county in (2, 3, 4, 21, 22, 23, 24, 81)
    ],
    8,
)


class Crowd:
    """A population with as many gaps and stories as a register has."""

    def __init__(self, count: int, pack: Pack, seed: int = 20260301) -> None:
        self.count, self._chance = count, numpy.random.default_rng(seed)
        self._children = self._table(pack)
        storied = numpy.flatnonzero(self._share(0.10)).astype("uint32")
        spells = self._spells(storied)
        blank = pl.int_range(pl.len()).is_in(pl.Series(storied).cast(pl.Int64).implode())
        home = ("division", "since_earliest", "since_latest", "until_earliest", "until_latest")
        self._children = self._children.with_columns(
            pl.when(~blank).then(pl.col(name)).alias(name) for name in (*home, "company")
        )
        self.population = Population.of_tables(
            self._children, spells, self._absences(spells), self._earlier_hukou()
        )
        self.readable_by_openfisca = self._readable_by_openfisca()

    def _share(self, share: float, count: int | None = None) -> Column:
        return self._chance.random(count or self.count) < share

    def _days(self, first: date, last: date, count: int | None = None) -> Column:
        return (
            self._chance.integers(first.toordinal(), last.toordinal(), count or self.count)
            - date(1970, 1, 1).toordinal()
        )

    def _table(self, pack: Pack) -> pl.DataFrame:
        born = self._days(date(2006, 1, 1), date(2026, 2, 1))
        since = self._days(date(2019, 1, 1), date(2026, 3, 1))
        asked = self._days(date(2025, 1, 1), date(2026, 6, 1))
        near = self._share(0.25)
        hukou = numpy.where(
            near,
            self._chance.choice(BAOTOU, self.count),
            self._chance.choice(ELSEWHERE, self.count),
        )
        # Some lists say the county only, a few a city, a province or a development zone.
        hukou = numpy.where(self._share(0.10), hukou // 10**6 * 10**6, hukou)
        hukou = numpy.where(self._share(0.01), hukou // 10**8 * 10**8, hukou)
        home = self._chance.choice(BAOTOU, self.count)
        home = numpy.where(self._share(0.005), 150271001000, home)
        statuses = [status.value for status in HukouStatus]
        return pl.DataFrame(
            {
                **self._moment("birth", born, rough=0.02, unknown=0.01),
                "hukou": self._with_gaps(hukou, 0.02),
                **self._moment("hukou", since, rough=0.0, unknown=0.99),
                "hukou_status": self._chance.choice(statuses, self.count, p=[0.99, 0.006, 0.004]),
                **self._moment("asks", asked, rough=0.0, unknown=0.98),
                **{f"ground.{ground.value}": self._share(0.01) for ground in Ground},
                "division": home,
                **self._moment("since", since, rough=0.02, unknown=0.02),
                **self._moment("until", since + 500, rough=0.1, unknown=0.97),
                "company": self._with_gaps(self._share(0.96), 0.03),
                **self._facts(pack),
            }
        )

    def _with_gaps(self, values: Column, share: float) -> pl.Series:
        gaps = pl.Series(self._share(share, len(values)))
        return pl.select(pl.when(~gaps).then(pl.Series(values))).to_series()

    def _moment(
        self, name: str, days: Column, *, rough: float, unknown: float
    ) -> dict[str, pl.Series]:
        count = len(days)
        known = ~self._share(unknown, count)
        length = numpy.where(self._share(rough, count), self._chance.integers(20, 365, count), 0)
        bounds = {f"{name}_earliest": days, f"{name}_latest": days + length}
        return {
            column: pl.select(
                pl.when(pl.Series(known)).then(pl.Series(values.astype("int32")).cast(pl.Date))
            ).to_series()
            for column, values in bounds.items()
        }

    def _facts(self, pack: Pack) -> dict[str, pl.Series]:
        known: dict[str, Sequence[str]] = {
            "stage": STAGES, "father_status": PARENTS, "mother_status": PARENTS,
        }  # fmt: skip
        columns = {}
        for name, fact in pack.facts.items():
            if fact.declared and (fact.words or name in known):
                words = known.get(name, tuple(fact.words))
                values = self._chance.choice(numpy.array(words), self.count)
                columns[f"word.{name}"] = self._with_gaps(values, 0.2).cast(pl.Categorical)
            elif fact.declared:
                columns[f"fact.{name}"] = self._with_gaps(self._share(0.15), 0.2)
        return columns

    def _spells(self, storied: Column) -> pl.DataFrame:
        """Two or three residences, one after the other; the last goes on."""
        number = self._chance.integers(2, 4, len(storied))
        child = numpy.repeat(storied, number)
        order = numpy.concatenate([numpy.arange(n) for n in number])
        is_last = order + 1 == numpy.repeat(number, number)
        begun = self._days(date(2020, 1, 1), date(2021, 1, 1), len(child)) + 700 * order
        end = numpy.roll(begun, -1) - numpy.where(self._share(0.2, len(child)), 30, 0)
        away = self._share(0.3, len(child)) & ~is_last
        place = numpy.where(
            away,
            self._chance.choice(ELSEWHERE, len(child)),
            self._chance.choice(BAOTOU, len(child)),
        )
        until = self._moment("until", end, rough=0.01, unknown=0.0)
        return pl.DataFrame(
            {
                "child": child,
                "division": place,
                **self._moment("since", begun, rough=0.02, unknown=0.01),
                **{
                    name: pl.select(pl.when(~pl.Series(is_last)).then(column)).to_series()
                    for name, column in until.items()
                },
                "company": self._with_gaps(self._share(0.96, len(child)), 0.03),
            }
        )

    def _absences(self, spells: pl.DataFrame) -> pl.DataFrame:
        spell = numpy.flatnonzero(self._share(0.2, spells.height)).astype("uint32")
        left = self._days(date(2024, 6, 1), date(2026, 2, 1), len(spell))
        back = left + self._chance.integers(10, 120, len(spell))
        return pl.DataFrame(
            {
                "spell": spell,
                **self._moment("left", left, rough=0.05, unknown=0.0),
                **self._moment("returned", back, rough=0.05, unknown=0.02),
            }
        )

    def _earlier_hukou(self) -> pl.DataFrame:
        child = numpy.flatnonzero(self._share(0.01)).astype("uint32")
        since = self._days(date(2006, 1, 1), date(2012, 1, 1), len(child))
        return pl.DataFrame(
            {
                "child": child,
                "hukou": self._chance.choice(ELSEWHERE, len(child)),
                **self._moment("hukou", since, rough=0.0, unknown=1.0),
            }
        )

    def _readable_by_openfisca(self) -> pl.Series:
        """Whose residence goes on and whose hukou place never moved, with all gaps otherwise."""
        children = self.population.children
        return children.select(
            (pl.col("division") != 150271001000).fill_null(value=True)
            & (pl.col("hukou_status") == HukouStatus.REGISTERED.value)
            & pl.col("hukou_earliest").is_null()
            & pl.col("until_earliest").is_null()
        ).to_series()

    def arrays(self, names: Iterable[str]) -> dict[str, Column]:
        """The same children for OpenFisca, which knows no gaps: zero stands for unknown."""
        children = self.population.children
        at_home = children.select(
            pl.col("division").is_not_null()
            & (pl.col("since_earliest") <= ON).fill_null(value=True)
        ).to_series()
        dates = {
            "born_earliest": children["birth_earliest"].fill_null(date(1000, 1, 1)),
            "born_latest": children["birth_latest"].fill_null(date(3000, 1, 1)),
            "since_earliest": children["since_earliest"].fill_null(date(1000, 1, 1)),
            "since_latest": children["since_latest"].fill_null(date(3000, 1, 1)),
        }
        columns = {
            "hukou": children["hukou"].fill_null(0) // 1000,
            "home": (children["division"] * at_home).fill_null(0) // 1000,
            "father": _codes(children["word.father_status"], PARENTS),
            "mother": _codes(children["word.mother_status"], PARENTS),
            "stage": _codes(children["word.stage"], STAGES),
            **{name: children[f"ground.{name}"] for name in Ground},
        }
        company = pl.select(pl.when(at_home).then(children["company"])).to_series()
        stated = {
            "accompanied": company,
            "asked": (children["asks_latest"] <= ON).fill_null(value=False),
            **{
                name.removeprefix("fact."): children[name]
                for name in children.columns
                if name.startswith("fact.")
            },
        }
        for name, values in stated.items():
            columns[f"surely_{name}"] = values.fill_null(value=False)
            columns[f"perhaps_{name}"] = values.fill_null(value=True)
        arrays = {name: column.to_numpy().astype("datetime64[D]") for name, column in dates.items()}
        arrays |= {name: column.to_numpy() for name, column in columns.items()}
        return {name: arrays[name] for name in names}

    def sample(self, size: int) -> tuple[list[int], list[ChildFacts]]:
        """Some children as facts: half of them plain, half with a longer story."""
        story = self.population.spells["child"].unique().sample(size // 2, seed=1).to_list()
        rows = sorted({*story, *self._chance.integers(0, self.count, size // 2).tolist()})
        return rows, [self._facts_of(row) for row in rows]

    def _facts_of(self, row: int) -> ChildFacts:
        own = self.population.children.row(row, named=True)
        spells = self.population.spells.with_row_index("spell").filter(pl.col("child") == row)
        listed = [self._spell(each, each["spell"]) for each in spells.iter_rows(named=True)]
        alone = [] if own["division"] is None else [self._spell(own, None)]
        earlier = self.population.earlier_hukou.filter(pl.col("child") == row)
        return ChildFacts(
            birth_date=_read(own, "birth"),
            hukou_division=own["hukou"],
            hukou_since=_read(own, "hukou"),
            hukou_status=HukouStatus(own["hukou_status"]),
            earlier_hukou=tuple(
                PastHukou(division=each["hukou"], since=_read(each, "hukou"))
                for each in earlier.iter_rows(named=True)
            ),
            spells=tuple(listed + alone),
            asks_for_help_on=_read(own, "asks"),
            priority_grounds=frozenset(each for each in Ground if own[f"ground.{each.value}"]),
            facts={
                name.partition(".")[2]: value
                for name, value in own.items()
                if name.startswith(("fact.", "word."))
            },
        )

    def _spell(self, raw: Mapping[str, Any], number: int | None) -> Spell:
        people = {True: Companion.MOTHER, False: Companion.NOBODY, None: Companion.CARER}
        away = self.population.absences.filter(
            pl.col("spell").is_in([-1 if number is None else number])
        )
        return Spell(
            division=raw["division"],
            since=_read(raw, "since"),
            until=_read(raw, "until"),
            companions=frozenset({people[raw["company"]]}),
            absences=tuple(
                Absence(since=_read(each, "left") or PartialDate(), until=_read(each, "returned"))
                for each in away.iter_rows(named=True)
            ),
        )


def _codes(words: pl.Series, known: Sequence[str]) -> pl.Series:
    """Numbers from one; nothing known is zero."""
    numbers = pl.Series(range(1, len(known) + 1))
    return words.cast(pl.String).replace_strict(
        list(known), numbers, default=0, return_dtype=pl.Int64
    )


def _read(row: Mapping[str, Any], name: str) -> date | PartialDate | None:
    earliest, latest = row[f"{name}_earliest"], row[f"{name}_latest"]
    if earliest is None:
        return None
    return earliest if earliest == latest else PartialDate(earliest, latest)
