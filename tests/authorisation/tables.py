"""Whether anything in the database has changed, whoever may see it."""

from django.db import connections

from tongxing.access import scopes
from tongxing.kernel.divisions import NATION, area_of

# Looking is written down, and a session remembers when it was last used.
MAY_GROW = {"audit_entry", "django_session"}
_NAMES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname
"""

Digest = dict[str, tuple[int, int]]


def digest() -> Digest:
    """For every table: how many rows, and the newest transaction that wrote one."""
    everywhere = scopes.acting_as(scopes.system(area_of(NATION)), using="owner")
    with everywhere, connections["owner"].cursor() as cursor:
        cursor.execute(_NAMES)
        names = [row[0] for row in cursor.fetchall() if row[0] not in MAY_GROW]
        questions = [
            f"SELECT '{name}', count(*), coalesce(max(xmin::text::bigint), 0) FROM {name}"
            for name in names
        ]
        cursor.execute(" UNION ALL ".join(questions))
        return {name: (rows, newest) for name, rows, newest in cursor.fetchall()}


def differences(before: Digest, after: Digest) -> list[str]:
    return [
        f"{name}: {before[name]} → {after[name]}" for name in after if before[name] != after[name]
    ]
