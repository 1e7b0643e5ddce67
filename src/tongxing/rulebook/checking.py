"""What must hold of a pack before anything is decided by it."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tongxing.rulebook.binding import BoundCondition, Epoch, walk
from tongxing.rulebook.content import Mention, Mentioning
from tongxing.rulebook.dated import Dated
from tongxing.rulebook.errors import suggestion
from tongxing.rulebook.law import RuleInForce
from tongxing.rulebook.nodes import Node, children_of
from tongxing.rulebook.packs import Pack
from tongxing.rulebook.sites import PLAIN_SITE


def check_pack(pack: Pack) -> None:
    """Everything a text refers to must be there, on every day. PackError with file and line."""
    _check_rules(pack)
    _check_names(pack)


def _check_rules(pack: Pack) -> None:
    """Bind every rule in every epoch, so that no child's verdict meets an unfinished text."""
    for day in sorted(pack.change_dates()):
        epoch = Epoch(pack, PLAIN_SITE, day)
        for dated in (*pack.rules.values(), *pack.targets.values()):
            rule = dated.on(day)
            if rule is not None:
                _check_codes(rule, epoch.bind(rule))


def _check_names(pack: Pack) -> None:
    """What the content refers to by name must be there."""
    names: dict[Mention, Collection[str]] = {
        Mention.BODY: pack.bodies,
        Mention.RULE: pack.rules,
        Mention.PARAMETER: pack.parameters,
        Mention.BENEFIT: pack.benefits,
    }
    for part in _content(pack):
        for kind, name in part.mentions():
            if name not in names[kind]:
                hint = suggestion(name, names[kind])
                raise part.place.error(f"unknown {kind.value} '{name}'. {hint}")


def _content(pack: Pack) -> Iterator[Mentioning]:
    kinds: tuple[Mapping[str, Dated[Any]], ...] = (
        pack.bodies, pack.duties, pack.benefits, pack.exchanges,
    )  # fmt: skip
    for kind in kinds:
        for dated in kind.values():
            yield from (part for part in dated.values if part is not None)
    for published in pack.lists:
        yield from published.entitlements()


def _check_codes(rule: RuleInForce, tree: Node) -> None:
    """Two different conditions of one rule must not answer under one code."""
    owners: dict[str, str] = {}
    for node in walk(tree, children_of):
        if isinstance(node, BoundCondition):
            owner = owners.setdefault(node.law.code, node.law.name)
            if owner != node.law.name:
                raise rule.place.error(
                    f"conditions '{owner}' and '{node.law.name}' share the code {node.law.code}"
                )
