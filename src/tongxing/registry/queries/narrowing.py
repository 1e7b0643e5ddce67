"""What a filter of the register list means to the database. No LIKE on names, ever."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.timezone import get_default_timezone

from tongxing.kernel import identity, names
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import Area, area_of
from tongxing.registry.actions.sealing import number_index
from tongxing.registry.models import Child, Enrolment, NameKey
from tongxing.registry.queries import lookups as lookups  # registers key__prefix
from tongxing.registry.queries.scoped import children_of, within
from tongxing.registry.rules.ages import born_by
from tongxing.registry.rules.verification import DAYS_AHEAD, last_checks_before
from tongxing.registry.values.children import ChildState
from tongxing.registry.values.lists import ChildFilter, Verification

_TO_BE_VERIFIED = (ChildState.TO_VERIFY, ChildState.ACTIVE)
# Shorter runs of digits are no identity number, and no name either.
_DIGITS_OF_A_NUMBER = 6


def narrowed(wanted: ChildFilter, *, actor: Actor, on: date) -> QuerySet[Child]:
    """The children of `actor`'s area that the filter leaves."""
    area = _asked_area(wanted, actor)
    if area is None:
        return Child.objects.none()
    found = children_of(actor).filter(within(area), state__in=wanted.states)
    if wanted.text:
        found = found.filter(_called(wanted.text, area))
    if wanted.verification:
        found = _to_verify(found, wanted.verification, on)
    return found.filter(
        _standing(wanted),
        _aged(wanted, on),
        _plain(wanted),
        *([_at_school(wanted.school)] if wanted.school else []),
    )


def _asked_area(wanted: ChildFilter, actor: Actor) -> Area | None:
    """The part of the actor's area that is asked for; nothing when it lies outside."""
    if actor.area is None or wanted.division is None:
        return actor.area
    asked = area_of(wanted.division)
    lo, hi = max(asked.lo, actor.area.lo), min(asked.hi, actor.area.hi)
    return Area(lo, hi) if lo < hi else None


def _called(text: str, area: Area) -> Q:
    """A whole identity number finds one child; anything else is the beginning of a name."""
    reading = identity.examine(text, allow_fictional=settings.TONGXING_ALLOW_FICTIONAL_IDENTITY)
    if reading.usable:
        return Q(identity_index=number_index(reading.number))
    key = names.comparable(text)
    if not key or looks_like_number(text):
        return Q(pk__in=[])
    keys = NameKey.objects.filter(within(area), key__prefix=key)
    return Q(pk__in=keys.values("child_id"))


def looks_like_number(text: str) -> bool:
    """Whether somebody typed (a part of) a number, which never stands in an address."""
    return sum(character.isdigit() for character in text) >= _DIGITS_OF_A_NUMBER


def _standing(wanted: ChildFilter) -> Q:
    if wanted.population is None or wanted.answer is None:
        return Q()
    return Q((f"standing_{wanted.population.value}", wanted.answer.value))


def _aged(wanted: ChildFilter, on: date) -> Q:
    condition = Q()
    if wanted.age_from is not None:
        condition &= Q(born_from__lte=born_by(wanted.age_from, on))
    if wanted.age_to is not None:
        condition &= Q(born_until__gt=born_by(wanted.age_to + 1, on))
    return condition


def _plain(wanted: ChildFilter) -> Q:
    condition = Q()
    if wanted.sex is not None:
        condition &= Q(sex=wanted.sex.value)
    if wanted.source is not None:
        condition &= Q(source=wanted.source.value)
    if wanted.missing:
        condition &= Q(missing__contains=[wanted.missing])
    if wanted.changed_since is not None:
        condition &= Q(changed_at__gte=_midnight(wanted.changed_since))
    return condition


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_default_timezone())


def _at_school(school: str) -> Exists:
    """Schools are written in many ways, so a part of the name is enough."""
    stated = Enrolment.objects.filter(
        child_id=OuterRef("pk"), school__contains=school, superseded_on=None, withdrawn_at=None
    )
    return Exists(stated)


def _to_verify(found: QuerySet[Child], how: Verification, on: date) -> QuerySet[Child]:
    checked = found.filter(state__in=_TO_BE_VERIFIED).annotate(
        checked_on=Coalesce(F("last_verified_on"), F("as_of"))
    )
    overdue_before = last_checks_before(on)
    if how is Verification.OVERDUE:
        return checked.filter(checked_on__lt=overdue_before)
    soon = last_checks_before(on + timedelta(days=DAYS_AHEAD + 1))
    return checked.filter(checked_on__gte=overdue_before, checked_on__lt=soon)
