"""The people of the demo town, appointed as people are: one asks, another confirms.

One account for every post, all with the password that the sign-in page of a demonstration shows.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tongxing.access.actions import (
    accounts,
    appointments,
    divisions,
    founding,
    grants,
    organisations,
    posts,
)
from tongxing.access.errors import AlreadyFounded
from tongxing.access.queries import actor_of
from tongxing.access.values.accounts import Administrator, EntryCheck, NewAccount, NewPost
from tongxing.access.values.organisations import NewOrganisation
from tongxing.access.values.roles import ROLES, Role
from tongxing.demo.places import HULI
from tongxing.demo.posts import CORNERS, Body, Corner, Job, jobs
from tongxing.kernel.actors import Actor
from tongxing.kernel.identity import FICTIONAL_PROVINCE, check_character

ESTABLISHED = date(2020, 1, 1)
APPOINTED = date(2024, 3, 1)
CONTRACT_YEARS = 2
ADMINISTRATORS = (
    (Role.SYSTEM_ADMIN, "site.system", "潘启明"),
    (Role.SECURITY_ADMIN, "site.security", "严守正"),
    (Role.AUDIT_ADMIN, "site.audit", "孟知微"),
)


class NotADemonstration(RuntimeError):
    """Accounts with a published password belong into a demonstration only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How many of each there are now."""

    accounts: int
    organisations: int
    posts: int


@dataclass(frozen=True, slots=True)
class _Office:
    """Those who appoint: one asks, the other confirms."""

    system: Actor
    security: Actor
    at: datetime


@transaction.atomic
def create_all(*, at: datetime | None = None) -> Settled | None:
    """Settle the town's people, all or none; None when they are there already."""
    if not settings.TONGXING_DEMO:
        raise NotADemonstration
    try:
        office = _found(at or timezone.now())
    except AlreadyFounded:
        return None
    for corner in CORNERS.values():
        _add_villages(corner, office)
    known: dict[Body, UUID] = {}
    everybody = list(jobs())
    for number, job in enumerate(everybody, start=len(ADMINISTRATORS) + 1):
        if job.body not in known:
            known[job.body] = _organisation(job.body, office)
        _fill(job, known[job.body], number, office)
    held = [job for job in everybody if job.username]
    return Settled(
        accounts=len(held) + len(ADMINISTRATORS),
        organisations=len(known) + 1,
        posts=len(everybody) + len(ADMINISTRATORS),
    )


def _found(at: datetime) -> _Office:
    people = [
        Administrator(
            account=NewAccount(
                username=username, person_name=name, identity_number=_identity(number)
            ),
            role=role,
            password=settings.TONGXING_DEMO_PASSWORD,
        )
        for number, (role, username, name) in enumerate(ADMINISTRATORS, start=1)
    ]
    made = founding.found_site(operator="童行演示站点", division=HULI, administrators=people, at=at)
    return _Office(actor_of(made[Role.SYSTEM_ADMIN]), actor_of(made[Role.SECURITY_ADMIN]), at)


def _add_villages(corner: Corner, office: _Office) -> None:
    for number, name in enumerate(corner.villages):
        divisions.add_village(
            code=corner.village(number),
            name=name,
            valid_from=ESTABLISHED,
            by=office.system,
            at=office.at,
        )


def _organisation(body: Body, office: _Office) -> UUID:
    new = NewOrganisation(
        name=body.name,
        kind=body.kind,
        department=body.department,
        division=body.division,
        valid_from=ESTABLISHED,
    )
    return organisations.found(new=new, by=office.system, at=office.at)


def _fill(job: Job, organisation: UUID, number: int, office: _Office) -> None:
    year = office.at.year + CONTRACT_YEARS
    new = NewPost(
        role=job.role,
        organisation_id=organisation,
        title=job.title,
        valid_from=ESTABLISHED,
        contract_until=date(year, 1, 1) if ROLES[job.role].under_contract else None,
    )
    post = posts.create(new=new, by=office.system, at=office.at)
    if job.username:
        _appoint(job, post, number, office)


def _appoint(job: Job, post: UUID, number: int, office: _Office) -> None:
    person = NewAccount(
        username=job.username, person_name=job.person, identity_number=_identity(number)
    )
    account = accounts.create(
        new=person, password=settings.TONGXING_DEMO_PASSWORD, by=office.system, at=office.at
    )
    grant = grants.request(
        account_id=account,
        post_id=post,
        since=APPOINTED,
        reason="演示",
        by=office.system,
        at=office.at,
    )
    appointment = grants.confirm(grant_id=grant, by=office.security, at=office.at)
    if ROLES[job.role].meets_children:
        appointments.record_entry_check(
            appointment_id=appointment,
            answer=EntryCheck.CLEAR,
            on=APPOINTED,
            by=office.system,
            at=office.at,
        )


def _identity(number: int) -> str:
    """A number that belongs to nobody, one for each person of the town."""
    first17 = f"{FICTIONAL_PROVINCE}01011980{number % 12 + 1:02d}{number % 28 + 1:02d}{number:03d}"
    return first17 + check_character(first17)
