"""Clues and self-declared needs as lists and forms see them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tongxing.registry.values.children import ClueKind, ClueState


class Need(StrEnum):
    """What a family says it needs, in everyday words that shame nobody."""

    SCHOOLING = "schooling"
    HEALTH = "health"
    LIVING = "living"
    HOUSING = "housing"
    PAPERS = "papers"
    CARE = "care"
    OTHER = "other"
    NOT_SAID = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueReport:
    """What somebody reports. `said` and `contact` are sealed as soon as they arrive."""

    division: int
    kind: ClueKind
    said: str
    contact: str = ""
    need: Need = Need.NOT_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueRow:
    """One clue in a list; what was said is read on its own page."""

    id: UUID
    division: int
    place: str
    kind: ClueKind
    state: ClueState
    need: Need
    received_at: datetime
    due_on: date | None
    assigned_post: str
    assigned_name: str
    reported_by_name: str
    child_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CluePage:
    rows: list[ClueRow]
    previous: str | None
    next: str | None
    total: int
    at_least: bool
