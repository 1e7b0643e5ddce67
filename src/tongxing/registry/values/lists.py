"""What somebody asks of the register list, and what a page of it holds."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tongxing.registry.values.children import ChildState, Sex, Source
from tongxing.registry.values.standings import Answer, Population

IN_REGISTER = (ChildState.TO_VERIFY, ChildState.ACTIVE, ChildState.SUSPENDED)
COUNTED_UP_TO = 1000


class Sort(StrEnum):
    """The orders a list may have."""

    PLACE = "place"
    NAME = "name"
    AGE = "age"
    CHANGED = "changed"


class Verification(StrEnum):
    """How the half-yearly verification of a record stands."""

    OVERDUE = "overdue"
    SOON = "soon"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFilter:
    """What a list is narrowed by; nothing given means every child in the register.

    `text` is a name, pinyin, initials or a whole identity number. `answer` counts only together
    with `population`. Ages are completed years on the day of the list, both ends included.
    """

    text: str = ""
    division: int | None = None
    population: Population | None = None
    answer: Answer | None = None
    age_from: int | None = None
    age_to: int | None = None
    sex: Sex | None = None
    states: tuple[ChildState, ...] = IN_REGISTER
    school: str = ""
    missing: str = ""
    source: Source | None = None
    changed_since: date | None = None
    verification: Verification | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """In which order a list is read, and which part: after or before a cursor, and how many."""

    sort: Sort = Sort.PLACE
    descending: bool = False
    after: str = ""
    before: str = ""
    size: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildRow:
    """One child in a list. No numbers, phones or addresses: a list has no need of them."""

    id: UUID
    division: int
    place: str
    name: str
    sex: str
    born_from: date | None
    born_until: date | None
    hukou: str
    hukou_place: str
    state: ChildState
    last_verified_on: date | None
    due_on: date
    standing: dict[Population, Answer]
    changes_on: date | None
    missing: tuple[str, ...]
    changed_at: datetime
    source: str
    as_of: date
    school: str = ""
    stage: str = ""
    grade: int | None = None
    guardian: str = ""
    guardian_relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildPage:
    """A page of a list, with the cursors of its neighbours.

    `total` stops at COUNTED_UP_TO; then `at_least` is true and there are more.
    """

    rows: list[ChildRow] = field(default_factory=list)
    previous: str | None = None
    next: str | None = None
    total: int = 0
    at_least: bool = False
