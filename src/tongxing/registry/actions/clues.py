"""Clues: somebody saw or heard of a child. Work for a person, not yet a child."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import area_of
from tongxing.kernel.errors import Unknown
from tongxing.registry import doors
from tongxing.registry.actions import trail
from tongxing.registry.actions.refusals import ClueIsClosed, ClueNeedsChild, LeavesYourArea
from tongxing.registry.models import Clue
from tongxing.registry.queries.scoped import children_of, clues_of
from tongxing.registry.rules.clues import NAMES_A_CHILD, due_on, is_open
from tongxing.registry.values.children import ClueState
from tongxing.registry.values.clues import ClueReport


@transaction.atomic
def report(*, report: ClueReport, by: Actor, at: datetime) -> Clue:
    """Take down a clue or a family's own declaration; the place's worker has it the same day.

    Raises LeavesYourArea, NoReason when nothing was said.
    """
    if not by.may("clues.report"):
        raise Unknown()
    if by.area is None or not by.area.covers(area_of(report.division)):
        raise LeavesYourArea()
    clue = Clue.objects.create(
        division=report.division,
        kind=report.kind,
        said=trail.check_reason(report.said),
        contact=report.contact.strip() or None,
        need=report.need,
        reported_by=by.account_id,
        reported_by_name=by.name,
        received_at=at,
        due_on=due_on(report.kind, localdate(at)),
    )
    _record(clue, "registry.clue.reported", by=by, at=at, clue_kind=report.kind)
    return clue


@transaction.atomic
def assign(*, clue_id: UUID, post_id: str, name: str, by: Actor, at: datetime) -> Clue:
    """Say which post looks into the clue. Raises ClueIsClosed, NoSuchClue."""
    clue = _to_handle(clue_id, by=by)
    clue.state = ClueState.ASSIGNED
    clue.assigned_post, clue.assigned_name = post_id, name
    clue.save(update_fields=["state", "assigned_post", "assigned_name"])
    _record(clue, "registry.clue.assigned", by=by, at=at, to_post=post_id)
    return clue


@transaction.atomic
def resolve(
    *,
    clue_id: UUID,
    outcome: ClueState,
    note: str = "",
    child_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Clue:
    """Close a clue with what came of it. Found and duplicate clues name a child of the area.

    A rejected clue needs a note. Raises ClueIsClosed, ClueNeedsChild, NoReason, NoSuchChild.
    """
    clue = _to_handle(clue_id, by=by)
    if outcome is ClueState.REJECTED:
        trail.check_reason(note)
    if outcome in NAMES_A_CHILD:
        if child_id is None:
            raise ClueNeedsChild()
        if not children_of(by).filter(pk=child_id).exists():
            raise doors.NoSuchChild()
        clue.child_id = child_id
    clue.state = outcome
    clue.result_note = note.strip() or None
    clue.closed_at = at
    clue.save(update_fields=["state", "result_note", "closed_at", "child_id"])
    _record(clue, "registry.clue.resolved", by=by, at=at, outcome=outcome)
    return clue


@transaction.atomic
def reveal_contact(*, clue_id: UUID, reason: str, by: Actor, at: datetime) -> str:
    """Whom to call about the clue, for those who look into it; the reason is kept."""
    reason = trail.check_reason(reason)
    clue = doors.find_clue(clue_id, actor=by)
    if not by.may("clues.handle"):
        raise doors.NoSuchClue()
    _record(clue, "registry.clue.contact_revealed", by=by, at=at, reason=reason)
    return clue.contact or ""


def _to_handle(clue_id: UUID, *, by: Actor) -> Clue:
    found = clues_of(by) if by.may("clues.handle") else Clue.objects.none()
    clue = found.select_for_update(of=("self",)).filter(pk=clue_id).first()
    if clue is None:
        raise doors.NoSuchClue()
    if not is_open(ClueState(clue.state)):
        raise ClueIsClosed()
    return clue


def _record(clue: Clue, kind: str, *, by: Actor, at: datetime, **facts: object) -> None:
    audit.record(
        kind,
        actor=by,
        at=at,
        subject_type="registry.clue",
        subject_id=clue.pk,
        child_id=clue.child_id,
        division=clue.division,
        **facts,
    )
