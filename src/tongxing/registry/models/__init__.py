"""Tables of the register. Every table about a child carries the child's division and is scoped."""

from tongxing.registry.models.children import Child, Household, NameKey
from tongxing.registry.models.clues import Clue
from tongxing.registry.models.facts import (
    Disability,
    Enrolment,
    Hardship,
    HealthRecord,
    Insurance,
    Permit,
)
from tongxing.registry.models.guardians import Guardian
from tongxing.registry.models.rosters import (
    RosterBatch,
    RosterChange,
    RosterChunk,
    RosterMapping,
    RosterRow,
)
from tongxing.registry.models.spells import HukouSpell, ResidenceSpell, TemporaryAbsence

__all__ = [
    "Child",
    "Clue",
    "Disability",
    "Enrolment",
    "Guardian",
    "Hardship",
    "HealthRecord",
    "Household",
    "HukouSpell",
    "Insurance",
    "NameKey",
    "Permit",
    "ResidenceSpell",
    "RosterBatch",
    "RosterChange",
    "RosterChunk",
    "RosterMapping",
    "RosterRow",
    "TemporaryAbsence",
]
