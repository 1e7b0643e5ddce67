"""Adding entries, always in the transaction of the change or the look they tell of."""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from tongxing.audit import rules
from tongxing.audit.context import request_id
from tongxing.audit.values import Event, Look
from tongxing.kernel.actors import Actor

# No RETURNING: whoever writes an entry need not be allowed to read it.
_INSERT = """
    INSERT INTO audit_entry
        (at, actor_account, actor_post, actor_name, actor_role, organisation, request_id,
         kind, subject_type, subject_id, child_id, division, facts)
    SELECT coalesce(%s, statement_timestamp()), %s, %s, %s, %s, %s, %s,
           kind, subject_type, subject_id, child_id, division, facts
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::uuid[], %s::bigint[], %s::jsonb[])
         AS one (kind, subject_type, subject_id, child_id, division, facts)
"""


def record(  # noqa: PLR0913 - the columns of an entry, all by name
    kind: str,
    *,
    actor: Actor,
    at: datetime | None = None,
    subject_type: str = "",
    subject_id: object = "",
    child_id: UUID | None = None,
    division: int = 0,
    **facts: object,
) -> None:
    """Add one event to the caller's transaction: no event, no change; no change, no event.

    `facts` are references and names of fields, never what the fields hold. `division` is the
    child's or the subject's; 0 stands for the actor's own.
    """
    event = Event(kind, subject_type, str(subject_id), child_id, division, facts)
    record_many([event], actor=actor, at=at)


def record_many(events: Iterable[Event], *, actor: Actor, at: datetime | None = None) -> None:
    """Add many events of one actor in one statement."""
    rows = [_row(event, actor) for event in events]
    if not rows:
        return
    if not connection.in_atomic_block:
        raise RuntimeError(f"{rows[0][0]} recorded outside a transaction")
    columns = [list(column) for column in zip(*rows, strict=True)]
    person = [actor.account_id, actor.post_id, actor.name, actor.role, actor.organisation]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [at, *person, request_id.get(), *columns])


def record_look(  # noqa: PLR0913 - the columns of a look, all by name
    *,
    actor: Actor,
    child_id: UUID,
    division: int,
    fields: Iterable[str],
    purpose: str,
    route: str = "",
    how: Look = Look.FILE,
    at: datetime | None = None,
) -> None:
    """Add that `actor` saw these field groups of one child."""
    record_looks(
        actor=actor,
        children=[(child_id, division)],
        fields=fields,
        purpose=purpose,
        route=route,
        how=how,
        at=at,
    )


def record_looks(  # noqa: PLR0913 - the columns of a look, all by name
    *,
    actor: Actor,
    children: Iterable[tuple[UUID, int]],
    fields: Iterable[str],
    purpose: str,
    route: str = "",
    how: Look = Look.LIST,
    at: datetime | None = None,
) -> None:
    """Add one look for each (child, division) of a page or an export, in one statement."""
    facts = {"fields": sorted(fields), "purpose": purpose, "route": route}
    looks = [
        Event(how, "child", str(child), child, division, facts) for child, division in children
    ]
    record_many(looks, actor=actor, at=at)


def record_refused(  # noqa: PLR0913 - the columns of a look, all by name
    *,
    actor: Actor,
    purpose: str,
    child_id: UUID | None = None,
    division: int = 0,
    fields: Iterable[str] = (),
    route: str = "",
    at: datetime | None = None,
) -> None:
    """Add that `actor` asked for a child and was not let in.

    Call it where the refusal is answered: inside a block that the refusal rolls back, the entry
    would go with it.
    """
    facts = {"fields": sorted(fields), "purpose": purpose, "route": route}
    subject = str(child_id or "")
    event = Event(Look.REFUSED, "child", subject, child_id, division, facts)
    record_many([event], actor=actor, at=at)


def _row(event: Event, actor: Actor) -> tuple[str, str, str, UUID | None, int, str]:
    facts = json.dumps(rules.plain_facts(event.facts), ensure_ascii=False)
    division = event.division or actor.division
    subject_id = rules.withheld(event.subject_id)
    return str(event.kind), event.subject_type, subject_id, event.child_id, division, facts
