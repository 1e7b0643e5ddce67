"""What people do with their own account: passwords, second factor, known browsers."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from tongxing.access import passwords
from tongxing.access.actions.accounts import remember_password
from tongxing.access.errors import PasswordUsedBefore, WrongCode, WrongPassword
from tongxing.access.models import Account, KnownDevice, PasswordRecord
from tongxing.access.queries.actors import seats_of
from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.kernel.errors import Unknown

REMEMBERED = 5


@transaction.atomic
def change_password(*, account_id: UUID, present: str, new: str, at: datetime) -> None:
    """Replace one's own password. Every other session of the account ends with it.

    Raises WrongPassword, PasswordUsedBefore, and ValidationError (django) with all its faults.
    """
    account = Account.objects.select_for_update().get(pk=account_id)
    if not check_password(present, account.password):
        raise WrongPassword()
    units = [seat.organisation for seat in seats_of(account_id)]
    own_words = passwords.words_of(account.username, account.person_name, *units)
    passwords.refuse_weak(new, own_words=own_words)
    last = PasswordRecord.objects.filter(account=account).order_by("-set_at")[:REMEMBERED]
    if any(check_password(new, each.password) for each in last):
        raise PasswordUsedBefore()
    account.password = make_password(new)
    account.must_change_password = False
    account.password_changed_at = at
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])
    remember_password(account, at=at)
    _tell("access.account.password_changed", account_id, at=at)


def authenticator(*, account_id: UUID, secret: str) -> TOTPDevice:
    """What an authenticator has to know of an account; nothing is stored yet."""
    account = Account.objects.get(pk=account_id)
    return TOTPDevice(user=account, name="totp", key=secret, confirmed=True)


@transaction.atomic
def add_second_factor(*, account_id: UUID, secret: str, code: str, at: datetime) -> TOTPDevice:
    """The first right code makes the authenticator count; it replaces one that was lost."""
    device = authenticator(account_id=account_id, secret=secret)
    if not TOTP(device.bin_key, device.step, device.t0, device.digits).verify(int(code), 1):
        raise WrongCode()
    TOTPDevice.objects.filter(user=account_id).delete()
    device.save()
    _tell("access.account.second_factor_added", account_id, at=at)
    return device


@transaction.atomic
def forget_device(*, device_id: UUID, account_id: UUID, at: datetime) -> None:
    """A browser is no longer known: tries from it count as a stranger's."""
    known = KnownDevice.objects.filter(pk=device_id, account=account_id, forgotten_at=None)
    if not known.update(forgotten_at=at):
        raise Unknown()
    _tell("access.account.device_forgotten", account_id, at=at)


def _tell(kind: str, account_id: UUID, *, at: datetime) -> None:
    """The person, not a post, does this; before the first sign-in is complete there is no post."""
    name = Account.objects.values_list("person_name", flat=True).get(pk=account_id)
    person = Actor(account_id=str(account_id), post_id="", name=name, role="")
    audit.record(kind, actor=person, at=at, subject_type="account", subject_id=account_id)
