"""The lists of services in force at a place: those published here on top of those of the packs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import orjson

from tongxing.eligibility import law
from tongxing.eligibility.drafts import OWN, in_order
from tongxing.kernel.divisions import Level, level_of, short
from tongxing.rulebook import Pack, Text
from tongxing.rulebook.content import ServiceList
from tongxing.rulebook.folders import File
from tongxing.rulebook.law import Document
from tongxing.rulebook.lists import list_of
from tongxing.rulebook.reading import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenList:
    """A list as it was written here; `content` is JSON in the shape of a pack's file."""

    division: int
    number: int
    title: Text
    content: bytes
    since: date

    @property
    def name(self) -> str:
        return name_of(self.division, self.number)


def name_of(division: int, number: int) -> str:
    """What the law calls a list that was published here."""
    return f"list_{short(division)}_{number}"


@lru_cache(maxsize=64)
def as_law(written: WrittenList) -> ServiceList:
    """The list as the rulebook reads it. PackError when its content is damaged."""
    pack = law.packs().for_division(written.division)
    own = Document(
        id=OWN,
        title=written.title,
        number="",
        publisher=Text("本级民政部门", "Civil affairs of this place"),
        issued=None,
        valid_from=written.since,
        valid_to=None,
        note=None,
    )
    quote = written.title.zh[:25]
    raw = {
        "title": written.title.to_json(),
        "source": {"document": OWN, "article": "清单", "clause": written.name, "quote": quote},
        "valid_from": written.since,
        "items": in_order(orjson.loads(written.content)),
    }
    documents = {**pack.documents, OWN: own}
    return list_of(File(raw, Place(written.name)), written.name, documents, pack.benefits)


def pack_with(division: int, lists: Iterable[WrittenList]) -> Pack:
    """The law of a place with lists published here.

    A list of a lower level comes before one of a higher level, and one published here before the
    one that came with the pack of the same level.
    """
    return _pack_with(division, tuple(lists))


@lru_cache(maxsize=64)
def _pack_with(division: int, lists: tuple[WrittenList, ...]) -> Pack:
    pack = law.packs().for_division(division)
    ranked = [
        *((-level_of(each.division), 0, as_law(each)) for each in lists),
        *((-_depth(each), 1, each) for each in pack.lists),
    ]
    ordered = sorted(ranked, key=lambda entry: entry[:2])
    return pack.with_lists([each for _, _, each in ordered])


def _depth(published: ServiceList) -> Level:
    division = law.packs()[published.pack].division
    return level_of(division) if division else Level.NATION
