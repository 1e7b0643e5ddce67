"""What a pack says besides its definitions, in force: posts, duties, benefits, exchanges, lists.

Written in `bodies.yaml`, `duties.yaml`, `routes.yaml`, `exchanges.yaml`, `programmes.yaml` and
`services.yaml`; the shapes are in `content_entries.py`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from tongxing.rulebook.clocks import Clock
from tongxing.rulebook.content_entries import BodyKind, BodyLevel, PlaceWord, Subject
from tongxing.rulebook.dated import Dated
from tongxing.rulebook.nodes import Node
from tongxing.rulebook.reading import Place
from tongxing.rulebook.sources import Source
from tongxing.rulebook.texts import Text


class Mention(StrEnum):
    """Kinds of things that content refers to by name."""

    BODY = "body"
    RULE = "rule"
    PARAMETER = "parameter"
    BENEFIT = "benefit"


class Mentioning(Protocol):
    """Content that refers to other content by name."""

    @property
    def place(self) -> Place: ...

    def mentions(self) -> Iterable[tuple[Mention, str]]: ...


def _bodies(names: Iterable[str]) -> list[tuple[Mention, str]]:
    return [(Mention.BODY, name) for name in names]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A department, a post or an institution, for as long as it went by this name."""

    name: str
    label: Text
    kind: BodyKind
    source: Source
    pack: str
    place: Place
    level: BodyLevel | None = None
    until: date | None = None
    successors: tuple[str, ...] = ()

    def mentions(self) -> Iterable[tuple[Mention, str]]:
        return _bodies(self.successors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something that must be done by somebody, again and again or once, by a clock.

    `rule`: the children for whom it is owed; None when it is owed by a place as a whole.
    """

    name: str
    label: Text
    post: str
    subject: Subject
    clock: Clock
    source: Source
    pack: str
    place: Place
    rule: str | None = None
    mandatory: bool = True
    note: Text | None = None

    def mentions(self) -> Iterable[tuple[Mention, str]]:
        rules = [(Mention.RULE, self.rule)] if self.rule else []
        numbers = [(Mention.PARAMETER, name) for name in self.clock.parameters()]
        return [*_bodies([self.post]), *rules, *numbers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """A benefit with its route: who is entitled, and who accepts, decides and pays."""

    name: str
    label: Text
    accepts: PlaceWord
    decides: PlaceWord
    pays: PlaceWord
    departments: tuple[str, ...]
    source: Source
    pack: str
    place: Place
    qualifies: Node | None = None
    fallback: PlaceWord | None = None
    papers: tuple[Text, ...] = ()
    note: Text | None = None

    def mentions(self) -> Iterable[tuple[Mention, str]]:
        return _bodies(self.departments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One flow of data between bodies. `list_first`: answers only for names that were asked."""

    name: str
    code: str
    label: Text
    sender: str
    receiver: str
    data_set: str
    fields: tuple[Text, ...]
    trigger: Text
    frequency: Clock
    source: Source
    pack: str
    place: Place
    list_first: bool = False
    restricted: bool = False
    follow_up: Text | None = None

    def mentions(self) -> Iterable[tuple[Mention, str]]:
        numbers = [(Mention.PARAMETER, name) for name in self.frequency.parameters()]
        return [*_bodies([self.sender, self.receiver]), *numbers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A local programme with a name of its own."""

    name: str
    label: Text
    source: Source
    pack: str
    place: Place
    divisions: tuple[str, ...] = ()
    note: Text | None = None


class Domain(StrEnum):
    """The six domains of the published lists, in their order."""

    NURTURE = "nurture"
    SCHOOLING = "schooling"
    HEALTH = "health"
    HOUSING = "housing"
    SUPPORT = "support"
    DEVELOPMENT = "development"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """One lettered promise of a list item; `tree` holds the item's target, too."""

    item: str
    letter: str
    content: Text
    tree: Node
    own: Node | None
    departments: tuple[str, ...]
    route: str
    derived_from: tuple[str, ...]
    source: Source
    place: Place
    papers: tuple[Text, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.item}.{self.letter}"

    def mentions(self) -> Iterable[tuple[Mention, str]]:
        return [*_bodies(self.departments), (Mention.BENEFIT, self.route)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One numbered item of a published list."""

    code: str
    domain: Domain
    title: Text
    target: Text
    tree: Node
    departments: tuple[str, ...]
    source: Source
    place: Place
    entitlements: Mapping[str, Entitlement]

    def derived_from(self) -> Iterator[str]:
        """What it realises of the list above, entitlement by entitlement."""
        for entitlement in self.entitlements.values():
            yield from entitlement.derived_from


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceList:
    """A list of services as published, or the empty slot of one whose text nobody has.

    `floor`: the pack whose list it must not fall behind.
    """

    pack: str
    title: Text
    source: Source
    valid_from: date
    valid_to: date | None
    floor: str | None
    items: Mapping[str, Item]
    routes: Mapping[str, Dated[Benefit]]
    """The benefits as the list's own pack has them, whichever pack below looks at the list."""

    @property
    def loaded(self) -> bool:
        return bool(self.items)

    def entitlements(self) -> Iterator[Entitlement]:
        for item in self.items.values():
            yield from item.entitlements.values()

    def items_realising(self, upper: "Item") -> "list[Item]":
        """The items of this list that realise something of an item of the list above."""
        wanted = {each.id for each in upper.entitlements.values()}
        return [item for item in self.items.values() if wanted & set(item.derived_from())]

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)
