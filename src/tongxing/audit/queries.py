"""Reading the trail. Row-level security decides which entries a reader's transaction can see."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, connections, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from tongxing.audit import anchors, rules, sealing
from tongxing.audit.models import Entry, Seal, Verification
from tongxing.audit.values import (
    EntryGroup,
    EntryLine,
    Look,
    LookLine,
    Opener,
    SealLine,
    TrailFilter,
    TrailState,
    VerificationLine,
    Whose,
)
from tongxing.kernel.divisions import NATION, area_of

ADMINISTRATORS = ("SYSTEM_ADMIN", "SECURITY_ADMIN")
LOOKS = "look."
MANY_AT_ONCE = (Look.LIST, Look.EXPORT)
# How many entries are read at most for one page of groups: enough for lists of sixty.
WINDOW = 3_000


def reading_everything(*, using: str = "default") -> None:
    """Let the current transaction read the whole trail: for sealing and verifying it."""
    whole = area_of(NATION)
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.audit_lo', %s, true), set_config('app.audit_hi', %s, true)",
            [str(whole.lo), str(whole.hi)],
        )


def trail(filters: TrailFilter, *, before: int | None = None, limit: int = 50) -> list[EntryLine]:
    """The newest entries that pass `filters`, older than entry `before` if given."""
    entries = Entry.objects.filter(_condition(filters)).order_by("-id")
    if before is not None:
        entries = entries.filter(id__lt=before)
    return [entry.line() for entry in entries[:limit]]


def grouped_trail(
    filters: TrailFilter, *, before: int | None = None, limit: int = 50
) -> tuple[list[EntryGroup], int | None]:
    """The same with the looks of one page or export as one; and where older entries begin."""
    entries = Entry.objects.filter(_condition(filters)).order_by("-id")
    if before is not None:
        entries = entries.filter(id__lt=before)
    window = list(entries.values_list("id", "kind", "actor_account", "recorded_at")[:WINDOW])
    groups, read = _grouped(window, limit=limit)
    found = Entry.objects.in_bulk([entries[0] for entries in groups])
    older = window[read - 1][0] if read < len(window) or read == WINDOW else None
    return [EntryGroup(line=found[one[0]].line(), entries=len(one)) for one in groups], older


def _grouped(window: list[tuple[Any, ...]], *, limit: int) -> tuple[list[list[int]], int]:
    """The ids of at most `limit` groups, and how many rows of the window they took."""
    groups: dict[object, list[int]] = {}
    for read, (entry, kind, *statement) in enumerate(window):
        # Entries of one statement share their moment; only looks are written many at a time
        # without each being news.
        key = (kind, *statement) if kind in MANY_AT_ONCE else entry
        if key not in groups and len(groups) == limit:
            return list(groups.values()), read
        groups.setdefault(key, []).append(entry)
    return list(groups.values()), len(window)


def looks_at(child_id: UUID, *, limit: int = 100) -> list[LookLine]:
    """Who looked at this child, and who was refused; newest first."""
    entries = Entry.objects.filter(_of_kind(LOOKS), child_id=child_id).order_by("-id")[:limit]
    return [_look(entry.line()) for entry in entries]


def entries_about(child_id: UUID, *, limit: int = 100) -> list[EntryLine]:
    """What was done with this child's records; newest first, looks left out."""
    entries = (
        Entry.objects.filter(child_id=child_id).exclude(_of_kind(LOOKS)).order_by("-id")[:limit]
    )
    return [entry.line() for entry in entries]


def busiest(since: datetime, *, limit: int = 20) -> list[Opener]:
    """Who opened the most different children's files since then; unusual against their role."""
    opened = list(
        Entry.objects.filter(kind=Look.FILE, recorded_at__gte=since)
        .values("actor_account", "actor_role")
        .annotate(
            name=Max("actor_name"),
            organisation=Max("organisation"),
            children=Count("child_id", distinct=True),
        )
        .order_by("-children", "actor_account")
    )
    by_role: dict[str, dict[str, int]] = defaultdict(dict)
    for row in opened:
        by_role[row["actor_role"]][row["actor_account"]] = row["children"]
    unusual = {role: rules.unusual(counts) for role, counts in by_role.items()}
    return [
        Opener(
            account=row["actor_account"],
            name=row["name"],
            role=row["actor_role"],
            organisation=row["organisation"],
            children=row["children"],
            unusual=row["actor_account"] in unusual[row["actor_role"]],
        )
        for row in opened[:limit]
    ]


def last_seal() -> SealLine | None:
    newest = Seal.objects.defer("leaves").order_by("-number").first()
    return newest.line() if newest else None


def state() -> TrailState:
    """How far sealing and anchoring have come, for entries that the reader can see."""
    newest = last_seal()
    known = anchors.last()
    count, oldest = waiting_after(newest)
    return TrailState(
        last_seal=newest,
        anchored=known.seal if known else 0,
        waiting=count,
        oldest_waiting=oldest,
    )


@transaction.atomic
def whole_state() -> TrailState:
    """The same for the whole trail: for commands, which have no reader."""
    reading_everything()
    return state()


def waiting_after(newest: SealLine | None) -> tuple[int, datetime | None]:
    """How many entries lie beyond the newest seal, and since when."""
    until = newest.until if newest else sealing.START
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(recorded_at) FROM audit_entry WHERE (txid, id) > (%s, %s)",
            [until.txid, until.id],
        )
        count, oldest = cursor.fetchone()
    return count, oldest


def last_verification() -> VerificationLine | None:
    """The result of the newest verification."""
    newest = Verification.objects.order_by("-verified_at").first()
    return newest.line() if newest else None


def _look(line: EntryLine) -> LookLine:
    how = Look(line.kind)
    return LookLine(
        at=line.at,
        actor_name=line.actor_name,
        actor_role=line.actor_role,
        organisation=line.organisation,
        how=how,
        granted=how is not Look.REFUSED,
        fields=tuple(line.facts.get("fields", ())),
        purpose=line.facts.get("purpose", ""),
        route=line.facts.get("route", ""),
    )


def _condition(filters: TrailFilter) -> Q:
    wanted = _between(filters.since, filters.until) & _of_kind(filters.kind)
    if filters.whose is Whose.ADMINISTRATORS:
        wanted &= Q(actor_role__in=ADMINISTRATORS, child_id__isnull=True)
    if filters.account:
        wanted &= Q(actor_account=filters.account)
    if filters.name:
        wanted &= Q(actor_name=filters.name)
    if filters.child_id:
        wanted &= Q(child_id=filters.child_id)
    if filters.division:
        area = area_of(filters.division)
        wanted &= Q(division__gte=area.lo, division__lt=area.hi)
    return wanted


def _of_kind(kind: str) -> Q:
    """One kind, or with a dot at the end every kind below it ("look.")."""
    if not kind.endswith("."):
        return Q(kind=kind) if kind else Q()
    # A range, because a LIKE cannot use an index under row-level security; "/" follows ".".
    return Q(kind__gte=kind, kind__lt=kind[:-1] + "/")


def _between(since: date | None, until: date | None) -> Q:
    wanted = Q()
    if since:
        wanted &= Q(recorded_at__gte=_midnight(since))
    if until:
        wanted &= Q(recorded_at__lt=_midnight(until + timedelta(days=1)))
    return wanted


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
