"""What the worker does for the trail by itself."""

from django.utils import timezone
from procrastinate.contrib.django import app

from tongxing.audit import actions


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queueing_lock="audit.seal", lock="audit.seal")
def seal(timestamp: int) -> None:  # noqa: ARG001 - the minute it was due; the clock is read anew
    """Seal everything that has come to rest."""
    while actions.seal(timezone.now()):
        pass


@app.periodic(cron="20 3 * * *")
@app.task(name="audit.verify", queueing_lock="audit.verify")
def verify(timestamp: int) -> None:  # noqa: ARG001 - see above
    """Recompute the whole trail once a night, for the auditor's page."""
    actions.verify_and_record(timezone.now())
