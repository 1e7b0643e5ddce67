"""Is this site alive, and is its database?"""

from django.db import connection
from django.db.utils import Error
from django.http import JsonResponse
from psycopg import Error as DriverError
from psycopg_pool import ConnectionPool

from tongxing.web.version import running_version

_PATIENCE_SECONDS = 2.0


def report() -> JsonResponse:
    """200 when the database answers, else 503; both in the same JSON shape."""
    alive = _database_answers()
    body = {
        "status": "ok" if alive else "unavailable",
        "database": "ok" if alive else "unavailable",
        "version": running_version(),
    }
    response = JsonResponse(body, status=200 if alive else 503)
    response["Cache-Control"] = "no-store"
    return response


def _database_answers() -> bool:
    try:
        _ask()
    except (Error, DriverError, OSError):
        return False
    return True


def _ask() -> None:
    """Ask without waiting as long as an ordinary request would wait for a free connection."""
    pool: ConnectionPool | None = getattr(connection, "pool", None)
    if pool:
        pool.open()
        with pool.connection(timeout=_PATIENCE_SECONDS) as link:
            link.execute("select 1")
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    finally:
        connection.close_if_unusable_or_obsolete()
