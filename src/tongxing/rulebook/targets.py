"""For whom entitlements and benefits are, as rules: so that they are decided like any other."""

from collections.abc import Iterable, Mapping
from datetime import date

from tongxing.rulebook.content import Benefit, Entitlement, ServiceList
from tongxing.rulebook.dated import Dated
from tongxing.rulebook.law import RuleInForce

BENEFIT = "benefit."


def targets_of(
    lists: Iterable[ServiceList], benefits: Mapping[str, Dated[Benefit]]
) -> dict[str, Dated[RuleInForce]]:
    """Rules named `BT-L3.a` for entitlements, and `benefit.dibao` for benefits with a target."""
    targets = {
        each.id: _of_entitlement(each, published)
        for published in lists
        for each in published.entitlements()
    }
    for name, dated in benefits.items():
        if any(benefit and benefit.qualifies for benefit in dated.values):
            targets[f"{BENEFIT}{name}"] = _of_benefit(dated)
    return targets


def _of_entitlement(entitlement: Entitlement, published: ServiceList) -> Dated[RuleInForce]:
    rule = RuleInForce(
        name=entitlement.id,
        label=entitlement.content,
        source=entitlement.source,
        tree=entitlement.tree,
        pack=published.pack,
        place=entitlement.place,
    )
    steps: dict[date, RuleInForce | None] = {published.valid_from: rule}
    if published.valid_to is not None:
        steps[published.valid_to] = None
    return Dated.of(steps)


def _of_benefit(dated: Dated[Benefit]) -> Dated[RuleInForce]:
    steps = zip(dated.dates, map(_rule_of, dated.values), strict=True)
    return Dated.of(dict(steps))


def _rule_of(benefit: Benefit | None) -> RuleInForce | None:
    if benefit is None or benefit.qualifies is None:
        return None
    return RuleInForce(
        name=f"{BENEFIT}{benefit.name}",
        label=benefit.label,
        source=benefit.source,
        tree=benefit.qualifies,
        pack=benefit.pack,
        place=benefit.place,
    )
