"""What a row says otherwise than the register, and whether its source may change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongxing.registry.rules.lines import Line
from tongxing.registry.rules.trust import may_replace

# One difference for columns that belong together.
_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "sex": ("sex",),
    "birth": ("born_from", "born_until"),
    "ethnicity": ("ethnicity",),
    "hukou": ("hukou_division",),
    "residence": ("division",),
    "moved_with": ("moved_with",),
    "asked_for_help": ("asked_for_help_on",),
}
_STAY = ("since", "since_latest")
_SECRET_FIELDS = {"identity_number": "identity_number", "address": "address"}
SECRET = frozenset(_SECRET_FIELDS)


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
) -> list[Difference]:
    """Differences between a row and the child it is; `stated` tells who said each known field."""
    found = []
    for name, columns in _FIELDS.items():
        after = [line.child.get(column) for column in columns]
        before = [known.get(column) for column in columns]
        if after[0] is None or after == before or _is_vaguer(name, after, before):
            continue
        found.append(_difference(name, before, after, of=of, old=stated.get(name)))
    after, before = ([line.stay.get(key) for key in _STAY], [known.get(key) for key in _STAY])
    if after[0] and after != before and not _is_vaguer("lived_since", after, before):
        found.append(
            _difference("lived_since", before, after, of=of, old=stated.get("lived_since"))
        )
    for name, key in _SECRET_FIELDS.items():
        said, had = line.secrets.get(key), known.get(key)
        if said and said != had:
            found.append(_difference(name, had, said, of=of, old=stated.get(name)))
    return found


_INTERVALS = frozenset({"birth", "lived_since"})


def _is_vaguer(name: str, after: list[Any], before: list[Any]) -> bool:
    """A month does not correct a day inside it, nor a county a street inside it."""
    if name in _INTERVALS and None not in before:
        return bool(after[0] <= before[0] and before[1] <= after[1])
    return False


def _difference(
    name: str, before: Any, after: Any, *, of: Stated, old: Stated | None
) -> Difference:
    empty = before in (None, "", [None], [""], [None, None])
    replaces = empty or (
        old is not None
        and may_replace(
            name, new=of.source, new_as_of=of.as_of, old=old.source, old_as_of=old.as_of
        )
    )
    return Difference(field=name, before=before, after=after, replaces=replaces)
