"""A trail of one's own to write, to seal and to damage."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg
from django.db import connections, transaction

from tongxing.audit import actions as audit
from tongxing.audit import queries
from tongxing.audit.models import Entry
from tongxing.audit.values import INSERT_ONLY_TABLES, Event, SealLine
from tongxing.kernel.actors import Actor

KUNDULUN = 150203000000
HULI = 350206000000
PATIENCE_SECONDS = 120
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def an_actor(name: str = "王晓明", *, division: int = KUNDULUN, **changes: Any) -> Actor:
    known: dict[str, Any] = {
        "account_id": f"account of {name}",
        "post_id": f"post of {name}",
        "name": name,
        "role": "COUNTY_OFFICER",
        "organisation": "昆都仑区民政局",
        "division": division,
    }
    return Actor(**(known | changes))


def some_events(count: int, *, division: int = KUNDULUN) -> list[Event]:
    return [
        Event(
            kind="registry.child.corrected",
            subject_type="child",
            subject_id=str(number),
            child_id=uuid4(),
            division=division,
            facts={"fields": ["name", "school"], "number": number},
        )
        for number in range(count)
    ]


def write(count: int, *, transactions: int = 1, settle: bool = True) -> None:
    """Commit `count` entries, spread over so many transactions."""
    share = -(-count // transactions)
    for start in range(0, count, share):
        with transaction.atomic():
            audit.record_many(some_events(min(share, count - start)), actor=an_actor())
    if settle:
        settled()


def settled() -> None:
    """Wait until every entry can be sealed.

    A transaction that writes anywhere on the server, in the database of other tests too, keeps
    what is younger from being sealed.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while not _is_settled():
        assert time.monotonic() < until, "somebody on this server is still writing"
        time.sleep(0.02)


def _is_settled() -> bool:
    with transaction.atomic():
        queries.reading_everything()
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT coalesce(max(txid) < audit_horizon(), true) FROM audit_entry")
            return bool(cursor.fetchone()[0])


def seal_once(at: datetime = AT) -> SealLine:
    """Seal what is there; there must be something."""
    settled()
    batch = audit.seal(at)
    assert batch is not None
    return batch


def seal_all(at: datetime = AT) -> list[int]:
    """Seal until nothing is left; the numbers of the new seals."""
    settled()
    numbers = []
    while batch := audit.seal(at):
        numbers.append(batch.number)
    return numbers


def login(alias: str) -> psycopg.Connection:
    """A connection of its own, outside Django's bookkeeping."""
    known = connections[alias].settings_dict
    return psycopg.connect(
        host=known["HOST"],
        port=known["PORT"],
        user=known["USER"],
        password=known["PASSWORD"],
        dbname=known["NAME"],
        autocommit=True,
    )


@contextmanager
def unguarded() -> Iterator[psycopg.Connection]:
    """The owner of the tables at work, guards switched off and on again: the worst insider."""
    with login("owner") as owner:
        # What is damaged here need not survive a crash; the tests need not wait for the disk.
        owner.execute("SET synchronous_commit = off")
        _guard(owner, on=False)
        yield owner
        _guard(owner, on=True)


def _guard(owner: psycopg.Connection, *, on: bool) -> None:
    with owner.transaction():
        for table in INSERT_ONLY_TABLES:
            state = "ENABLE ALWAYS" if on else "DISABLE"
            owner.execute(f"ALTER TABLE {table} {state} TRIGGER append_only".encode())
        force = "FORCE" if on else "NO FORCE"
        owner.execute(f"ALTER TABLE audit_entry {force} ROW LEVEL SECURITY".encode())


def number_from(connection: psycopg.Connection, query: str) -> int:
    """The one number that `query` answers."""
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])


def emptied() -> None:
    with unguarded() as owner:
        owner.execute(f"TRUNCATE {', '.join(INSERT_ONLY_TABLES)} RESTART IDENTITY")


def kept() -> Callable[[], None]:
    """Remember the trail as it stands; what is returned puts it back."""
    with unguarded() as owner:
        for table in INSERT_ONLY_TABLES:
            owner.execute(f"DROP TABLE IF EXISTS kept_{table}")
            owner.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")

    def put_back() -> None:
        with unguarded() as owner, owner.transaction():
            for table in INSERT_ONLY_TABLES:
                owner.execute(f"DELETE FROM {table}")
                owner.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")

    return put_back


def dice(seed: object) -> random.Random:
    """The same throws for the same seed."""
    return random.Random(str(seed))  # noqa: S311 - it chooses rows to damage and keeps no secret


def ids() -> list[int]:
    """Every entry in the order of the trail."""
    with transaction.atomic():
        queries.reading_everything()
        return list(Entry.objects.order_by("txid", "id").values_list("id", flat=True))
