"""The answers the engine gives: a short decision for lists, a verdict that explains itself.

Both are plain values that survive JSON unchanged, so that a stored verdict can be shown years later
as it was given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tongxing.rulebook.answers import Answer, negation
from tongxing.rulebook.sources import Source
from tongxing.rulebook.texts import Text

NOT_IN_FORCE = "NOT_IN_FORCE"
"""The only reason of a verdict for a day on which no text said anything."""


class Role(StrEnum):
    REQUIREMENT = "requirement"
    EXCLUSION = "exclusion"
    """Holds against the answer when it applies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Enough for a list: the answer, why by code, what is missing by name, and until when.

    changes_on: the first later day with another answer if the facts stay as they are; None: never.
    """

    answer: Answer
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    changes_on: date | None
    changes_to: Answer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of the rule with its own answer, the value seen and the clause behind it."""

    code: str
    role: Role
    label: Text
    answer: Answer
    value: Text
    source: Source
    missing: tuple[str, ...]

    @property
    def excludes(self) -> bool:
        return self.role is Role.EXCLUSION

    @property
    def fulfilled(self) -> Answer:
        """Whether it speaks for the answer yes: an exclusion does so when it does not apply."""
        return self.answer if self.role is Role.REQUIREMENT else negation(self.answer)

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "role": self.role.value,
            "label": self.label.to_json(),
            "answer": self.answer.word,
            "value": self.value.to_json(),
            "source": self.source.to_json(),
            "missing": list(self.missing),
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Condition":
        return cls(
            code=raw["code"],
            role=Role(raw["role"]),
            label=Text.from_json(raw["label"]),
            answer=Answer.of_word(raw["answer"]),
            value=Text.from_json(raw["value"]),
            source=Source.from_json(raw["source"]),
            missing=tuple(raw["missing"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFact:
    """A fact to ask for: the question, and who can answer it."""

    name: str
    question: Text
    ask: Text

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "question": self.question.to_json(), "ask": self.ask.to_json()}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "MissingFact":
        return cls(
            name=raw["name"],
            question=Text.from_json(raw["question"]),
            ask=Text.from_json(raw["ask"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A rule's answer for one child on one day, complete with every condition.

    pack_version and site_version are digests of the content and of the site's settings it used.
    source is None when no text was in force.
    """

    rule: str
    label: Text
    answer: Answer
    on: date
    conditions: tuple[Condition, ...]
    reasons: tuple[str, ...]
    missing: tuple[MissingFact, ...]
    changes_on: date | None
    changes_to: Answer | None
    pack: str
    pack_version: str
    site_version: str
    source: Source | None

    @property
    def in_force(self) -> bool:
        return self.source is not None

    def condition(self, code: str) -> Condition:
        """The condition of that code; KeyError when the rule has none."""
        for condition in self.conditions:
            if condition.code == code:
                return condition
        raise KeyError(code)

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "label": self.label.to_json(),
            "answer": self.answer.word,
            "on": self.on.isoformat(),
            "conditions": [condition.to_json() for condition in self.conditions],
            "reasons": list(self.reasons),
            "missing": [fact.to_json() for fact in self.missing],
            "changes_on": self.changes_on.isoformat() if self.changes_on else None,
            "changes_to": None if self.changes_to is None else self.changes_to.word,
            "pack": self.pack,
            "pack_version": self.pack_version,
            "site_version": self.site_version,
            "source": self.source.to_json() if self.source else None,
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Verdict":
        later, source = raw["changes_on"], raw["source"]
        return cls(
            rule=raw["rule"],
            label=Text.from_json(raw["label"]),
            answer=Answer.of_word(raw["answer"]),
            on=date.fromisoformat(raw["on"]),
            conditions=tuple(map(Condition.from_json, raw["conditions"])),
            reasons=tuple(raw["reasons"]),
            missing=tuple(map(MissingFact.from_json, raw["missing"])),
            changes_on=date.fromisoformat(later) if later else None,
            changes_to=Answer.of_word(raw["changes_to"]) if later else None,
            pack=raw["pack"],
            pack_version=raw["pack_version"],
            site_version=raw["site_version"],
            source=Source.from_json(source) if source else None,
        )
