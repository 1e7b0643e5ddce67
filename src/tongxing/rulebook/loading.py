"""From a folder of packs to `Packs`; everything is checked before the first child is judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from tongxing.kernel.divisions import NATION, area_of, parse
from tongxing.rulebook.checking import check_pack
from tongxing.rulebook.dated import Dated
from tongxing.rulebook.entries import (
    ConditionEntry,
    ContactEntry,
    DefinitionsFile,
    DocumentEntry,
    Entry,
    FactEntry,
    PackEntry,
    ParameterEntry,
    RuleEntry,
    SourceEntry,
    TextEntry,
)
from tongxing.rulebook.errors import RulebookError, suggestion
from tongxing.rulebook.law import (
    AskableFact,
    ConditionInForce,
    Contact,
    Document,
    ParameterValueInForce,
    RuleInForce,
    Step,
    Steps,
    merged,
)
from tongxing.rulebook.packs import Pack, Packs, policies_folder
from tongxing.rulebook.parsing import parse_node
from tongxing.rulebook.reading import Place, checked, read_yaml
from tongxing.rulebook.sources import Source
from tongxing.rulebook.texts import Text

CONTENT_FILES = ("pack.yaml", "definitions.yaml", "parameters.yaml", "facts.yaml", "contacts.yaml")
AnyEntry = TypeVar("AnyEntry", bound=Entry)
In = TypeVar("In", ParameterValueInForce, ConditionInForce, RuleInForce)


@dataclass(frozen=True, slots=True)
class _File:
    """One file of a pack with everything needed to speak about its lines."""

    raw: Any
    place: Place


@dataclass(frozen=True, slots=True)
class _Folder:
    """A pack as written, before inheritance."""

    entry: PackEntry
    path: Path
    files: Mapping[str, _File]
    documents: Mapping[str, Document]


def load_packs(path: Path | None = None) -> Packs:
    """Read and check every pack below `path` (default: the installed policies).

    Raises PackError that names file and line when anything in them cannot be used.
    """
    root = path or policies_folder()
    folders = {each.name: _read_folder(each) for each in sorted(root.glob("*/")) if _is_pack(each)}
    if not folders:
        raise RulebookError(
            f"No policy packs in {root}: expected folders with a pack.yaml. "
            f"Set TONGXING_POLICIES to the folder that holds them."
        )
    packs = {name: _assemble(_lineage(name, folders)) for name in folders}
    if sum(len(pack.lineage) == 1 for pack in packs.values()) != 1:
        raise RulebookError(f"Exactly one pack in {root} must extend no other: the national one.")
    for pack in packs.values():
        check_pack(pack)
    return Packs(packs)


def _is_pack(folder: Path) -> bool:
    return (folder / "pack.yaml").is_file()


def _read_folder(path: Path) -> _Folder:
    files = {
        name: _File(read_yaml(path / name, shown), Place(shown))
        for name in CONTENT_FILES
        for shown in [f"{path.name}/{name}"]
    }
    head = files["pack.yaml"]
    entry = checked(PackEntry, head.raw, head.place)
    if entry.id != path.name:
        raise head.place.below(head.raw, "id").error(f"id must be the folder's name, '{path.name}'")
    documents = {name: _document(name, each) for name, each in entry.documents.items()}
    return _Folder(entry, path, files, documents)


def _lineage(name: str, folders: Mapping[str, _Folder]) -> list[_Folder]:
    """The folder and those it extends, the most specific first."""
    line = [folders[name]]
    while (parent := line[-1].entry.extends) is not None:
        head = line[-1].files["pack.yaml"]
        place = head.place.below(head.raw, "extends")
        if parent not in folders:
            raise place.error(f"extends an unknown pack '{parent}'. {suggestion(parent, folders)}")
        if folders[parent] in line:
            raise place.error(f"'{parent}' and '{name}' extend each other")
        line.append(folders[parent])
    return line


def _assemble(line: Sequence[_Folder]) -> Pack:
    own = line[0]
    division = NATION if set(own.entry.division) == {"0"} else parse(own.entry.division)
    documents = _documents_of(line)
    return Pack(
        id=own.entry.id,
        names=_text(own.entry.names),
        division=division,
        area=area_of(division),
        lineage=tuple(folder.entry.id for folder in line),
        version=_digest(line),
        folder=own.path,
        documents=documents,
        parameters=_Reader(line, documents).parameters(),
        conditions=_Reader(line, documents).conditions(),
        rules=_Reader(line, documents).rules(),
        facts=_facts(line),
        contacts=_contacts(line, documents),
    )


def _documents_of(line: Sequence[_Folder]) -> dict[str, Document]:
    documents: dict[str, Document] = {}
    for folder in reversed(line):
        documents.update(folder.documents)
    return documents


def _digest(line: Sequence[_Folder]) -> str:
    paths = chain.from_iterable([folder.path / name for name in CONTENT_FILES] for folder in line)
    digest = sha256()
    for path in paths:
        if path.is_file():
            digest.update(f"{path.parent.name}/{path.name}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class _Reader:
    """Reads one kind of entry through a lineage and merges it by name and date."""

    def __init__(self, line: Sequence[_Folder], documents: Mapping[str, Document]) -> None:
        self.line, self.documents = line, documents

    def parameters(self) -> dict[str, Dated[ParameterValueInForce]]:
        lines = [self._parameter_steps(folder) for folder in self.line]
        return self._merged(lines, ParameterValueInForce)

    def conditions(self) -> dict[str, Dated[ConditionInForce]]:
        lines = [self._definition_steps(folder, "conditions") for folder in self.line]
        return self._merged(lines, ConditionInForce)

    def rules(self) -> dict[str, Dated[RuleInForce]]:
        lines = [self._definition_steps(folder, "rules") for folder in self.line]
        return self._merged(lines, RuleInForce)

    def _merged(self, lines: Sequence[Mapping[str, Steps]], cls: type[In]) -> dict[str, Dated[In]]:
        names = dict.fromkeys(name for steps in reversed(lines) for name in steps)
        return {
            name: merged(
                [steps[name] for steps in lines if name in steps], partial(_built, cls, name)
            )
            for name in names
        }

    def _parameter_steps(self, folder: _Folder) -> dict[str, Steps]:
        file = folder.files["parameters.yaml"]
        steps: dict[str, Steps] = {}
        for name, raw in file.raw.items():
            place = file.place.below(file.raw, name)
            entry = checked(ParameterEntry, raw, place)
            shared = _stated(label=_text_or_none(entry.label), unit=entry.unit)
            by_day: dict[date, Step | None] = {}
            for day, step in entry.values.items():
                here = place.below(raw["values"], _key(raw["values"], day))
                stated = (
                    {}
                    if step.repealed
                    else {
                        **shared,
                        "value": _plain(step.value),
                        "suggested": _plain(step.suggested),
                        **self._source(step.source, here),
                    }
                )
                by_day[day] = Step(stated, step.repealed, folder.entry.id, here)
            steps[str(name)] = Dated.of(by_day)
        return steps

    def _definition_steps(self, folder: _Folder, part: str) -> dict[str, Steps]:
        file = folder.files["definitions.yaml"]
        whole = checked(DefinitionsFile, file.raw, file.place)
        entries: Mapping[str, ConditionEntry | RuleEntry] = getattr(whole, part)
        raws = file.raw.get(part, {})
        return {
            name: self._versions(entry, raws[name], file.place.below(raws, name), folder)
            for name, entry in entries.items()
        }

    def _versions(
        self, entry: ConditionEntry | RuleEntry, raw: Any, place: Place, folder: _Folder
    ) -> Steps:
        shared = _stated(
            label=_text_or_none(entry.label),
            code=entry.code if isinstance(entry, ConditionEntry) else None,
        )
        key = "when" if isinstance(entry, ConditionEntry) else "rule"
        by_day: dict[date, Step | None] = {}
        for day, step in entry.versions.items():
            day_key = _key(raw["versions"], day)
            here, written = place.below(raw["versions"], day_key), raw["versions"][day_key]
            stated = (
                {}
                if step.repealed
                else {
                    **shared,
                    **self._source(step.source, here),
                    **self._tree(key, written, here),
                }
            )
            by_day[day] = Step(stated, step.repealed, folder.entry.id, here)
        return Dated.of(by_day)

    def _tree(self, key: str, written: Mapping[str, object], place: Place) -> dict[str, Any]:
        if key not in written:
            return {}
        name = "when" if key == "when" else "tree"
        return {name: parse_node(written[key], place.below(written, key))}

    def _source(self, entry: SourceEntry | None, place: Place) -> dict[str, Any]:
        if entry is None:
            raise place.error("source is missing: expected document, clause, article and quote.")
        return {"source": _source(entry, self.documents, place)}


def _key(raw: Mapping[object, object], day: date) -> object:
    """The key as written: a date of YAML, or its text in quotes."""
    return day if day in raw else day.isoformat()


def _stated(**values: object) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _built(cls: type[In], name: str, found: dict[str, Any], step: Step) -> In:
    needed = [each for each in cls.__dataclass_fields__ if each not in {"name", "pack", "place"}]
    absent = [each for each in needed if each not in found]
    if absent:
        raise step.place.error(f"'{name}' does not say its {', '.join(absent)}.")
    known = {each: found[each] for each in needed}
    return cls(name=name, pack=step.pack, place=step.place, **known)


def _source(entry: SourceEntry, documents: Mapping[str, Document], place: Place) -> Source:
    if entry.document not in documents:
        problem = f"unknown document '{entry.document}'. {suggestion(entry.document, documents)}"
        raise place.error(problem)
    if not entry.product_default and not (entry.article and entry.quote):
        raise place.error("source needs article and quote, or product_default: true.")
    return Source(
        document=entry.document,
        title=documents[entry.document].title,
        article=entry.article,
        clause=entry.clause,
        quote=entry.quote,
        product_default=entry.product_default,
        note=_text_or_none(entry.note),
    )


def _text(entry: TextEntry) -> Text:
    return Text(zh=entry.zh, en=entry.en)


def _text_or_none(entry: TextEntry | None) -> Text | None:
    return _text(entry) if entry else None


def _plain(value: Any) -> Any:
    """A value free of the YAML reader's own types."""
    if isinstance(value, list):
        return tuple(_plain(each) for each in value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or value is None:
        return value
    return int(value) if isinstance(value, int) else str(value)


def _document(name: str, entry: DocumentEntry) -> Document:
    return Document(
        id=name,
        title=_text(entry.title),
        number=entry.number,
        publisher=_text(entry.publisher),
        issued=entry.issued,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        note=_text_or_none(entry.note),
    )


def _named(
    line: Sequence[_Folder], name: str, model: type[AnyEntry]
) -> dict[str, tuple[AnyEntry, Place]]:
    """Entries of one file through the lineage; the most specific pack has the last word."""
    found: dict[str, tuple[AnyEntry, Place]] = {}
    for folder in reversed(line):
        file = folder.files[name]
        for key, raw in file.raw.items():
            place = file.place.below(file.raw, key)
            found[str(key)] = (checked(model, raw, place), place)
    return found


def _facts(line: Sequence[_Folder]) -> dict[str, AskableFact]:
    return {
        name: AskableFact(
            name=name,
            label=_text(entry.label),
            question=_text(entry.question),
            ask=_text(entry.ask),
            declared=entry.declared,
        )
        for name, (entry, _) in _named(line, "facts.yaml", FactEntry).items()
    }


def _contacts(line: Sequence[_Folder], documents: Mapping[str, Document]) -> tuple[Contact, ...]:
    contacts = [
        Contact(
            name=name,
            number=entry.number,
            label=_text(entry.label),
            purpose=_text(entry.purpose),
            source=_source(entry.source, documents, place),
            order=entry.order,
        )
        for name, (entry, place) in _named(line, "contacts.yaml", ContactEntry).items()
    ]
    return tuple(sorted(contacts, key=lambda contact: (contact.order, contact.name)))
