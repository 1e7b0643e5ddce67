"""Work on lists that takes longer than a page may: each job may die anywhere and run again."""

from collections.abc import Callable
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from tongxing.access.queries import actors
from tongxing.kernel.actors import Actor
from tongxing.registry.actions import committing, inspecting, staging, undoing
from tongxing.registry.actions.rosters import NotNow

QUEUE = "rosters"
LANES = 2


@app.task(queue=QUEUE, name="registry.inspect_roster")
def inspect_roster(batch_id: str, account_id: str, post_id: str, sheet: str = "") -> None:
    """Look into a list that has just arrived."""
    by = actors.actor_of(account_id, post_id=post_id)
    inspecting.inspect(batch_id=UUID(batch_id), by=by, at=timezone.now(), sheet=sheet)


@app.task(queue=QUEUE, name="registry.stage_roster")
def stage_roster(batch_id: str, account_id: str, post_id: str) -> None:
    """Read every row of a list and decide its fate."""
    _run(staging.stage, batch_id, account_id, post_id)


@app.task(queue=QUEUE, name="registry.commit_roster")
def commit_roster(batch_id: str, account_id: str, post_id: str) -> None:
    """Let the reviewed rows into the register."""
    by = actors.actor_of(account_id, post_id=post_id)
    committing.commit(batch_id=UUID(batch_id), by=by, at=timezone.now(), lanes=LANES)


@app.task(queue=QUEUE, name="registry.undo_roster")
def undo_roster(batch_id: str, account_id: str, post_id: str) -> None:
    """Take a whole list back."""
    _run(undoing.undo, batch_id, account_id, post_id)


def _run(step: Callable[..., None], batch_id: str, account_id: str, post_id: str) -> None:
    by: Actor = actors.actor_of(account_id, post_id=post_id)
    try:
        step(batch_id=UUID(batch_id), by=by, at=timezone.now())
    except NotNow:
        # The job died after its last transaction and was run again: the step is already done.
        return
