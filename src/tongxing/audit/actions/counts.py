"""The count of transactions, which orders the trail, when the database moves to another cluster.

A dump loaded elsewhere brings its entries along, but the new cluster counts its transactions from
the beginning: without this, new entries would be placed among old ones.
"""

from django.db import connections, transaction
from psycopg import sql

from tongxing.audit.queries import reading_everything

_HIGHEST = """
    SELECT greatest((SELECT max(txid) FROM audit_entry), (SELECT max(last_txid) FROM audit_seal), 0)
"""
_MOVE_ON = """
    CREATE OR REPLACE FUNCTION audit_txid() RETURNS bigint LANGUAGE sql STABLE
        AS 'SELECT pg_current_xact_id()::text::bigint + {offset}';
    CREATE OR REPLACE FUNCTION audit_horizon() RETURNS bigint LANGUAGE sql STABLE
        AS 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + {offset}';
"""


def keep_counting(*, using: str = "owner") -> bool:
    """Let the count go on where the trail ends; True when that was needed.

    Run by the owner of the tables after migrating, before anybody writes. It changes nothing in a
    cluster that counted every entry itself.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        reading_everything(using=using)
        # The highest first: what begins after that is counted higher.
        cursor.execute(_HIGHEST)
        highest = cursor.fetchone()[0]
        cursor.execute("SELECT audit_txid()")
        if cursor.fetchone()[0] > highest:
            return False
        cursor.execute(sql.SQL(_MOVE_ON).format(offset=sql.Literal(highest)))
        return True
