"""Identifiers made in Python: UUID version 7, ordered by time (RFC 9562)."""

import os
import time
from uuid import UUID

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_RANDOM = (0xFFF << 64) | ((1 << 62) - 1)


def uuid7() -> UUID:
    """A new identifier whose first 48 bits are the current time in milliseconds."""
    random = int.from_bytes(os.urandom(10), "big") & _RANDOM
    return UUID(int=(time.time_ns() // 1_000_000 << 80) | _VERSION | _VARIANT | random)
