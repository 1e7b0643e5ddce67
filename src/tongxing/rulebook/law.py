"""Policy content as loaded: parameters, conditions and rules, each with its dates and source."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from tongxing.rulebook.dated import Dated
from tongxing.rulebook.nodes import Node
from tongxing.rulebook.reading import Place
from tongxing.rulebook.sites import ParameterValue
from tongxing.rulebook.sources import Source
from tongxing.rulebook.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A policy document, or the product's own defaults."""

    id: str
    title: Text
    number: str
    publisher: Text
    issued: date | None
    valid_from: date
    valid_to: date | None
    note: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterValueInForce:
    """One value with its words: `pack` is the pack that says so, `place` where it is written."""

    name: str
    label: Text
    unit: str
    value: ParameterValue
    suggested: ParameterValue
    source: Source
    pack: str
    place: Place
    says: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionInForce:
    name: str
    code: str
    label: Text
    source: Source
    when: Node
    pack: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInForce:
    name: str
    label: Text
    source: Source
    tree: Node
    pack: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class AskableFact:
    """A fact with the question that a person can be asked, and who can answer."""

    name: str
    label: Text
    question: Text
    ask: Text
    declared: bool
    words: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A hotline. `number` None: the line exists but the sources do not give its number."""

    name: str
    number: str | None
    label: Text
    purpose: Text
    source: Source
    order: int


@dataclass(frozen=True, slots=True)
class Step:
    """What one pack says about one name from a date on; absent fields come from the pack above."""

    fields: dict[str, Any]
    repealed: bool
    pack: str
    place: Place


Steps = Dated[Step]
T = TypeVar("T")


def merged(lineage: Sequence[Steps], build: Callable[[dict[str, Any], Step], T | None]) -> Dated[T]:
    """One name through the packs that speak of it, the most specific first, as dated values.

    On each day every field comes from the first pack that has a step in force and states it.
    """
    days = sorted({day for steps in lineage for day in steps.dates})
    return Dated.of({day: _on(lineage, day, build) for day in days})


def _on(
    lineage: Sequence[Steps], day: date, build: Callable[[dict[str, Any], Step], T | None]
) -> T | None:
    speaking = [step for step in _in_force(lineage, day) if not step.repealed]
    if not speaking:
        return None
    fields: dict[str, Any] = {}
    for step in reversed(speaking):
        fields.update(step.fields)
    return build(fields, speaking[0])


def _in_force(lineage: Sequence[Steps], day: date) -> Iterable[Step]:
    return (step for steps in lineage if (step := steps.on(day)) is not None)
