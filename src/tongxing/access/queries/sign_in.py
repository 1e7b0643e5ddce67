"""What signing in has to know before anybody is an actor."""

from datetime import date
from uuid import UUID

from django_otp.plugins.otp_totp.models import TOTPDevice

from tongxing.access import devices
from tongxing.access.models import KnownDevice
from tongxing.access.queries.accounts import account
from tongxing.access.values.accounts import AccountState


def knows_device(username: str, token: str) -> bool:
    """Whether this account has signed in from the browser with this token."""
    if not token:
        return False
    known = KnownDevice.objects.filter(
        account__username=username, token_hash=devices.hash_of(token), forgotten_at=None
    )
    return known.exists()


def state_of(account_id: UUID, *, on: date) -> AccountState:
    return account(account_id, on=on).state


def has_second_factor(account_id: UUID) -> bool:
    return bool(TOTPDevice.objects.filter(user_id=account_id, confirmed=True).exists())
