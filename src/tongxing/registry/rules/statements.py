"""Several sources state a fact: which statement is shown first, and who has no say (domain 5.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from tongxing.registry.values.children import FactKind, Source

# First named, first believed; who is not named comes after, the newest first.
BELIEVED: Mapping[FactKind, tuple[Source, ...]] = {
    FactKind.ENROLMENT: (Source.EDUCATION, Source.KINDERGARTEN, Source.SURVEY),
    FactKind.PERMIT: (Source.POLICE, Source.SURVEY),
    FactKind.INSURANCE: (Source.INSURANCE,),
    FactKind.HEALTH: (Source.HEALTH, Source.KINDERGARTEN, Source.SURVEY),
    FactKind.DISABILITY: (Source.DPF,),
    FactKind.HARDSHIP: (Source.CIVIL_AFFAIRS, Source.SURVEY),
}
# Here nobody else's word counts as known; it is shown as said and not as settled.
SETTLED_BY_ONE = frozenset({FactKind.INSURANCE, FactKind.DISABILITY})


class Statement(Protocol):
    """Anything that says who states it and for which day."""

    @property
    def source(self) -> str: ...
    @property
    def as_of(self) -> date: ...


S = TypeVar("S", bound=Statement)


@dataclass(frozen=True, slots=True)
class Weighed(Generic[S]):
    """The statement that is believed, and what others say."""

    believed: S | None
    others: tuple[S, ...]


def weigh(kind: FactKind, statements: Iterable[S]) -> Weighed[S]:
    """Put the most trusted statement first; for some kinds only one source settles anything."""
    newest_first = sorted(statements, key=lambda said: said.as_of, reverse=True)
    ranked = sorted(newest_first, key=lambda said: _rank(kind, said.source))
    if not ranked or (kind in SETTLED_BY_ONE and ranked[0].source not in BELIEVED[kind]):
        return Weighed(None, tuple(ranked))
    return Weighed(ranked[0], tuple(ranked[1:]))


# When the first value becomes another one, what was said together with it says nothing any more.
_SAID_TOGETHER: Mapping[FactKind, tuple[str, frozenset[str]]] = {
    FactKind.ENROLMENT: ("school", frozenset({"school_code", "class_name", "boards"})),
    FactKind.PERMIT: ("has_permit", frozenset({"valid_until", "issued_by", "number"})),
    FactKind.INSURANCE: (
        "year",
        frozenset({"insured", "insured_division", "insured_place", "kind"}),
    ),
    FactKind.DISABILITY: ("disabled", frozenset({"disability_class", "grade"})),
}


def continued(
    kind: FactKind, earlier: Mapping[str, Any], said: Mapping[str, Any]
) -> dict[str, Any]:
    """What a source states now: what it says, and what it said earlier of fields left blank."""
    if kind is FactKind.HARDSHIP:
        return _hardship(earlier, said)
    anchor, together = _SAID_TOGETHER.get(kind, ("", frozenset()))
    turned = anchor in earlier and anchor in said and earlier[anchor] != said[anchor]
    gone: frozenset[str] = together if turned else frozenset()
    return {key: value for key, value in earlier.items() if key not in gone} | dict(said)


def _hardship(earlier: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """A kind is stated or denied, never both; the word of now goes before that of earlier."""
    kinds, denied = said.get("kinds"), said.get("denied")
    if kinds is None:
        kinds = [each for each in earlier.get("kinds", []) if each not in (denied or [])]
    if denied is None:
        denied = [each for each in earlier.get("denied", []) if each not in kinds]
    written = said.get("written") if "kinds" in said else earlier.get("written")
    stated = {
        "kinds": _as_before(kinds, earlier.get("kinds", [])),
        "denied": _as_before(denied, earlier.get("denied", [])),
    }
    return stated | ({"written": written} if written else {})


def _as_before(now: list[str], before: list[str]) -> list[str]:
    """The order in which kinds are named says nothing."""
    return before if set(now) == set(before) else now


def _rank(kind: FactKind, source: str) -> int:
    order = BELIEVED[kind]
    return order.index(Source(source)) if source in order else len(order)
