"""What must hold of a pack before anything is decided by it."""

from tongxing.rulebook.binding import BoundCondition, Epoch, walk
from tongxing.rulebook.law import RuleInForce
from tongxing.rulebook.nodes import Node, children_of
from tongxing.rulebook.packs import Pack
from tongxing.rulebook.sites import PLAIN_SITE


def check_pack(pack: Pack) -> None:
    """Bind every rule in every epoch, so that no child's verdict meets an unfinished text."""
    for day in sorted(pack.change_dates()):
        epoch = Epoch(pack, PLAIN_SITE, day)
        for dated in pack.rules.values():
            rule = dated.on(day)
            if rule is not None:
                _check_codes(rule, epoch.bind(rule))


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
