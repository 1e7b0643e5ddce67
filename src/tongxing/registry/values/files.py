"""One child, one file: everything the register knows of a child, with who said it and when.

Numbers, phones and addresses are masked here already; the whole of them is revealed one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tongxing.registry.values.children import (
    ChildState,
    ClueKind,
    ClueState,
    FactKind,
    HukouKnown,
    IdentityKind,
)
from tongxing.registry.values.clues import Need
from tongxing.registry.values.standings import Answer, Population


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Who states something, and for which day."""

    source: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The child as a person, and where the record stands."""

    id: UUID
    name: str
    former_name: str
    sex: str
    born_from: date | None
    born_until: date | None
    ethnicity: str
    nationality: str
    moved_with: str
    asked_for_help_on: date | None
    state: ChildState
    exit_reason: str
    exited_on: date | None
    last_verified_on: date | None
    due_on: date
    revision: int
    has_remarks: bool
    standing: Mapping[Population, Answer]
    changes_on: date | None
    missing: tuple[str, ...]
    entered: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    kind: IdentityKind
    masked: str
    missing_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Living somewhere for `[since, until)`; a vague beginning lies in `[since, since_latest]`."""

    place: str
    division: int | None
    since: date | None
    since_latest: date | None
    until: date | None
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Days away that do not end the stay."""

    since: date
    until: date | None
    reason: str
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Residence:
    """Where the child lives and lived."""

    division: int
    place: str
    has_address: bool
    stays: tuple[Stay, ...] = ()
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HukouChange:
    place: str
    registered: bool | None
    since: date | None
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Hukou:
    """Where the hukou is and was; `written` is the place in the words of the list."""

    known: HukouKnown
    place: str
    written: str
    changes: tuple[HukouChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adult:
    """One adult around the child, put together from what the sources say.

    `id` is the guardian row that holds the number shown, `phone_id` the one with the phone.
    """

    id: UUID
    phone_id: UUID | None
    name: str
    relation: str
    relation_written: str
    masked_number: str
    masked_phone: str
    workplace: str
    is_legal_guardian: bool | None
    is_actual_carer: bool | None
    lives_with_child: bool | None
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """Another child with the same adult, or in the same household."""

    id: UUID
    name: str
    born_from: date | None
    state: ChildState


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one source says of one kind of fact."""

    id: UUID
    source: str
    as_of: date
    values: Mapping[str, Any]
    # Keys in which it contradicts the statement that is believed.
    differs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One kind of fact: the statement that counts, and what others state beside it."""

    kind: FactKind
    believed: Statement | None
    others: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A list says otherwise than the register, and nobody has decided yet.

    Secret fields show neither side.
    """

    field: str
    ours: Any
    theirs: Any
    secret: bool
    said: Said
    batch_id: UUID
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueLine:
    id: UUID
    kind: ClueKind
    state: ClueState
    need: Need
    received_at: datetime
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFile:
    """The whole file. `said` tells for each field of the person who stated it."""

    person: Person
    identity: Identity
    residence: Residence
    hukou: Hukou
    adults: tuple[Adult, ...]
    siblings: tuple[Sibling, ...]
    facts: Mapping[FactKind, Facts]
    clues: tuple[ClueLine, ...]
    conflicts: tuple[Conflict, ...]
    said: Mapping[str, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One thing that was done with the record, in words."""

    at: datetime
    who: str
    organisation: str
    what: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookGroup:
    """What one person looked at on one day, for one purpose."""

    at: datetime
    who: str
    post: str
    purpose: str
    what: str
    times: int
    granted: bool
