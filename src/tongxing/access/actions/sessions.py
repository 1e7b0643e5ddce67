"""Signing in and out, as the trail and the account remember it."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from tongxing.access import devices
from tongxing.access.models import Account, KnownDevice
from tongxing.audit import actions as audit
from tongxing.kernel.actors import SYSTEM, Actor
from tongxing.kernel.ids import uuid7


@transaction.atomic
def begin(*, device: str, device_name: str, by: Actor, at: datetime) -> str:
    """A person has signed in from a browser. Returns the token of the session that now counts."""
    token = uuid4().hex
    account = UUID(by.account_id)
    Account.objects.filter(pk=account).update(
        session_token=token, last_seen_on=timezone.localdate(at)
    )
    KnownDevice.objects.update_or_create(
        account_id=account,
        token_hash=devices.hash_of(device),
        defaults={"last_seen_at": at, "name": device_name, "forgotten_at": None},
        create_defaults={
            "id": uuid7(),
            "first_seen_at": at,
            "last_seen_at": at,
            "name": device_name,
        },
    )
    _tell("access.signed_in", by=by, at=at)
    return token


@transaction.atomic
def failed(*, username: str, locked: bool, at: datetime) -> None:
    """Somebody did not get in. Written alike for names that exist and names that do not."""
    known = Account.objects.filter(username=username).values_list("pk", flat=True).first()
    audit.record(
        "access.sign_in_failed",
        actor=SYSTEM,
        at=at,
        subject_type="account",
        subject_id=known or "",
        locked=locked,
    )


@transaction.atomic
def end(*, by: Actor, at: datetime) -> None:
    """A person has signed out."""
    _tell("access.signed_out", by=by, at=at)


@transaction.atomic
def switch(*, to: Actor, at: datetime) -> None:
    """A person goes on from another of their posts."""
    _tell("access.post_switched", by=to, at=at)


def _tell(kind: str, *, by: Actor, at: datetime) -> None:
    audit.record(kind, actor=by, at=at, subject_type="account", subject_id=by.account_id)
