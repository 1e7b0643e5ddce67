"""Field encryption and keyed search hashes, in two profiles that pass the same tests.

`sm` uses SM4-GCM and HMAC-SM3, `international` AES-256-GCM and HMAC-SHA-256. A sealed value says
which key sealed it, so keys rotate without a pause:

    1 byte profile · 1 byte length of key id · key id · 12 bytes nonce · ciphertext · 16 bytes tag
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12
TAG_BYTES = 16


class Profile(StrEnum):
    SM = "sm"
    INTERNATIONAL = "international"


_MARK = {Profile.SM: b"\x01", Profile.INTERNATIONAL: b"\x02"}
_PROFILE_OF = {mark[0]: profile for profile, mark in _MARK.items()}


class CannotUnseal(Exception):
    """The value was not sealed by a key of this ring, or it was changed."""


@dataclass(frozen=True, slots=True)
class Key:
    """One secret of at least 32 bytes and the name under which it is kept."""

    id: str
    secret: bytes
    profile: Profile


class KeyRing:
    """The keys of a site: the current one seals, every one unseals, one more makes hashes."""

    def __init__(self, keys: Mapping[str, Key], *, current: str, index_secret: bytes) -> None:
        self.current = keys[current]
        self._ciphers = {key_id: _cipher(key) for key_id, key in keys.items()}
        profile = self.current.profile
        self._header = _MARK[profile] + bytes([len(current)]) + current.encode()
        self._seal = self._ciphers[current].seal
        algorithm = hashes.SM3() if profile is Profile.SM else hashes.SHA256()
        self._index = hmac.HMAC(_derive(index_secret, b"tongxing index", 32), algorithm)

    def seal(self, text: str, *, context: str) -> bytes:
        """Encrypt `text`; `context` names the field and must be the same when unsealing."""
        return self.seal_bytes(text.encode(), context=context)

    def unseal(self, sealed: bytes, *, context: str) -> str:
        """Decrypt what `seal` made. Raises CannotUnseal when key, context or bytes are wrong."""
        return self.unseal_bytes(sealed, context=context).decode()

    def seal_bytes(self, content: bytes, *, context: str) -> bytes:
        """`seal` for content that is no text."""
        nonce = os.urandom(NONCE_BYTES)
        return self._header + nonce + self._seal(nonce, content, context.encode())

    def unseal_bytes(self, sealed: bytes, *, context: str) -> bytes:
        """`unseal` for content that is no text."""
        try:
            length = sealed[1]
            key_id = sealed[2 : 2 + length].decode()
            rest = sealed[2 + length :]
            return self._ciphers[key_id].unseal(
                rest[:NONCE_BYTES], rest[NONCE_BYTES:], context.encode()
            )
        except (IndexError, KeyError, UnicodeDecodeError, InvalidTag, ValueError) as error:
            raise CannotUnseal(context) from error

    def index(self, text: str, *, context: str) -> bytes:
        """A keyed hash of 16 bytes: equal texts of one context meet, nothing else is told."""
        mac = self._index.copy()
        mac.update(context.encode() + b"\x00" + text.encode())
        return mac.finalize()[:16]


def key_id_of(sealed: bytes) -> str:
    """Which key sealed the value (for rotation)."""
    return sealed[2 : 2 + sealed[1]].decode()


@dataclass(frozen=True, slots=True)
class _Sm4Gcm:
    algorithm: algorithms.SM4

    def seal(self, nonce: bytes, text: bytes, context: bytes) -> bytes:
        encryptor = Cipher(self.algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(context)
        return encryptor.update(text) + encryptor.finalize() + encryptor.tag

    def unseal(self, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
        mode = modes.GCM(nonce, sealed[-TAG_BYTES:])
        decryptor = Cipher(self.algorithm, mode).decryptor()
        decryptor.authenticate_additional_data(context)
        return decryptor.update(sealed[:-TAG_BYTES]) + decryptor.finalize()


@dataclass(frozen=True, slots=True)
class _AesGcm:
    aead: AESGCM

    def seal(self, nonce: bytes, text: bytes, context: bytes) -> bytes:
        return self.aead.encrypt(nonce, text, context)

    def unseal(self, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
        return self.aead.decrypt(nonce, sealed, context)


def _cipher(key: Key) -> _Sm4Gcm | _AesGcm:
    if key.profile is Profile.SM:
        return _Sm4Gcm(algorithms.SM4(_derive(key.secret, b"tongxing sm4", 16)))
    return _AesGcm(AESGCM(_derive(key.secret, b"tongxing aes", 32)))


def _derive(secret: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length=length, salt=None, info=purpose).derive(secret)
