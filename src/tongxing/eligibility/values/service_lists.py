"""A service list on its way from a draft to a list in force."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class ListState(StrEnum):
    """Where a list stands. FILED lists are in force like PUBLISHED ones."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    FILED = "filed"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"


IN_FORCE = (ListState.PUBLISHED, ListState.FILED)
UNDER_WAY = (ListState.DRAFT, ListState.SUBMITTED, ListState.APPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementText:
    """One lettered promise as its editor writes it. `removed`: struck out, and kept for undo."""

    letter: str
    content_zh: str
    content_en: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemText:
    """One item as its editor writes it."""

    title_zh: str
    title_en: str
    target_zh: str
    target_en: str
    departments: tuple[str, ...]
    entitlements: tuple[EntitlementText, ...]
    conditions: tuple[str, ...] = ()
    domain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """What an editor saw: changes based on an older revision are refused, not merged."""

    list_id: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Justified:
    """Why a gap is left open, in the words of a person."""

    item: str
    shortfall: str
    letters: tuple[str, ...]
    text: str
    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How many children of the area an item or entitlement is for."""

    yes: int = 0
    no: int = 0
    cannot_tell: int = 0
    missing: tuple[str, ...] = field(default=())
