"""Looking at the rows of a list leaves a trail, as looking at a child does."""

from uuid import UUID

from django.db import transaction

from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.registry.values.rosters import Fate


@transaction.atomic
def note_rows_shown(*, batch_id: UUID, rows: int, fate: Fate, by: Actor) -> None:
    """Leave a trail that somebody looked at rows of a list (-1: took them away as a workbook)."""
    audit.record(
        "registry.roster.rows_shown",
        actor=by,
        subject_type="registry.roster",
        subject_id=batch_id,
        rows=rows,
        fate=fate.value,
    )
