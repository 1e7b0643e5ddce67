"""Reading how long children have stayed who had more than one residence, or several possible ones.

The presences in residences that count are put in order, and chained.
"""

from collections.abc import Mapping

import polars as pl

from tongxing.rulebook.many_children.agreeing import agreed
from tongxing.rulebook.many_children.geography import crossed
from tongxing.rulebook.many_children.leaves import of_register
from tongxing.rulebook.many_children.presences import GENEROUS, STRICT, TIME, Reading
from tongxing.rulebook.many_children.spans import Stay
from tongxing.rulebook.many_children.views import View
from tongxing.rulebook.nodes import Stayed

HUKOU, HOME, DIVISION = pl.col("hukou"), pl.col("home"), pl.col("division")
YES, NO = pl.lit(value=True), pl.lit(value=False)


def _counts(stay: Stay) -> pl.Expr:
    """Whether a residence counts towards the stay, seen from a home or from a hukou place."""
    if stay.within is not None:
        return ~crossed(stay.within, HOME, DIVISION)
    return of_register(crossed(stay.away_from, HUKOU, DIVISION))


def chained_stays(node: Stayed, view: View) -> pl.DataFrame:
    """The stays of children with several residences, as if their places were certain."""
    stay = Stay.of(node, view.day)
    counts = view.seen_spells.select(_counts(stay)).to_series()
    answers = _answers(stay, view.presences, counts, len(view.population))
    at_home = view.children["home"].is_not_null()
    known = pl.select(child=pl.int_range(len(answers)), answer=pl.when(at_home).then(answers))
    return known[view.spells["child"].unique(maintain_order=True)]


def doubtful_stays(node: Stayed, view: View) -> pl.DataFrame:
    """The stays of children for whom several places are possible.

    Inside a unit each possible home has a stay of its own, and they may agree. Away from the hukou
    place there is one stay, and a residence counts when all possible hukou places agree.
    """
    stay = Stay.of(node, view.day)
    homes = view.doubtful.select("child", "home").drop_nulls().unique(maintain_order=True)
    if stay.within is None:
        homes = homes.unique("child", maintain_order=True)
    spells, absences = view.residences_seen_from(homes)
    hukous = view.doubtful.select("child", "hukou", "in_register").unique()
    seen = spells.with_row_index("row").join(hukous, on="child", maintain_order="left")
    counts = agreed(seen.select("row", answer=_counts(stay)), "row")["answer"]
    lived = view.lived(spells.with_columns(child="stay"), absences)
    return agreed(
        homes.select("child", answer=_answers(stay, lived, counts, homes.height)), "child"
    )


def _answers(
    stay: Stay, lived: Mapping[Reading, pl.DataFrame], counts: pl.Series, height: int
) -> pl.Series:
    """The answer of each child; `counts` says of each spell: it does, it may, it does not."""
    strict = _long_enough(stay, lived[STRICT], counts.fill_null(value=False), height)
    generous = _long_enough(stay, lived[GENEROUS], counts.fill_null(value=True), height)
    return pl.select(pl.when(strict).then(YES).when(~generous).then(NO)).to_series()


def _long_enough(stay: Stay, lived: pl.DataFrame, counts: pl.Series, height: int) -> pl.Series:
    """Whether a chain of presences that count reaches the day, and began early enough.

    Presences are chained while no break between them is longer than tolerated. They come by child
    and in order; with the days of each child numbered apart, one running maximum serves all.
    """
    child, first, reach = pl.col("child"), pl.col("first"), pl.col("reach")
    is_first = (child != child.shift(1)).fill_null(value=True)
    is_last = (child != child.shift(-1)).fill_null(value=True)
    begins = is_first | (first - reach.shift(1) > stay.tolerated)
    since_end = stay.day.toordinal() + child.cast(pl.Int64) * TIME - reach
    reaches_the_day = (since_end < stay.tolerated) | (since_end < 0)
    early_enough = pl.col("begun") < stay.limit.toordinal()
    chains = (
        lived.lazy()
        .filter(counts.gather(lived["spell"]))
        .with_columns(reach=pl.col("last").cum_max())
        .with_columns(begun=pl.when(begins).then("start").forward_fill())
        .filter(is_last)
        .filter(reaches_the_day & early_enough)
        .select("child")
    )
    found = chains.collect().to_series()
    return pl.repeat(value=False, n=height, eager=True).scatter(found, values=True)
