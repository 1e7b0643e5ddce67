"""From the entries of a pack's files to the values of the law: words, sources, plain values."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tongxing.rulebook.entries import SourceEntry, TextEntry
from tongxing.rulebook.errors import suggestion
from tongxing.rulebook.law import Document
from tongxing.rulebook.reading import Place
from tongxing.rulebook.sources import Source
from tongxing.rulebook.texts import Text


def text_of(entry: TextEntry) -> Text:
    return Text(zh=entry.zh, en=entry.en)


def text_or_none(entry: TextEntry | None) -> Text | None:
    return text_of(entry) if entry else None


def source_of(entry: SourceEntry, documents: Mapping[str, Document], place: Place) -> Source:
    """The source with its document's title; PackError when it does not say where it stands."""
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
        note=text_or_none(entry.note),
    )


def plain(value: Any) -> Any:
    """A value free of the YAML reader's own types; words in two languages become a Text."""
    if isinstance(value, Mapping) and set(value) == {"zh", "en"}:
        return Text(zh=str(value["zh"]), en=str(value["en"]))
    if isinstance(value, list):
        return tuple(plain(each) for each in value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or value is None:
        return value
    return int(value) if isinstance(value, int) else str(value)


def in_force(value: Any) -> Any:
    """A field of an entry as the law keeps it: words as Text, everything else as it is."""
    if isinstance(value, TextEntry):
        return text_of(value)
    if isinstance(value, tuple):
        return tuple(in_force(each) for each in value)
    return value
