"""Appointments: leaving a post, and the entry check before a child is met."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tongxing.access import authority, rules
from tongxing.access.errors import CheckInFuture, NotYourOwn
from tongxing.access.models import Appointment
from tongxing.access.values.accounts import EntryCheck
from tongxing.access.values.roles import Capability
from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.kernel.errors import Unknown


@transaction.atomic
def end(*, appointment_id: UUID, on: date, reason: str, by: Actor, at: datetime) -> None:
    """The holder leaves the post on the day `on`; the next request finds no right any more."""
    authority.require(by, Capability.POSTS_REQUEST, Capability.POSTS_GRANT)
    appointment = _mine(appointment_id, by)
    appointment.until = max(on, appointment.since)
    appointment.end_reason = reason.strip()
    appointment.save(update_fields=["until", "end_reason"])
    _tell("access.appointment.ended", appointment, by=by, at=at, on=appointment.until)


@transaction.atomic
def record_entry_check(
    *, appointment_id: UUID, answer: EntryCheck, on: date, by: Actor, at: datetime
) -> None:
    """Note the answer to the entry check (入职查询); only a clear one lets the person begin."""
    authority.require(by, Capability.POSTS_REQUEST)
    appointment = _mine(appointment_id, by)
    if str(appointment.account_id) == by.account_id:
        raise NotYourOwn()
    if on > timezone.localdate(at):
        raise CheckInFuture()
    appointment.entry_check = answer.value
    appointment.entry_check_on = on
    appointment.save(update_fields=["entry_check", "entry_check_on"])
    _tell("access.appointment.checked", appointment, by=by, at=at, answer=answer, on=on)


def _mine(appointment_id: UUID, by: Actor) -> Appointment:
    found = Appointment.objects.select_for_update(of=("self",)).select_related("post")
    appointment = found.filter(pk=appointment_id, until=None).first()
    if appointment is None:
        raise Unknown()
    authority.require_sight(by, appointment.post.area)
    return appointment


def _tell(kind: str, appointment: Appointment, *, by: Actor, at: datetime, **facts: Any) -> None:
    audit.record(
        kind,
        actor=by,
        at=at,
        subject_type="appointment",
        subject_id=appointment.pk,
        division=rules.home_of(appointment.post.area),
        account=appointment.account_id,
        post=appointment.post_id,
        **facts,
    )
