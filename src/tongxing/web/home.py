"""Cards of the home page; each package registers a function that knows what is due there."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tongxing.kernel.actors import Actor
from tongxing.web.values import Tone


class CardKind(StrEnum):
    """Why a card stands on the home page; also the order of the groups."""

    DUE = "due"
    HELD = "held"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing on a card."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What one package has to say to one person today; every number opens its list."""

    title: str
    number: int | None = None
    tone: Tone | str = Tone.NEUTRAL
    url: str = ""
    lines: tuple[Line, ...] = ()
    icon: str = "list-check"
    kind: CardKind | str = CardKind.DUE
    note: str = ""


CardSource = Callable[[Actor], Card | None]
_sources: dict[CardSource, int] = {}


def card(*, order: int = 50) -> Callable[[CardSource], CardSource]:
    """Register a function that makes a card for an actor, or None when it has nothing to say."""

    def keep(source: CardSource) -> CardSource:
        _sources[source] = order
        return source

    return keep


def cards_for(actor: Actor) -> dict[CardKind, list[Card]]:
    """The cards of this person by kind; kinds without cards are present and empty."""
    groups: dict[CardKind, list[Card]] = {kind: [] for kind in CardKind}
    for source in sorted(_sources, key=lambda source: _sources[source]):
        if made := source(actor):
            groups[CardKind(made.kind)].append(made)
    return groups
