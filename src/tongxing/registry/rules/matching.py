"""Is this row a child the register has? Said by rules one can repeat in a sentence.

Same valid number and same name: the same child. No number, but same name, birth date and guardian:
the same child. A different valid number: never the same child. Everything in between is asked.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from tongxing.kernel import names


class Question(StrEnum):
    """Why a person has to look before the row may enter."""

    SAME_NUMBER_OTHER_NAME = "same_number_other_name"
    PERHAPS_KNOWN = "perhaps_known_child"
    LEFT_THE_REGISTER = "left_the_register"
    REPEATED_WITH_DIFFERENCES = "repeated_with_differences"
    LIVES_OUTSIDE = "lives_outside"


class Meanwhile(StrEnum):
    """What happened to the register between the reading of a list and its entering."""

    NUMBER_ENTERED = "entered_meanwhile"
    CHILD_GONE = "child_gone_meanwhile"
    COULD_NOT_ENTER = "could_not_enter"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownChild:
    """What matching needs to know of a child of the register."""

    id: UUID
    name: str
    born_from: date | None
    born_until: date | None
    has_number: bool
    has_left: bool = False
    guardian_marks: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """A row, as matching sees it: hashes stand for numbers, days are ISO texts."""

    number: bytes | None
    name_key: str
    born_from: str
    born_until: str
    guardian_marks: frozenset[bytes]

    @property
    def birthday(self) -> str:
        """The birth date when it is known to the day, else ""."""
        return self.born_from if self.born_from == self.born_until else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The answer: a known child, a question, or neither (then the child is new)."""

    child_id: UUID | None = None
    question: Question | None = None


NOBODY = Match()


def match(marks: Marks, by_number: KnownChild | None, alike: Sequence[KnownChild]) -> Match:
    """Compare a row with the child of the same number and with children of like name and birth."""
    if by_number is not None:
        same = names.comparable(by_number.name) == marks.name_key
        return _is(by_number) if same else _asked(by_number, Question.SAME_NUMBER_OTHER_NAME)
    candidates = [child for child in alike if _may_be(marks, child)]
    if not candidates:
        return NOBODY
    sure = [child for child in candidates if _is_surely(marks, child)]
    return _is(sure[0]) if len(sure) == 1 else _asked(candidates[0], Question.PERHAPS_KNOWN)


def _is(child: KnownChild) -> Match:
    """A closed record is not taken up again by a list: somebody looks whether the child is back."""
    if child.has_left:
        return _asked(child, Question.LEFT_THE_REGISTER)
    return Match(child_id=child.id)


def _asked(child: KnownChild, question: Question) -> Match:
    return Match(child_id=child.id, question=question)


def _may_be(marks: Marks, child: KnownChild) -> bool:
    """A row and a child that both have a number have different ones here: two children."""
    if marks.number and child.has_number:
        return False
    return names.comparable(child.name) == marks.name_key and _may_be_born(marks, child)


def _may_be_born(marks: Marks, child: KnownChild) -> bool:
    """Whether one day can be the birth date of both; what is not known contradicts nothing."""
    if child.born_from is None or child.born_until is None or not marks.born_from:
        return True
    first, last = child.born_from.isoformat(), child.born_until.isoformat()
    return marks.born_from <= last and first <= marks.born_until


def _is_surely(marks: Marks, child: KnownChild) -> bool:
    return bool(
        not marks.number
        and marks.birthday
        and child.born_from == child.born_until
        and marks.guardian_marks & child.guardian_marks
    )


class _Earlier(NamedTuple):
    """A row that was read before."""

    row: int
    number: bytes | None
    name_key: str
    birthday: str
    guardian_marks: frozenset[bytes]


Repeats = tuple[int | None, Question | None]
_FIRST_TIME: Repeats = (None, None)


@dataclass
class SeenInList:
    """Rows of this list so far, to find the same child twice in it."""

    _numbers: dict[bytes, _Earlier] = field(default_factory=dict)
    _people: dict[tuple[str, str], list[_Earlier]] = field(
        default_factory=lambda: defaultdict(list)
    )
    # By name alone: the first row, and the first of those whose birthday nobody knows.
    _names: dict[str, _Earlier] = field(default_factory=dict)
    _vague: dict[str, _Earlier] = field(default_factory=dict)
    _children: dict[UUID, int] = field(default_factory=dict)

    def repeats(self, row: int, marks: Marks) -> Repeats:
        """The earlier row that is the same child, and a question when that is not certain."""
        this = _Earlier(row, marks.number, marks.name_key, marks.birthday, marks.guardian_marks)
        found = self._same_number(this) or self._same_person(this) or _FIRST_TIME
        self._remember(this)
        return found

    def is_known_child(self, row: int, child_id: UUID) -> int | None:
        """The earlier row that turned out to be this very child of the register."""
        earlier = self._children.setdefault(child_id, row)
        return earlier if earlier != row else None

    def _same_number(self, this: _Earlier) -> Repeats | None:
        if this.number is None or (earlier := self._numbers.get(this.number)) is None:
            return None
        same = earlier.name_key == this.name_key
        return earlier.row, None if same else Question.REPEATED_WITH_DIFFERENCES

    def _same_person(self, this: _Earlier) -> Repeats | None:
        """Rows with two different numbers are two children, however much alike."""
        alike = [each for each in self._alike(this) if not (each.number and this.number)]
        if not alike:
            return None
        for earlier in alike:
            same_day = bool(this.birthday) and earlier.birthday == this.birthday
            if not this.number and same_day and earlier.guardian_marks & this.guardian_marks:
                return earlier.row, None
        return alike[0].row, Question.REPEATED_WITH_DIFFERENCES

    def _alike(self, this: _Earlier) -> list[_Earlier]:
        if not this.birthday:
            same_name = self._names.get(this.name_key)
            return [same_name] if same_name else []
        vague = self._vague.get(this.name_key)
        same = self._people.get((this.name_key, this.birthday), [])
        return [*same, vague] if vague else same

    def _remember(self, this: _Earlier) -> None:
        if this.number is not None:
            self._numbers.setdefault(this.number, this)
        self._names.setdefault(this.name_key, this)
        if this.birthday:
            self._people[this.name_key, this.birthday].append(this)
        else:
            self._vague.setdefault(this.name_key, this)
