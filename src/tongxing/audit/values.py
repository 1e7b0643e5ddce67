"""What goes into the trail, and what is read from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

INSERT_ONLY_TABLES = ("audit_entry", "audit_seal", "audit_verification")


class Look(StrEnum):
    """How somebody came to see a child, or did not."""

    FILE = "look.file"
    LIST = "look.list"
    EXPORT = "look.export"
    REFUSED = "look.refused"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done. `facts` holds references and field names, never personal data."""

    kind: str
    subject_type: str = ""
    subject_id: str = ""
    child_id: UUID | None = None
    division: int = 0
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One row of the trail."""

    id: int
    at: datetime
    recorded_at: datetime
    kind: str
    actor_account: str
    actor_name: str
    actor_role: str
    organisation: str
    subject_type: str
    subject_id: str
    child_id: UUID | None
    division: int
    facts: Mapping[str, Any]
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryGroup:
    """One entry, or all the looks that one page or export made at once (the newest stands here)."""

    line: EntryLine
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LookLine:
    """One person saw one child, or asked to."""

    at: datetime
    actor_name: str
    actor_role: str
    organisation: str
    how: Look
    granted: bool
    fields: tuple[str, ...]
    purpose: str
    route: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """How many different children's files one person opened in a period."""

    account: str
    name: str
    role: str
    organisation: str
    children: int
    unusual: bool


class Whose(StrEnum):
    """Which part of the trail a reader may see."""

    EVERYBODY = "everybody"
    ADMINISTRATORS = "administrators"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFilter:
    """What the reader asks for; `since` and `until` are days in Asia/Shanghai, both included."""

    whose: Whose = Whose.EVERYBODY
    account: str = ""
    name: str = ""
    child_id: UUID | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None
    division: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place in the order of the trail: the transaction, then the entry."""

    txid: int
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SealLine:
    """One sealed batch: the entries after `after`, up to and including `until`."""

    number: int
    after: Position
    until: Position
    entries: int
    previous: bytes
    root: bytes
    mac: bytes
    scheme: str
    sealed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailState:
    """How far sealing and anchoring have come."""

    last_seal: SealLine | None
    anchored: int
    waiting: int
    oldest_waiting: datetime | None


class Damage(StrEnum):
    """What verification can find."""

    ENTRY_EDITED = "entry_edited"
    ENTRY_DELETED = "entry_deleted"
    ENTRY_INSERTED = "entry_inserted"
    SEAL_EDITED = "seal_edited"
    SEAL_MISSING = "seal_missing"
    CHAIN_BROKEN = "chain_broken"
    TAIL_TRUNCATED = "tail_truncated"
    ANCHOR_DIFFERS = "anchor_differs"
    ANCHOR_MISSING = "anchor_missing"


class Doubt(StrEnum):
    """Why an undamaged trail still proves less than it should."""

    NO_KEY = "no_key"
    UNGUARDED = "unguarded"
    COUNT_WENT_BACK = "count_went_back"
    NO_ANCHORS = "no_anchors"
    ANCHORING_BEHIND = "anchoring_behind"
    SEALING_BEHIND = "sealing_behind"


class Outcome(StrEnum):
    INTACT = "intact"
    DAMAGED = "damaged"
    NOT_PROVEN = "not_proven"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One damaged place: an entry (with the seal it lies under) or a seal (entry None)."""

    damage: Damage
    seal: int
    sealed_at: datetime | None = None
    entry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The answer of a verification. `findings` is cut at a limit, `damaged` counts them all."""

    entries: int
    seals: int
    anchors: int
    waiting: int
    oldest_waiting: datetime | None
    last_sealed_at: datetime | None
    damaged: int
    findings: tuple[Finding, ...]
    doubts: tuple[Doubt, ...]

    @property
    def outcome(self) -> Outcome:
        if self.damaged:
            return Outcome.DAMAGED
        return Outcome.NOT_PROVEN if self.doubts else Outcome.INTACT


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationLine:
    """What one verification found."""

    verified_at: datetime
    outcome: Outcome
    entries: int
    seals: int
    damaged: int
    first_finding: Finding | None
    doubts: tuple[Doubt, ...]
