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
from tongxing.kernel.errors import Unknown
from tongxing.registry.models import Child, Clue
from tongxing.registry.queries import lists
from tongxing.registry.queries.scoped import children_of, clues_of
from tongxing.registry.values.children import Purpose
from tongxing.registry.values.lists import ChildFilter, ChildPage, ChildRow, Window


class NoSuchClue(Unknown):
    code = "registry.no_such_clue"
    message = _("There is no such clue.")


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
