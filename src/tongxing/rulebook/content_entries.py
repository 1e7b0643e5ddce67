"""The shape of the files that say who does what: bodies, duties, benefits, exchanges, lists."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from tongxing.rulebook.clocks import AnyClock
from tongxing.rulebook.entries import Entry, SourceEntry, TextEntry, Word

ItemCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-L\d+$")]
EntitlementId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-L\d+\.[a-z]$")]
Letter = Annotated[str, StringConstraints(pattern=r"^[a-z]$")]


class BodyKind(StrEnum):
    DEPARTMENT = "department"
    POST = "post"
    INSTITUTION = "institution"


class BodyLevel(StrEnum):
    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    SCHOOL = "school"


class Subject(StrEnum):
    """Whom or what a duty is about."""

    CHILD = "child"
    FAMILY = "family"
    VILLAGE = "village"
    TOWNSHIP = "township"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    SCHOOL = "school"
    INSTITUTION = "institution"


class PlaceWord(StrEnum):
    """Which place accepts, decides or pays."""

    RESIDENCE = "residence"
    RESIDENCE_TOWNSHIP = "residence_township"
    HUKOU = "hukou"
    EMERGENCY = "place_of_emergency"
    INSTITUTION = "institution"
    DEPARTMENT = "department"
    SCHOOL = "school"
    DECIDING_PLACE = "deciding_place"
    NOT_STATED = "not_stated"
    NONE = "none"


class Step(Entry):
    """What every dated step has. A field that is not stated comes from the pack above."""

    source: SourceEntry | None = None
    repealed: bool = False


class BodyStep(Step):
    until: date | None = None
    successors: tuple[Word, ...] | None = None


class BodyEntry(Entry):
    label: TextEntry | None = None
    kind: BodyKind | None = None
    level: BodyLevel | None = None
    versions: dict[date, BodyStep]


class DutyStep(Step):
    post: Word | None = None
    subject: Subject | None = None
    clock: AnyClock | None = None
    rule: Word | None = None
    mandatory: bool | None = None
    note: TextEntry | None = None


class DutyEntry(Entry):
    label: TextEntry | None = None
    versions: dict[date, DutyStep]


class BenefitStep(Step):
    """`qualifies`: a condition by name, a list of them (all must hold), or a tree."""

    qualifies: Any = None
    accepts: PlaceWord | None = None
    decides: PlaceWord | None = None
    pays: PlaceWord | None = None
    fallback: PlaceWord | None = None
    departments: tuple[Word, ...] | None = None
    papers: tuple[TextEntry, ...] | None = None
    note: TextEntry | None = None


class BenefitEntry(Entry):
    label: TextEntry | None = None
    versions: dict[date, BenefitStep]


class ExchangeStep(Step):
    sender: Word | None = None
    receiver: Word | None = None
    data_set: Annotated[str, StringConstraints(pattern=r"^[A-Z_]+$")] | None = None
    fields: tuple[TextEntry, ...] | None = None
    trigger: TextEntry | None = None
    frequency: AnyClock | None = None
    list_first: bool | None = None
    restricted: bool | None = None
    follow_up: TextEntry | None = None


class ExchangeEntry(Entry):
    label: TextEntry | None = None
    code: Annotated[str, StringConstraints(pattern=r"^F\d+[a-z]?$")] | None = None
    versions: dict[date, ExchangeStep]


class ProgrammeStep(Step):
    divisions: tuple[Annotated[str, StringConstraints(pattern=r"^\d{6,12}$")], ...] | None = None
    note: TextEntry | None = None


class ProgrammeEntry(Entry):
    label: TextEntry | None = None
    versions: dict[date, ProgrammeStep]


class EntitlementEntry(Entry):
    """`qualifies` is asked besides the item's; departments and source are the item's if absent."""

    content: TextEntry
    qualifies: Any = None
    departments: tuple[Word, ...] = ()
    route: Word = "local_service"
    derived_from: tuple[EntitlementId, ...] = ()
    papers: tuple[TextEntry, ...] = ()
    source: SourceEntry | None = None


class ItemEntry(Entry):
    domain: Word
    title: TextEntry
    target: TextEntry
    qualifies: Any
    departments: tuple[Word, ...] = Field(min_length=1)
    source: SourceEntry
    entitlements: dict[Letter, EntitlementEntry] = Field(min_length=1)


class ServicesFile(Entry):
    """A published list, or its empty slot (no items) when the text is not in the sources."""

    title: TextEntry
    source: SourceEntry
    valid_from: date
    valid_to: date | None = None
    floor: Word | None = None
    items: dict[ItemCode, ItemEntry] = {}
