"""Organisations: founding them, closing them, and the zones that come with the divisions."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from tongxing.access import authority, spelling
from tongxing.access.errors import OrganisationBusy, OrganisationKnown
from tongxing.access.models import Appointment, Division, Organisation
from tongxing.access.values.divisions import DivisionKind
from tongxing.access.values.organisations import NewOrganisation, OrganisationKind
from tongxing.access.values.roles import Capability
from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import Level, area_of, city_of
from tongxing.kernel.errors import Unknown
from tongxing.kernel.ids import uuid7

# Before any post could exist; zones have been there as long as their code.
_ALWAYS = date(1949, 10, 1)


@transaction.atomic
def found(*, new: NewOrganisation, by: Actor, at: datetime) -> UUID:
    """Add an organisation and return its id."""
    authority.require(by, Capability.ORGANISATIONS_MANAGE)
    authority.require_inside(by, new.own_area)
    authority.require_inside(by, area_of(new.division))
    twin = Organisation.objects.filter(division=new.division, name=new.name, valid_until=None)
    if twin.exists():
        raise OrganisationKnown()
    organisation = Organisation.objects.create(
        id=uuid7(),
        name=new.name,
        kind=new.kind.value,
        department=new.department.value if new.department else "",
        division=new.division,
        area_lo=new.own_area.lo,
        area_hi=new.own_area.hi,
        parent_id=new.parent_id,
        pinyin=spelling.pinyin(new.name),
        valid_from=new.valid_from,
    )
    audit.record(
        "access.organisation.founded",
        actor=by,
        at=at,
        subject_type="organisation",
        subject_id=organisation.pk,
        division=new.division,
        name=new.name,
        body=new.kind,
    )
    return organisation.pk


@transaction.atomic
def close(*, organisation_id: UUID, on: date, by: Actor, at: datetime) -> None:
    """End an organisation whose posts nobody holds any more; its vacant posts end with it."""
    authority.require(by, Capability.ORGANISATIONS_MANAGE)
    organisation = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    if organisation is None:
        raise Unknown()
    authority.require_sight(by, organisation.area)
    held = Appointment.objects.filter(
        Q(until=None) | Q(until__gt=on), post__organisation=organisation
    )
    if held.exists():
        raise OrganisationBusy()
    organisation.posts.filter(valid_until=None).update(valid_until=on)
    organisation.valid_until = on
    organisation.save(update_fields=["valid_until"])
    audit.record(
        "access.organisation.closed",
        actor=by,
        at=at,
        subject_type="organisation",
        subject_id=organisation.pk,
        division=organisation.division,
        on=on,
    )


def found_zones(*, by: Actor, at: datetime) -> int:
    """Development zones are bodies with an area of their own, not counties. Returns how many."""
    there = Organisation.objects.filter(
        kind=OrganisationKind.DEVELOPMENT_ZONE.value, area_lo=OuterRef("code")
    )
    zones = Division.objects.filter(
        ~Exists(there),
        kind=DivisionKind.ZONE.value,
        level=Level.COUNTY.value,
        valid_until=None,
    )
    fresh = [_zone(division) for division in zones]
    Organisation.objects.bulk_create(fresh)
    if fresh:
        audit.record(
            "access.organisation.zones_founded",
            actor=by,
            at=at,
            subject_type="organisation",
            zones=len(fresh),
        )
    return len(fresh)


def _zone(division: Division) -> Organisation:
    area = area_of(division.code)
    return Organisation(
        id=uuid7(),
        name=division.name,
        kind=OrganisationKind.DEVELOPMENT_ZONE.value,
        division=city_of(division.code),
        area_lo=area.lo,
        area_hi=area.hi,
        pinyin=division.pinyin,
        valid_from=division.valid_from or _ALWAYS,
    )
