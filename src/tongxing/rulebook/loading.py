"""From a folder of packs to `Packs`; everything is checked before the first child is judged."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from tongxing.kernel.divisions import NATION, area_of, parse
from tongxing.rulebook.checking import check_pack
from tongxing.rulebook.content import Benefit, Body, Duty, Exchange, Programme, ServiceList
from tongxing.rulebook.content_entries import (
    BenefitEntry,
    BodyEntry,
    DutyEntry,
    ExchangeEntry,
    ProgrammeEntry,
)
from tongxing.rulebook.entries import ContactEntry, Entry, FactEntry
from tongxing.rulebook.errors import RulebookError
from tongxing.rulebook.folders import Line, digest_of, documents_of, folders_in, line_of
from tongxing.rulebook.inheriting import Reader
from tongxing.rulebook.law import AskableFact, Contact, Document
from tongxing.rulebook.lists import list_in
from tongxing.rulebook.packs import Pack, Packs, policies_folder
from tongxing.rulebook.reading import Place, checked
from tongxing.rulebook.targets import targets_of
from tongxing.rulebook.wording import source_of, text_of

AnyEntry = TypeVar("AnyEntry", bound=Entry)


def load_packs(path: Path | None = None) -> Packs:
    """Read and check every pack below `path` (default: the installed policies).

    Raises PackError that names file and line when anything in them cannot be used.
    """
    root = path or policies_folder()
    folders = folders_in(root)
    if not folders:
        raise RulebookError(
            f"No policy packs in {root}: expected folders with a pack.yaml. "
            f"Set TONGXING_POLICIES to the folder that holds them."
        )
    if sum(folder.entry.extends is None for folder in folders.values()) != 1:
        raise RulebookError(f"Exactly one pack in {root} must extend no other: the national one.")
    packs = {name: _assemble(line_of(name, folders)) for name in folders}
    for pack in packs.values():
        check_pack(pack)
    return Packs(packs)


def _assemble(line: Line) -> Pack:
    own = line[0]
    division = NATION if set(own.entry.division) == {"0"} else parse(own.entry.division)
    documents = documents_of(line)
    reader = Reader(line, documents)
    benefits = reader.content("routes.yaml", BenefitEntry, Benefit)
    lists = _lists(line, documents)
    return Pack(
        id=own.entry.id,
        names=text_of(own.entry.names),
        division=division,
        area=area_of(division),
        lineage=tuple(folder.entry.id for folder in line),
        version=digest_of(line),
        folder=own.path,
        documents=documents,
        parameters=reader.parameters(),
        conditions=reader.conditions(),
        rules=reader.rules(),
        facts=_facts(line),
        contacts=_contacts(line, documents),
        bodies=reader.content("bodies.yaml", BodyEntry, Body),
        duties=reader.content("duties.yaml", DutyEntry, Duty),
        benefits=benefits,
        exchanges=reader.content("exchanges.yaml", ExchangeEntry, Exchange),
        programmes=reader.content("programmes.yaml", ProgrammeEntry, Programme),
        lists=lists,
        targets=targets_of(lists, benefits),
    )


def _lists(line: Line, documents: Mapping[str, Document]) -> tuple[ServiceList, ...]:
    """The lists of a pack and of those it extends, each with the routes of its own pack."""
    found: list[ServiceList] = []
    for index, folder in enumerate(line):
        routes = Reader(line[index:], documents).content("routes.yaml", BenefitEntry, Benefit)
        published = list_in(folder, documents, routes)
        found += [published] if published else []
    return tuple(found)


def _named(line: Line, name: str, model: type[AnyEntry]) -> dict[str, tuple[AnyEntry, Place]]:
    """Entries of one file through the lineage; the most specific pack has the last word."""
    found: dict[str, tuple[AnyEntry, Place]] = {}
    for folder in reversed(line):
        file = folder.files[name]
        for key, raw in file.raw.items():
            place = file.place.below(file.raw, key)
            found[str(key)] = (checked(model, raw, place), place)
    return found


def _facts(line: Line) -> dict[str, AskableFact]:
    return {
        name: AskableFact(
            name=name,
            label=text_of(entry.label),
            question=text_of(entry.question),
            ask=text_of(entry.ask),
            declared=entry.declared,
            words={word: text_of(said) for word, said in entry.words.items()},
        )
        for name, (entry, _) in _named(line, "facts.yaml", FactEntry).items()
    }


def _contacts(line: Line, documents: Mapping[str, Document]) -> tuple[Contact, ...]:
    contacts = [
        Contact(
            name=name,
            number=entry.number,
            label=text_of(entry.label),
            purpose=text_of(entry.purpose),
            source=source_of(entry.source, documents, place),
            order=entry.order,
        )
        for name, (entry, place) in _named(line, "contacts.yaml", ContactEntry).items()
    ]
    return tuple(sorted(contacts, key=lambda contact: (contact.order, contact.name)))
