"""From a person who signed in to an actor who may do something, read anew for every request."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from tongxing.access import rules
from tongxing.access.errors import NoCurrentPost
from tongxing.access.models import Account, Appointment
from tongxing.access.values.accounts import EntryCheck, PostChoice, Seat
from tongxing.access.values.roles import Role
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import Area
from tongxing.kernel.errors import Unknown


def actor_of(
    account_id: UUID | str, *, post_id: UUID | str | None = None, on: date | None = None
) -> Actor:
    """The actor for an account's current post: `post_id` if it is one of them, else the first.

    One query. Raises NoCurrentPost when the account is closed or holds nothing on that day.
    """
    seats = seats_of(account_id, on=on)
    usable = [seat for seat in seats if seat.checked]
    if not usable:
        raise NoCurrentPost()
    wanted = [seat for seat in usable if str(seat.post_id) == str(post_id)]
    return actor_in(wanted[0] if wanted else usable[0])


def actor_by_username(username: str, *, on: date | None = None) -> Actor:
    """The actor of a named account, for the command line. Raises Unknown or NoCurrentPost."""
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise Unknown()
    return actor_of(account.pk, on=on)


def posts_of(account_id: UUID | str, *, current: str, on: date | None = None) -> list[PostChoice]:
    """The posts a person may act from today, for the menu that changes between them."""
    return [
        PostChoice(
            post_id=seat.post_id,
            title=seat.title,
            role=seat.role,
            organisation=seat.organisation,
            current=str(seat.post_id) == current,
        )
        for seat in seats_of(account_id, on=on)
        if seat.checked
    ]


def seats_of(account_id: UUID | str, *, on: date | None = None) -> list[Seat]:
    """Every appointment of an open account that holds on the day `on` (today)."""
    return seats_among(Appointment.objects.filter(account_id=account_id), on=on)


def seats_among(appointments: QuerySet[Appointment], *, on: date | None = None) -> list[Seat]:
    """The seats of those appointments that hold on the day `on` (today), oldest first."""
    day = on or timezone.localdate()
    current = _current(appointments, day).select_related("account", "post__organisation")
    demanded_in = settings.TONGXING_ENTRY_CHECK_DIVISIONS
    return [
        _seat(each, day, demanded_in) for each in current.order_by("since", "post__area_lo", "id")
    ]


def actor_in(seat: Seat) -> Actor:
    """The plain value that the rest of the program knows of a person."""
    return Actor(
        account_id=str(seat.account_id),
        post_id=str(seat.post_id),
        name=seat.person_name,
        role=seat.role.value,
        organisation=seat.organisation,
        department=seat.department,
        division=rules.home_of(seat.area),
        area=rules.reach(seat.role, seat.department, seat.area),
        audit_area=rules.audit_reach(seat.role, seat.area),
        capabilities=rules.capabilities(seat.role, seat.department),
    )


def _current(appointments: QuerySet[Appointment], day: date) -> QuerySet[Appointment]:
    return appointments.filter(
        Q(until=None) | Q(until__gt=day),
        Q(post__valid_until=None) | Q(post__valid_until__gt=day),
        Q(post__contract_until=None) | Q(post__contract_until__gt=day),
        Q(post__organisation__valid_until=None) | Q(post__organisation__valid_until__gt=day),
        since__lte=day,
        account__is_active=True,
    )


def _seat(appointment: Appointment, day: date, demanded_in: Sequence[int]) -> Seat:
    post = appointment.post
    role, area = Role(post.role), Area(post.area_lo, post.area_hi)
    return Seat(
        account_id=appointment.account_id,
        post_id=post.pk,
        person_name=appointment.account.person_name,
        role=role,
        title=post.title,
        organisation=post.organisation.name,
        department=post.organisation.department,
        area=area,
        checked=_checked(appointment, day)
        or not rules.needs_entry_check(role, area, demanded_in=demanded_in),
    )


def _checked(appointment: Appointment, day: date) -> bool:
    on = appointment.entry_check_on
    return appointment.entry_check == EntryCheck.CLEAR and on is not None and on <= day
