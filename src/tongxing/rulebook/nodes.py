"""The words a rule is written in: a small tree of frozen nodes, pure data.

Interpreters read the tree; nodes compute nothing. In a pack each node is a mapping with one key,
its word: `age_under: 16`, `stayed: {months: 6, beyond: COUNTY}`, or the bare word when it takes no
arguments. A value may be replaced by `{parameter: name}`, which reads the dated parameter in force
on the day asked. The examples below are run as tests.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass
from enum import StrEnum
from typing import Annotated, Any, TypeVar, get_type_hints

from tongxing.kernel.divisions import Level
from tongxing.rulebook.errors import suggestion
from tongxing.rulebook.facts import Ground


class Kind(StrEnum):
    """What an argument may hold; the value is how an error message describes it."""

    NODE = "one node"
    NODES = "a list of nodes"
    NUMBER = "a whole number, zero or more"
    LEVEL = "one of PROVINCE, CITY, COUNTY, TOWNSHIP"
    SWITCH = "true or false"
    BIRTHDAY = "on_birthday or day_after"
    NAME = "a name"
    WORDS = "a list of words"
    DIVISION = "a division code of 6 to 12 digits, in quotes"


class Node:
    """A part of a rule."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """Stands where a value could stand, and names a dated parameter instead."""

    name: str


@dataclass(frozen=True, slots=True)
class Argument:
    kind: Kind
    required: bool


Part = Annotated[Node, Kind.NODE]
Parts = Annotated[tuple[Node, ...], Kind.NODES]
Name = Annotated[str, Kind.NAME]
Number = Annotated[int | ParameterRef, Kind.NUMBER]
Birthday = Annotated[str | ParameterRef, Kind.BIRTHDAY]
UnitLevel = Annotated[Level | ParameterRef, Kind.LEVEL]
MaybeUnitLevel = Annotated[Level | ParameterRef | None, Kind.LEVEL]
Words = Annotated[tuple[str, ...] | ParameterRef, Kind.WORDS]
Switch = Annotated[bool | ParameterRef, Kind.SWITCH]
Division = Annotated[int | ParameterRef, Kind.DIVISION]

AnyNode = TypeVar("AnyNode", bound=type[Node])
NODE_OF_WORD: dict[str, type[Node]] = {}
ARGUMENTS: dict[type[Node], dict[str, Argument]] = {}


def word(name: str) -> Callable[[AnyNode], AnyNode]:
    """Register a node class under the word used in packs."""

    def register(cls: AnyNode) -> AnyNode:
        NODE_OF_WORD[name] = cls
        ARGUMENTS[cls] = _arguments_of(cls)
        return cls

    return register


def _arguments_of(cls: type[Node]) -> dict[str, Argument]:
    kinds = get_type_hints(cls, include_extras=True)
    slots: dict[str, Field[Any]] = getattr(cls, "__dataclass_fields__", {})
    return {
        name: Argument(kinds[name].__metadata__[0], slot.default is MISSING)
        for name, slot in slots.items()
    }


@word("all_of")
@dataclass(frozen=True, slots=True)
class AllOf(Node):
    """Yes when every part is yes, no as soon as one part is no.

    >>> from tongxing.rulebook.trial import ask
    >>> ask("all_of: [{age_under: 16}, accompanied]", on="2025-01-01", born_on="2015-01-01")
    'cannot_tell'
    >>> ask("all_of: [{age_under: 16}, accompanied]", on="2025-01-01", born_on="2001-01-01")
    'no'
    """

    parts: Parts


@word("any_of")
@dataclass(frozen=True, slots=True)
class AnyOf(Node):
    """Yes as soon as one part is yes, no when every part is no.

    >>> from tongxing.rulebook.trial import ask
    >>> ask("any_of: [{fact: orphan}, {fact: disabled}]", facts={"orphan": True})
    'yes'
    >>> ask("any_of: [{fact: orphan}, {fact: disabled}]", facts={"orphan": False})
    'cannot_tell'
    """

    parts: Parts


@word("not")
@dataclass(frozen=True, slots=True)
class Not(Node):
    """The opposite; what cannot be told stays so. A condition below it is an exclusion.

    >>> from tongxing.rulebook.trial import ask
    >>> ask("not: {fact: orphan}", facts={"orphan": False})
    'yes'
    >>> ask("not: {fact: orphan}", facts={"orphan": None})
    'cannot_tell'
    """

    part: Part


@word("fact")
@dataclass(frozen=True, slots=True)
class Fact(Node):
    """A declared yes-or-no fact of the child. An absent fact cannot tell.

    >>> from tongxing.rulebook.trial import ask
    >>> ask("fact: orphan", facts={"orphan": True}), ask("fact: orphan")
    ('yes', 'cannot_tell')
    """

    name: Name


@word("is_in_set")
@dataclass(frozen=True, slots=True)
class IsInSet(Node):
    """A declared fact holds one of the listed words.

    >>> from tongxing.rulebook.trial import ask
    >>> ask("is_in_set: {fact: stage, words: [primary, junior]}", facts={"stage": "junior"})
    'yes'
    >>> ask("is_in_set: {fact: stage, words: [primary, junior]}", facts={"stage": "senior"})
    'no'
    """

    fact: Name
    words: Words


@word("age_under")
@dataclass(frozen=True, slots=True)
class AgeUnder(Node):
    """Born, and not yet so many years old (不满…周岁).

    `birthday` says from when the age counts: on the birthday, or from the day after. A birth date
    known only as a year decides where every possible day agrees.

    >>> from tongxing.rulebook.trial import ask
    >>> ask("age_under: 16", on="2028-03-14", born_on="2012-03-15")
    'yes'
    >>> ask("age_under: 16", on="2028-03-15", born_on="2012-03-15")
    'no'
    >>> ask("age_under: {years: 16, birthday: day_after}", on="2028-03-15", born_on="2012-03-15")
    'yes'
    >>> ask("age_under: 16", on="2026-06-01", born_on="2010")
    'cannot_tell'
    """

    years: Number
    birthday: Birthday = "on_birthday"


@word("age_at_least")
@dataclass(frozen=True, slots=True)
class AgeAtLeast(Node):
    """So many years old or more (年满…周岁), by the same reading of the birthday.

    >>> from tongxing.rulebook.trial import ask
    >>> ask("age_at_least: 3", on="2025-09-01", born_on="2022-09-01")
    'yes'
    >>> ask("age_at_least: 3", on="2025-08-31", born_on="2022-09-01")
    'no'
    """

    years: Number
    birthday: Birthday = "on_birthday"


@word("accompanied")
@dataclass(frozen=True, slots=True)
class Accompanied(Node):
    """Lives with one or both parents, or with another guardian whose basis is recorded.

    A carer without a recorded basis cannot tell; living with nobody is a no.

    >>> from tongxing.rulebook.trial import ask
    >>> def lives_with(*people):
    ...     spell = {"division": "150203", "since": "2024-02-10", "with": list(people)}
    ...     return ask("accompanied", on="2025-01-01", spells=[spell])
    >>> lives_with("mother"), lives_with("nobody"), lives_with("carer")
    ('yes', 'no', 'cannot_tell')
    """


@word("crossed")
@dataclass(frozen=True, slots=True)
class Crossed(Node):
    """Lives in another unit of the level than the hukou place.

    >>> from tongxing.rulebook.trial import ask
    >>> home = [{"division": "150203", "since": "2024-02-10"}]
    >>> ask("crossed: COUNTY", on="2025-01-01", hukou_division="150222", spells=home)
    'yes'
    >>> ask("crossed: CITY", on="2025-01-01", hukou_division="150222", spells=home)
    'no'
    >>> ask("crossed: TOWNSHIP", on="2025-01-01", hukou_division="150203", spells=home)
    'cannot_tell'
    """

    level: UnitLevel


@word("stayed")
@dataclass(frozen=True, slots=True)
class Stayed(Node):
    """Has lived for so many calendar months, without a longer break than is tolerated.

    Say what the time is counted over, one of the two. `beyond: COUNTY` counts all time lived
    outside the county of the hukou place on the day asked, in whatever county; `within: CITY`
    counts the time inside the city of the present residence. Moves inside do not restart it.
    Interruptions of up to `tolerating_days` days neither end nor shorten the stay.

    >>> from tongxing.rulebook.trial import ask
    >>> moves = [
    ...     {"division": "350205", "since": "2025-01-08", "until": "2025-06-01"},
    ...     {"division": "350206", "since": "2025-06-01"},
    ... ]
    >>> ask("stayed: {months: 6, within: CITY}", on="2025-07-07", spells=moves)
    'no'
    >>> ask("stayed: {months: 6, within: CITY}", on="2025-07-08", spells=moves)
    'yes'
    >>> ask("stayed: {months: 6, within: COUNTY}", on="2025-07-08", spells=moves)
    'no'
    """

    months: Number
    within: MaybeUnitLevel = None
    beyond: MaybeUnitLevel = None
    tolerating_days: Number = 0

    def __post_init__(self) -> None:
        if (self.within is None) == (self.beyond is None):
            raise ValueError("'stayed' needs either 'within' or 'beyond', and not both")


@word("same_city_central_districts")
@dataclass(frozen=True, slots=True)
class SameCityCentralDistricts(Node):
    """Hukou place and residence are two districts of one city's central urban area.

    Which districts are central is the site's setting; while nobody has set it for the city, two of
    its municipal districts cannot tell.

    >>> from tongxing.rulebook.trial import ask
    >>> home = [{"division": "150203", "since": "2023-09-01"}]
    >>> central = {"central_urban_districts": {"1502": ["150203", "150204"]}}
    >>> def between(hukou, site=None):
    ...     rule = "same_city_central_districts"
    ...     return ask(rule, on="2025-01-01", hukou_division=hukou, spells=home, site=site)
    >>> between("150204", central), between("150205", central), between("150102", central)
    ('yes', 'no', 'no')
    >>> between("150204")
    'cannot_tell'
    """


@word("hukou_within")
@dataclass(frozen=True, slots=True)
class HukouWithin(Node):
    """The hukou place lies in a division, whatever the district.

    >>> from tongxing.rulebook.trial import ask
    >>> ask("hukou_within: '350200'", hukou_division="350212")
    'yes'
    """

    division: Division


@word("residence_within")
@dataclass(frozen=True, slots=True)
class ResidenceWithin(Node):
    """The child lives in a division.

    >>> from tongxing.rulebook.trial import ask
    >>> ask("residence_within: '350200'", on="2025-01-01",
    ...     spells=[{"division": "350206", "since": "2022-07-01"}])
    'yes'
    """

    division: Division


@word("self_requested")
@dataclass(frozen=True, slots=True)
class SelfRequested(Node):
    """Child or family has asked for help of their own accord, on or before the day.

    >>> from tongxing.rulebook.trial import ask
    >>> ask("self_requested", on="2025-05-06", asks_for_help_on="2025-05-06")
    'yes'
    >>> ask("self_requested", on="2025-05-06")
    'no'
    """


@word("has_ground")
@dataclass(frozen=True, slots=True)
class HasGround(Node):
    """One of the five grounds for a priority child has been found and recorded.

    >>> from tongxing.rulebook.trial import ask
    >>> ask("has_ground: vagrancy", priority_grounds=["vagrancy"])
    'yes'
    >>> ask("has_ground: vagrancy")
    'no'
    """

    ground: Name

    def __post_init__(self) -> None:
        if self.ground not in {ground.value for ground in Ground}:
            raise ValueError(f"no ground '{self.ground}'. {suggestion(self.ground, Ground)}")


@word("switched_on")
@dataclass(frozen=True, slots=True)
class SwitchedOn(Node):
    """A yes-or-no parameter is on: for provisions that places may leave out.

    >>> from tongxing.rulebook.trial import ask
    >>> ask("switched_on: true"), ask("switched_on: false")
    ('yes', 'no')
    """

    switch: Switch


@word("condition")
@dataclass(frozen=True, slots=True)
class ConditionRef(Node):
    """A named condition of the pack: the unit in which a verdict explains itself.

    >>> from tongxing.rulebook.trial import condition_of
    >>> condition_of("under_16").code
    'UNDER_16'
    """

    name: Name


@word("rule")
@dataclass(frozen=True, slots=True)
class RuleRef(Node):
    """Another rule of the pack, taken over with its conditions. Inside a condition it counts whole.

    >>> from tongxing.rulebook.trial import codes_of
    >>> codes_of("rule: survey_population")[:2]
    ['ACCOMPANIED', 'CROSS_COUNTY']
    """

    name: Name


def children_of(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    if isinstance(node, AllOf | AnyOf):
        return node.parts
    return (node.part,) if isinstance(node, Not) else ()
