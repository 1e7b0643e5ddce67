"""States of accounts, appointments and requests for them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tongxing.access.values.roles import Role
from tongxing.kernel.divisions import Area


class AccountState(StrEnum):
    """Whether a person can work today, and if not, why."""

    ACTIVE = "active"
    WAITING_FOR_CHECK = "waiting_for_check"
    NO_POST = "no_post"
    DORMANT = "dormant"
    DISABLED = "disabled"


class EntryCheck(StrEnum):
    """The answer of the police to the entry check (入职查询) of a person who meets children."""

    CLEAR = "clear"
    NOT_CLEAR = "not_clear"


class GrantState(StrEnum):
    """A request for a post: two people decide (NFR-SEP-03)."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class SessionEnd(StrEnum):
    """Why a session is over before its holder said so."""

    IDLE = "idle"
    TOO_LONG = "too_long"
    ELSEWHERE = "elsewhere"
    NO_POST = "no_post"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """A person who shall sign in. `identity_number` proves that one person has one account."""

    username: str
    person_name: str
    identity_number: str
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A post of an organisation; `area` None stands for the organisation's own area."""

    role: Role
    organisation_id: UUID
    title: str
    area: Area | None = None
    valid_from: date
    contract_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    """One of the three people with whom a site begins."""

    account: NewAccount
    role: Role
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostChoice:
    """A post that its holder may act from."""

    post_id: UUID
    title: str
    role: Role
    organisation: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A current appointment with everything an actor is made from."""

    account_id: UUID
    post_id: UUID
    person_name: str
    role: Role
    title: str
    organisation: str
    department: str
    area: Area
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """What a session remembers of itself, and what the account says."""

    began: datetime | None
    seen: datetime | None
    token: str
    account_token: str
