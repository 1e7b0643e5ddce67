"""Lists on their way into the register, as pages show them."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, QuerySet

from tongxing.kernel.actors import Actor
from tongxing.kernel.errors import Unknown
from tongxing.registry.models import RosterBatch, RosterRow
from tongxing.registry.queries.scoped import rosters_of
from tongxing.registry.values.rosters import BatchState, Decision, Fate

PAGE_ROWS = 50


class NoSuchRoster(Unknown):
    code = "registry.no_such_roster"


def batch(batch_id: UUID) -> RosterBatch:
    """The list with this id, inside the scope, for the machine at work; else NoSuchRoster."""
    found = RosterBatch.objects.filter(pk=batch_id).first()
    if found is None:
        raise NoSuchRoster()
    return found


def batch_of(batch_id: UUID, *, actor: Actor) -> RosterBatch:
    """The list with this id, if it is this person's business; else NoSuchRoster."""
    found = rosters_of(actor).filter(pk=batch_id).first()
    if found is None:
        raise NoSuchRoster()
    return found


def latest(actor: Actor, *, limit: int = 50) -> Sequence[RosterBatch]:
    """The lists that are this person's business, newest first."""
    return list(rosters_of(actor).order_by("-created_at")[:limit])


def rows(
    batch_id: UUID, *, fate: Fate, code: str = "", after: int = 0, limit: int = PAGE_ROWS
) -> Sequence[RosterRow]:
    """Rows of one fate in the order of the file; `code` keeps those with one problem."""
    return list(_rows(batch_id, fate, code).filter(number__gt=after).order_by("number")[:limit])


def waiting(batch_id: UUID) -> int:
    """How many rows of the list still wait for a person."""
    return _rows(batch_id, Fate.HELD, "").filter(decision="").count()


def decided_since(batch_id: UUID) -> bool:
    """Has anybody decided, since the list entered, that further rows shall enter?"""
    open_rows = RosterRow.objects.filter(batch_id=batch_id, applied_at__isnull=True)
    return open_rows.exclude(decision__in=["", Decision.LEAVE_OUT]).exists()


def numbers(batch_id: UUID, *, fate: Fate, code: str = "") -> list[int]:
    """The numbers of all undecided rows of a class, for a decision about all of them."""
    found = _rows(batch_id, fate, code).filter(decision="", applied_at__isnull=True)
    return list(found.values_list("number", flat=True))


def problem_counts(batch_id: UUID) -> dict[str, dict[str, int]]:
    """Per fate, how many rows have which problem; only problems that decided the fate."""
    counts: dict[str, dict[str, int]] = {}
    open_rows = RosterRow.objects.filter(
        batch_id=batch_id, fate__in=[Fate.HELD, Fate.REJECTED, Fate.DUPLICATE]
    )
    for fate, problems in open_rows.values_list("fate", "problems"):
        codes = {problem["code"] for problem in problems if problem.get("severity") != "note"}
        for code in codes:
            by_code = counts.setdefault(fate, {})
            by_code[code] = by_code.get(code, 0) + 1
    return counts


def _rows(batch_id: UUID, fate: Fate, code: str) -> QuerySet[RosterRow]:
    found = RosterRow.objects.filter(batch_id=batch_id, fate=fate)
    return found.filter(problems__contains=[{"code": code}]) if code else found


def lists_with_open_rows(actor: Actor) -> list[tuple[RosterBatch, int]]:
    """Lists under review or in the register that still hold rows nobody decided."""
    open_rows = (
        RosterRow.objects.filter(fate=Fate.HELD, decision="")
        .values_list("batch_id")
        .annotate(rows=Count("number"))
    )
    counts = dict(open_rows)
    found = (
        rosters_of(actor)
        .filter(
            pk__in=counts, state__in=[BatchState.REVIEW, BatchState.STOPPED, BatchState.COMMITTED]
        )
        .order_by("-created_at")
    )
    return [(batch, counts[batch.pk]) for batch in found]
