"""Small values that components are drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a colour means here; every tone also has an icon, so that colour never stands alone."""

    NEUTRAL = "neutral"
    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    key: str
    label: str
    url: str
    count: int | None = None
    tone: str = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A branch of a tree: with `url` a link, without it a choice that a form sends."""

    key: str
    label: str
    url: str = ""
    children: Sequence["Node"] = ()
    selected: bool = False
    open: bool = False
    count: int | None = None
    more_url: str = ""

    @property
    def has_branches(self) -> bool:
        return bool(self.children) or bool(self.more_url)
