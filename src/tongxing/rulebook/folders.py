"""Packs as written: one folder each, its files read, its line of inheritance known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from tongxing.rulebook.entries import DocumentEntry, PackEntry
from tongxing.rulebook.errors import suggestion
from tongxing.rulebook.law import Document
from tongxing.rulebook.reading import Place, checked, read_yaml
from tongxing.rulebook.wording import text_of, text_or_none

PACK_FILE = "pack.yaml"
CONTENT_FILES = (
    PACK_FILE, "definitions.yaml", "parameters.yaml", "facts.yaml", "contacts.yaml", "bodies.yaml",
    "duties.yaml", "routes.yaml", "exchanges.yaml", "programmes.yaml", "services.yaml",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """One file of a pack with everything needed to speak about its lines."""

    raw: Any
    place: Place


@dataclass(frozen=True, slots=True)
class Folder:
    """A pack as written, before inheritance."""

    entry: PackEntry
    path: Path
    files: Mapping[str, File]
    documents: Mapping[str, Document]


Line = Sequence[Folder]
"""A folder and those it extends, the most specific first."""


def folders_in(root: Path) -> dict[str, Folder]:
    """Every folder below `root` that holds a pack, by its name."""
    found = (each for each in sorted(root.glob("*/")) if (each / PACK_FILE).is_file())
    return {each.name: _read_folder(each) for each in found}


def _read_folder(path: Path) -> Folder:
    files = {
        name: File(read_yaml(path / name, shown), Place(shown))
        for name in CONTENT_FILES
        for shown in [f"{path.name}/{name}"]
    }
    head = files[PACK_FILE]
    entry = checked(PackEntry, head.raw, head.place)
    if entry.id != path.name:
        raise head.place.below(head.raw, "id").error(f"id must be the folder's name, '{path.name}'")
    documents = {name: _document(name, each) for name, each in entry.documents.items()}
    return Folder(entry, path, files, documents)


def _document(name: str, entry: DocumentEntry) -> Document:
    return Document(
        id=name,
        title=text_of(entry.title),
        number=entry.number,
        publisher=text_of(entry.publisher),
        issued=entry.issued,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        note=text_or_none(entry.note),
    )


def line_of(name: str, folders: Mapping[str, Folder]) -> list[Folder]:
    """The folder and those it extends; PackError when one is unknown or they go in circles."""
    line = [folders[name]]
    while (parent := line[-1].entry.extends) is not None:
        head = line[-1].files[PACK_FILE]
        place = head.place.below(head.raw, "extends")
        if parent not in folders:
            raise place.error(f"extends an unknown pack '{parent}'. {suggestion(parent, folders)}")
        if folders[parent] in line:
            raise place.error(f"'{parent}' and '{name}' extend each other")
        line.append(folders[parent])
    return line


def documents_of(line: Line) -> dict[str, Document]:
    """Every document of the line by name; the most specific pack has the last word."""
    documents: dict[str, Document] = {}
    for folder in reversed(line):
        documents.update(folder.documents)
    return documents


def digest_of(line: Line) -> str:
    """Changes when any word of any file of the line changes."""
    paths = chain.from_iterable([folder.path / name for name in CONTENT_FILES] for folder in line)
    digest = sha256()
    for path in paths:
        if path.is_file():
            digest.update(f"{path.parent.name}/{path.name}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
