"""Where a rule or a number comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongxing.rulebook.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Document, place in it and a short quotation.

    `product_default` marks what no document says: the product needs a value and states its own,
    which is never shown as law.
    """

    document: str
    title: Text
    article: str
    clause: str
    quote: str = ""
    product_default: bool = False
    note: Text | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "document": self.document,
            "title": self.title.to_json(),
            "article": self.article,
            "clause": self.clause,
            "quote": self.quote,
            "product_default": self.product_default,
            "note": self.note.to_json() if self.note else None,
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Source":
        note = raw["note"]
        return cls(
            **{
                **raw,
                "title": Text.from_json(raw["title"]),
                "note": Text.from_json(note) if note else None,
            }
        )
