"""Who holds a post is decided by two people: one asks, the security administrator confirms."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from tongxing.access import authority, rules
from tongxing.access.errors import (
    AlreadyDecided,
    AlreadyRequested,
    NoSuchPerson,
    NotYourOwn,
    PostEnded,
    PostHeld,
    PowersApart,
)
from tongxing.access.models import Account, Appointment, Grant, Post
from tongxing.access.values.accounts import GrantState
from tongxing.access.values.roles import Capability, Role
from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.kernel.errors import Unknown
from tongxing.kernel.ids import uuid7


@transaction.atomic
def request(
    *, account_id: UUID, post_id: UUID, since: date, reason: str, by: Actor, at: datetime
) -> UUID:
    """Ask that a person holds a post from a day on. Returns the request's id."""
    authority.require(by, Capability.POSTS_REQUEST)
    post = Post.objects.filter(pk=post_id).first()
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if post is None or account is None:
        raise Unknown()
    authority.require_inside(by, post.area)
    if not rules.may_request(Role(by.role), Role(post.role)):
        raise PowersApart()
    _check(post, account, since)
    if Grant.objects.filter(account=account, post=post, state=GrantState.REQUESTED).exists():
        raise AlreadyRequested()
    grant = Grant.objects.create(
        id=uuid7(),
        account=account,
        post=post,
        since=since,
        reason=reason.strip(),
        requested_by_id=by.account_id,
        requested_at=at,
    )
    _tell("access.grant.requested", grant, by=by, at=at)
    return grant.pk


def request_by_username(
    *, username: str, post_id: UUID, since: date, reason: str, by: Actor, at: datetime
) -> UUID:
    """`request` for a person whom the asker knows by user name."""
    account = Account.objects.filter(username=username.strip().lower()).first()
    if account is None:
        raise NoSuchPerson()
    return request(account_id=account.pk, post_id=post_id, since=since, reason=reason, by=by, at=at)


@transaction.atomic
def confirm(*, grant_id: UUID, by: Actor, at: datetime) -> UUID:
    """Appoint the person who was asked for. Returns the appointment's id.

    Neither the one who asked nor the one who is appointed may confirm.
    """
    authority.require(by, Capability.POSTS_GRANT)
    grant = _open(grant_id)
    if by.account_id in {str(grant.requested_by_id), str(grant.account_id)}:
        raise NotYourOwn()
    _queue_up(grant)
    _check(grant.post, grant.account, grant.since)
    appointment = appoint(account=grant.account, post=grant.post, since=grant.since)
    grant.appointment = appointment
    _decide(grant, GrantState.CONFIRMED, by=by, at=at)
    return appointment.pk


@transaction.atomic
def refuse(*, grant_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Say no to a request, with the reason."""
    authority.require(by, Capability.POSTS_GRANT)
    grant = _open(grant_id)
    grant.decision_reason = reason.strip()
    _decide(grant, GrantState.REFUSED, by=by, at=at)


@transaction.atomic
def withdraw(*, grant_id: UUID, by: Actor, at: datetime) -> None:
    """Take back one's own request."""
    authority.require(by, Capability.POSTS_REQUEST)
    grant = _open(grant_id)
    if str(grant.requested_by_id) != by.account_id:
        raise Unknown()
    _decide(grant, GrantState.WITHDRAWN, by=by, at=at)


def appoint(*, account: Account, post: Post, since: date) -> Appointment:
    """The row itself; the database refuses a second holder and a second kind of power."""
    try:
        with transaction.atomic():
            return Appointment.objects.create(
                id=uuid7(),
                account=account,
                post=post,
                power=rules.power_of(Role(post.role)).value,
                since=since,
            )
    except IntegrityError as error:
        raise _meaning(error) from error


def _check(post: Post, account: Account, since: date) -> None:
    if since < post.valid_from or (post.valid_until and since >= post.valid_until):
        raise PostEnded()
    later = Q(until=None) | Q(until__gt=since)
    if Appointment.objects.filter(later, post=post).exists():
        raise PostHeld()
    held = Appointment.objects.filter(later, account=account)
    roles = [Role(role) for role in held.values_list("post__role", flat=True)]
    if not rules.may_hold_together([*roles, Role(post.role)]):
        raise PowersApart()


def _queue_up(grant: Grant) -> None:
    """Decisions about one person or one post wait for each other, always in this order."""
    Account.objects.select_for_update().get(pk=grant.account_id)
    Post.objects.select_for_update().get(pk=grant.post_id)


def _meaning(error: IntegrityError) -> PowersApart | PostHeld:
    return PowersApart() if "one_power_a_person" in str(error) else PostHeld()


def _open(grant_id: UUID) -> Grant:
    # The lock lets two deciders queue up, so that only the first one decides.
    found = Grant.objects.select_for_update(of=("self",)).select_related("post", "account")
    grant = found.filter(pk=grant_id).first()
    if grant is None:
        raise Unknown()
    if grant.state != GrantState.REQUESTED:
        raise AlreadyDecided()
    return grant


def _decide(grant: Grant, state: GrantState, *, by: Actor, at: datetime) -> None:
    grant.state = state.value
    grant.decided_by_id = UUID(by.account_id)
    grant.decided_at = at
    grant.save()
    _tell(f"access.grant.{state.value}", grant, by=by, at=at)


def _tell(kind: str, grant: Grant, *, by: Actor, at: datetime) -> None:
    audit.record(
        kind,
        actor=by,
        at=at,
        subject_type="grant",
        subject_id=grant.pk,
        division=rules.home_of(grant.post.area),
        account=grant.account_id,
        post=grant.post_id,
        role=grant.post.role,
        since=grant.since,
    )
