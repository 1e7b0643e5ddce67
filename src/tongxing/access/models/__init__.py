"""Tables of access. None of them says anything about a child."""

from tongxing.access.models.accounts import Account, KnownDevice, PasswordRecord
from tongxing.access.models.divisions import Division, DivisionSuccession
from tongxing.access.models.organisations import Organisation
from tongxing.access.models.posts import Appointment, Grant, Post

__all__ = [
    "Account",
    "Appointment",
    "Division",
    "DivisionSuccession",
    "Grant",
    "KnownDevice",
    "Organisation",
    "PasswordRecord",
    "Post",
]
