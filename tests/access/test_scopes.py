"""The scope is enforced by PostgreSQL: these tests ask it without any filter of ours."""

from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connections, transaction
from django.db.utils import InternalError

from tests.access.factories import HULI, KUNDULUN, actor_like
from tongxing.access import grants, scopes
from tongxing.access.scopes import Reach, policy_sql
from tongxing.access.values.roles import ADMINISTRATORS, Role
from tongxing.kernel.divisions import area_of

TABLE = "access_scope_probe"
CODES = [
    KUNDULUN - 1,
    KUNDULUN,
    KUNDULUN + 5,
    KUNDULUN + 999_999,
    KUNDULUN + 1_000_000,
    HULI,
]


@pytest.fixture
def probe(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A scoped table of the owner's with rows in and around Kundulun, outside any transaction."""
    with django_db_blocker.unblock():
        owner = connections["owner"]
        as_owner(f"CREATE TABLE {TABLE} (id serial, division bigint)")
        as_owner(f"INSERT INTO {TABLE} (division) VALUES ({'), ('.join(map(str, CODES))})")
        as_owner(*policy_sql(TABLE, delete=Reach.SCOPE))
        grants.grant(owner)
        yield TABLE
        as_owner(f"DROP TABLE {TABLE}")


def as_owner(*statements: str) -> None:
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def divisions_seen(using: str = "default") -> list[int]:
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT division FROM {TABLE} ORDER BY division")
        return [division for (division,) in cursor.fetchall()]


def run(statement):
    with connections["default"].cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


@pytest.mark.clause("CN-5.6")
def test_without_a_scope_there_are_no_rows(probe):
    assert divisions_seen() == []


def test_a_scope_is_half_open(probe):
    with scopes.acting_as(actor_like(area=KUNDULUN)):
        assert divisions_seen() == CODES[1:4]


def test_the_owner_is_bound_as_well(probe):
    assert divisions_seen("owner") == []


def test_the_next_transaction_on_the_same_connection_sees_nothing(probe):
    with scopes.acting_as(actor_like(area=KUNDULUN)):
        before = divisions_seen()
    assert before
    assert divisions_seen() == []
    with transaction.atomic():
        assert divisions_seen() == []


def test_a_scope_does_not_fall_back_to_one_set_for_the_session(probe):
    """SET LOCAL gives the session's value back after commit: nobody may set one there."""
    with pytest.raises(scopes.OutsideTransaction):
        scopes.use(actor_like(area=KUNDULUN))


def test_an_inner_scope_ends_where_it_began(probe):
    with scopes.acting_as(actor_like(area=KUNDULUN)):
        with scopes.acting_as(actor_like(area=HULI)):
            assert divisions_seen() == [HULI]
        assert divisions_seen() == CODES[1:4]


def test_a_failed_request_leaves_no_scope_behind(probe):
    with pytest.raises(ZeroDivisionError), scopes.acting_as(actor_like(area=KUNDULUN)):
        raise ZeroDivisionError
    assert divisions_seen() == []


def test_rows_are_neither_made_nor_moved_outside(probe):
    with scopes.acting_as(actor_like(area=KUNDULUN)):
        assert run(f"UPDATE {TABLE} SET division = {KUNDULUN + 7} WHERE true") == 3
        with pytest.raises(ProgrammingError), transaction.atomic():
            run(f"INSERT INTO {TABLE} (division) VALUES ({HULI})")
        with pytest.raises(ProgrammingError), transaction.atomic():
            run(f"UPDATE {TABLE} SET division = {HULI}")


def test_without_a_scope_nothing_is_changed_or_deleted(probe):
    assert run(f"UPDATE {TABLE} SET division = division") == 0
    assert run(f"DELETE FROM {TABLE}") == 0


def test_the_application_cannot_take_the_guard_away(probe):
    owner = connections["owner"].settings_dict["USER"]
    for statement in (
        f"TRUNCATE {TABLE}",
        f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY",
        f"DROP POLICY {TABLE}_select ON {TABLE}",
        f"SET SESSION AUTHORIZATION {owner}",
        f"SET ROLE {owner}",
    ):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
            run(statement)


def test_switching_row_security_off_is_an_error_not_a_way_in(probe):
    with transaction.atomic():
        run("SET LOCAL row_security = off")
        with pytest.raises(ProgrammingError), transaction.atomic():
            run(f"SELECT count(*) FROM {TABLE}")


@pytest.mark.parametrize("role", [*sorted(ADMINISTRATORS), Role.AUDITOR])
def test_administrators_and_auditors_see_no_children(probe, role):
    with scopes.acting_as(actor_like(role, area=KUNDULUN)):
        assert divisions_seen() == []


def test_an_ordinary_view_would_be_found_by_verification(probe):
    owner = connections["owner"]
    as_owner(f"CREATE VIEW access_leak AS SELECT * FROM {TABLE}")
    assert grants.verify(owner) == ["a view runs with its owner's rights: access_leak"]
    as_owner("ALTER VIEW access_leak SET (security_invoker = true)")
    assert grants.verify(owner) == []
    as_owner("DROP VIEW access_leak")


def test_a_table_without_force_would_be_found_by_verification(probe):
    owner = connections["owner"]
    as_owner(f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY")
    assert grants.verify(owner) == [f"row-level security does not bind the owner of: {TABLE}"]


def test_a_new_table_is_closed_until_rights_are_given(probe):
    owner = connections["owner"]
    as_owner("CREATE TABLE access_new_table (id int)")
    with pytest.raises(ProgrammingError), transaction.atomic():
        run("SELECT * FROM access_new_table")
    grants.grant(owner)
    assert run("SELECT * FROM access_new_table") == 0
    with pytest.raises(ProgrammingError), transaction.atomic():
        run("DELETE FROM access_new_table")
    as_owner("DROP TABLE access_new_table")


def test_a_command_without_a_policy_has_no_right_either(probe):
    owner = connections["owner"]
    as_owner(f"DROP POLICY {TABLE}_delete ON {TABLE}")
    grants.grant(owner)
    with pytest.raises(ProgrammingError), transaction.atomic():
        run(f"DELETE FROM {TABLE}")


def test_the_system_at_work_sees_its_area(probe):
    with scopes.acting_as(scopes.system(area_of(HULI))):
        assert divisions_seen() == [HULI]


def test_the_database_as_migrated_is_safe(probe):
    assert grants.verify(connections["owner"]) == []
