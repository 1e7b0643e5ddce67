"""What a row says otherwise than the register, and whether its source may change it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tongxing.kernel.divisions import area_of
from tongxing.registry.rules.lines import Line
from tongxing.registry.rules.trust import may_replace
from tongxing.registry.values.children import HukouKnown

# One difference for columns that belong together.
_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "sex": ("sex",),
    "birth": ("born_from", "born_until"),
    "ethnicity": ("ethnicity",),
    "residence": ("division",),
    "moved_with": ("moved_with",),
}
_STAY = ("since", "since_latest")
_SECRET_FIELDS = ("identity_number", "address")
SECRET = frozenset(_SECRET_FIELDS)
_INTERVALS = frozenset({"birth", "lived_since"})
_PLACES = frozenset({"residence", "hukou"})
# Both are said of one place: where the place stays as it is, so do they.
_OF_THE_PLACE = frozenset({"lived_since", "address"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Who states something, and for which day."""

    source: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field: what the register has, what the list says, and which of them goes on."""

    field: str
    before: Any
    after: Any
    replaces: bool

    def as_dict(self) -> dict[str, Any]:
        """For the review page; secrets are named, never shown."""
        hidden = self.field in SECRET
        return {
            "field": self.field,
            "before": None if hidden else self.before,
            "after": None if hidden else self.after,
            "replaces": self.replaces,
        }


def compare(
    line: Line,
    known: Mapping[str, Any],
    *,
    of: Stated,
    stated: Mapping[str, Stated],
    gaps_only: bool = False,
) -> list[Difference]:
    """Differences between a row and the child it is; `stated` tells who said each known field.

    `gaps_only`: the row may say what nobody knew, or knew less exactly, and replaces nothing.
    """
    found = []
    for name, before, after in _pairs(line, known):
        if after[0] in (None, "") or after == before or _is_vaguer(name, after, before):
            continue
        fills = _is_blank(before) or _is_finer(name, after, before)
        replaces = fills or (not gaps_only and _is_believed(name, of, stated.get(name)))
        found.append(Difference(field=name, before=before, after=after, replaces=replaces))
    return _with_place(found)


def _pairs(line: Line, known: Mapping[str, Any]) -> list[tuple[str, list[Any], list[Any]]]:
    pairs = [
        (name, [known.get(key) for key in columns], [line.child.get(key) for key in columns])
        for name, columns in _FIELDS.items()
    ]
    pairs.append(("hukou", *_hukou(line, known)))
    if not known.get("asked_for_help_on"):
        # A request is answered from the day of the first one on; another one changes nothing.
        pairs.append(("asked_for_help", [None], [line.child.get("asked_for_help_on")]))
    stay = [line.stay.get(key) for key in _STAY]
    pairs.append(("lived_since", [known.get(key) for key in _STAY], stay))
    pairs += [(name, [known.get(name)], [line.secrets.get(name)]) for name in _SECRET_FIELDS]
    return pairs


def _hukou(line: Line, known: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    """By place where it is known; a place nobody could find is compared by its words."""
    if known.get("hukou") == HukouKnown.NOT_REGISTERED:
        return [HukouKnown.NOT_REGISTERED.value], [line.child.get("hukou_division")]
    place = line.child.get("hukou_division")
    if place or known.get("hukou_division"):
        return [known.get("hukou_division")], [place]
    return [known.get("hukou_text")], [line.child.get("hukou_text")]


def _is_blank(values: list[Any]) -> bool:
    return all(value in (None, "") for value in values)


def _is_vaguer(name: str, after: list[Any], before: list[Any]) -> bool:
    """A month does not correct a day inside it, nor a county a street inside it."""
    return not _is_blank(before) and _is_inside(name, before, after)


def _is_finer(name: str, after: list[Any], before: list[Any]) -> bool:
    """A day inside the month, or a street inside the county, that the register has."""
    return _is_inside(name, after, before)


def _is_inside(name: str, inner: list[Any], outer: list[Any]) -> bool:
    if name in _INTERVALS and None not in (*inner, *outer):
        return bool(outer[0] <= inner[0] and inner[1] <= outer[1])
    if name in _PLACES and isinstance(inner[0], int) and isinstance(outer[0], int):
        return inner[0] in area_of(outer[0])
    return False


def _is_believed(name: str, of: Stated, old: Stated | None) -> bool:
    return old is not None and may_replace(
        name, new=of.source, new_as_of=of.as_of, old=old.source, old_as_of=old.as_of
    )


def _with_place(found: list[Difference]) -> list[Difference]:
    elsewhere = any(each.field == "residence" and not each.replaces for each in found)
    if not elsewhere:
        return found
    return [
        replace(each, replaces=False) if each.field in _OF_THE_PLACE else each for each in found
    ]
