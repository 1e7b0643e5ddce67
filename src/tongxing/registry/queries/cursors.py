"""Where a page of a list begins: sealed, because the last name of a page stands in it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from tongxing.kernel.ciphers import CannotUnseal
from tongxing.keys.rings import ring

_CONTEXT = "registry.cursor"
_READERS: dict[type, Callable[[Any], Any]] = {
    int: int,
    str: str,
    UUID: UUID,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}


def seal(values: Sequence[Any], *, context: str = _CONTEXT) -> str:
    """A token for an address; it says nothing to whoever reads the address."""
    text = orjson.dumps(list(values)).decode()
    return urlsafe_b64encode(ring().seal(text, context=context)).decode().rstrip("=")


def unseal(token: str, kinds: Sequence[type], *, context: str = _CONTEXT) -> tuple[Any, ...] | None:
    """The values of a token, or None when it is not one of ours for this order."""
    try:
        sealed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        values = orjson.loads(ring().unseal(sealed, context=context))
        if len(values) != len(kinds):
            return None
        return tuple(_READERS[kind](value) for kind, value in zip(kinds, values, strict=True))
    except (CannotUnseal, ValueError, TypeError):
        return None
