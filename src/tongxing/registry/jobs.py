"""Work on lists that takes longer than a page may: each job may die anywhere and run again."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tongxing.access.queries import actors
from tongxing.keys import files
from tongxing.registry.actions import committing, inspecting, staging, undoing
from tongxing.registry.actions.rosters import NotNow

QUEUE = "rosters"
LANES = 2
# The database went away under the job; everything it had committed is kept.
AGAIN = RetryStrategy(
    max_attempts=8, exponential_wait=3, retry_exceptions={OperationalError, InterfaceError}
)


@app.task(queue=QUEUE, name="registry.inspect_roster", retry=AGAIN)
def inspect_roster(batch_id: str, account_id: str, post_id: str, sheet: str = "") -> None:
    """Look into a list that has just arrived."""
    _run(partial(inspecting.inspect, sheet=sheet), batch_id, account_id, post_id)


@app.task(queue=QUEUE, name="registry.stage_roster", retry=AGAIN)
def stage_roster(batch_id: str, account_id: str, post_id: str) -> None:
    """Read every row of a list and decide its fate."""
    _run(partial(staging.stage, lanes=LANES), batch_id, account_id, post_id)


@app.task(queue=QUEUE, name="registry.commit_roster", retry=AGAIN)
def commit_roster(batch_id: str, account_id: str, post_id: str) -> None:
    """Let the reviewed rows into the register."""
    _run(partial(committing.commit, lanes=LANES), batch_id, account_id, post_id)


@app.task(queue=QUEUE, name="registry.undo_roster", retry=AGAIN)
def undo_roster(batch_id: str, account_id: str, post_id: str) -> None:
    """Take a whole list back."""
    _run(undoing.undo, batch_id, account_id, post_id)


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", name="registry.forget_copies", queueing_lock="registry.forget_copies")
def forget_copies(timestamp: int) -> None:  # noqa: ARG001 - the queue passes the minute
    """Leave no readable copy of a list behind when the process that read it was killed."""
    files.forget_copies()


def _run(step: Callable[..., None], batch_id: str, account_id: str, post_id: str) -> None:
    by = actors.actor_of(account_id, post_id=post_id)
    try:
        step(batch_id=UUID(batch_id), by=by, at=timezone.now())
    except NotNow:
        # The job died after its last transaction and was run again: the step is already done.
        return
