"""Translation catalogues: from the text people edit (.po) to the form gettext reads (.mo).

Written here because Debian's gettext programs are not on every machine that runs Tongxing.
"""

import ast
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tongxing.launch import places
from tongxing.launch.errors import LaunchError

MAGIC = 0x950412DE
LOCALES = places.CHECKOUT / "src" / "tongxing" / "locale"
LINE = re.compile(r'(?P<word>msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)?\s*(?P<text>".*")$')


@dataclass
class Entry:
    fuzzy: bool = False
    words: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        context = f"{self.words['msgctxt']}\x04" if "msgctxt" in self.words else ""
        plural = f"\0{self.words['msgid_plural']}" if "msgid_plural" in self.words else ""
        return f"{context}{self.words.get('msgid', '')}{plural}"

    @property
    def translations(self) -> list[str]:
        return [self.words[word] for word in sorted(self.words) if word.startswith("msgstr")]

    @property
    def translated(self) -> bool:
        return bool(self.translations) and all(self.translations) and not self.fuzzy


def compile_all(folder: Path = LOCALES) -> int:
    """Compile every catalogue that is newer than its compiled form; returns how many."""
    done = 0
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            draft = target.with_suffix(".new")
            draft.write_bytes(compiled(entries(source)))
            draft.replace(target)
            done += 1
    return done


def entries(source: Path) -> list[Entry]:
    """All entries of a .po file, the header (empty msgid) among them."""
    text = source.read_text(encoding="utf-8")
    found = [_entry(block, source) for block in _blocks(text)]
    return [entry for entry in found if "msgid" in entry.words]


def compiled(all_entries: list[Entry]) -> bytes:
    """The GNU .mo form: two tables of lengths and offsets, then the texts, sorted by key."""
    pairs = sorted(
        (entry.key.encode(), "\0".join(entry.translations).encode())
        for entry in all_entries
        if entry.translated
    )
    count = len(pairs)
    position = 28 + 16 * count
    tables: list[bytes] = []
    texts: list[bytes] = []
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[column]), position))
            texts.append(pair[column] + b"\0")
            position += len(pair[column]) + 1
    header = struct.pack("<7I", MAGIC, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count)
    return header + b"".join(tables) + b"".join(texts)


def _blocks(text: str) -> Iterator[list[str]]:
    """Entries are separated by blank lines, or follow each other with a new msgctxt or msgid."""
    block: list[str] = []
    for line in text.splitlines():
        begins = line.startswith(("msgctxt", "msgid ", "#")) and any(
            it.startswith("msgstr") for it in block
        )
        if not line.strip() or begins:
            yield block
            block = []
        if line.strip():
            block.append(line)
    yield block


def _entry(lines: list[str], source: Path) -> Entry:
    entry, word = Entry(), ""
    for line in lines:
        if line.startswith("#"):
            entry.fuzzy = entry.fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        match = LINE.match(line)
        if match is None:
            raise LaunchError(f"{source} has a line that no catalogue has: {line}")
        word = match["word"] or word
        entry.words[word] = entry.words.get(word, "") + str(ast.literal_eval(match["text"]))
    return entry
