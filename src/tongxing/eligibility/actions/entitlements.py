"""Answers to the questions of the rules, and services given: each with who and when."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongxing.audit import actions as audit
from tongxing.eligibility import law
from tongxing.eligibility.models import DeclaredFact, Delivery
from tongxing.eligibility.queries import entitlements as queries
from tongxing.eligibility.values.entitlements import RESTRICTED, Answered, Given
from tongxing.kernel.actors import Actor
from tongxing.kernel.errors import Refusal, Unknown
from tongxing.registry.queries import stays

EDIT = "children.edit"


class NotYours(Refusal):
    code = "eligibility.not_yours"
    message = _("Your post may not record this.")


class NoSuchQuestion(Refusal):
    code = "eligibility.no_such_question"
    message = _("The rules of this place do not ask that, or only its own department may answer.")


class NotUnderstood(Refusal):
    code = "eligibility.answer_not_understood"
    message = _("That is no answer to the question.")


class NotThen(Refusal):
    code = "eligibility.day_to_come"
    message = _("That day has not come yet.")


class NoSuchEntitlement(Refusal):
    code = "eligibility.no_such_entitlement"
    message = _("No list in force holds that entitlement.")


@transaction.atomic
def declare(*, answered: Answered, by: Actor, at: datetime) -> None:
    """Keep a person's answer to a question of the rules; an earlier answer is superseded."""
    division = _require(answered.child_id, by, answered.as_of, at)
    value = _value(answered, division)
    DeclaredFact.objects.filter(
        child_id=answered.child_id, name=answered.name, superseded_at__isnull=True
    ).update(superseded_at=at)
    DeclaredFact.objects.create(
        child_id=answered.child_id,
        division=division,
        name=answered.name,
        value=value,
        as_of=answered.as_of,
        said_by=answered.said_by,
        recorded_at=at,
        recorded_by=by.account_id,
        recorded_by_name=by.name,
    )
    about = (answered.child_id, division)
    _record("eligibility.fact.declared", about, by, at, fact=answered.name)


@transaction.atomic
def deliver(*, given: Given, by: Actor, at: datetime) -> None:
    """Record that the child has received an entitlement, or that its family declined it."""
    division = _require(given.child_id, by, given.on, at)
    _pack, _facts, found = queries.offers_of(given.child_id, on=given.on)
    if given.entitlement not in {offer.verdict.rule for offer in found}:
        raise NoSuchEntitlement()
    Delivery.objects.create(
        child_id=given.child_id,
        division=division,
        entitlement=given.entitlement,
        state=given.state,
        on_day=given.on,
        note=given.note,
        recorded_at=at,
        recorded_by=by.account_id,
        recorded_by_name=by.name,
    )
    action = f"eligibility.entitlement.{given.state.value}"
    _record(action, (given.child_id, division), by, at, entitlement=given.entitlement)


@transaction.atomic
def withdraw_delivery(*, child_id: UUID, entitlement: str, by: Actor, at: datetime) -> None:
    """Take back the last word about an entitlement; the record stays readable."""
    division = _require(child_id, by, at.date(), at)
    last = (
        Delivery.objects.select_for_update()
        .filter(child_id=child_id, entitlement=entitlement, withdrawn_at__isnull=True)
        .order_by("-on_day", "-recorded_at")
        .first()
    )
    if last is None:
        raise Unknown()
    last.withdrawn_at = at
    last.save(update_fields=["withdrawn_at"])
    action = "eligibility.entitlement.withdrawn"
    _record(action, (child_id, division), by, at, entitlement=entitlement)


def _require(child_id: UUID, by: Actor, on: date, at: datetime) -> int:
    """The place of the child, which the actor must be allowed to write about."""
    people = stays.facts_of([child_id])
    if not people or by.area is None or people[0].division not in by.area:
        raise Unknown()
    if not by.may(EDIT):
        raise NotYours()
    if on > at.date():
        raise NotThen()
    return people[0].division


def _value(answered: Answered, division: int) -> bool | str:
    fact = law.packs().for_division(division).facts.get(answered.name)
    if fact is None or not fact.declared or answered.name in RESTRICTED:
        raise NoSuchQuestion()
    if answered.answer not in (fact.words or {"yes", "no"}):
        raise NotUnderstood()
    return answered.answer if fact.words else answered.answer == "yes"


def _record(action: str, about: tuple[UUID, int], by: Actor, at: datetime, **facts: Any) -> None:
    child_id, division = about
    audit.record(
        action,
        actor=by,
        at=at,
        subject_type="registry.child",
        subject_id=child_id,
        division=division,
        **facts,
    )
