"""Service lists as pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from tongxing.eligibility.labels import service_lists as labels
from tongxing.eligibility.web.presenters import said
from tongxing.rulebook import Pack
from tongxing.rulebook.content import Benefit, Entitlement, Item, ServiceList
from tongxing.rulebook.floor import Change, Finding, Floor


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementLine:
    """One lettered promise in words."""

    letter: str
    content: str
    departments: str
    accepts: str
    decides: str
    pays: str
    clause: str
    derived_from: str
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One item in words, with what the floor check says about it."""

    code: str
    number: int
    title: str
    target: str
    departments: str
    clause: str
    quotation: str
    change: str
    entitlements: list[EntitlementLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainLines:
    title: str
    items: list[ItemLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """One way in which the list above is not kept, with the words that promise it."""

    item: str
    letters: str
    title: str
    shortfall: str
    kind: str
    words: list[str]
    clause: str
    literal: bool
    justification: Mapping[str, Any] | None = None


def domains(
    published: ServiceList, pack: Pack, *, changes: Mapping[str, Change]
) -> list[DomainLines]:
    """The list by domains, in its own order."""
    numbered = enumerate(published.items.values(), start=1)
    lines = [
        (item.domain, _item(item, number, published, pack, changes)) for number, item in numbered
    ]
    return [
        DomainLines(title=str(labels.DOMAINS[domain]), items=[line for _, line in group])
        for domain, group in groupby(lines, key=lambda entry: entry[0])
    ]


def _item(
    item: Item, number: int, published: ServiceList, pack: Pack, changes: Mapping[str, Change]
) -> ItemLine:
    change = changes.get(item.code)
    return ItemLine(
        code=item.code,
        number=number,
        title=said(item.title),
        target=said(item.target),
        departments=names(item.departments, pack),
        clause=item.source.clause,
        quotation=item.source.quote,
        change=str(labels.CHANGES[change]) if change else "",
        entitlements=[_entitlement(each, published, pack) for each in item.entitlements.values()],
    )


def _entitlement(each: Entitlement, published: ServiceList, pack: Pack) -> EntitlementLine:
    benefit = _benefit(published, each)
    return EntitlementLine(
        letter=each.letter,
        content=said(each.content),
        departments=names(each.departments, pack),
        accepts=str(labels.PLACES[benefit.accepts]) if benefit else "",
        decides=str(labels.PLACES[benefit.decides]) if benefit else "",
        pays=str(labels.PLACES[benefit.pays]) if benefit else "",
        clause=each.source.clause,
        derived_from=", ".join(each.derived_from),
        papers=tuple(map(said, each.papers)),
    )


def _benefit(published: ServiceList, each: Entitlement) -> Benefit | None:
    dated = published.routes.get(each.route)
    found = [benefit for benefit in dated.values if benefit] if dated else []
    return found[-1] if found else None


def names(bodies: Iterable[str], pack: Pack) -> str:
    """Departments in words."""
    known = [pack.bodies[name].values[-1] for name in bodies if name in pack.bodies]
    return "、".join(said(body.label) for body in known if body)


def gaps(floor: Floor, above: ServiceList | None, justifications: Iterable[Any]) -> list[GapLine]:
    """What the floor check found, gaps in the words first."""
    if above is None:
        return []
    given = {(each["item"], each["shortfall"]): each for each in justifications}
    found = [*floor.gaps, *floor.conditional]
    return [_gap(each, above, given.get((each.item, each.shortfall.value))) for each in found]


def _gap(finding: Finding, above: ServiceList, justification: Any) -> GapLine:
    item = above.items[finding.item]
    letters = finding.letters or tuple(item.entitlements)
    return GapLine(
        item=finding.item,
        letters=", ".join(finding.letters),
        title=said(item.title),
        shortfall=str(labels.SHORTFALLS[finding.shortfall]),
        kind=finding.shortfall.value,
        words=[said(item.entitlements[letter].content) for letter in letters],
        clause=item.source.clause,
        literal=finding.shortfall.literal,
        justification=justification,
    )
