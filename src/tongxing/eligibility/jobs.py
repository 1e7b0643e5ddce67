"""Verdicts follow the facts: after every change, and every night for the calendar and the law."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from tongxing.access import scopes
from tongxing.access.queries import actors
from tongxing.eligibility.actions import verdicts as actions
from tongxing.kernel.divisions import NATION, area_of

QUEUE = "verdicts"


@app.task(queue=QUEUE, name="eligibility.evaluate_children")
def evaluate_children(child_ids: str, account_id: str, post_id: str) -> None:
    """Compute the verdicts of children that have just changed; their ids with blanks between."""
    by = actors.actor_of(account_id, post_id=post_id)
    now = timezone.now()
    with scopes.acting_as(by):
        actions.evaluate(
            child_ids=[UUID(child_id) for child_id in child_ids.split()],
            on=timezone.localdate(now),
            by=by,
            at=now,
        )


@app.periodic(cron="10 0 * * *")
@app.task(queue=QUEUE, name="eligibility.evaluate_everybody", queueing_lock="verdicts.nightly")
def evaluate_everybody(timestamp: int) -> None:  # noqa: ARG001 - the queue passes the minute
    """Every night: six months reached, sixteenth birthdays, a changed pack."""
    now = timezone.now()
    by = scopes.system(area_of(NATION))
    actions.evaluate_everybody(on=timezone.localdate(now), by=by, at=now)


def when_children_change(child_ids: Sequence[UUID], account_id: str, post_id: str) -> None:
    """The register's hook: the work is deferred in the transaction of the change."""
    # One text, not a list: quoting the quotes of a thousand ids cost half as much as the children.
    evaluate_children.defer(
        child_ids=" ".join(map(str, child_ids)),
        account_id=account_id,
        post_id=post_id,
    )
