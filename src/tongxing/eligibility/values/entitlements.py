"""The words about entitlements of children: facts people declare, and services that were given."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class DeliveryState(StrEnum):
    """What became of an entitlement (E25)."""

    DELIVERED = "delivered"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """An entitlement that a child has received, or that its family did not want."""

    entitlement: str
    state: DeliveryState
    on: date
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The answer a person gave to a question of the rules."""

    child_id: UUID
    name: str
    value: bool | str
    as_of: date
    said_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A person's answer as it comes in: "yes", "no", or one of the words of the fact."""

    child_id: UUID
    name: str
    answer: str
    as_of: date
    said_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A service given or declined, as it comes in."""

    child_id: UUID
    entitlement: str
    state: DeliveryState
    on: date
    note: str = ""


# What only its own department may say, in its own room: never asked or answered on ordinary pages.
RESTRICTED = frozenset({"hiv_infected", "severe_mental_disorder"})
