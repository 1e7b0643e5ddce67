"""People and their accounts, as pages list them, and requests for posts."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from tongxing.access import rules, spelling
from tongxing.access.models import Account, Appointment, Grant, KnownDevice
from tongxing.access.queries.actors import seats_among
from tongxing.access.queries.divisions import division_names
from tongxing.access.spelling import typed
from tongxing.access.values.accounts import AccountState, GrantState, Seat
from tongxing.access.values.pages import AccountRow, DemoAccount, DeviceRow, GrantRow
from tongxing.access.values.roles import Role
from tongxing.kernel.divisions import Area, Level, county_of, level_of
from tongxing.kernel.errors import Unknown

PAGE = 50


def accounts(*, within: Area | None, on: date, text: str = "", after: str = "") -> list[AccountRow]:
    """A page of accounts by user name: those with a post in an area, or all (None)."""
    found = Account.objects.order_by("username").filter(username__gt=after)
    if within:
        found = found.filter(
            appointments__post__area_lo__gte=within.lo, appointments__post__area_hi__lte=within.hi
        ).distinct()
    if words := typed(text):
        found = found.filter(Q(username__startswith=words) | Q(person_name__contains=words))
    return _account_rows(list(found[:PAGE]), on)


def account(account_id: UUID, *, on: date) -> AccountRow:
    """One account. Raises Unknown."""
    rows = _account_rows(list(Account.objects.filter(pk=account_id)), on)
    if not rows:
        raise Unknown()
    return rows[0]


def devices_of(account_id: UUID | str) -> list[DeviceRow]:
    """The browsers a person has signed in from, latest first."""
    known = KnownDevice.objects.filter(account_id=account_id, forgotten_at=None)
    return [
        DeviceRow(
            id=each.pk,
            name=each.name,
            first_seen_at=each.first_seen_at,
            last_seen_at=each.last_seen_at,
        )
        for each in known.order_by("-last_seen_at")
    ]


def grants(*, within: Area | None, state: GrantState | None = None) -> list[GrantRow]:
    """Requests for posts of an area or of the whole site (None), open ones first, latest first."""
    found = Grant.objects.select_related(
        "account", "post__organisation", "requested_by", "decided_by"
    )
    if within:
        found = found.filter(post__area_lo__gte=within.lo, post__area_hi__lte=within.hi)
    if state:
        found = found.filter(state=state.value)
    return _grant_rows(found.order_by("-requested_at")[: PAGE * 2])


def open_grants() -> int:
    """How many requests wait for the security administrator."""
    return Grant.objects.filter(state=GrantState.REQUESTED.value).count()


def demo_accounts() -> list[DemoAccount]:
    """One account for every post, for the sign-in page of a demonstration and nowhere else."""
    if not settings.TONGXING_DEMO:
        return []
    seats = sorted(
        seats_among(Appointment.objects.all()), key=lambda seat: (seat.area.lo, -seat.area.hi)
    )
    homes = {rules.home_of(seat.area) for seat in seats}
    names = division_names(homes | {_county_or_above(seat.area) for seat in seats})
    users = dict(Account.objects.values_list("pk", "username"))
    return [_demo_account(seat, users[seat.account_id], names) for seat in seats]


def _demo_account(seat: Seat, username: str, names: dict[int, str]) -> DemoAccount:
    group = _county_or_above(seat.area)
    return DemoAccount(
        username=username,
        person_name=seat.person_name,
        role=seat.role,
        title=seat.title,
        organisation=seat.organisation,
        division_name=names.get(rules.home_of(seat.area), ""),
        group=names.get(group, ""),
        group_level=level_of(group),
        group_spelling=spelling.pinyin(names.get(group, "")),
    )


def _county_or_above(area: Area) -> int:
    home = rules.home_of(area)
    return county_of(home) if level_of(home) > Level.COUNTY else home


def _account_rows(found: list[Account], on: date) -> list[AccountRow]:
    held: dict[UUID, list[Seat]] = {}
    for seat in seats_among(Appointment.objects.filter(account__in=found), on=on):
        held.setdefault(seat.account_id, []).append(seat)
    return [
        AccountRow(
            id=each.pk,
            username=each.username,
            person_name=each.person_name,
            state=_state(each, held.get(each.pk, []), on),
            last_seen_on=each.last_seen_on,
            must_change_password=each.must_change_password,
            posts=tuple(f"{seat.organisation} {seat.title}" for seat in held.get(each.pk, [])),
        )
        for each in found
    ]


def _state(account: Account, seats: list[Seat], on: date) -> AccountState:
    if not account.is_active:
        return AccountState.DISABLED
    if is_dormant(account, on):
        return AccountState.DORMANT
    if not seats:
        return AccountState.NO_POST
    if not any(seat.checked for seat in seats):
        return AccountState.WAITING_FOR_CHECK
    return AccountState.ACTIVE


def is_dormant(account: Account, on: date) -> bool:
    return rules.is_dormant(
        account.last_seen_on,
        account.created_at.date(),
        on=on,
        days=settings.TONGXING_DORMANT_DAYS,
    )


def _grant_rows(found: QuerySet[Grant]) -> list[GrantRow]:
    rows = list(found)
    names = division_names(rules.home_of(each.post.area) for each in rows)
    return [_grant_row(each, names.get(rules.home_of(each.post.area), "")) for each in rows]


def _grant_row(grant: Grant, division_name: str) -> GrantRow:
    return GrantRow(
        id=grant.pk,
        account_id=grant.account_id,
        person_name=grant.account.person_name,
        post=grant.post.title,
        post_id=grant.post_id,
        role=Role(grant.post.role),
        organisation=grant.post.organisation.name,
        division_name=division_name,
        since=grant.since,
        reason=grant.reason,
        state=GrantState(grant.state),
        requested_by=grant.requested_by.person_name,
        requested_by_id=grant.requested_by_id,
        requested_at=grant.requested_at,
        decided_by=grant.decided_by.person_name if grant.decided_by else "",
        decided_at=grant.decided_at,
        decision_reason=grant.decision_reason,
    )
