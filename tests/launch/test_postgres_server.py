"""What the embedded server is like once it runs; each installation found here is tried."""

import psycopg
import pytest
from psycopg import sql

from tests.launch.servers import as_app, as_owner, superuser, value
from tongxing.launch import places, postgres, tuning
from tongxing.launch.connections import Connection, Login, record_of_our_own
from tongxing.launch.errors import LaunchError

RIGHTS = """
    SELECT rolsuper, rolcreaterole, rolbypassrls, rolreplication, rolcreatedb
    FROM pg_roles WHERE rolname = %s
"""
INDEX_SCAN = "EXPLAIN SELECT 1 FROM prefix WHERE name LIKE '张伟%'"


def test_owner_and_application_have_no_more_rights_than_they_need(server: Connection) -> None:
    with as_owner(server) as session:
        owner = session.execute(RIGHTS, [server.owner.user]).fetchone()
        app = session.execute(RIGHTS, [server.app.user]).fetchone()
    assert owner == (False, False, False, False, True)
    assert app == (False, False, False, False, False)


def test_the_application_creates_nothing(server: Connection) -> None:
    with as_app(server) as session:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("CREATE TABLE mine (id int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("CREATE DATABASE mine")


def test_a_wrong_password_is_refused_on_socket_and_port(server: Connection) -> None:
    wrong = Login(server.owner.user, "wrong")
    for host in (server.host, "127.0.0.1"):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(server.conninfo(wrong), host=host)


def test_the_port_answers_on_this_machine_only(server: Connection) -> None:
    with psycopg.connect(server.conninfo(server.app), host="127.0.0.1") as session:
        assert value(session, "SHOW listen_addresses") == "127.0.0.1"


def test_password_files_are_for_their_owner_only(server: Connection) -> None:
    files = [record_of_our_own(), places.postgres() / "superuser.password"]
    assert [oct(path.stat().st_mode & 0o777) for path in files] == ["0o600", "0o600"]


def test_copies_of_the_template_forbid_overlapping_periods(server: Connection) -> None:
    with as_owner(server) as session:
        session.execute(
            sql.SQL("CREATE DATABASE copy TEMPLATE {}").format(sql.Identifier(server.template))
        )
    with psycopg.connect(server.conninfo(server.owner, dbname="copy")) as session:
        session.execute(
            "CREATE TABLE stay (child uuid, period daterange,"
            " EXCLUDE USING gist (child WITH =, period WITH &&))"
        )


def test_similar_chinese_names_are_found_similar(server: Connection) -> None:
    with as_owner(server) as session:
        session.execute("CREATE EXTENSION pg_trgm")
        assert value(session, "SELECT similarity('张伟强', '张伟') > 0.3") is True
        assert value(session, "SELECT similarity('张伟强', '李娜') = 0") is True


def test_prefix_search_uses_a_plain_index(server: Connection) -> None:
    with as_owner(server) as session:
        session.execute("CREATE TABLE prefix (name text)")
        session.execute("CREATE INDEX prefix_name ON prefix (name)")
        session.execute("SET enable_seqscan = off")
        plan = "\n".join(row[0] for row in session.execute(INDEX_SCAN))
    assert "~>=~" in plan or "name >= '张伟'" in plan


def test_text_is_ordered_by_code_point_and_outside_ascii_is_a_letter(server: Connection) -> None:
    with as_app(server) as session:
        assert value(session, "SELECT 'Z' < 'a' AND 'z' < '阿' AND '龙' < '𠮷'") is True
        assert value(session, "SELECT '𠮷' ~ '^[[:alpha:]]$'") is True
        assert value(session, "SHOW server_encoding") == "UTF8"


def test_what_is_acknowledged_is_on_disk(server: Connection) -> None:
    for login in (server.owner, server.app):
        postgres.assert_durable(server.conninfo(login))
    with as_app(server) as session:
        assert value(session, "SHOW data_checksums") == "on"


@pytest.mark.parametrize("promise", ["synchronous_commit"])
def test_a_login_that_may_lose_data_is_refused(server: Connection, promise: str) -> None:
    with superuser(server) as session:
        session.execute("CREATE ROLE hasty LOGIN PASSWORD 'hasty'")
        session.execute(f"ALTER ROLE hasty SET {promise} = off")
    with pytest.raises(LaunchError, match="synchronous_commit = off"):
        postgres.assert_durable(server.conninfo(Login("hasty", "hasty")))


def test_our_settings_are_in_force(server: Connection) -> None:
    with superuser(server) as session:
        for name, wanted in tuning.HOUSE.items():
            assert value(session, "SELECT current_setting(%s)", name) == wanted


def test_a_childs_values_do_not_reach_the_log(server: Connection) -> None:
    with as_owner(server) as session:
        session.execute("CREATE TABLE secret (number text PRIMARY KEY)")
        session.execute("INSERT INTO secret VALUES ('99010120200101001X')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            session.execute("INSERT INTO secret VALUES ('99010120200101001X')")
    log = (places.postgres() / "postgres.log").read_text()
    assert "duplicate key" in log
    assert "99010120200101001X" not in log


@pytest.mark.parametrize(
    ("gigabytes", "shared_buffers"), [(1, "64MB"), (4, "170MB"), (24, "1024MB"), (256, "1024MB")]
)
def test_memory_is_shared_out_by_the_size_of_the_machine(
    gigabytes: int, shared_buffers: str
) -> None:
    chosen = tuning.settings(memory=gigabytes << 30, shared_memory=1 << 30)
    assert chosen["shared_buffers"] == shared_buffers
    assert "dynamic_shared_memory_type" not in chosen


def test_a_container_with_little_shared_memory_maps_files_instead() -> None:
    chosen = tuning.settings(memory=4 << 30, shared_memory=64 << 20)
    assert chosen["dynamic_shared_memory_type"] == "mmap"
