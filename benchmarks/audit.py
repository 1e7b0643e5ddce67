"""What the trail costs: changes with and without it in one run, lists of looks, sealing, verifying.

    python benchmarks/audit.py [--entries 1000000] [--seconds 4]

Works in a database of its own on the configured server and removes it afterwards.
"""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import uuid4

import click
import django
import psycopg
from psycopg import sql

from tongxing.kernel.actors import Actor

WRITERS = 4
ROUNDS = 5
DATABASE = "tongxing_benchmark_audit"
TABLE = "CREATE TABLE change (id bigint PRIMARY KEY, division bigint, facts jsonb, times int)"
ACTOR = Actor(
    account_id="00000000-0000-7000-8000-000000000001",
    post_id="00000000-0000-7000-8000-000000000002",
    name="王晓明",
    role="COUNTY_OFFICER",
    organisation="昆都仑区民政局",
    division=150203000000,
)


@click.command()
@click.option("--entries", default=1_000_000, help="Entries to seal and to verify.")
@click.option("--seconds", default=4.0, help="Length of each round of changes.")
def main(entries: int, seconds: float) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxing.settings.test")
    django.setup()
    with TemporaryDirectory() as folder, scratch_database(Path(folder)):
        result = {
            **changes(seconds),
            **looks(),
            **sealing_and_verifying(entries),
        }
    click.echo(json.dumps(result, indent=2))


def changes(seconds: float) -> dict[str, float]:
    """Committed changes a second: rounds with and without the trail take turns."""
    plain, trailed = [], []
    for _ in range(ROUNDS):
        plain.append(rate(change, seconds))
        trailed.append(rate(change_and_record, seconds))
    return {
        "writers": WRITERS,
        "changes_per_second_without_trail": round(median(plain)),
        "changes_per_second_with_trail": round(median(trailed)),
        "ratio": round(median(trailed) / median(plain), 3),
    }


def looks() -> dict[str, float]:
    """Milliseconds that a list of fifty children adds to its page."""
    from django.db import transaction

    from tongxing.audit import actions as audit

    children = [(uuid4(), 150203001000) for _ in range(50)]
    took = []
    for _ in range(200):
        with transaction.atomic():
            start = time.perf_counter()
            audit.record_looks(
                actor=ACTOR, children=children, fields=["basics"], purpose="care", route="list"
            )
            took.append(time.perf_counter() - start)
    return {"fifty_looks_ms": round(median(took) * 1000, 2)}


def sealing_and_verifying(entries: int) -> dict[str, float | str]:
    from django.utils import timezone

    from tongxing.audit import actions as audit
    from tongxing.audit.verification import verify

    writing = timed(partial(write, entries))
    sealing = timed(lambda: all(iter(lambda: audit.seal(timezone.now()), None)))
    start = time.perf_counter()
    report = verify(timezone.now())
    verifying = time.perf_counter() - start
    return {
        "entries": report.entries,
        "written_per_second": round(entries / writing),
        "sealed_per_second": round(report.entries / sealing),
        "verify_seconds": round(verifying, 2),
        "verified_per_second": round(report.entries / verifying),
        "outcome": report.outcome,
    }


def rate(work: Callable[[int], None], seconds: float) -> float:
    """How often `work` is done in a second by several writers together."""
    done = [0] * WRITERS
    until = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=_repeat, args=(work, number, until, done))
        for number in range(WRITERS)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - start)


def _repeat(work: Callable[[int], None], number: int, until: float, done: list[int]) -> None:
    from django.db import connection

    while time.perf_counter() < until:
        work(number)
        done[number] += 1
    connection.close()


def change(row: int) -> None:
    from django.db import transaction

    with transaction.atomic():
        _change(row)


def change_and_record(row: int) -> None:
    from django.db import transaction

    from tongxing.audit import actions as audit

    with transaction.atomic():
        _change(row)
        audit.record(
            "registry.child.corrected",
            actor=ACTOR,
            subject_type="child",
            subject_id=row,
            child_id=uuid4(),
            division=150203001000,
            fields=["name", "school"],
        )


def _change(row: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT facts FROM change WHERE id = %s FOR UPDATE", [row])
        cursor.execute("UPDATE change SET times = times + 1 WHERE id = %s", [row])


def write(entries: int) -> None:
    from django.db import transaction

    from tongxing.audit import actions as audit
    from tongxing.audit.values import Event

    facts = {"fields": ["name", "school"], "batch": str(uuid4())}
    for start in range(0, entries, 500):
        events = [
            Event("registry.child.created", "child", str(uuid4()), uuid4(), 150203001000, facts)
            for _ in range(min(500, entries - start))
        ]
        with transaction.atomic():
            audit.record_many(events, actor=ACTOR)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def scratch_database(folder: Path) -> Iterator[None]:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from tongxing.audit.values import INSERT_ONLY_TABLES
    from tongxing.keys import rings

    settings.TONGXING_KEYS = folder / "keys.json"
    settings.TONGXING_ANCHORS = folder / "anchors"
    rings.create(settings.TONGXING_KEYS)
    name = sql.Identifier(DATABASE)
    with login("postgres") as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = DATABASE
    try:
        call_command("migrate", "audit", database="owner", verbosity=0)
        role = sql.Identifier(connections["default"].settings_dict["USER"])
        tables = sql.SQL(", ").join(sql.Identifier(table) for table in INSERT_ONLY_TABLES)
        with login(DATABASE) as owner:
            owner.execute(TABLE)
            owner.execute(
                "INSERT INTO change SELECT n, 150203001000, '{}', 0 FROM generate_series(0, 99) n"
            )
            owner.execute(sql.SQL("GRANT SELECT, INSERT ON {} TO {}").format(tables, role))
            owner.execute(sql.SQL("GRANT SELECT, UPDATE ON change TO {}").format(role))
        yield
    finally:
        connections.close_all()
        with login("postgres") as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def login(database: str) -> psycopg.Connection:
    from django.db import connections

    known = connections["owner"].settings_dict
    return psycopg.connect(
        host=known["HOST"],
        port=known["PORT"],
        user=known["USER"],
        password=known["PASSWORD"],
        dbname=database,
        autocommit=True,
    )


if __name__ == "__main__":
    main()
