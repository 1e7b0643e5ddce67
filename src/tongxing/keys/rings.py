"""The key ring of this site, read once from the key file."""

import json
import os
import secrets
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from tongxing.kernel.ciphers import Key, KeyRing, Profile


class NoKeys(Exception):
    """The key file is missing: nothing can be sealed, so nothing may start."""


@cache
def ring() -> KeyRing:
    """The keys that seal fields of this site."""
    known = _read(settings.TONGXING_KEYS)
    profile = Profile(known["profile"])
    keys = {
        key_id: Key(key_id, bytes.fromhex(secret), profile)
        for key_id, secret in known["keys"].items()
    }
    index_secret = bytes.fromhex(known["index"])
    return KeyRing(keys, current=known["current"], index_secret=index_secret)


@cache
def audit_secret() -> bytes:
    """The key that seals the audit trail; it is no key of the ring, and other people keep it."""
    return bytes.fromhex(_read(settings.TONGXING_KEYS)["audit"])


def create(path: Path, *, profile: Profile = Profile.SM) -> None:
    """Make a new key file that only its owner may read. Refuses to replace one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "profile": profile.value,
        "current": "k1",
        "keys": {"k1": secrets.token_hex(32)},
        "index": secrets.token_hex(32),
        "audit": secrets.token_hex(32),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        json.dump(content, handle, indent=2)


def _read(path: Path) -> dict[str, Any]:
    try:
        known: dict[str, Any] = json.loads(path.read_text())
    except FileNotFoundError as error:
        raise NoKeys(f"{path} does not exist. Create it once with: tongxing keys create") from error
    return known
