"""Whether one target covers another: for every child of whom the first holds, the second does.

Decided by going through the worlds that the leaves of both trees can tell apart: words of a fact,
ages between the limits named, and yes or no for everything else.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Any

from tongxing.rulebook.binding import BoundCondition, walk
from tongxing.rulebook.nodes import (
    AgeAtLeast,
    AgeUnder,
    AllOf,
    AnyOf,
    IsInSet,
    Node,
    Not,
    children_of,
)

MOST_WORLDS = 1 << 16
_AGE = "age"
World = Mapping[object, Any]


@dataclass(frozen=True, slots=True)
class _Opaque(Node):
    """A condition that both trees name: whatever it tests, it answers the same in both."""

    name: str


def implies(one: Node, other: Node) -> bool:
    """Whether `other` holds wherever `one` holds. Both bound.

    Trees with too many leaves to go through count as covering each other only when they are equal.
    """
    if one == other:
        return True
    shared = _conditions(one) & _conditions(other)
    narrow, wide = _plain(one, shared), _plain(other, shared)
    axes = _axes([*_leaves(narrow), *_leaves(wide)])
    if prod(map(len, axes.values())) > MOST_WORLDS:
        return False
    worlds = (dict(zip(axes, values, strict=True)) for values in product(*axes.values()))
    return all(_holds(wide, world) for world in worlds if _holds(narrow, world))


def _conditions(node: Node) -> set[str]:
    return {part.law.name for part in walk(node, children_of) if isinstance(part, BoundCondition)}


def _plain(node: Node, shared: set[str]) -> Node:
    """The tree without conditions: those both trees name are opaque, the others taken apart."""
    if isinstance(node, BoundCondition):
        return _Opaque(node.law.name) if node.law.name in shared else _plain(node.when, shared)
    if isinstance(node, Not):
        return Not(_plain(node.part, shared))
    if isinstance(node, AllOf | AnyOf):
        return replace(node, parts=tuple(_plain(part, shared) for part in node.parts))
    return node


def _leaves(node: Node) -> Iterator[Node]:
    return (part for part in walk(node, children_of) if not children_of(part))


def _axes(leaves: Iterable[Node]) -> dict[object, list[Any]]:
    """What can differ between children as far as these leaves can see, and its possible values."""
    axes: dict[object, set[Any]] = {}
    for leaf in leaves:
        if isinstance(leaf, AgeUnder | AgeAtLeast):
            axes.setdefault(_AGE, {0}).add(leaf.years)
        elif isinstance(leaf, IsInSet):
            axes.setdefault(leaf.fact, {None}).update(_words(leaf))
        else:
            axes[leaf] = {True, False}
    return {axis: list(values) for axis, values in axes.items()}


def _words(leaf: IsInSet) -> tuple[str, ...]:
    assert isinstance(leaf.words, tuple)  # noqa: S101 - bound before it is compared
    return leaf.words


def _holds(node: Node, world: World) -> bool:
    if isinstance(node, AllOf):
        return all(_holds(part, world) for part in node.parts)
    if isinstance(node, AnyOf):
        return any(_holds(part, world) for part in node.parts)
    return not _holds(node.part, world) if isinstance(node, Not) else _leaf(node, world)


def _leaf(node: Node, world: World) -> bool:
    match node:
        case AgeUnder():
            return bool(world[_AGE] < node.years)
        case AgeAtLeast():
            return bool(world[_AGE] >= node.years)
        case IsInSet():
            return world[node.fact] in _words(node)
    return bool(world[node])
