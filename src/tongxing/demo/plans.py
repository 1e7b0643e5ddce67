"""Which families live in a place: first the ones every story needs, then a random crowd."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, repeat
from random import Random
from typing import TypeVar

from tongxing.demo.cast import Member
from tongxing.demo.places import HULI, Place
from tongxing.demo.values import HukouKind, MovedWith


class Stay(StrEnum):
    """How long the family has been here, seen from today."""

    LONG = "long"
    UNDER_SIX_MONTHS = "under_six_months"
    SIX_MONTHS_TODAY = "six_months_today"
    SIX_MONTHS_TOMORROW = "six_months_tomorrow"
    UNKNOWN = "unknown"


class Special(StrEnum):
    """What is particular about the first child of the family."""

    SIXTEEN_TODAY = "sixteen_today"
    SIXTEEN_TOMORROW = "sixteen_tomorrow"
    OVER_SIXTEEN = "over_sixteen"
    TEENAGER = "teenager"
    BIRTH_MONTH_ONLY = "birth_month_only"
    NO_NUMBER = "no_number"
    OTHER_DOCUMENT = "other_document"


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyPlan:
    hukou: HukouKind
    stay: Stay = Stay.LONG
    moved_with: MovedWith = MovedWith.BOTH_PARENTS
    special: Special | None = None
    size: int = 1
    twins: bool = False
    moved_inside_city: bool = False
    member: Member | None = None


Item = TypeVar("Item")

FAR = HukouKind.OTHER_PROVINCE
COMPANY: Mapping[MovedWith, int] = {
    MovedWith.BOTH_PARENTS: 640,
    MovedWith.MOTHER: 160,
    MovedWith.FATHER: 120,
    MovedWith.GRANDPARENT: 50,
    MovedWith.GUARDIAN: 10,
    MovedWith.RELATIVE: 10,
    MovedWith.NOBODY: 10,
}
STAYS: Mapping[Stay, int] = {Stay.LONG: 905, Stay.UNDER_SIX_MONTHS: 75, Stay.UNKNOWN: 20}
SPECIALS: Mapping[Special | None, int] = {
    None: 950,
    Special.OVER_SIXTEEN: 35,
    Special.NO_NUMBER: 10,
    Special.BIRTH_MONTH_ONLY: 2,
    Special.OTHER_DOCUMENT: 3,
}


def plans(place: Place, cast: tuple[Member, ...], rng: Random) -> Iterator[FamilyPlan]:
    """Endless: the caller takes families until the place has enough children."""
    crowd = (_random(place, rng) for _ in repeat(None))
    for plan in chain(map(_of_member, cast), _promised(place), crowd):
        yield _alone_only_when_old(plan)


def _of_member(member: Member) -> FamilyPlan:
    return FamilyPlan(hukou=FAR, moved_with=member.moved_with, member=member)


def _promised(place: Place) -> Iterator[FamilyPlan]:
    """At least so many of every kind, whatever the dice say."""
    for kind in place.kinds:
        yield from [FamilyPlan(hukou=kind)] * 5
    for stay in Stay:
        yield from [FamilyPlan(hukou=FAR, stay=stay)] * 4
    for company in MovedWith:
        yield from [FamilyPlan(hukou=FAR, moved_with=company)] * 5
    for special in Special:
        yield from [FamilyPlan(hukou=FAR, special=special)] * 4
    yield from [FamilyPlan(hukou=FAR, size=2, twins=True)] * 6
    yield from [FamilyPlan(hukou=FAR, size=3)] * 4
    yield from [FamilyPlan(hukou=FAR, special=Special.OVER_SIXTEEN, size=2)] * 3
    if place.division == HULI:
        newcomer = FamilyPlan(hukou=FAR, stay=Stay.UNDER_SIX_MONTHS, moved_inside_city=True)
        yield from [newcomer] * 5


def _random(place: Place, rng: Random) -> FamilyPlan:
    size = rng.choices((1, 2, 3, 4), (46, 42, 10, 2))[0]
    return FamilyPlan(
        hukou=_weighted(place.kinds, rng),
        stay=_weighted(STAYS, rng),
        moved_with=_weighted(COMPANY, rng),
        special=_weighted(SPECIALS, rng),
        size=size,
        twins=size > 1 and rng.random() < 0.05,
        moved_inside_city=place.division == HULI and rng.random() < 0.12,
    )


def _alone_only_when_old(plan: FamilyPlan) -> FamilyPlan:
    """A child who came with nobody is a teenager who left home, without brothers and sisters."""
    if plan.moved_with is not MovedWith.NOBODY:
        return plan
    return replace(plan, special=Special.TEENAGER, size=1, twins=False)


def _weighted(weights: Mapping[Item, int], rng: Random) -> Item:
    return rng.choices(list(weights), list(weights.values()))[0]
