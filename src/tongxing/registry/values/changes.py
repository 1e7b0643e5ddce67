"""What a person states when changing a child's record by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tongxing.registry.values.children import HukouKnown, MovedWith, Sex, Source


class Field(StrEnum):
    """Fields of the person that staff may correct one by one."""

    NAME = "name"
    FORMER_NAME = "former_name"
    SEX = "sex"
    BIRTH = "birth"
    ETHNICITY = "ethnicity"
    NATIONALITY = "nationality"
    IDENTITY_NUMBER = "identity_number"
    IDENTITY_MISSING_REASON = "identity_missing_reason"
    ADDRESS = "address"
    MOVED_WITH = "moved_with"
    REMARKS = "remarks"


SECRET_FIELDS = frozenset({Field.IDENTITY_NUMBER, Field.ADDRESS, Field.REMARKS})


class Secret(StrEnum):
    """What stays masked until somebody gives a reason."""

    IDENTITY_NUMBER = "identity_number"
    ADDRESS = "address"
    REMARKS = "remarks"
    GUARDIAN_NUMBER = "guardian_number"
    GUARDIAN_PHONE = "guardian_phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """New values field by field as text; a birth date may be a day, a month or a year.

    `base_revision` is the revision of the record that the person was looking at.
    """

    changes: Mapping[Field, str]
    reason: str
    base_revision: int


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that somebody else changed meanwhile; secret values are masked."""

    field: Field
    yours: str
    present: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGuardian:
    name: str
    relation: str = ""
    phone: str = ""
    identity_number: str = ""
    is_actual_carer: bool | None = None
    lives_with_child: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChild:
    """A child entered by hand. `born` and `lived_since` are a day, a month or a year, or empty."""

    name: str
    division: int
    source: Source
    as_of: date
    sex: Sex = Sex.UNKNOWN
    born: str = ""
    ethnicity: str = ""
    identity_number: str = ""
    identity_missing_reason: str = ""
    hukou: HukouKnown = HukouKnown.UNKNOWN
    hukou_division: int | None = None
    hukou_text: str = ""
    address: str = ""
    lived_since: str = ""
    moved_with: MovedWith = MovedWith.UNKNOWN
    school: str = ""
    stage: str = ""
    grade: int | None = None
    remarks: str = ""
    guardians: tuple[NewGuardian, ...] = field(default=())
    # Somebody stood before the child on the day `as_of`.
    seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A change of residence: where to, since when, and the new address if it is known."""

    to: int
    on: date
    address: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HukouMove:
    """A change of hukou on a day, or without a day a correction of the present place.

    Without a place: written as said, or not registered anywhere.
    """

    registered: bool
    place: int | None = None
    written: str = ""
    on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A temporary absence that does not end the stay; `until` None: still away."""

    since: date
    until: date | None = None
    reason: str = ""
