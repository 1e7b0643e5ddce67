"""What is known about one child, as the rules need it. `None` always means "not known".

Periods are half-open: `since` is the first day, `until` the first day that no longer belongs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tongxing.rulebook.moments import Moment

FactValue = bool | str | None


class Companion(StrEnum):
    """With whom the child lives."""

    MOTHER = "mother"
    FATHER = "father"
    GUARDIAN = "guardian"
    """Another guardian whose guardianship has a recorded basis."""
    CARER = "carer"
    """Somebody who looks after the child without a recorded basis of guardianship."""
    NOBODY = "nobody"


class Ground(StrEnum):
    """A recorded finding that makes a migrant child a priority child (CN-5.1)."""

    FAMILY_DIFFICULTY = "family_difficulty"
    OWN_DISABILITY = "own_disability"
    GUARDIANSHIP_MISSING = "guardianship_missing"
    VAGRANCY = "vagrancy"
    PSYCHOLOGICAL_ABNORMALITY = "psychological_abnormality"


class HukouStatus(StrEnum):
    REGISTERED = "registered"
    UNREGISTERED = "unregistered"
    """No household registration yet."""
    OUTSIDE = "outside"
    """Foreign, or of Hong Kong, Macao or Taiwan: there is no hukou place to leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Temporarily away from a residence that was not given up. `until` None: still away."""

    since: Moment
    until: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """One residence. `since` None: start not known; `until` None: the child still lives there."""

    division: int
    since: Moment | None = None
    until: Moment | None = None
    companions: frozenset[Companion] | None = None
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PastHukou:
    """A hukou place the child had from `since` (None: from the beginning) until the next one."""

    division: int
    since: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFacts:
    """The facts about one child, whatever the day asked.

    `spells` is the complete record of residences: a day no spell covers was not spent in any of
    them. `earlier_hukou` lists former hukou places, oldest first. `asks_for_help_on` is an act:
    None means that nobody has asked; `priority_grounds` are findings: what is not there was not
    found. `facts` holds named facts declared by the packs.
    """

    birth_date: Moment | None = None
    hukou_division: int | None = None
    hukou_since: Moment | None = None
    hukou_status: HukouStatus = HukouStatus.REGISTERED
    earlier_hukou: tuple[PastHukou, ...] = ()
    spells: tuple[Spell, ...] = ()
    asks_for_help_on: Moment | None = None
    priority_grounds: frozenset[Ground] = frozenset()
    facts: Mapping[str, FactValue] = field(default_factory=dict)
