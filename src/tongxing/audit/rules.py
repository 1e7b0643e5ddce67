"""What may stand in a fact of the trail, and which numbers of opened files are unusual."""

import re
from collections.abc import Mapping, Set
from datetime import date
from enum import Enum
from statistics import median
from uuid import UUID

LONGEST_FACT = 200
UNUSUAL_FLOOR = 30
UNUSUAL_FACTOR = 3
WITHHELD = "…"

# Eighteen characters of an identity number or eleven of a mobile number, standing alone: inside a
# hash or an identifier such digits mean nothing.
_PERSONAL = re.compile(r"(?<![0-9A-Za-z])(\d{17}[\dXx]|1[3-9]\d{9})(?![0-9A-Za-z])")


def plain(value: object) -> object:
    """A fact as JSON keeps it. Raises TypeError for what cannot be a reference."""
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str | UUID):
        return withheld(str(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Set):
        return sorted((plain(one) for one in value), key=str)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} cannot stand in the audit trail")


def plain_facts(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: plain(value) for name, value in facts.items()}


def withheld(text: str) -> str:
    """`text` without what looks like an identity or phone number, and not too long.

    The last line of defence: facts should name fields, but a file's name may carry anything.
    """
    short = text if len(text) <= LONGEST_FACT else text[: LONGEST_FACT - 1] + WITHHELD
    return _PERSONAL.sub(WITHHELD, short)


def unusual(opened: Mapping[str, int]) -> frozenset[str]:
    """Who opened far more files than the others do; somebody alone is compared with nobody."""
    return frozenset(
        account
        for account, children in opened.items()
        if (others := [count for other, count in opened.items() if other != account])
        and children > max(UNUSUAL_FLOOR, UNUSUAL_FACTOR * median(others))
    )
