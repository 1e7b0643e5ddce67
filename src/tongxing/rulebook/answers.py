"""Three answers, and how they combine (Kleene's strong logic).

Answers are ordered NO < CANNOT_TELL < YES, so that "all of" is the smallest and "any of" the
greatest of its parts.
"""

from collections.abc import Iterable
from enum import IntEnum


class Answer(IntEnum):
    NO = 0
    CANNOT_TELL = 1
    YES = 2

    def __bool__(self) -> bool:
        raise TypeError("An answer has three values: compare it with YES, NO or CANNOT_TELL.")

    @property
    def word(self) -> str:
        """`yes`, `no` or `cannot_tell`: the form used in files."""
        return self.name.lower()

    @classmethod
    def of_word(cls, word: str) -> "Answer":
        return cls[word.upper()]


YES, NO, CANNOT_TELL = Answer.YES, Answer.NO, Answer.CANNOT_TELL

_OPPOSITE = (YES, CANNOT_TELL, NO)


def negation(answer: Answer) -> Answer:
    return _OPPOSITE[answer]


def known(value: bool) -> Answer:
    """The answer a known fact gives."""
    return YES if value else NO


def agreed(answers: Iterable[Answer]) -> Answer:
    """The answer all possibilities share; CANNOT_TELL when they differ or there are none."""
    distinct = set(answers)
    return distinct.pop() if len(distinct) == 1 else CANNOT_TELL
