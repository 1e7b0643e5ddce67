"""Taking a list in from start to end in one go: the command line and the demonstration use it."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from tongxing.access import scopes
from tongxing.access.queries import actors
from tongxing.kernel.actors import Actor
from tongxing.registry.actions import committing, inspecting, rosters, staging, undoing
from tongxing.registry.queries import batches
from tongxing.registry.values.rosters import WORKING, BatchState, Upload

LANES = 2
_REVIEWED = (BatchState.REVIEW, BatchState.STOPPED)
_UNFINISHED = (*WORKING, BatchState.INSPECTED)


def take_in(*, upload: Upload, username: str, commit: bool, shrink_accepted: bool = False) -> UUID:
    """Receive, read and stage a list with the columns as proposed; commit it when asked to.

    The same file again goes on where the run before stopped. Raises Refusal for what a person must
    change; an unreadable file is a state of the batch.
    """
    by = actors.actor_by_username(username)
    try:
        with scopes.acting_as(by):
            batch_id = rosters.receive(upload=upload, by=by, at=timezone.now()).pk
    except rosters.SameFileAgain as refusal:
        batch_id = UUID(str(refusal.facts["batch_id"]))
        if _state(batch_id, by) not in (*_UNFINISHED, *(_REVIEWED if commit else ())):
            raise
    carry_on(batch_id, by=by, commit=commit, shrink_accepted=shrink_accepted)
    return batch_id


def carry_on(
    batch_id: UUID, *, by: Actor, commit: bool, shrink_accepted: bool = False
) -> BatchState:
    """Take a list as far as it goes from wherever it stands, also after a run that died."""
    at = timezone.now()
    if _state(batch_id, by) is BatchState.RECEIVED:
        inspecting.inspect(batch_id=batch_id, by=by, at=at)
    if _state(batch_id, by) is BatchState.INSPECTED:
        with scopes.acting_as(by):
            mapping = batches.batch(batch_id).mapping
            rosters.map_columns(batch_id=batch_id, mapping=mapping, by=by, at=at, by_worker=False)
    if _state(batch_id, by) is BatchState.STAGING:
        staging.stage(batch_id=batch_id, by=by, at=at, lanes=LANES)
    if commit and _state(batch_id, by) in _REVIEWED:
        with scopes.acting_as(by):
            rosters.begin_commit(
                batch_id=batch_id, shrink_accepted=shrink_accepted, by=by, at=at, by_worker=False
            )
    if _state(batch_id, by) is BatchState.COMMITTING:
        committing.commit(batch_id=batch_id, by=by, at=at, lanes=LANES)
    if _state(batch_id, by) is BatchState.UNDOING:
        undoing.undo(batch_id=batch_id, by=by, at=at)
    return _state(batch_id, by)


def summary(*, batch_id: UUID, username: str) -> dict[str, Any]:
    """What became of a list: state, counts by class, and the sentence when it is unreadable."""
    by = actors.actor_by_username(username)
    with scopes.acting_as(by):
        batch = batches.batch(batch_id)
        result = {"batch": str(batch.pk), "state": batch.state, **batch.counts}
        if batch.failure:
            result["failure"] = batch.failure
        return result


def _state(batch_id: UUID, by: Actor) -> BatchState:
    with scopes.acting_as(by):
        return BatchState(batches.batch(batch_id).state)
