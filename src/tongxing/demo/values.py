"""The people of the fictional town and what is true about them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tongxing.kernel.months import age_on


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class Relation(StrEnum):
    """What an adult is to the child (not the other way round)."""

    FATHER = "father"
    MOTHER = "mother"
    GRANDFATHER = "grandfather"
    GRANDMOTHER = "grandmother"
    UNCLE = "uncle"
    AUNT = "aunt"


class Basis(StrEnum):
    """Why an adult may be called a guardian; None stands for a relative without any basis."""

    PARENT = "parent"
    ENTRUSTED = "entrusted"
    APPOINTED = "appointed"


class MovedWith(StrEnum):
    BOTH_PARENTS = "both_parents"
    FATHER = "father"
    MOTHER = "mother"
    GRANDPARENT = "grandparent"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    NOBODY = "nobody"


class HukouKind(StrEnum):
    """Where the hukou lies, seen from the place of residence."""

    OTHER_PROVINCE = "other_province"
    OTHER_CITY = "other_city"
    OTHER_COUNTY = "other_county"
    OTHER_DISTRICT = "other_district"
    CENTRAL_DISTRICT = "central_district"
    OTHER_TOWNSHIP = "other_township"
    LOCAL = "local"
    NONE = "none"


class Stage(StrEnum):
    KINDERGARTEN = "kindergarten"
    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"
    VOCATIONAL = "vocational"


class Hardship(StrEnum):
    DIBAO = "dibao"
    TEKUN = "tekun"
    ORPHAN = "orphan"
    DE_FACTO_UNSUPPORTED = "de_facto_unsupported"
    SERIOUS_ILLNESS = "serious_illness"


class NoNumber(StrEnum):
    """Why a child has no citizen identity number."""

    NO_HUKOU = "no_hukou"
    NOT_APPLIED = "not_applied"
    OTHER_DOCUMENT = "other_document"
    UNKNOWN_BIRTH = "unknown_birth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A county-level place that families come from; `old_name` is what old papers call it."""

    division: int
    province: str
    city: str
    county: str
    old_name: str = ""
    weight: int = 1

    @property
    def text(self) -> str:
        return f"{self.province}{self.city}{self.county}"

    @property
    def old_text(self) -> str:
        return f"{self.province}{self.city}{self.old_name}" if self.old_name else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Township:
    """A street, town or township: its 12-digit code and its name."""

    division: int
    name: str

    @property
    def urban(self) -> bool:
        return not self.name.endswith(("镇", "乡"))

    @property
    def crowd(self) -> int:
        """How many families live here, as a weight; zones and works (codes 4xx) house few."""
        if self.division // 1000 % 1000 >= 400:
            return 1
        return 9 if self.urban else 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Hukou:
    """The registered home. `township` is known only for hukou inside the place of residence."""

    origin: Origin
    kind: HukouKind
    rural: bool
    detail: str
    township: Township | None = None

    @property
    def division(self) -> int:
        return self.township.division if self.township else self.origin.division

    @property
    def text(self) -> str:
        return self.origin.text + (self.township.name if self.township else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Residence:
    """Where the child lives; `lived_since` is when the stay in this county began.

    `came_to_city` is earlier than `lived_since` when the family lived in another district of the
    same city before.
    """

    township: Township
    community: str
    address: str
    lived_since: date | None
    came_to_city: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    relation: Relation
    name: str
    birth_date: date
    identity_number: str
    phone: str
    accompanies: bool
    basis: Basis | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schooling:
    """`grade` counts from 1 in primary school; kindergarten groups are -3, -2, -1."""

    stage: Stage
    school: str
    grade: int
    class_no: int
    pupil_number: str
    entered: date
    boards: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Disability:
    """Class 1 sight, 2 hearing, 3 speech, 4 limb, 5 intellect, 6 mental, 7 multiple; grade 1–4."""

    certificate: str
    kind: int
    grade: int
    issued_on: date
    needs_rehabilitation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Vaccination:
    clinic: str
    file_number: str
    last_dose_on: date
    doses_due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Another paper than the citizen identity card: the kind as forms name it, and the number."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One child as it truly is. `birth_date` is None when only year and month are known."""

    id: str
    place: int
    family: str
    name: str
    sex: Sex
    ethnicity: str
    identity_number: str
    no_number: NoNumber | None
    document: Document | None
    birth_date: date | None
    birth_month: tuple[int, int]
    hukou: Hukou | None
    residence: Residence
    moved_with: MovedWith
    guardians: tuple[Guardian, ...]
    cast: str = ""
    schooling: Schooling | None = None
    permit_issued_on: date | None = None
    insured_year: int | None = None
    insured_here: bool = False
    disability: Disability | None = None
    hardships: frozenset[Hardship] = frozenset()
    vaccination: Vaccination | None = None
    asks_for_help: bool = False

    @property
    def hukou_kind(self) -> HukouKind:
        return self.hukou.kind if self.hukou else HukouKind.NONE

    @property
    def main_guardian(self) -> Guardian:
        """The adult the lists name first: one who lives with the child, else a parent."""
        return next((adult for adult in self.guardians if adult.accompanies), self.guardians[0])

    def guardian(self, relation: Relation) -> Guardian | None:
        return next((adult for adult in self.guardians if adult.relation is relation), None)

    def was_here(self, day: date) -> bool:
        """Whether the child was born and had arrived by `day`."""
        return (self.residence.lived_since or date(*self.birth_month, 1)) <= day

    def age(self, day: date) -> int:
        """Completed years; a birth date known to the month counts from the month's first day."""
        return age_on(self.birth_date or date(*self.birth_month, 1), day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """All children of the three places, in a fixed order."""

    seed: int
    today: date
    children: tuple[Child, ...]
    townships: dict[int, tuple[Township, ...]] = field(repr=False)

    def of(self, place: int) -> Iterator[Child]:
        """The children who live in the county `place` (12 digits)."""
        return (child for child in self.children if child.place == place)
