"""The answers of the leaves for a population on a day: a column for each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from tongxing.rulebook.many_children import stays
from tongxing.rulebook.many_children.agreeing import agreed
from tongxing.rulebook.many_children.geography import crossings
from tongxing.rulebook.many_children.leaves import (
    HOME,
    HUKOU,
    PAIR_LEAVES,
    PLACE_LEAVES,
    Setting,
    expression_of,
)
from tongxing.rulebook.many_children.views import View
from tongxing.rulebook.nodes import Node, Stayed

Named = Mapping[str, Node]


def leaf_answers(asked: Sequence[Node], view: View) -> dict[Node, pl.Series]:
    """First as if every child had certain places in different cities; then all others anew."""
    named = {f"leaf {number}": leaf for number, leaf in enumerate(asked)}
    expressions = _expressions(named, view, near=False)
    answers = view.with_distant_homes.with_columns(expressions).select(*named).collect()
    for better in _corrections(named, view):
        rows = better["child"]
        answers = answers.with_columns(
            answers[name].scatter(rows, better[name]) for name in better.columns if name != "child"
        )
    return {leaf: answers[name] for name, leaf in named.items()}


def _corrections(named: Named, view: View) -> Iterator[pl.DataFrame]:
    """Better answers for some children, each time; `child` says for whom."""
    expressions = _expressions(_those(named, PAIR_LEAVES), view, near=True)
    yield view.near.select("child", *expressions).collect()
    expressions = _expressions(_those(named, PLACE_LEAVES), view, near=True)
    possible = view.doubtful.lazy().with_columns(**crossings(HUKOU, HOME))
    yield agreed(possible.select("child", *expressions).collect(), "child")
    for name, leaf in named.items():
        if isinstance(leaf, Stayed):
            yield stays.chained_stays(leaf, view).rename({"answer": name})
            yield stays.doubtful_stays(leaf, view).rename({"answer": name})


def _those(named: Named, kinds: tuple[type[Node], ...]) -> Named:
    return {name: leaf for name, leaf in named.items() if isinstance(leaf, kinds)}


def _expressions(named: Named, view: View, *, near: bool) -> Iterable[pl.Expr]:
    columns = frozenset(view.population.children.columns)
    setting = Setting(view.day, view.site, columns, near)
    return [expression_of(leaf, setting).alias(name) for name, leaf in named.items()]
