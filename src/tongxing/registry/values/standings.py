"""Answers of the policies about a child, as short as lists need them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Population(StrEnum):
    """Whose count a child may belong to: the place's own, the nation's, the statisticians'."""

    LOCAL = "local"
    NATIONAL = "national"
    STATISTICAL = "statistical"


class Answer(StrEnum):
    """The three answers, and none while nobody worked it out."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot_tell"
    NOT_WORKED_OUT = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a child stands today. `missing` holds codes of facts, `changes_on` the day of change."""

    child_id: UUID
    local: Answer = Answer.NOT_WORKED_OUT
    national: Answer = Answer.NOT_WORKED_OUT
    statistical: Answer = Answer.NOT_WORKED_OUT
    changes_on: date | None = None
    missing: tuple[str, ...] = ()
