"""Children, the people around them, and what is known about them."""

from enum import StrEnum


class Sex(StrEnum):
    """GB/T 2261.1 without its numbers."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = ""


class ChildState(StrEnum):
    """Where a register entry stands (domain 2.1, contract E7)."""

    TO_VERIFY = "to_verify"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    OUT = "out"


class ExitReason(StrEnum):
    """Why an entry left the register; closing always has a reason, deleting never happens."""

    TURNED_16 = "turned_16"
    MOVED_AWAY = "moved_away"
    RETURNED_TO_HUKOU = "returned_to_hukou"
    HUKOU_MOVED_HERE = "hukou_moved_here"
    STAY_NO_LONGER_MET = "stay_no_longer_met"
    DUPLICATE = "duplicate"
    ENTERED_BY_MISTAKE = "entered_by_mistake"
    DIED = "died"
    OTHER = "other"


class HukouKnown(StrEnum):
    """A child without hukou is something else than a child whose hukou nobody asked for."""

    REGISTERED = "registered"
    NOT_REGISTERED = "not_registered"
    UNKNOWN = ""


class MovedWith(StrEnum):
    """Whom the child follows away from the hukou place."""

    BOTH_PARENTS = "both"
    FATHER = "father"
    MOTHER = "mother"
    OTHER_GUARDIAN = "other_guardian"
    NOBODY = "nobody"
    UNKNOWN = ""


class IdentityKind(StrEnum):
    """Identity documents as pupil records know them; none at all is normal input."""

    RESIDENT = "resident"
    HONGKONG_MACAU = "hongkong_macau"
    TAIWAN = "taiwan"
    PASSPORT = "passport"
    PERMANENT_RESIDENCE = "permanent_residence"
    OTHER = "other"
    NONE = ""


class Source(StrEnum):
    """Who states a fact."""

    SURVEY = "village"
    EDUCATION = "education"
    KINDERGARTEN = "kindergarten"
    POLICE = "police"
    HEALTH = "health"
    INSURANCE = "insurance"
    DPF = "dpf"
    CIVIL_AFFAIRS = "civil_affairs"
    FAMILY = "family"
    HOTLINE = "hotline"
    STAFF = "staff"


class Purpose(StrEnum):
    """Why somebody opens a child's record; kept with the look."""

    CARE = "care"
    VERIFICATION = "verification"
    COMPARISON = "comparison"
    CORRECTION = "correction"
    EXPORT = "export"
    AUDIT = "audit"


class FactKind(StrEnum):
    """The typed facts of the file, each with a source and an as-of date."""

    ENROLMENT = "enrolment"
    PERMIT = "permit"
    INSURANCE = "insurance"
    HEALTH = "health"
    DISABILITY = "disability"
    HARDSHIP = "hardship"


class ClueKind(StrEnum):
    """Where a clue comes from (contract E9, E10)."""

    DEPARTMENT = "department"
    SELF_DECLARATION = "self_declaration"
    HOTLINE = "hotline"
    NEIGHBOUR = "neighbour"
    UNACCOMPANIED = "unaccompanied"
    MISSING_FROM_LIST = "missing_from_list"


class ClueState(StrEnum):
    """The life of a clue; it becomes a child only when somebody found one."""

    NEW = "new"
    ASSIGNED = "assigned"
    FOUND = "found"
    NOT_FOUND = "not_found"
    MOVED = "moved"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


OPEN_CLUES = (ClueState.NEW, ClueState.ASSIGNED)
