"""A rule as it stands in one epoch: references resolved, parameters turned into values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tongxing.rulebook.errors import suggestion
from tongxing.rulebook.law import ConditionInForce, RuleInForce
from tongxing.rulebook.nodes import (
    ARGUMENTS,
    AllOf,
    AnyOf,
    ConditionRef,
    Fact,
    IsInSet,
    Kind,
    Node,
    Not,
    ParameterRef,
    RuleRef,
)
from tongxing.rulebook.packs import Pack
from tongxing.rulebook.parsing import read_value
from tongxing.rulebook.reading import Place
from tongxing.rulebook.sites import SiteSettings


@dataclass(frozen=True, slots=True)
class BoundCondition(Node):
    """A condition whose tree holds values only."""

    law: ConditionInForce
    when: Node


class Epoch:
    """The law of a pack on one day, with the site's choices. Binds rules, with clear errors."""

    def __init__(self, pack: Pack, site: SiteSettings, day: date) -> None:
        self.pack, self.site, self.day = pack, site, day

    def bind(self, rule: RuleInForce) -> Node:
        """The tree of a rule with conditions bound; PackError when something is not in force."""
        return self._bound(rule.tree, rule.place, (rule.name,), in_condition=False)

    def _bound(
        self, node: Node, place: Place, trail: tuple[str, ...], *, in_condition: bool
    ) -> Node:
        if isinstance(node, RuleRef):
            return self._rule(node, place, trail, in_condition=in_condition)
        if isinstance(node, ConditionRef):
            return self._condition(node, place, trail, in_condition=in_condition)

        def below(part: Node) -> Node:
            return self._bound(part, place, trail, in_condition=in_condition)

        if isinstance(node, AllOf | AnyOf):
            return replace(node, parts=tuple(map(below, node.parts)))
        if isinstance(node, Not):
            return replace(node, part=below(node.part))
        if not in_condition:
            raise place.error(
                "every test of a rule must stand in a condition, so that a verdict can name it"
            )
        return self._leaf(node, place)

    def _rule(
        self, node: RuleRef, place: Place, trail: tuple[str, ...], *, in_condition: bool
    ) -> Node:
        if node.name in trail:
            raise place.error(f"rules refer to each other: {' → '.join((*trail, node.name))}")
        rule = self._named("rule", node.name, self.pack.rules, place)
        return self._bound(rule.tree, place, (*trail, node.name), in_condition=in_condition)

    def _condition(
        self, node: ConditionRef, place: Place, trail: tuple[str, ...], *, in_condition: bool
    ) -> Node:
        law = self._named("condition", node.name, self.pack.conditions, place)
        when = self._bound(law.when, law.place, trail, in_condition=True)
        return when if in_condition else BoundCondition(law, when)

    def _named(self, kind: str, name: str, entries: Mapping[str, Any], place: Place) -> Any:
        if name not in entries:
            raise place.error(f"unknown {kind} '{name}'. {suggestion(name, entries)}")
        found = entries[name].on(self.day)
        if found is None:
            raise place.error(f"{kind} '{name}' is not in force on {self.day}")
        return found

    def _leaf(self, node: Node, place: Place) -> Node:
        self._check_fact(node, place)
        values = {
            name: self._value(ref, argument.kind, place)
            for name, argument in ARGUMENTS[type(node)].items()
            if isinstance(ref := getattr(node, name), ParameterRef)
        }
        return replace(node, **values) if values else node  # type: ignore[type-var]

    def _value(self, ref: ParameterRef, kind: Kind, place: Place) -> object:
        self._named("parameter", ref.name, self.pack.parameters, place)
        value = self.pack.parameter(ref.name, self.day, self.site).value
        try:
            return read_value(kind, value)
        except ValueError as error:
            problem = f"parameter '{ref.name}' holds {value!r}, but here it must be {kind}."
            raise place.error(problem) from error

    def _check_fact(self, node: Node, place: Place) -> None:
        name = node.name if isinstance(node, Fact) else None
        name = node.fact if isinstance(node, IsInSet) else name
        declared = [each.name for each in self.pack.facts.values() if each.declared]
        if name is not None and name not in declared:
            raise place.error(f"unknown fact '{name}'. {suggestion(name, declared)}")


def walk(node: Node, children: Callable[[Node], tuple[Node, ...]]) -> list[Node]:
    """The node and everything below it."""
    return [node, *(found for part in children(node) for found in walk(part, children))]
