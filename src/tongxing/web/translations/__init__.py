"""The Chinese catalogue: compared with what the source says, brought up to date, compiled.

Needs no gettext programs. A message is known by (context, singular).
"""

from collections.abc import Iterable
from os import getpid
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from tongxing.web.translations.sources import Found, messages_in, placeholders

Key = tuple[str, str]


def catalogue_file() -> Path:
    return Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES" / "django.po"


def missing_translations() -> list[str]:
    """Everything that is wrong with the catalogue, one sentence each; empty means complete."""
    found = _found()
    known = _entries(read(catalogue_file()))
    pairs = [(one, _words(known.get(key))) for key, one in found.items()]
    return [
        *(f"{one.where}: no translation of {one.singular!r}" for one, words in pairs if not words),
        *(
            f"{one.where}: other placeholders in the translation of {one.singular!r}"
            for one, words in pairs
            if words and placeholders(" ".join(words)) != placeholders(one.plural or one.singular)
        ),
        *(f"fuzzy: {key[1]!r}" for key, entry in known.items() if entry.fuzzy),
        *(f"no longer used: {key[1]!r}" for key in known if key not in found),
    ]


def update() -> tuple[int, int]:
    """Add what the source says, drop what it no longer says; returns (added, dropped)."""
    found = _found()
    known = _entries(read(catalogue_file()))
    write(_catalogue(found, known, {}), catalogue_file())
    return len(found.keys() - known.keys()), len(known.keys() - found.keys())


def merge(files: Iterable[Path]) -> int:
    """Translate what has no translation yet by what other catalogues offer; says how many."""
    found = _found()
    known = _entries(read(catalogue_file()))
    offered = {key: entry for file in files for key, entry in _entries(read(file)).items()}
    write(_catalogue(found, known, offered), catalogue_file())
    return sum(bool(_words(offered.get(key))) and not _words(known.get(key)) for key in found)


def compile_stale() -> bool:
    """Compile the catalogue if it is newer than its compiled form; says whether it did."""
    source = catalogue_file()
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    # Several processes may start at once: each writes its own file and puts it in place whole.
    own = target.with_suffix(f".{getpid()}.tmp")
    with own.open("wb") as handle:
        write_mo(handle, read(source))
    own.replace(target)
    return True


def read(file: Path) -> Catalog:
    if not file.exists():
        return _new_catalogue()
    with file.open("rb") as handle:
        return read_po(handle, locale="zh_Hans", domain="django")


def write(catalogue: Catalog, file: Path) -> None:
    """Write without dates and line numbers, sorted, so that a change shows only itself."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as handle:
        write_po(handle, catalogue, width=100, no_location=True, omit_header=True, sort_output=True)
    text = file.read_text(encoding="utf-8")
    file.write_text(_HEADER + text.lstrip("\n"), encoding="utf-8")


_HEADER = """# Chinese for every sentence the pages show. `tongxing translations` keeps it complete.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def _found() -> dict[Key, Found]:
    return messages_in(settings.ROOT / "src" / "tongxing")


def _new_catalogue() -> Catalog:
    return Catalog(locale="zh_Hans", domain="django", fuzzy=False)


def _catalogue(
    found: dict[Key, Found], known: dict[Key, Message], offered: dict[Key, Message]
) -> Catalog:
    catalogue = _new_catalogue()
    for key, one in found.items():
        words = _words(known.get(key)) or _words(offered.get(key))
        if one.plural:
            catalogue.add((one.singular, one.plural), words or ("",), context=one.context or None)
        else:
            catalogue.add(one.singular, "".join(words), context=one.context or None)
    return catalogue


def _entries(catalogue: Catalog) -> dict[Key, Message]:
    return {_key(message): message for message in catalogue if message.id}


def _key(message: Message) -> Key:
    singular = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", singular


def _words(message: Message | None) -> tuple[str, ...]:
    """The translation in all its plural forms; nothing when one of them is missing."""
    if message is None or not message.string:
        return ()
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return forms if all(forms) else ()
