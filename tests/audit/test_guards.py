"""What the database itself refuses, whatever the program says."""

from pathlib import Path

import psycopg
import pytest
from django.db import transaction
from psycopg.errors import InsufficientPrivilege

from tests.audit import trails
from tongxing.audit import actions as audit
from tongxing.audit.models import Entry
from tongxing.audit.values import INSERT_ONLY_TABLES

NATION = ("0", "1000000000000")
KUNDULUN = ("150203000000", "150204000000")
HULI = ("350206000000", "350207000000")
COUNT = "SELECT count(*) FROM audit_entry"
CHANGES = [
    "UPDATE {table} SET {column} = {column}",
    "UPDATE {table} SET {column} = {column} WHERE false",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
]
COLUMNS = {"audit_entry": "kind", "audit_seal": "scheme", "audit_verification": "outcome"}


@pytest.fixture
def filled(trail: Path) -> Path:
    """Three entries in Kundulun, two in Huli, sealed."""
    with transaction.atomic():
        audit.record_many(trails.some_events(3), actor=trails.an_actor())
        audit.record_many(trails.some_events(2, division=trails.HULI), actor=trails.an_actor())
    trails.seal_all()
    return trail


@pytest.mark.parametrize("role", ["default", "owner"])
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("table", INSERT_ONLY_TABLES)
def test_neither_the_application_nor_the_owner_changes_a_row(
    filled: Path, table: str, change: str, role: str
):
    with trails.login(role) as connection, pytest.raises(InsufficientPrivilege) as refused:
        connection.execute(change.format(table=table, column=COLUMNS[table]))
    reason = "permission denied" if role == "default" else "only ever added to"
    assert reason in str(refused.value)


def visible(**intervals: tuple[str, str]) -> int:
    with trails.login("default") as connection, connection.transaction():
        for name, (lo, hi) in intervals.items():
            connection.execute("SELECT set_config(%s, %s, true)", [f"app.{name}_lo", lo])
            connection.execute("SELECT set_config(%s, %s, true)", [f"app.{name}_hi", hi])
        return trails.number_from(connection, COUNT)


@pytest.mark.parametrize(
    ("intervals", "rows"),
    [
        ({}, 0),
        ({"scope": ("", ""), "audit": ("", "")}, 0),
        ({"scope": KUNDULUN}, 3),
        ({"scope": HULI}, 2),
        ({"audit": KUNDULUN}, 3),
        ({"audit": HULI, "scope": ("", "")}, 2),
        ({"scope": KUNDULUN, "audit": HULI}, 5),
        ({"audit": NATION}, 5),
        ({"scope": ("150202000000", "150203000000")}, 0),
        ({"scope": ("150203000000", "150203000000")}, 0),
    ],
)
def test_a_reader_sees_the_entries_of_his_areas_only(
    filled: Path, intervals: dict[str, tuple[str, str]], rows: int
):
    assert visible(**intervals) == rows


def test_the_owner_of_the_table_is_held_to_the_same_areas(filled: Path):
    with trails.login("owner") as owner:
        assert trails.number_from(owner, COUNT) == 0


def test_an_area_does_not_outlive_its_transaction(filled: Path):
    with trails.login("default") as connection:
        with connection.transaction():
            connection.execute("SELECT set_config('app.scope_lo', '0', true)")
            connection.execute("SELECT set_config('app.scope_hi', '999999999999', true)")
            inside = trails.number_from(connection, COUNT)
        outside = trails.number_from(connection, COUNT)
    assert (inside, outside) == (5, 0)


def test_whoever_may_read_nothing_may_still_leave_an_entry(trail: Path):
    with transaction.atomic():
        audit.record("access.signed_in", actor=trails.an_actor())
        assert Entry.objects.count() == 0
    assert len(trails.ids()) == 1


def test_a_place_that_no_reader_could_ever_see_is_refused(trail: Path):
    """A row outside all intervals would be hidden from every reader, the verifier included."""
    insert = (
        "INSERT INTO audit_entry (at, kind, actor_account, actor_post, actor_name, actor_role,"
        " organisation, subject_type, subject_id, division, facts, request_id)"
        " VALUES (now(), 'a', '', '', '', '', '', '', '', %s, '{}', '')"
    )
    with trails.login("default") as connection:
        for division in (-1, 10**12):
            with pytest.raises(psycopg.errors.CheckViolation):
                connection.execute(insert, [division])
