"""Random trees over every node, and random children with every kind of gap."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.rulebook.worlds import PLACES
from tongxing.kernel.divisions import NATION, Level
from tongxing.rulebook import (
    Absence,
    ChildFacts,
    Companion,
    HukouStatus,
    Moment,
    Pack,
    PartialDate,
    PastHukou,
    Spell,
)
from tongxing.rulebook.facts import FactValue, Ground
from tongxing.rulebook.nodes import (
    Accompanied,
    AgeAtLeast,
    AgeUnder,
    AllOf,
    AnyOf,
    Crossed,
    Fact,
    HasGround,
    HukouWithin,
    IsInSet,
    Node,
    Not,
    ResidenceWithin,
    SameCityCentralDistricts,
    SelfRequested,
    Stayed,
    SwitchedOn,
)

ROUGH_PLACES = (
    150000000000,
    429000000000,
    429005001000,
    429071000000,
    150271001000,
    150203001001,
    500151000000,
    500101003000,
)
FACTS, WORDS = ("orphan", "disabled"), ("primary", "junior", "senior")

numbers_of_years = st.integers(0, 20)
birthday_rules = st.sampled_from(["on_birthday", "day_after"])
levels = st.sampled_from([Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWNSHIP])
stays = st.builds(
    lambda months, level, inside, days: Stayed(
        months, level if inside else None, None if inside else level, days
    ),
    st.integers(0, 14),
    levels,
    st.booleans(),
    st.integers(0, 70),
)
divisions = st.sampled_from(PLACES + ROUGH_PLACES) | st.just(NATION)
LEAVES: dict[type[Node], SearchStrategy[Any]] = {
    Accompanied: st.just(Accompanied()),
    AgeAtLeast: st.builds(AgeAtLeast, numbers_of_years, birthday_rules),
    AgeUnder: st.builds(AgeUnder, numbers_of_years, birthday_rules),
    Crossed: st.builds(Crossed, levels),
    Fact: st.builds(Fact, st.sampled_from([*FACTS, "stage", "never_stated"])),
    HasGround: st.builds(HasGround, st.sampled_from([ground.value for ground in Ground])),
    HukouWithin: st.builds(HukouWithin, divisions),
    IsInSet: st.builds(
        IsInSet,
        st.sampled_from(["stage", "orphan", "never_stated"]),
        st.lists(st.sampled_from([*WORDS, "unheard_of"]), min_size=1).map(tuple),
    ),
    ResidenceWithin: st.builds(ResidenceWithin, divisions),
    SameCityCentralDistricts: st.just(SameCityCentralDistricts()),
    SelfRequested: st.just(SelfRequested()),
    Stayed: stays,
    SwitchedOn: st.builds(SwitchedOn, st.booleans()),
}


def _grown(parts: SearchStrategy[Node]) -> SearchStrategy[Node]:
    several = st.lists(parts, min_size=1, max_size=4).map(tuple)
    return st.builds(AllOf, several) | st.builds(AnyOf, several) | st.builds(Not, parts)


trees = st.recursive(st.one_of(*LEAVES.values()), _grown, max_leaves=8)


FactChoices = Mapping[str, Sequence[FactValue]]
FACTS_OF_TREES: FactChoices = dict.fromkeys([*FACTS, "stage"], (None, True, False, *WORDS))


def facts_of(pack: Pack) -> FactChoices:
    """The facts a pack declares, each with what may be known of it."""
    declared = [fact for fact in pack.facts.values() if fact.declared]
    return {fact.name: (None, *(fact.words or (True, False))) for fact in declared}


class Crowd:
    """Random children from a seed: drawing hundreds one by one from Hypothesis takes too long."""

    def __init__(self, seed: int, facts: FactChoices = FACTS_OF_TREES) -> None:
        self.chance, self.facts = Random(seed), facts  # noqa: S311 - children for tests

    def children(self, count: int) -> list[ChildFacts]:
        return [self.child() for _ in range(count)]

    def child(self) -> ChildFacts:
        pick = self.chance.choice
        statuses = [HukouStatus.REGISTERED] * 8 + list(HukouStatus)
        return ChildFacts(
            birth_date=self.maybe(self.moment(2005, 2025)),
            hukou_division=self.maybe(self.place()),
            hukou_since=pick([None, None, self.moment()]),
            hukou_status=pick(statuses),
            earlier_hukou=tuple(
                PastHukou(division=self.place(), since=pick([None, self.moment()]))
                for _ in range(pick([0, 0, 0, 1, 2, 3]))
            ),
            spells=pick([self.chained_spells, self.wild_spells])(),
            asks_for_help_on=pick([None, self.moment()]),
            priority_grounds=frozenset(self.chance.sample(list(Ground), pick([0, 0, 1, 2]))),
            facts={name: pick(known) for name, known in self.facts.items() if pick([1, 1, 0])},
        )

    def maybe(self, value: Any) -> Any:
        return value if self.chance.random() < 0.9 else None

    def place(self) -> int:
        return self.chance.choice(PLACES + ROUGH_PLACES)

    def day(self, first: int = 2023, last: int = 2027) -> date:
        days = (date(last, 1, 1) - date(first, 1, 1)).days
        return date(first, 1, 1) + timedelta(days=self.chance.randrange(days))

    def moment(self, first: int = 2023, last: int = 2027) -> Moment:
        day, likely = self.day(first, last), self.chance.random()
        if likely < 0.7:
            return day
        length = timedelta(days=self.chance.randrange(200))
        if likely < 0.9:
            return PartialDate(day, day + length)
        return self.chance.choice([PartialDate(day), PartialDate(None, day), PartialDate()])

    def chained_spells(self) -> tuple[Spell, ...]:
        """One residence after the other, with gaps and absences around what is tolerated."""
        starts = sorted(self.day() for _ in range(self.chance.choice([1, 1, 2, 3, 4])))
        ends = [*starts[1:], None]
        gap = timedelta(days=self.chance.choice([0, 0, 1, 30, 60, 61]))
        return tuple(
            self.spell(begun, end and max(begun, end - gap))
            for begun, end in zip(starts, ends, strict=True)
        )

    def wild_spells(self) -> tuple[Spell, ...]:
        """Anything: overlapping, ended before they began, nobody knows since when."""
        pick = self.chance.choice
        return tuple(
            self.spell(self.maybe(self.moment()), pick([None, self.moment()]))
            for _ in range(pick([0, 1, 2, 3, 4]))
        )

    def spell(self, since: Moment | None, until: Moment | None) -> Spell:
        pick = self.chance.choice
        away = [Absence(since=self.moment(), until=pick([None, self.moment()])) for _ in range(3)]
        known = [frozenset({Companion.MOTHER})] * 3 + [frozenset({each}) for each in Companion]
        both = frozenset({Companion.NOBODY, Companion.CARER})
        return Spell(
            division=self.place(),
            since=since,
            until=until,
            companions=pick([None, both, frozenset[Companion](), *known]),
            absences=tuple(away[: pick([0, 0, 0, 0, 1, 2, 3])]),
        )


seeds = st.integers(0, 2**32)
