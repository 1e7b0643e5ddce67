"""How entries become leaves, leaves a root, and a root a keyed seal.

A leaf is computed by the database from the whole row, spelled out here and not in a function of
the database: whoever can change a row there could change the function as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hmac import compare_digest

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tongxing.audit.values import Position, SealLine
from tongxing.kernel.ciphers import Profile
from tongxing.keys import rings

LEAF_BYTES = 40
ID_BYTES = 8
_LOWEST = -(2**63)
START = Position(txid=_LOWEST, id=_LOWEST)
NO_ROOT = b""

# Times as microseconds, so that no session setting changes the text; a row's text quotes its
# columns, so that no two different rows share one.
LEAF = """
    int8send(id) || sha256(convert_to(ROW(
        id, txid, (extract(epoch FROM at) * 1000000)::bigint,
        (extract(epoch FROM recorded_at) * 1000000)::bigint,
        kind, actor_account, actor_post, actor_name, actor_role, organisation,
        subject_type, subject_id, child_id, division, facts, request_id
    )::text, 'UTF8'))
"""

_ALGORITHMS: dict[str, type[hashes.HashAlgorithm]] = {
    "hmac-sm3": hashes.SM3,
    "hmac-sha256": hashes.SHA256,
}
_SCHEME = {Profile.SM: "hmac-sm3", Profile.INTERNATIONAL: "hmac-sha256"}


@dataclass(frozen=True, slots=True)
class Leaf:
    entry: int
    digest: bytes


def current_scheme() -> str:
    """The scheme of new seals, after the site's profile of ciphers."""
    return _SCHEME[rings.ring().current.profile]


def leaves_of(content: bytes) -> Iterator[Leaf]:
    """Take the leaves of a seal apart."""
    for start in range(0, len(content), LEAF_BYTES):
        leaf = content[start : start + LEAF_BYTES]
        yield Leaf(int.from_bytes(leaf[:ID_BYTES], "big", signed=True), leaf[ID_BYTES:])


def root_of(seal: SealLine, leaves: bytes) -> bytes:
    """The hash over everything a seal says. `seal.root` and `seal.mac` play no part."""
    digest = hashes.Hash(_ALGORITHMS[seal.scheme]())
    digest.update(_header(seal) + leaves)
    return digest.finalize()


def mac_of(root: bytes, scheme: str) -> bytes:
    """The keyed seal of a root. Raises NoKeys when the site's key file is missing."""
    mac = _keyed(scheme, rings.audit_secret()).copy()
    mac.update(root)
    return mac.finalize()


def has_root(seal: SealLine, leaves: bytes) -> bool:
    """Whether the seal's root is the one that its content asks for."""
    return seal.scheme in _ALGORITHMS and seal.root == root_of(seal, leaves)


def has_mac(seal: SealLine) -> bool:
    """Whether the seal's root was sealed with this site's key."""
    return compare_digest(seal.mac, mac_of(seal.root, seal.scheme))


def _header(seal: SealLine) -> bytes:
    parts = [
        seal.number,
        seal.after.txid,
        seal.after.id,
        seal.until.txid,
        seal.until.id,
        seal.entries,
        seal.scheme,
        round(seal.sealed_at.timestamp() * 1_000_000),
        seal.previous.hex(),
    ]
    return ("tongxing seal 1|" + "|".join(str(part) for part in parts) + "|").encode()


@cache
def _keyed(scheme: str, secret: bytes) -> hmac.HMAC:
    derived = HKDF(hashes.SHA256(), length=32, salt=None, info=b"tongxing audit seal").derive(
        secret
    )
    return hmac.HMAC(derived, _ALGORITHMS[scheme]())
