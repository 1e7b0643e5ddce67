"""The lists of services in force at a place: those published here on top of those of the packs."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from tongxing.eligibility import law
from tongxing.eligibility.drafts import OWN, Content
from tongxing.kernel.divisions import Level, level_of, short
from tongxing.rulebook import Pack, Text
from tongxing.rulebook.content import ServiceList
from tongxing.rulebook.folders import File
from tongxing.rulebook.law import Document
from tongxing.rulebook.lists import list_of
from tongxing.rulebook.reading import Place


def name_of(division: int, number: int) -> str:
    """What the law calls a list that was published here."""
    return f"list_{short(division)}_{number}"


def list_from(
    *, division: int, number: int, title: dict[str, str], content: Content, since: Any
) -> ServiceList:
    """A list as edited here, as the rulebook reads it. PackError when its content is damaged."""
    pack = law.packs().for_division(division)
    name = name_of(division, number)
    own = Document(
        id=OWN,
        title=Text(**title),
        number="",
        publisher=Text("本级民政部门", "Civil affairs of this place"),
        issued=None,
        valid_from=since,
        valid_to=None,
        note=None,
    )
    raw = {
        "title": title,
        "source": {"document": OWN, "article": "清单", "clause": name, "quote": title["zh"][:25]},
        "valid_from": since,
        "items": content,
    }
    documents = {**pack.documents, OWN: own}
    return list_of(File(raw, Place(name)), name, documents, pack.benefits)


def pack_with(division: int, published: Sequence[tuple[int, ServiceList]]) -> Pack:
    """The law of a place with lists published here (each with its division) in their order.

    A list of a lower level comes before one of a higher level, and one published here before the
    one that came with the pack of the same level.
    """
    return _pack_with(division, tuple(published))


@lru_cache(maxsize=64)
def _pack_with(division: int, published: tuple[tuple[int, ServiceList], ...]) -> Pack:
    pack = law.packs().for_division(division)
    from_packs = [(law.packs()[each.pack].division, each) for each in pack.lists]
    ranked = [
        *((-_depth(place), 0, each) for place, each in published),
        *((-_depth(place), 1, each) for place, each in from_packs),
    ]
    ordered = sorted(ranked, key=lambda entry: entry[:2])
    return pack.with_lists([each for _, _, each in ordered])


def _depth(division: int) -> Level:
    return level_of(division) if division else Level.NATION
