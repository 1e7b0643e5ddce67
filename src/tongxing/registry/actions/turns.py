"""Whose turn it is: a step of a list runs once at a time, and a county takes one list at a time.

The locks belong to the database session: they outlast its transactions and vanish with it, so that
a run that was killed leaves nothing locked. Lists of different counties do not wait for each other.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from tongxing.kernel.divisions import Level, level_of, truncate

_COUNTIES = 0x7478_5265  # "txRe"
_LEVELS = (Level.NATION, Level.PROVINCE, Level.CITY, Level.COUNTY)
Lock = tuple[str, str, tuple[int | str, ...]]


@contextmanager
def step_of(batch_id: UUID) -> Iterator[None]:
    """Wait until nobody else works on this list, and keep everybody else waiting."""
    with _held([("", "hashtextextended(%s, 0)", (str(batch_id),))]):
        yield


@contextmanager
def register_of(division: int) -> Iterator[None]:
    """Wait until no other list enters or leaves the register of `division` or a part of it.

    The larger places around it are held together with others, itself alone: a list of a city
    waits for those of its counties, but two counties do not wait for each other.
    """
    levels = [level for level in _LEVELS if level <= level_of(division)]
    *above, own = [truncate(division, level) // 10**6 for level in levels]
    locks: list[Lock] = [("_shared", "%s, %s", (_COUNTIES, key)) for key in above]
    with _held([*locks, ("", "%s, %s", (_COUNTIES, own))]):
        yield


@contextmanager
def _held(locks: Sequence[Lock]) -> Iterator[None]:
    taken: list[Lock] = []
    try:
        for lock in locks:
            _run("pg_advisory_lock", lock)
            taken.append(lock)
        yield
    finally:
        # A session that is gone has given its locks back.
        with suppress(OperationalError, InterfaceError):
            for lock in reversed(taken):
                _run("pg_advisory_unlock", lock)


def _run(function: str, lock: Lock) -> None:
    suffix, arguments, values = lock
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}{suffix}({arguments})", values)
