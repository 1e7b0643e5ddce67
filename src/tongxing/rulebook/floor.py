"""Whether a list keeps what the list above promises, entitlement by entitlement.

Three things can fall short (CN-15.2, IM-12.4, XM-17.1): nothing realises an entitlement; what
realises it reaches fewer children; or it is decided at another place, so that the promise holds
only if both routes are kept open. Counting items proves nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tongxing.rulebook.binding import Epoch
from tongxing.rulebook.content import Entitlement, Item, ServiceList
from tongxing.rulebook.implication import implies
from tongxing.rulebook.law import RuleInForce
from tongxing.rulebook.nodes import AnyOf, Node
from tongxing.rulebook.packs import Pack
from tongxing.rulebook.sites import PLAIN_SITE


class Shortfall(StrEnum):
    """How an item of the list above is not kept."""

    UNCOVERED = "uncovered"
    TARGET = "target"
    ROUTE = "route"

    @property
    def literal(self) -> bool:
        """A gap in the words; a route that differs is one only if the other is closed."""
        return self is not Shortfall.ROUTE


class Change(StrEnum):
    """What an item of a list is to the list above."""

    IDENTICAL = "identical"
    EXTENDED = "extended"
    SPLIT = "split"
    NEW = "new"


class FloorStatus(StrEnum):
    MET = "met"
    CONDITIONAL = "conditional"
    GAPS = "gaps"
    BASE_LIST_MISSING = "base_list_missing"
    OWN_LIST_MISSING = "own_list_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One way in which an item of the list above is not kept. No letters: the item as a whole."""

    item: str
    shortfall: Shortfall
    letters: tuple[str, ...] = ()
    lower: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "item": self.item,
            "letters": list(self.letters),
            "shortfall": self.shortfall.value,
            "literal": self.shortfall.literal,
            "realised_by": list(self.lower),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The result of the check on a day."""

    lower: str
    upper: str
    status: FloorStatus
    findings: tuple[Finding, ...]
    changes: dict[str, Change]
    """What each item of the lower list is to the upper one."""

    @property
    def gaps(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.shortfall.literal)

    @property
    def conditional(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if not each.shortfall.literal)

    def to_json(self) -> dict[str, Any]:
        return {
            "lower": self.lower,
            "upper": self.upper,
            "status": self.status.value,
            "gaps": [each.to_json() for each in self.gaps],
            "conditional": [each.to_json() for each in self.conditional],
            "changes": {code: change.value for code, change in self.changes.items()},
        }


def check_floor(lower: Pack, upper: Pack, *, on: date) -> Floor:
    """The list of one pack against that of another, as both stand on a day."""
    return compare(_own(lower), _own(upper), names=(lower.id, upper.id), law=lower, on=on)


def compare(
    lower: ServiceList | None,
    upper: ServiceList | None,
    *,
    names: tuple[str, str],
    law: Pack,
    on: date,
) -> Floor:
    """The same for any two lists, drafts included. `law`: the pack whose conditions hold."""
    missing = _missing(lower, upper)
    if missing or lower is None or upper is None:
        status = missing or FloorStatus.OWN_LIST_MISSING
        return Floor(lower=names[0], upper=names[1], status=status, findings=(), changes={})
    check = _Check(lower, upper, Epoch(law, PLAIN_SITE, on), on)
    findings = tuple(each for item in upper.items.values() for each in check.findings(item))
    return Floor(
        lower=names[0],
        upper=names[1],
        status=_status(findings),
        findings=findings,
        changes={code: check.change(item) for code, item in lower.items.items()},
    )


def _own(pack: Pack) -> ServiceList | None:
    return pack.lists[0] if pack.lists and pack.lists[0].pack == pack.id else None


def _missing(lower: ServiceList | None, upper: ServiceList | None) -> FloorStatus | None:
    if upper is None or not upper.loaded:
        return FloorStatus.BASE_LIST_MISSING
    return None if lower is not None and lower.loaded else FloorStatus.OWN_LIST_MISSING


def _status(findings: Iterable[Finding]) -> FloorStatus:
    kinds = {finding.shortfall.literal for finding in findings}
    if True in kinds:
        return FloorStatus.GAPS
    return FloorStatus.CONDITIONAL if kinds else FloorStatus.MET


class _Check:
    def __init__(self, lower: ServiceList, upper: ServiceList, epoch: Epoch, on: date) -> None:
        self.lower, self.upper, self.epoch, self.on = lower, upper, epoch, on
        self.realising: dict[str, list[Entitlement]] = {}
        for entitlement in lower.entitlements():
            for name in entitlement.derived_from:
                self.realising.setdefault(name, []).append(entitlement)

    def findings(self, item: Item) -> Iterator[Finding]:
        """How an item of the upper list is not kept, each way once."""
        covered = [each for each in item.entitlements.values() if each.id in self.realising]
        lower = self.lower.items_realising(item)
        codes = tuple(each.code for each in lower)
        uncovered = tuple(letter for letter, e in item.entitlements.items() if e not in covered)
        if uncovered:
            yield Finding(
                item=item.code, shortfall=Shortfall.UNCOVERED, letters=uncovered, lower=codes
            )
        if lower and not self._reaches(item.tree, [each.tree for each in lower], item):
            yield Finding(item=item.code, shortfall=Shortfall.TARGET, lower=codes)
            return
        narrower = tuple(each.letter for each in covered if not self._reaches_all(each))
        if narrower:
            yield Finding(item=item.code, shortfall=Shortfall.TARGET, letters=narrower, lower=codes)
        elsewhere = tuple(each.letter for each in covered if self._decided_elsewhere(each))
        if elsewhere:
            yield Finding(item=item.code, shortfall=Shortfall.ROUTE, letters=elsewhere, lower=codes)

    def change(self, item: Item) -> Change:
        """What an item of the lower list is to the upper one."""
        above = {name.partition(".")[0] for name in item.derived_from()}
        if not above:
            return Change.NEW
        uppers = [self.upper.items[code] for code in sorted(above) if code in self.upper.items]
        if any(len(self.lower.items_realising(each)) > 1 for each in uppers):
            return Change.SPLIT
        return Change.IDENTICAL if self._says_the_same(item, uppers) else Change.EXTENDED

    def _says_the_same(self, item: Item, uppers: Iterable[Item]) -> bool:
        wanted = {each.id: each.content for upper in uppers for each in upper.entitlements.values()}
        said = {
            name: each.content
            for each in item.entitlements.values()
            for name in each.derived_from or (each.id,)
        }
        return said == wanted

    def _reaches_all(self, upper: Entitlement) -> bool:
        lower = [each.tree for each in self.realising[upper.id]]
        return self._reaches(upper.tree, lower, upper)

    def _reaches(self, upper: Node, lower: Iterable[Node], wanted: Item | Entitlement) -> bool:
        """Whether everybody for whom the upper promise is, is reached by a lower one."""
        together = AnyOf(tuple(dict.fromkeys(lower)))
        return implies(self._bound(upper, wanted), self._bound(together, wanted))

    def _bound(self, tree: Node, of: Item | Entitlement) -> Node:
        rule = RuleInForce(
            name=of.source.clause,
            label=of.target if isinstance(of, Item) else of.content,
            source=of.source,
            tree=tree,
            pack=self.lower.pack,
            place=of.place,
        )
        return self.epoch.bind(rule)

    def _decided_elsewhere(self, upper: Entitlement) -> bool:
        wanted = _decides(self.upper, upper, self.on)
        return all(
            _decides(self.lower, each, self.on) != wanted for each in self.realising[upper.id]
        )


def _decides(published: ServiceList, entitlement: Entitlement, on: date) -> str | None:
    dated = published.routes.get(entitlement.route)
    benefit = dated.on(on) if dated else None
    return benefit.decides if benefit else None
