"""Words for people, in both languages of the product."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    zh: str
    en: str

    def to_json(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}

    @classmethod
    def from_json(cls, raw: Mapping[str, str]) -> "Text":
        return cls(zh=raw["zh"], en=raw["en"])


SILENCE = Text(zh="", en="")


def joined(texts: Iterable[Text]) -> Text:
    """Several remarks as one, each said once; silence is left out."""
    once = [text for text in dict.fromkeys(texts) if text.zh]
    return Text(zh="；".join(text.zh for text in once), en="; ".join(text.en for text in once))
