"""Is this row a child the register has? Said by rules one can repeat in a sentence.

Same valid number and same name: the same child. No number, but same name, birth date and guardian:
the same child. A different valid number: never the same child. Everything in between is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from tongxing.kernel import names


class Question(StrEnum):
    """Why a person has to look before the row may enter."""

    SAME_NUMBER_OTHER_NAME = "same_number_other_name"
    PERHAPS_KNOWN = "perhaps_known_child"
    REPEATED_WITH_DIFFERENCES = "repeated_with_differences"
    LIVES_OUTSIDE = "lives_outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownChild:
    """What matching needs to know of a child of the register."""

    id: UUID
    name: str
    born_from: date | None
    has_number: bool
    guardian_marks: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """A row, as matching sees it: hashes stand for numbers."""

    number: bytes | None
    name_key: str
    born_from: str
    guardian_marks: frozenset[bytes]


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
        question = None if same else Question.SAME_NUMBER_OTHER_NAME
        return Match(child_id=by_number.id, question=question)
    candidates = [child for child in alike if _may_be(marks, child)]
    if not candidates:
        return NOBODY
    sure = [child for child in candidates if _is_surely(marks, child)]
    if len(sure) == 1:
        return Match(child_id=sure[0].id)
    return Match(child_id=candidates[0].id, question=Question.PERHAPS_KNOWN)


def _may_be(marks: Marks, child: KnownChild) -> bool:
    """A row and a child that both have a number have different ones here: two children."""
    same_name = names.comparable(child.name) == marks.name_key
    born = child.born_from.isoformat() if child.born_from else ""
    same_birth = not born or not marks.born_from or born == marks.born_from
    return same_name and same_birth and not (marks.number and child.has_number)


def _is_surely(marks: Marks, child: KnownChild) -> bool:
    return bool(
        not marks.number
        and child.born_from
        and child.born_from.isoformat() == marks.born_from
        and marks.guardian_marks & child.guardian_marks
    )


@dataclass
class SeenInList:
    """Rows of this list so far, to find the same child twice in it."""

    _numbers: dict[bytes, tuple[int, str]] = field(default_factory=dict)
    _keyless: dict[tuple[str, str], tuple[int, frozenset[bytes]]] = field(default_factory=dict)

    def repeats(self, row: int, marks: Marks) -> tuple[int | None, Question | None]:
        """The earlier row that is the same child, and a question when the two disagree."""
        if marks.number is not None:
            return self._repeats_number(row, marks)
        earlier = self._keyless.setdefault(
            (marks.name_key, marks.born_from), (row, marks.guardian_marks)
        )
        if earlier[0] == row:
            return None, None
        sure = bool(marks.born_from and earlier[1] & marks.guardian_marks)
        return earlier[0], None if sure else Question.REPEATED_WITH_DIFFERENCES

    def _repeats_number(self, row: int, marks: Marks) -> tuple[int | None, Question | None]:
        assert marks.number is not None  # noqa: S101 - narrowed by the caller
        earlier = self._numbers.setdefault(marks.number, (row, marks.name_key))
        if earlier[0] == row:
            return None, None
        same = earlier[1] == marks.name_key
        return earlier[0], None if same else Question.REPEATED_WITH_DIFFERENCES
