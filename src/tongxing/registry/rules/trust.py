"""Which source is believed for which field (domain 5.4), and what a list may change.

A department's row never overwrites silently: what it may change is shown before the commit, what
it may not is kept as a difference for a person.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from tongxing.registry.values.children import Source

_OFFICIAL = (Source.POLICE, Source.EDUCATION, Source.KINDERGARTEN, Source.SURVEY)
_WHERE = (Source.SURVEY, Source.CIVIL_AFFAIRS, Source.POLICE, Source.EDUCATION, Source.KINDERGARTEN)

# First named, first believed. A source that is not named may fill a gap and nothing more.
BELIEVED: Mapping[str, tuple[Source, ...]] = {
    "name": _OFFICIAL,
    "sex": _OFFICIAL,
    "birth": _OFFICIAL,
    "ethnicity": _OFFICIAL,
    "identity_number": _OFFICIAL,
    "hukou": _OFFICIAL,
    "residence": _WHERE,
    "address": _WHERE,
    "moved_with": _WHERE,
    "lived_since": (Source.POLICE, Source.SURVEY, Source.CIVIL_AFFAIRS, Source.EDUCATION),
}
# People move: here an older word never goes before a newer one, and a visit is news for a while.
_CHANGING = frozenset({"residence", "address", "moved_with"})
_SEEN = frozenset({Source.SURVEY, Source.CIVIL_AFFAIRS})
_A_VISIT_COUNTS = timedelta(days=90)


def may_replace(field: str, *, new: str, new_as_of: date, old: str, old_as_of: date) -> bool:
    """Whether `new`'s word on `field` goes before `old`'s.

    Staff corrections stand against lists until the next correction. The same source corrects
    itself when its list is not older.
    """
    if new == old:
        return new_as_of >= old_as_of
    if old == Source.STAFF or (field in _CHANGING and new_as_of < old_as_of):
        return False
    rank = _rank(field, old)
    if field in _CHANGING and old in _SEEN and new_as_of - old_as_of > _A_VISIT_COUNTS:
        rank = max(rank, _rank(field, Source.POLICE) + 0.5)
    return _rank(field, new) < rank


def _rank(field: str, source: str) -> float:
    order = BELIEVED.get(field, ())
    return order.index(Source(source)) if source in order else len(order)
