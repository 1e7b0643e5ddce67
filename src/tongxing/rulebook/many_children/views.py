"""A population on one day: who lives where, registered where, in columns.

`hukou`, `home` and `company` hold what is certain on the day. Children for whom several places are
possible stand in `doubtful` with a row for each possibility; the answer is what all rows share.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from tongxing.kernel.divisions import Level
from tongxing.rulebook.facts import HukouStatus
from tongxing.rulebook.many_children.geography import (
    CROSSED,
    apart,
    counted_county,
    crossed,
    crossings,
)
from tongxing.rulebook.many_children.populations import Population
from tongxing.rulebook.many_children.presences import GENEROUS, STRICT, Reading, presences
from tongxing.rulebook.sites import SiteSettings

CHILD, HUKOU, HOME = pl.col("child"), pl.col("hukou"), pl.col("home")
SINCE = ("since_earliest", "since_latest")


@dataclass(frozen=True, eq=False)
class View:
    population: Population
    day: date
    site: SiteSettings

    @cached_property
    def children(self) -> pl.DataFrame:
        """One row per child, with its places where they are certain.

        in_register: yes; no for those without a hukou place to leave; a gap for those to register.
        """
        frame = self.population.children.with_columns(
            in_register=self._in_register,
            hukou=self._place("hukou", _has_come(self.day)),
            home=self._place("division", _lives_there(self.day)),
        )
        homes, hukous = self._possible_homes, self._possible_hukous
        home = homes.filter(~pl.col("several"))
        hukou = hukous.unique("child", maintain_order=True)
        only_one = pl.when(~pl.col("several")).then("hukou")
        certain = {
            "home": frame["home"].scatter(home["child"], home["home"]),
            "company": frame["company"].scatter(home["child"], home["company"]),
            "hukou": frame["hukou"].scatter(hukou["child"], hukou.select(only_one).to_series()),
        }
        return frame.with_columns(**certain).with_columns(
            company=pl.when(pl.col("home").is_not_null()).then("company"),
            hukou=pl.when("in_register").then("hukou"),
        )

    @cached_property
    def _apart(self) -> pl.Series:
        return self.children.select(apart(HUKOU, HOME)).to_series()

    @property
    def with_distant_homes(self) -> pl.LazyFrame:
        """All children, as if hukou place and home lay in different cities."""
        distant = {name: self._apart for level, name in CROSSED.items() if level >= Level.CITY}
        province = CROSSED[Level.PROVINCE]
        compared = {province: crossed(Level.PROVINCE, HUKOU, HOME)}
        return self.children.lazy().with_columns(**distant, **compared)

    @property
    def near(self) -> pl.LazyFrame:
        """The children, by `child`, whose hukou place and home may lie in one city."""
        needed = self.children.select("hukou", "home", "in_register", *SINCE)
        near = needed.with_row_index("child").filter(~self._apart)
        return near.lazy().with_columns(**crossings(HUKOU, HOME))

    @property
    def _in_register(self) -> pl.Expr:
        status = pl.col("hukou_status")
        yes = pl.when(status == HukouStatus.REGISTERED.value).then(pl.lit(value=True))
        return yes.when(status == HukouStatus.OUTSIDE.value).then(pl.lit(value=False))

    def _place(self, column: str, known: pl.Expr) -> pl.Expr:
        return pl.when(known).then(counted_county(pl.col(column), self.site))

    @cached_property
    def spells(self) -> pl.DataFrame:
        """The residences of children who had more than one, with the zones counted."""
        return self._counted(self.population.spells)

    def _counted(self, residences: pl.DataFrame) -> pl.DataFrame:
        return residences.with_columns(division=counted_county(pl.col("division"), self.site))

    @cached_property
    def seen_spells(self) -> pl.DataFrame:
        """Those residences, by `division`, beside the certain places of each child."""
        places = self.children.select("hukou", "home", "in_register")[self.spells["child"]]
        return places.with_columns(self.spells["division"])

    @cached_property
    def presences(self) -> Mapping[Reading, pl.DataFrame]:
        """Days lived in each of those residences."""
        return self.lived(self.spells, self.population.absences)

    def lived(self, spells: pl.DataFrame, absences: pl.DataFrame) -> Mapping[Reading, pl.DataFrame]:
        """Presences by the day, by either reading."""
        return {
            reading: presences(spells, absences, self.day, reading)
            for reading in (STRICT, GENEROUS)
        }

    @cached_property
    def _possible_homes(self) -> pl.DataFrame:
        """Residences of the day, where one of them is certain: `child`, `home`, `several`."""
        goes_on = pl.col("until_latest").is_null() | (pl.col("until_latest") > self.day)
        covering = (
            self.spells.lazy()
            .filter(_may_have_begun(self.day) & goes_on)
            .select("child", "company", home="division", sure=_lives_there(self.day))
            .with_columns(several=CHILD.eq(CHILD.shift(1)) | CHILD.eq(CHILD.shift(-1)))
            .with_columns(pl.col("several").fill_null(value=False))
            .collect()
        )
        rivals = covering.filter("several")
        settled = rivals.filter(pl.col("sure").any().over("child"))
        return pl.concat([covering.filter(~pl.col("several") & pl.col("sure")), settled])

    @cached_property
    def _possible_hukous(self) -> pl.DataFrame:
        """Hukou places of the day, of children who had others: `child`, `hukou`, `several`.

        A gap where the hukou place is not known.
        """
        steps = self.population.hukou_steps.with_columns(
            hukou=counted_county(pl.col("hukou"), self.site),
            may=pl.col("hukou_earliest").is_null() | (pl.col("hukou_earliest") <= self.day),
            sure=_has_come(self.day),
        )
        # A newer place that has surely come leaves no room for older ones.
        open_still = pl.col("sure").cast(pl.Int32).cum_sum().over("child") - pl.col("sure") == 0
        possible = steps.filter(open_still & pl.col("may"))
        known = (pl.col("sure").any() & pl.col("hukou").is_not_null().all()).over("child")
        places = possible.select("child", hukou=pl.when(known).then("hukou")).unique(
            maintain_order=True
        )
        unknown = self.population.hukou_steps.select("child").unique(maintain_order=True)
        places = unknown.join(places, on="child", how="left", maintain_order="left")
        return places.with_columns(several=CHILD.is_duplicated())

    @cached_property
    def doubtful(self) -> pl.DataFrame:
        """`child`, `in_register`, `hukou`, `home`, `company`: several rows for each child."""
        homes = self._possible_homes.filter("several").select("child", "home", "company")
        hukous = self._possible_hukous.filter("several").select("child", "hukou")
        of_whom = pl.concat([homes["child"], hukous["child"]]).unique().sort()
        columns = "in_register", "hukou", "home", "company"
        certain = self.children.select(columns)[of_whom].insert_column(0, of_whom)
        pairs = certain.join(homes, on="child", how="left", suffix=" may be")
        pairs = pairs.join(hukous, on="child", how="left", suffix=" may be")
        return pairs.select(
            "child",
            "in_register",
            hukou=pl.when("in_register").then(pl.coalesce("hukou may be", "hukou")),
            home=pl.coalesce("home may be", "home"),
            company=pl.coalesce("company may be", "company"),
        )

    def residences_seen_from(self, homes: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Every residence of each row's child, for each row anew; and the absences from them.

        `stay` is the number of the row in `homes`, `home` its place; absences name rows.
        """
        rows = homes.with_row_index("stay")
        alone = self.population.only_residences(homes["child"].unique())
        listed = self.spells.with_row_index("spell")
        residences = pl.concat([listed, self._counted(alone)], how="diagonal")
        seen = rows.join(residences, on="child", maintain_order="left_right")
        numbers = seen.select("spell").with_row_index("row").drop_nulls()
        absences = self.population.absences.join(numbers, on="spell")
        absences = absences.with_columns(spell="row").drop("row")
        return seen.drop("spell"), absences.sort("spell", "left_earliest", "left_latest")


def _has_come(day: date) -> pl.Expr:
    """Whether a hukou place has surely been reached by `day`."""
    since = pl.col("hukou_latest")
    return since.is_null() | (since <= day)


def _may_have_begun(day: date) -> pl.Expr:
    """A start that may have come is taken to have come: the child was found there."""
    since = pl.col("since_earliest")
    return since.is_null() | (since <= day)


def _lives_there(day: date) -> pl.Expr:
    until = pl.col("until_earliest")
    return _may_have_begun(day) & (until.is_null() | (until > day))
