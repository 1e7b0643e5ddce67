"""The policies' answers in short, beside the child, so that lists can be narrowed by them."""

from collections.abc import Sequence

import orjson
from django.db import connection, transaction

from tongxing.registry.values.standings import Standing

_NOTE = """
UPDATE registry_child c
   SET standing_local = n.local, standing_national = n.national,
       standing_statistical = n.statistical, standing_changes_on = n.changes_on,
       missing = n.missing
  FROM jsonb_to_recordset(%s::jsonb) AS n(
       child_id uuid, local text, national text, statistical text, changes_on date, missing jsonb)
 WHERE c.id = n.child_id
   AND (c.standing_local, c.standing_national, c.standing_statistical, c.standing_changes_on,
        c.missing)
       IS DISTINCT FROM (n.local, n.national, n.statistical, n.changes_on, n.missing)
"""


@transaction.atomic
def note_standings(*, standings: Sequence[Standing]) -> int:
    """Keep what eligibility found; answers how many children stand otherwise than before.

    A summary of verdicts that are stored and recorded with their reasons elsewhere: it leaves no
    trail of its own, and the child's revision stays, because no fact about the child changed.
    """
    payload = [
        {
            "child_id": standing.child_id,
            "local": standing.local,
            "national": standing.national,
            "statistical": standing.statistical,
            "changes_on": standing.changes_on,
            "missing": sorted(standing.missing),
        }
        for standing in standings
    ]
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [orjson.dumps(payload).decode()])
        return int(cursor.rowcount)
