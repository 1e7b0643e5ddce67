"""Posts: places of work with a role and an area, held or vacant."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from tongxing.access import authority, labels, rules
from tongxing.access.errors import ContractMissing, PostHeld, WrongArea, WrongLevel
from tongxing.access.models import Appointment, Organisation, Post
from tongxing.access.values.accounts import NewPost
from tongxing.access.values.roles import ROLES, Capability
from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import Area
from tongxing.kernel.errors import Unknown
from tongxing.kernel.ids import uuid7


@transaction.atomic
def create(*, new: NewPost, by: Actor, at: datetime) -> UUID:
    """Add a post to an organisation and return its id. Its area lies inside the organisation's."""
    authority.require(by, Capability.ORGANISATIONS_MANAGE)
    organisation = Organisation.objects.filter(pk=new.organisation_id, valid_until=None).first()
    if organisation is None:
        raise Unknown()
    area = new.area or organisation.area
    authority.require_inside(by, area)
    _check(new, area, organisation.area)
    post = Post.objects.create(
        id=uuid7(),
        role=new.role.value,
        organisation=organisation,
        title=new.title.strip(),
        area_lo=area.lo,
        area_hi=area.hi,
        valid_from=new.valid_from,
        contract_until=new.contract_until,
    )
    audit.record(
        "access.post.created",
        actor=by,
        at=at,
        subject_type="post",
        subject_id=post.pk,
        division=rules.home_of(area),
        role=new.role,
        organisation=organisation.pk,
    )
    return post.pk


@transaction.atomic
def end(*, post_id: UUID, on: date, by: Actor, at: datetime) -> None:
    """Let a vacant post end; one that is held must be left first."""
    authority.require(by, Capability.ORGANISATIONS_MANAGE)
    post = Post.objects.select_for_update().filter(pk=post_id, valid_until=None).first()
    if post is None:
        raise Unknown()
    authority.require_sight(by, post.area)
    if Appointment.objects.filter(Q(until=None) | Q(until__gt=on), post=post).exists():
        raise PostHeld()
    post.valid_until = on
    post.save(update_fields=["valid_until"])
    audit.record(
        "access.post.ended",
        actor=by,
        at=at,
        subject_type="post",
        subject_id=post.pk,
        division=rules.home_of(post.area),
        on=on,
    )


def _check(new: NewPost, area: Area, organisation: Area) -> None:
    if not organisation.covers(area):
        raise WrongArea()
    if not rules.fits(new.role, area):
        level = rules.level_of_area(area)
        raise WrongLevel(role=labels.ROLES[new.role], level=labels.level_label(level, area.lo))
    if ROLES[new.role].under_contract and new.contract_until is None:
        raise ContractMissing()
