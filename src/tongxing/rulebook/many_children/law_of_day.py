"""All rules of a pack as they stand on one day, compiled once, put to populations."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from operator import and_, or_

import polars as pl

from tongxing.rulebook.binding import BoundCondition, Epoch, walk
from tongxing.rulebook.law import RuleInForce
from tongxing.rulebook.many_children.leaf_answers import leaf_answers
from tongxing.rulebook.many_children.leaves import EXPRESSIONS
from tongxing.rulebook.many_children.populations import Population
from tongxing.rulebook.many_children.views import View
from tongxing.rulebook.nodes import AllOf, AnyOf, Node, Not, children_of
from tongxing.rulebook.packs import Pack
from tongxing.rulebook.sites import PLAIN_SITE, SiteSettings


class LawOfDay:
    """The rules of a pack, and for whom its entitlements and benefits are, on one day.

    rules: only these, by name; UnknownName for one the pack does not have.
    """

    def __init__(
        self,
        pack: Pack,
        *,
        on: date,
        site: SiteSettings = PLAIN_SITE,
        rules: Iterable[str] | None = None,
    ) -> None:
        pack.check_site(site)
        self.day, self.site = on, site
        names = [*pack.rules, *pack.targets] if rules is None else rules
        epoch = Epoch(pack, site, on)
        self._trees = {name: _tree(pack.rule(name).on(on), epoch) for name in names}

    def answers(self, population: Population) -> pl.DataFrame:
        """A column for each rule, a row for each child: yes, no, or a gap for cannot tell.

        A rule that is not in force on the day cannot tell of anybody.
        """
        return answers_of(self._trees, View(population, self.day, self.site))


def _tree(law: RuleInForce | None, epoch: Epoch) -> Node | None:
    return None if law is None else _without_names(epoch.bind(law))


def _without_names(node: Node) -> Node:
    """The tests alone: the names of conditions serve explanations, which nobody asks for here."""
    if isinstance(node, BoundCondition):
        return _without_names(node.when)
    if isinstance(node, Not):
        return Not(_without_names(node.part))
    parts = tuple(map(_without_names, children_of(node)))
    if isinstance(node, AllOf):
        return AllOf(parts)
    return AnyOf(parts) if isinstance(node, AnyOf) else node


def answers_of(trees: Mapping[str, Node | None], view: View) -> pl.DataFrame:
    """A column of answers for each tree of values; nothing but gaps where there is no tree."""
    nodes = [node for tree in trees.values() if tree for node in walk(tree, children_of)]
    leaves = list(dict.fromkeys(node for node in nodes if type(node) in EXPRESSIONS))
    known = _Answers(leaf_answers(leaves, view))
    silence = pl.repeat(None, len(view.population), dtype=pl.Boolean, eager=True)
    return pl.DataFrame({name: known.of(tree) if tree else silence for name, tree in trees.items()})


class _Answers:
    """Answers by node: what occurs in several rules is worked out once."""

    def __init__(self, of_leaves: dict[Node, pl.Series]) -> None:
        self._known = of_leaves

    def of(self, node: Node) -> pl.Series:
        """Polars reckons with gaps as Kleene does with cannot-tells."""
        if node not in self._known:
            self._known[node] = self._combined(node)
        return self._known[node]

    def _combined(self, node: Node) -> pl.Series:
        parts = map(self.of, children_of(node))
        if isinstance(node, Not):
            return ~next(parts)
        return reduce(and_ if isinstance(node, AllOf) else or_, parts)
