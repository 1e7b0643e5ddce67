"""How far a piece of data may go (personal information law, domain 5.2; house rule 5)."""

from collections.abc import Mapping
from enum import StrEnum


class Privacy(StrEnum):
    """Each model field has one of these; a house test refuses a field that has none."""

    OPEN = "open"
    """Says nothing about a person: codes, states of work, numbers of things."""
    PERSONAL = "personal"
    """About an adult who works with the platform, or a pointer to a person."""
    SENSITIVE = "sensitive"
    """About a child or a family. Everything about a child under fourteen is sensitive by law."""
    SEALED = "sealed"
    """Encrypted field by field: identity numbers, phones, addresses, free text about a child."""


Classes = Mapping[str, Mapping[Privacy, str]]
"""Model name → class → the names of its fields, separated by blanks."""


def class_of(classes: Classes, model: str, field: str) -> Privacy | None:
    """The class of a field, or None when nobody classified it."""
    for privacy, names in classes.get(model, {}).items():
        if field in names.split():
            return privacy
    return None
