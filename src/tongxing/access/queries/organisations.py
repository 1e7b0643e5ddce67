"""Organisations and posts, as pages list them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from tongxing.access import rules
from tongxing.access.models import Appointment, Organisation, Post
from tongxing.access.queries.divisions import division_names
from tongxing.access.spelling import typed
from tongxing.access.values.accounts import EntryCheck
from tongxing.access.values.organisations import SECTOR_OF, Department, OrganisationKind
from tongxing.access.values.pages import HeldPost, HolderRow, OrganisationRow, PostRow
from tongxing.access.values.roles import Role
from tongxing.kernel.divisions import Area
from tongxing.kernel.errors import Unknown

PAGE = 50


def organisations(
    *,
    within: Area,
    on: date,
    text: str = "",
    kind: OrganisationKind | None = None,
    after: UUID | None = None,
) -> list[OrganisationRow]:
    """A page of an area's organisations, by division and name, after the one with id `after`."""
    found = _valid(Organisation.objects.all(), on).filter(
        area_lo__gte=within.lo, area_hi__lte=within.hi
    )
    if kind:
        found = found.filter(kind=kind.value)
    if words := typed(text):
        found = found.filter(Q(name__contains=words) | Q(pinyin__startswith=words))
    ordered = _after(found, after).select_related("parent").order_by("division", "pinyin", "id")
    return _organisation_rows(ordered[:PAGE], on)


def organisation(organisation_id: UUID, *, on: date) -> OrganisationRow:
    """One organisation. Raises Unknown."""
    found = Organisation.objects.filter(pk=organisation_id).select_related("parent")
    rows = _organisation_rows(found, on)
    if not rows:
        raise Unknown()
    return rows[0]


def posts_of_organisation(organisation_id: UUID, *, on: date) -> list[PostRow]:
    return _post_rows(Post.objects.filter(organisation=organisation_id), on)


def post(post_id: UUID, *, on: date) -> PostRow:
    """One post with today's holder. Raises Unknown."""
    rows = _post_rows(Post.objects.filter(pk=post_id), on)
    if not rows:
        raise Unknown()
    return rows[0]


def vacant_posts(*, within: Area, on: date, limit: int = PAGE) -> list[PostRow]:
    """Posts of an area that nobody holds today: their children are uncovered."""
    inside = Post.objects.filter(area_lo__gte=within.lo, area_hi__lte=within.hi)
    held = Appointment.objects.filter(_current(on)).values("post")
    return _post_rows(_valid(inside.exclude(pk__in=held), on), on, limit=limit)


def holders_of(post_id: UUID) -> list[HolderRow]:
    """Everybody who held a post, latest first."""
    found = Appointment.objects.filter(post=post_id).select_related("account", "post")
    return [_holder(each) for each in found.order_by("-since", "-id")]


def posts_held_by(account_id: UUID, *, on: date) -> list[HeldPost]:
    """Every post a person held, latest first."""
    found = Appointment.objects.filter(account=account_id).select_related("account", "post")
    held = list(found.order_by("-since", "-id"))
    posts = {row.id: row for row in _post_rows(Post.objects.filter(appointments__in=held), on)}
    return [HeldPost(holder=_holder(each), post=posts[each.post_id]) for each in held]


def _valid(found: QuerySet, on: date) -> QuerySet:  # type: ignore[type-arg]
    return found.filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on)


def _current(on: date) -> Q:
    return Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))


def _after(found: QuerySet[Organisation], after: UUID | None) -> QuerySet[Organisation]:
    last = Organisation.objects.filter(pk=after).first() if after else None
    if last is None:
        return found
    return found.filter(
        Q(division__gt=last.division)
        | Q(division=last.division, pinyin__gt=last.pinyin)
        | Q(division=last.division, pinyin=last.pinyin, pk__gt=last.pk)
    )


def _organisation_rows(found: Iterable[Organisation], on: date) -> list[OrganisationRow]:
    rows = list(found)
    names = division_names(each.division for each in rows)
    posts = _post_counts([each.pk for each in rows], on)
    return [
        OrganisationRow(
            id=each.pk,
            name=each.name,
            kind=OrganisationKind(each.kind),
            sector=SECTOR_OF[OrganisationKind(each.kind)],
            department=Department(each.department) if each.department else None,
            division=each.division,
            division_name=names.get(each.division, ""),
            area=each.area,
            parent_id=each.parent_id,
            parent_name=each.parent.name if each.parent else "",
            valid_from=each.valid_from,
            valid_until=each.valid_until,
            posts=posts.get(each.pk, (0, 0))[0],
            vacant=posts.get(each.pk, (0, 0))[1],
        )
        for each in rows
    ]


def _post_counts(organisations: list[UUID], on: date) -> dict[UUID, tuple[int, int]]:
    """(posts, vacant posts) by organisation."""
    valid = _valid(Post.objects.filter(organisation__in=organisations), on)
    held = set(
        Appointment.objects.filter(_current(on), post__in=valid).values_list("post", flat=True)
    )
    counts: dict[UUID, tuple[int, int]] = {}
    for post_id, organisation_id in valid.values_list("pk", "organisation"):
        posts, vacant = counts.get(organisation_id, (0, 0))
        counts[organisation_id] = posts + 1, vacant + (post_id not in held)
    return counts


def _post_rows(found: QuerySet[Post], on: date, *, limit: int | None = None) -> list[PostRow]:
    now = Appointment.objects.filter(_current(on)).select_related("account", "post")
    today = Prefetch("appointments", queryset=now, to_attr="today")
    ordered = found.distinct().order_by("area_lo", "title", "id")
    rows = list(ordered.select_related("organisation").prefetch_related(today)[:limit])
    names = division_names(rules.home_of(each.area) for each in rows)
    return [_post_row(each, names) for each in rows]


def _post_row(found: Post, names: dict[int, str]) -> PostRow:
    home = rules.home_of(found.area)
    today: list[Appointment] = getattr(found, "today", [])
    return PostRow(
        id=found.pk,
        role=Role(found.role),
        title=found.title,
        organisation_id=found.organisation_id,
        organisation=found.organisation.name,
        area=found.area,
        division=home,
        division_name=names.get(home, ""),
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        contract_until=found.contract_until,
        holder=_holder(today[0]) if today else None,
    )


def _holder(appointment: Appointment) -> HolderRow:
    check = EntryCheck(appointment.entry_check) if appointment.entry_check else None
    needed = rules.needs_entry_check(
        Role(appointment.post.role),
        appointment.post.area,
        demanded_in=settings.TONGXING_ENTRY_CHECK_DIVISIONS,
    )
    return HolderRow(
        appointment_id=appointment.pk,
        account_id=appointment.account_id,
        person_name=appointment.account.person_name,
        username=appointment.account.username,
        since=appointment.since,
        until=appointment.until,
        end_reason=appointment.end_reason,
        entry_check=check,
        entry_check_on=appointment.entry_check_on,
        check_missing=needed and check is not EntryCheck.CLEAR,
    )
