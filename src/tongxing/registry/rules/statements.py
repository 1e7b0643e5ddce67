"""Several sources state a fact: which statement is shown first, and who has no say (domain 5.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

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


def _rank(kind: FactKind, source: str) -> int:
    order = BELIEVED[kind]
    return order.index(Source(source)) if source in order else len(order)
