"""What one child is entitled to on a day, under which clause, and who accepts, decides and pays."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tongxing.kernel.divisions import province_of, short
from tongxing.rulebook.content import Benefit, Entitlement, Item, ServiceList
from tongxing.rulebook.content_entries import PlaceWord
from tongxing.rulebook.facts import ChildFacts
from tongxing.rulebook.floor import compare
from tongxing.rulebook.one_child.explaining import explain
from tongxing.rulebook.one_child.scenes import Child, Scene
from tongxing.rulebook.one_child.wording import PlaceName, no_names
from tongxing.rulebook.packs import Pack
from tongxing.rulebook.sites import PLAIN_SITE, SiteSettings
from tongxing.rulebook.sources import Source
from tongxing.rulebook.targets import BENEFIT
from tongxing.rulebook.texts import Text
from tongxing.rulebook.verdicts import Verdict

_AT_RESIDENCE = frozenset(
    {PlaceWord.RESIDENCE, PlaceWord.RESIDENCE_TOWNSHIP, PlaceWord.SCHOOL, PlaceWord.DEPARTMENT}
)


class Mode(StrEnum):
    """How an application travels when the hukou place decides."""

    LOCAL = "local"
    IN_PROVINCE = "in_province"
    CROSS_PROVINCE = "cross_province"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Who accepts, decides and pays, as words and, where the facts tell, as divisions."""

    name: str
    accepts: PlaceWord
    decides: PlaceWord
    pays: PlaceWord
    fallback: PlaceWord | None
    divisions: dict[str, int | None]
    mode: Mode | None
    source: Source

    def to_json(self) -> dict[str, Any]:
        places = {role: code and short(code) for role, code in self.divisions.items()}
        return {
            "route": self.name,
            "accepts": self.accepts.value,
            "decides": self.decides.value,
            "pays": self.pays.value,
            "fallback": self.fallback.value if self.fallback else None,
            "places": places,
            "mode": self.mode.value if self.mode else None,
            "route_clause": self.source.clause,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One entitlement put to one child.

    item, letter: its place in a published list; empty for a benefit that stands in no list.
    kept_from: the pack whose list promises it, where the child's own list falls behind that.
    """

    item: str
    letter: str
    title: Text
    content: Text
    verdict: Verdict
    departments: tuple[str, ...]
    route: Route | None
    papers: tuple[Text, ...]
    source: Source
    kept_from: str | None = None

    def to_json(self) -> dict[str, Any]:
        verdict = self.verdict.to_json()
        found = {each["code"]: each for each in verdict["conditions"]}
        return {
            "item": self.item,
            "letter": self.letter,
            "service": self.title.to_json(),
            "content": self.content.to_json(),
            "answer": verdict["answer"],
            "reasons": [reason_json(found[code]) for code in self.verdict.reasons if code in found],
            "missing": [fact.name for fact in self.verdict.missing],
            "changes_on": verdict["changes_on"],
            **(self.route.to_json() if self.route else _NO_ROUTE),
            "departments": list(self.departments),
            "papers": [paper.to_json() for paper in self.papers],
            "clause": self.source.clause,
            "source": self.source.to_json(),
            "kept_from": self.kept_from,
        }


_NO_ROUTE: dict[str, Any] = {"route": None, "accepts": None, "decides": None, "pays": None}


def reason_json(condition: dict[str, Any]) -> dict[str, Any]:
    """A condition that settled the answer, in the short form of the command line."""
    return {
        "condition": condition["code"],
        "answer": condition["answer"],
        "value": condition["value"],
        "clause": condition["source"]["clause"],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Live:
    """An entitlement that holds on the day, with its item and the list it stands in."""

    published: ServiceList
    item: Item
    entitlement: Entitlement
    kept: bool


def offers(
    facts: ChildFacts,
    *,
    on: date,
    pack: Pack,
    site: SiteSettings = PLAIN_SITE,
    place_name: PlaceName = no_names,
) -> tuple[Offer, ...]:
    """Every entitlement of the lists and every benefit of the pack, put to the child.

    What a list above promises and the pack's own list does not keep stays in force beside it.
    """
    counter = _Counter(facts, on, pack, site, place_name)
    listed = [*live_entitlements(pack, on)]
    routes = {each.entitlement.route for each in listed}
    return (
        *(counter.entitlement(each) for each in listed),
        *(counter.benefit(each) for each in _unlisted(pack, on, routes)),
    )


def live_entitlements(pack: Pack, on: date) -> Iterator[_Live]:
    """The pack's own list, and of each list above it what the next one below does not keep."""
    below: ServiceList | None = None
    for published in pack.lists:
        if not (published.loaded and published.in_force(on)):
            continue
        wanted = _whole(published) if below is None else _behind(below, published, pack, on)
        for item, entitlement in wanted:
            yield _Live(
                published=published, item=item, entitlement=entitlement, kept=below is not None
            )
        below = published


def _whole(published: ServiceList) -> Iterator[tuple[Item, Entitlement]]:
    for item in published.items.values():
        yield from ((item, each) for each in item.entitlements.values())


def _behind(
    lower: ServiceList, upper: ServiceList, pack: Pack, on: date
) -> Iterator[tuple[Item, Entitlement]]:
    """What the upper list promises and the lower one does not keep."""
    floor = compare(lower, upper, names=(lower.pack, upper.pack), law=pack, on=on)
    for finding in floor.findings:
        item = upper.items[finding.item]
        for letter in finding.letters or item.entitlements:
            yield item, item.entitlements[letter]


def _unlisted(pack: Pack, on: date, listed: Iterable[str]) -> Iterator[Benefit]:
    """Benefits with a target of their own that no entitlement in force leads to."""
    taken = set(listed)
    for name, dated in pack.benefits.items():
        benefit = dated.on(on)
        if benefit is not None and benefit.qualifies is not None and name not in taken:
            yield benefit


class _Counter:
    """Where a child's entitlements are worked out."""

    def __init__(
        self, facts: ChildFacts, on: date, pack: Pack, site: SiteSettings, place_name: PlaceName
    ) -> None:
        self.facts, self.on, self.pack, self.site = facts, on, pack, site
        self.place_name = place_name
        homes = Scene(Child(facts, site), on).homes
        residences = {home.division for home in homes if home is not None}
        self.residence = residences.pop() if len(residences) == 1 else None

    def entitlement(self, live: _Live) -> Offer:
        wanted = live.entitlement
        dated = live.published.routes.get(wanted.route)
        benefit = dated.on(self.on) if dated else None
        return Offer(
            item=wanted.item,
            letter=wanted.letter,
            title=live.item.title,
            content=wanted.content,
            verdict=self._verdict(wanted.id),
            departments=self._departments(wanted.departments),
            route=self._route(benefit),
            papers=wanted.papers or (benefit.papers if benefit else ()),
            source=wanted.source,
            kept_from=live.published.pack if live.kept else None,
        )

    def benefit(self, benefit: Benefit) -> Offer:
        return Offer(
            item="",
            letter="",
            title=benefit.label,
            content=benefit.label,
            verdict=self._verdict(f"{BENEFIT}{benefit.name}"),
            departments=self._departments(benefit.departments),
            route=self._route(benefit),
            papers=benefit.papers,
            source=benefit.source,
        )

    def _verdict(self, rule: str) -> Verdict:
        return explain(
            rule,
            self.facts,
            on=self.on,
            pack=self.pack,
            site=self.site,
            place_name=self.place_name,
        )

    def _departments(self, names: Iterable[str]) -> tuple[str, ...]:
        """The departments of the day: one that has ended stands for its successors."""
        found = (each for name in names for each in self.pack.bodies_on(name, self.on))
        return tuple(dict.fromkeys(found))

    def _route(self, benefit: Benefit | None) -> Route | None:
        if benefit is None:
            return None
        decides = benefit.decides
        pays = decides if benefit.pays is PlaceWord.DECIDING_PLACE else benefit.pays
        return Route(
            name=benefit.name,
            accepts=benefit.accepts,
            decides=decides,
            pays=pays,
            fallback=benefit.fallback,
            divisions={
                "accepts": self._division(benefit.accepts),
                "decides": self._division(decides),
                "pays": self._division(pays),
            },
            mode=self._mode(benefit),
            source=benefit.source,
        )

    def _division(self, word: PlaceWord) -> int | None:
        if word is PlaceWord.HUKOU:
            return self.facts.hukou_division
        return self.residence if word in _AT_RESIDENCE else None

    def _mode(self, benefit: Benefit) -> Mode | None:
        """Only where the hukou place decides what the residence accepts."""
        hukou, home = self.facts.hukou_division, self.residence
        if benefit.decides is not PlaceWord.HUKOU or hukou is None or home is None:
            return None
        if hukou == home:
            return Mode.LOCAL
        same = province_of(hukou) == province_of(home)
        return Mode.IN_PROVINCE if same else Mode.CROSS_PROVINCE
