"""Rows that pages of access show."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tongxing.access.values.accounts import AccountState, EntryCheck, GrantState
from tongxing.access.values.organisations import Department, OrganisationKind, Sector
from tongxing.access.values.roles import Role
from tongxing.kernel.divisions import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    """One organisation with the name of its division and how many posts it has."""

    id: UUID
    name: str
    kind: OrganisationKind
    sector: Sector
    department: Department | None
    division: int
    division_name: str
    area: Area
    parent_id: UUID | None
    parent_name: str
    valid_from: date
    valid_until: date | None
    posts: int
    vacant: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderRow:
    """Somebody in a post, now or before."""

    appointment_id: UUID
    account_id: UUID
    person_name: str
    username: str
    since: date
    until: date | None
    end_reason: str
    entry_check: EntryCheck | None
    entry_check_on: date | None
    check_missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """One post and who holds it today; no holder is an alarm, not a gap in the list."""

    id: UUID
    role: Role
    title: str
    organisation_id: UUID
    organisation: str
    area: Area
    division: int
    division_name: str
    valid_from: date
    valid_until: date | None
    contract_until: date | None
    holder: HolderRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """One person with the state of the account and the posts held today."""

    id: UUID
    username: str
    person_name: str
    state: AccountState
    last_seen_on: date | None
    must_change_password: bool
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPost:
    """A post in the life of one person."""

    holder: HolderRow
    post: PostRow


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRow:
    """A request for a post, open or decided."""

    id: UUID
    account_id: UUID
    person_name: str
    post: str
    post_id: UUID
    role: Role
    organisation: str
    division_name: str
    since: date
    reason: str
    state: GrantState
    requested_by: str
    requested_by_id: UUID
    requested_at: datetime
    decided_by: str
    decided_at: datetime | None
    decision_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    """A browser an account has signed in from."""

    id: UUID
    name: str
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """An account of the demonstration, as the sign-in page lists it."""

    username: str
    person_name: str
    role: Role
    title: str
    organisation: str
    division_name: str
    group: str
    group_level: int
    group_spelling: str
