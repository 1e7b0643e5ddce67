"""Which source is believed for which field (domain 5.4), and what a list may change.

A department's row never overwrites silently: what it may change is shown before the commit, what
it may not is kept as a difference for a person.
"""

from collections.abc import Mapping
from datetime import date

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


def may_replace(field: str, *, new: str, new_as_of: date, old: str, old_as_of: date | None) -> bool:
    """Whether `new`'s word on `field` goes before `old`'s.

    Staff corrections stand against lists until the next correction. The same source corrects
    itself when its list is newer.
    """
    if new == old:
        return old_as_of is None or new_as_of >= old_as_of
    if old == Source.STAFF:
        return False
    return _rank(field, new) < _rank(field, old)


def _rank(field: str, source: str) -> int:
    order = BELIEVED.get(field, ())
    return order.index(Source(source)) if source in order else len(order)
