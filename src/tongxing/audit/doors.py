"""The authorised way into the trail. Reading it leaves an entry in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tongxing.audit import queries
from tongxing.audit.actions import record
from tongxing.audit.values import (
    EntryGroup,
    Opener,
    TrailFilter,
    TrailState,
    VerificationLine,
    Whose,
)
from tongxing.kernel.actors import Actor
from tongxing.kernel.errors import Unknown

PAGE = 50
WATCHED = timedelta(days=7)
READ = "audit.read"
READ_ADMINISTRATORS = "audit.read_admins"
CAPABILITIES = {Whose.EVERYBODY: READ, Whose.ADMINISTRATORS: READ_ADMINISTRATORS}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailPage:
    """Some entries, how to ask for older ones, and how the trail stands."""

    groups: list[EntryGroup]
    older: int | None
    state: TrailState
    verification: VerificationLine | None


@transaction.atomic
def read_trail(
    filters: TrailFilter, *, actor: Actor, at: datetime, before: int | None = None
) -> TrailPage:
    """The entries inside the actor's area that pass `filters`; newest first."""
    if not actor.may(CAPABILITIES[filters.whose]):
        raise Unknown
    groups, older = queries.grouped_trail(filters, before=before, limit=PAGE)
    record(
        "audit.trail.read",
        actor=actor,
        at=at,
        whose=filters.whose,
        subject_type="child" if filters.child_id else "",
        subject_id=filters.child_id or "",
        filters=_used(filters),
        account=filters.account,
    )
    return TrailPage(
        groups=groups,
        older=older,
        state=queries.state(),
        verification=queries.last_verification(),
    )


@transaction.atomic
def read_openers(*, actor: Actor, at: datetime) -> list[Opener]:
    """Who opened the most children's files in the last days."""
    if not actor.may(READ):
        raise Unknown
    record("audit.openers.read", actor=actor, at=at)
    return queries.busiest(at - WATCHED)


def _used(filters: TrailFilter) -> list[str]:
    asked = {
        "person": filters.name or filters.account,
        "child": filters.child_id,
        "kind": filters.kind,
        "period": filters.since or filters.until,
        "division": filters.division,
    }
    return [name for name, value in asked.items() if value]
