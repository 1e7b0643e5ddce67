"""The only ways in which a person's request gets hold of children: every look is logged.

The look is written in the transaction that shows the child: what cannot be logged is not shown.
A refused attempt is logged too, and looks from outside exactly like a child that does not exist.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from tongxing.audit import actions as audit
from tongxing.audit.values import Look
from tongxing.kernel.actors import Actor
from tongxing.kernel.errors import Refusal, Unknown
from tongxing.registry.models import Child, Clue
from tongxing.registry.queries import exports, lists
from tongxing.registry.queries.scoped import children_of, clues_of
from tongxing.registry.values.children import Purpose
from tongxing.registry.values.exports import (
    MOST_ROWS,
    ROWS_WITHOUT_REASON,
    ExportPurpose,
    ExportRow,
)
from tongxing.registry.values.lists import ChildFilter, ChildPage, ChildRow, Window


class NoSuchClue(Unknown):
    code = "registry.no_such_clue"
    message = _("There is no such clue.")


class ExportRefused(Refusal):
    code = "registry.export_refused"
    message = _("This list cannot be exported.")


class TooManyRows(ExportRefused):
    code = "registry.too_many_rows"
    message = _("The list has more than %(most)s children. Narrow it, by place for example.")


class ExportNeedsReason(ExportRefused):
    code = "registry.export_needs_reason"
    message = _("For more than %(rows)s children, or another purpose, please say why in words.")


LIST_FIELDS = ("basics", "residence", "hukou", "guardians", "schooling")
EXPORT_FIELDS = (*LIST_FIELDS, "identity")


class NoSuchChild(Unknown):
    code = "registry.no_such_child"
    message = _("There is no such child.")


def open_child(
    child_id: UUID,
    *,
    actor: Actor,
    purpose: Purpose,
    fields: Sequence[str],
    route: str,
    at: datetime,
) -> Child:
    """The child, if `actor` may see it; who looked at which groups of fields, and why, is kept.

    Raises NoSuchChild for children elsewhere, withdrawn ones, and actors without the capability.
    Call it outside of atomic blocks that an exception rolls back, so that the refusal is kept.
    """
    child = children_of(actor).filter(pk=child_id).first()
    if child is None:
        audit.record_refused(
            actor=actor, child_id=child_id, purpose=purpose, fields=fields, route=route, at=at
        )
        raise NoSuchChild()
    audit.record_look(
        actor=actor,
        child_id=child.pk,
        division=child.division,
        fields=fields,
        purpose=purpose,
        route=route,
        at=at,
    )
    return child


def child_to_change(child_id: UUID, *, by: Actor) -> Child:
    """The child, locked until the transaction ends, for an action of somebody who may edit.

    The action's own event is the trace; a look is not logged. Raises NoSuchChild.
    """
    found = children_of(by) if by.may("children.edit") else Child.objects.none()
    child = found.select_for_update(of=("self",)).filter(pk=child_id).first()
    if child is None:
        raise NoSuchChild()
    return child


def listed(
    wanted: ChildFilter,
    *,
    actor: Actor,
    purpose: Purpose,
    route: str,
    at: datetime,
    window: Window | None = None,
) -> ChildPage:
    """One page of the register, and one insert that says who saw which children."""
    page = lists.page(wanted, actor=actor, on=localdate(at), window=window)
    _record(page.rows, actor=actor, purpose=purpose, route=route, at=at, how=Look.LIST)
    return page


def count(wanted: ChildFilter, *, actor: Actor, at: datetime) -> tuple[int, bool]:
    """How many children a filter leaves, and whether there are more than were counted."""
    return lists.how_many(wanted, actor=actor, on=localdate(at))


def exported(
    wanted: ChildFilter, *, actor: Actor, purpose: ExportPurpose, reason: str, at: datetime
) -> list[ExportRow]:
    """The whole list for a file: a look for every child on it and one event with the reason.

    Raises TooManyRows, ExportNeedsReason, Unknown without the capability.
    """
    if not actor.may("children.export"):
        raise Unknown()
    rows = exports.rows(wanted, actor=actor, on=localdate(at))
    if len(rows) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    explained = bool(reason.strip())
    if not explained and (len(rows) > ROWS_WITHOUT_REASON or purpose is ExportPurpose.OTHER):
        raise ExportNeedsReason(rows=ROWS_WITHOUT_REASON)
    children = [each.row for each in rows]
    _record(
        children,
        actor=actor,
        purpose=Purpose.EXPORT,
        route="registry:export",
        at=at,
        how=Look.EXPORT,
    )
    audit.record(
        "registry.children.exported",
        actor=actor,
        at=at,
        subject_type="registry.list",
        rows=len(rows),
        purpose=purpose,
        reason=reason.strip(),
    )
    return rows


def note_printing(child_id: UUID, division: int, *, by: Actor, at: datetime) -> None:
    """Keep that a file went onto paper."""
    audit.record(
        "registry.child.printed",
        actor=by,
        at=at,
        subject_type="registry.child",
        subject_id=child_id,
        child_id=child_id,
        division=division,
    )


def find_clue(clue_id: UUID, *, actor: Actor) -> Clue:
    """The clue, if `actor` looks after clues there or reported it. Raises NoSuchClue."""
    clue = clues_of(actor).filter(pk=clue_id).first()
    if clue is None:
        raise NoSuchClue()
    return clue


def open_clue(clue_id: UUID, *, actor: Actor, at: datetime) -> Clue:
    """The clue with what was said, and a line in the trail that it was read."""
    clue = find_clue(clue_id, actor=actor)
    audit.record(
        "registry.clue.read",
        actor=actor,
        at=at,
        subject_type="registry.clue",
        subject_id=clue.pk,
        child_id=clue.child_id,
        division=clue.division,
    )
    return clue


def _record(
    rows: Sequence[ChildRow],
    *,
    actor: Actor,
    purpose: Purpose,
    route: str,
    at: datetime,
    how: Look,
) -> None:
    audit.record_looks(
        actor=actor,
        children=[(row.id, row.division) for row in rows],
        fields=EXPORT_FIELDS if how is Look.EXPORT else LIST_FIELDS,
        purpose=purpose,
        route=route,
        how=how,
        at=at,
    )
