"""What a password must be.

NFR-ID-02: eight characters, three of four classes, not the person's or the unit's name, not easily
guessed; the last five are not taken again.
"""

import re
import secrets
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from zxcvbn import zxcvbn

from tongxing.access import spelling
from tongxing.kernel import names

LEAST_LENGTH = 8
# zxcvbn works in quadratic time; nobody needs more.
MOST_LENGTH = 72
CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
CLASSES_NEEDED = 3
# 0 to 4; 3 is "safely unguessable" against a throttled attacker.
STRENGTH_NEEDED = 3
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


def refuse_weak(password: str, *, own_words: Sequence[str] = ()) -> None:
    """Raise ValidationError with every reason why `password` will not do.

    `own_words` are the user name, the person's name (also in pinyin) and the unit's name.
    """
    reasons = [*_shape(password), *_own(password, own_words)]
    if not reasons and _guessable(password, own_words):
        reasons.append(ValidationError(_("This password is easily guessed."), code="guessable"))
    if reasons:
        raise ValidationError(reasons)


def _shape(password: str) -> list[ValidationError]:
    reasons = []
    if not LEAST_LENGTH <= len(password) <= MOST_LENGTH:
        message = _("Use 8 to 72 characters.")
        reasons.append(ValidationError(message, code="length"))
    if sum(bool(re.search(pattern, password)) for pattern in CLASSES) < CLASSES_NEEDED:
        message = _("Use three of: small letters, capital letters, digits, other signs.")
        reasons.append(ValidationError(message, code="classes"))
    return reasons


def _own(password: str, own_words: Sequence[str]) -> list[ValidationError]:
    lower = password.lower()
    if any(_tells(word) and word.lower() in lower for word in own_words):
        message = _("The password must not contain your name, user name or unit.")
        return [ValidationError(message, code="own_words")]
    return []


def _tells(word: str) -> bool:
    """Two Han characters tell a name; three letters are in too many words to tell anything."""
    return len(word) > (3 if word.isascii() else 1)


def _guessable(password: str, own_words: Sequence[str]) -> bool:
    return int(zxcvbn(password, user_inputs=list(own_words))["score"]) < STRENGTH_NEEDED


def words_of(username: str, person_name: str, *more: str) -> list[str]:
    """What a password of this person must not contain, as written and as spoken."""
    words = [username, *username.split("."), person_name, names.pinyin(person_name)]
    for each in more:
        words += [each, spelling.pinyin(each)]
    return [word for word in words if len(word) > 1]


def first_password() -> str:
    """A password for the first sign-in, easy to read out: four groups, no doubtful signs."""
    groups = ["".join(secrets.choice(_CLEAR) for _each in range(4)) for _group in range(3)]
    return f"{secrets.choice('ABCDEFGHJKMN')}{'-'.join(groups)}{secrets.choice('23456789')}"
