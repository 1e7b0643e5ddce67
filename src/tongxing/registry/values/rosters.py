"""A department's list on its way into the register."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tongxing.registry.values.children import Source

# Who sends lists. Staff, families and hotlines state things one by one.
LIST_SOURCES = (
    *(Source.EDUCATION, Source.KINDERGARTEN, Source.SURVEY, Source.POLICE, Source.HEALTH),
    *(Source.INSURANCE, Source.DPF, Source.CIVIL_AFFAIRS),
)


class BatchState(StrEnum):
    """The life of one uploaded list."""

    RECEIVED = "received"
    INSPECTED = "inspected"
    STAGING = "staging"
    REVIEW = "review"
    STOPPED = "stopped"
    COMMITTING = "committing"
    COMMITTED = "committed"
    UNDOING = "undoing"
    UNDONE = "undone"
    UNREADABLE = "unreadable"
    DISCARDED = "discarded"


WORKING = (BatchState.RECEIVED, BatchState.STAGING, BatchState.COMMITTING, BatchState.UNDOING)
IN_THE_REGISTER = (BatchState.COMMITTED, BatchState.COMMITTING)


class Fate(StrEnum):
    """What becomes of a row. Every row read has exactly one: read = the sum."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    HELD = "held"
    REJECTED = "rejected"


class Decision(StrEnum):
    """What a person says about a row."""

    ACCEPT = "accept"
    ACCEPT_WITHOUT_NUMBER = "accept_without_number"
    SAME_CHILD = "same_child"
    OTHER_CHILD = "other_child"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it arrived, and what its sender says about it."""

    division: int
    source: str
    file_name: str
    content: bytes
    as_of: date
    again: bool = False
    by_worker: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows of a list met which fate."""

    read: int = 0
    by_fate: dict[Fate, int] = field(default_factory=dict)

    @property
    def conserved(self) -> bool:
        """Nothing vanished and nothing was invented."""
        return self.read == sum(self.by_fate.values())

    def as_dict(self) -> dict[str, Any]:
        return {"read": self.read, **{fate.value: self.by_fate.get(fate, 0) for fate in Fate}}
