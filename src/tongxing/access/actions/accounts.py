"""Accounts: one for each person; opened by the system administrator, useless without a post."""

import re
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from tongxing.access import authority, passwords
from tongxing.access.errors import (
    BadIdentityNumber,
    BadUsername,
    PersonHasAccount,
    UsernameTaken,
)
from tongxing.access.models import Account, PasswordRecord
from tongxing.access.values.accounts import NewAccount
from tongxing.access.values.roles import Capability
from tongxing.audit import actions as audit
from tongxing.kernel import identity
from tongxing.kernel.actors import Actor
from tongxing.kernel.errors import Unknown
from tongxing.kernel.ids import uuid7
from tongxing.keys.rings import ring

IDENTITY = "access.account.identity"
_USERNAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,38}[a-z0-9]")


@transaction.atomic
def create(*, new: NewAccount, password: str, by: Actor, at: datetime) -> UUID:
    """Open an account with a first password, and return its id.

    Raises Refusals, and ValidationError (django) when the password is too weak.
    """
    authority.require(by, Capability.ACCOUNTS_MANAGE)
    account = open_account(new, password=password, at=at)
    audit.record(
        "access.account.created",
        actor=by,
        at=at,
        subject_type="account",
        subject_id=account.pk,
        username=account.username,
    )
    return account.pk


def open_account(new: NewAccount, *, password: str, at: datetime) -> Account:
    """The row itself, without asking who wants it: for `create` and the founding of a site."""
    index = _index_of(new.identity_number)
    if not _USERNAME.fullmatch(new.username):
        raise BadUsername()
    if Account.objects.filter(username=new.username).exists():
        raise UsernameTaken()
    if twin := Account.objects.filter(identity_index=index).first():
        raise PersonHasAccount(username=twin.username)
    passwords.refuse_weak(password, own_words=passwords.words_of(new.username, new.person_name))
    account = Account.objects.create(
        id=uuid7(),
        username=new.username,
        person_name=new.person_name.strip(),
        identity_index=index,
        phone=new.phone,
        password=make_password(password),
        must_change_password=settings.TONGXING_FORCE_FIRST_CHANGE,
        password_changed_at=at,
        created_at=at,
    )
    remember_password(account, at=at)
    return account


def remember_password(account: Account, *, at: datetime) -> None:
    PasswordRecord.objects.create(id=uuid7(), account=account, password=account.password, set_at=at)


@transaction.atomic
def reset_password(*, account_id: UUID, password: str, by: Actor, at: datetime) -> None:
    """Give a person who forgot it a first password again; every session of theirs ends."""
    authority.require(by, Capability.ACCOUNTS_MANAGE)
    account = _locked(account_id)
    own_words = passwords.words_of(account.username, account.person_name)
    passwords.refuse_weak(password, own_words=own_words)
    account.password = make_password(password)
    account.must_change_password = True
    account.password_changed_at = at
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])
    remember_password(account, at=at)
    _tell("access.account.password_reset", account, by=by, at=at)


@transaction.atomic
def close(*, account_id: UUID, by: Actor, at: datetime) -> None:
    """Close an account; its next request is refused. Appointments end by themselves elsewhere."""
    authority.require(by, Capability.ACCOUNTS_MANAGE)
    account = _locked(account_id)
    account.is_active = False
    account.save(update_fields=["is_active"])
    _tell("access.account.closed", account, by=by, at=at)


@transaction.atomic
def reopen(*, account_id: UUID, on: date, by: Actor, at: datetime) -> None:
    """Open an account again that was closed or fell asleep."""
    authority.require(by, Capability.ACCOUNTS_MANAGE)
    account = _locked(account_id)
    account.is_active = True
    account.last_seen_on = on
    account.save(update_fields=["is_active", "last_seen_on"])
    _tell("access.account.reopened", account, by=by, at=at)


def _index_of(identity_number: str) -> bytes:
    allow = settings.TONGXING_ALLOW_FICTIONAL_IDENTITY
    reading = identity.examine(identity_number, allow_fictional=allow)
    if not reading.usable:
        raise BadIdentityNumber()
    return ring().index(reading.number, context=IDENTITY)


def _locked(account_id: UUID) -> Account:
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise Unknown()
    return account


def _tell(kind: str, account: Account, *, by: Actor, at: datetime) -> None:
    audit.record(kind, actor=by, at=at, subject_type="account", subject_id=account.pk)
