"""Published lists of services: items, lettered entitlements, and for whom each is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tongxing.rulebook.content import Benefit, Domain, Entitlement, Item, ServiceList
from tongxing.rulebook.content_entries import EntitlementEntry, ItemEntry, ServicesFile
from tongxing.rulebook.dated import Dated
from tongxing.rulebook.entries import SourceEntry
from tongxing.rulebook.errors import suggestion
from tongxing.rulebook.folders import File, Folder
from tongxing.rulebook.law import Document
from tongxing.rulebook.nodes import AllOf
from tongxing.rulebook.parsing import parse_target
from tongxing.rulebook.reading import Place, checked
from tongxing.rulebook.sources import Source
from tongxing.rulebook.wording import source_of, text_of

FILE = "services.yaml"


Routes = Mapping[str, Dated[Benefit]]


def list_in(
    folder: Folder, documents: Mapping[str, Document], routes: Routes
) -> ServiceList | None:
    """The list a pack itself publishes; None when its folder holds no `services.yaml`.

    `routes`: the benefits of that pack.
    """
    file = folder.files[FILE]
    return list_of(file, folder.entry.id, documents, routes) if file.raw else None


def list_of(
    file: File, pack: str, documents: Mapping[str, Document], routes: Routes
) -> ServiceList:
    """A list as written, checked; PackError with the line of the first mistake."""
    raw, place = file.raw, file.place
    entry = checked(ServicesFile, raw, place)
    reader = _ListReader(documents)
    return ServiceList(
        pack=pack,
        title=text_of(entry.title),
        source=source_of(entry.source, documents, place.below(raw, "source")),
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        floor=entry.floor,
        items={
            code: reader.item(code, each, raw["items"][code], place.below(raw["items"], code))
            for code, each in entry.items.items()
        },
        routes=routes,
    )


class _ListReader:
    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.documents = documents

    def item(self, code: str, entry: ItemEntry, raw: Any, place: Place) -> Item:
        item = Item(
            code=code,
            domain=_domain(entry.domain, place.below(raw, "domain")),
            title=text_of(entry.title),
            target=text_of(entry.target),
            tree=parse_target(entry.qualifies, place.below(raw, "qualifies")),
            departments=entry.departments,
            source=source_of(entry.source, self.documents, place.below(raw, "source")),
            place=place,
            entitlements={},
        )
        raws = raw["entitlements"]
        entitlements = {
            letter: self._entitlement(item, letter, each, place.below(raws, letter))
            for letter, each in entry.entitlements.items()
        }
        return replace(item, entitlements=entitlements)

    def _entitlement(
        self, item: Item, letter: str, entry: EntitlementEntry, place: Place
    ) -> Entitlement:
        own = None if entry.qualifies is None else parse_target(entry.qualifies, place)
        return Entitlement(
            item=item.code,
            letter=letter,
            content=text_of(entry.content),
            tree=AllOf((item.tree, own)) if own else item.tree,
            own=own,
            departments=entry.departments or item.departments,
            route=entry.route,
            derived_from=entry.derived_from,
            source=self._source(entry.source, item, letter, place),
            place=place,
            papers=tuple(map(text_of, entry.papers)),
        )

    def _source(self, entry: SourceEntry | None, item: Item, letter: str, place: Place) -> Source:
        """Its own source, or the item's with the letter behind it."""
        if entry:
            return source_of(entry, self.documents, place)
        return replace(item.source, clause=f"{item.code}.{letter}")


def _domain(word: str, place: Place) -> Domain:
    known = [domain.value for domain in Domain]
    if word not in known:
        raise place.error(f"unknown domain '{word}'. {suggestion(word, known)}")
    return Domain(word)
