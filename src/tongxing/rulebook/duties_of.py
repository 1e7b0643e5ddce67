"""Which duties are owed for one child on a day, by whom, by which clock, and when first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongxing.rulebook.answers import NO, Answer
from tongxing.rulebook.clocks import Clock
from tongxing.rulebook.content import Duty
from tongxing.rulebook.errors import ParameterNotInForce
from tongxing.rulebook.facts import ChildFacts
from tongxing.rulebook.one_child.explaining import decide
from tongxing.rulebook.packs import Pack
from tongxing.rulebook.sites import PLAIN_SITE, SiteSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedDuty:
    """A duty with its clock set for one child.

    first_due_on: if it starts on the day asked; None for standing work, and while a number is open.
    open_parameters: numbers the documents leave to the place and nobody has set.
    """

    duty: Duty
    answer: Answer
    clock: Clock
    first_due_on: date | None
    open_parameters: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "duty": self.duty.name,
            "label": self.duty.label.to_json(),
            "answer": self.answer.word,
            "post": self.duty.post,
            "clock": self.clock.model_dump(mode="json"),
            "first_due_on": self.first_due_on.isoformat() if self.first_due_on else None,
            "open_parameters": list(self.open_parameters),
            "mandatory": self.duty.mandatory,
            "clause": self.duty.source.clause,
            "source": self.duty.source.to_json(),
        }


def duties_of(
    facts: ChildFacts, *, on: date, pack: Pack, site: SiteSettings = PLAIN_SITE
) -> tuple[OwedDuty, ...]:
    """The duties towards the child that are owed, or of which nobody can tell yet."""
    owed = (_owed(duty, facts, on, pack, site) for duty in duties_in_force(pack, on))
    return tuple(each for each in owed if each is not None)


def duties_in_force(pack: Pack, on: date) -> Iterable[Duty]:
    """Every duty of the pack that some text demands on a day."""
    return (duty for dated in pack.duties.values() if (duty := dated.on(on)) is not None)


def set_clock(duty: Duty, *, on: date, pack: Pack, site: SiteSettings = PLAIN_SITE) -> Clock:
    """The clock of a duty with the numbers in force on a day; open where nobody has set one."""

    def value_of(name: str) -> object:
        try:
            return pack.parameter(name, on, site).value
        except ParameterNotInForce:
            return None

    return duty.clock.bound(value_of)


def _owed(
    duty: Duty, facts: ChildFacts, on: date, pack: Pack, site: SiteSettings
) -> OwedDuty | None:
    if duty.rule is None:
        return None
    answer = decide(duty.rule, facts, on=on, pack=pack, site=site).answer
    if answer == NO:
        return None
    clock = set_clock(duty, on=on, pack=pack, site=site)
    names = [name for name in duty.clock.parameters() if clock.open]
    return OwedDuty(
        duty=duty,
        answer=answer,
        clock=clock,
        first_due_on=None if clock.open else clock.first_due(on),
        open_parameters=tuple(names),
    )
