"""Telephone numbers of the help page. 110 stands first always; the rest comes from policies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotline:
    """A number people can call. `source` names the document that publishes it."""

    number: str
    name: str
    hours: str = ""
    note: str = ""
    source: str = ""


HotlineSource = Callable[[int, str], Sequence[Hotline]]
_sources: list[HotlineSource] = []


def hotlines(source: HotlineSource) -> HotlineSource:
    """Register a function of (division code, language code) that names the hotlines there."""
    _sources.append(source)
    return source


def hotlines_for(division: int, language: str) -> list[Hotline]:
    """All hotlines of a place, each number once, 110 left out because the page shows it apart."""
    found = (line for source in _sources for line in source(division, language))
    by_number = {line.number: line for line in found if line.number != "110"}
    return list(by_number.values())
