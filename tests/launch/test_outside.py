"""A site's own server, named by DATABASE_URL; an embedded one plays it here."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.launch.servers import as_app, superuser, value
from tongxing.launch import connections, outside, places, postgres, promises
from tongxing.launch.connections import Connection, Login, record_of_our_own
from tongxing.launch.errors import LaunchError

OWNER = Login("site_owner", "owner-password")


class Site:
    """The administrator's side of the site's server."""

    def __init__(self, server: Connection, patch: pytest.MonkeyPatch) -> None:
        self.server = server
        self.patch = patch

    def make(self, *, rights: str = "CREATEDB CREATEROLE", locale: str = "C.UTF-8") -> None:
        with superuser(self.server) as session:
            session.execute(
                sql.SQL("CREATE ROLE site_owner LOGIN {} PASSWORD 'owner-password'").format(
                    sql.SQL(rights)
                )
            )
            session.execute(
                sql.SQL(
                    "CREATE DATABASE site OWNER site_owner TEMPLATE template0"
                    " LC_COLLATE {} LC_CTYPE {}"
                ).format(sql.Literal(locale.replace("C.UTF-8", "C")), sql.Literal(locale))
            )
        self.point_to("DATABASE_URL", OWNER)

    def run(self, statement: str) -> None:
        with superuser(self.server, "site") as session:
            session.execute(statement)

    def point_to(self, variable: str, login: Login) -> None:
        url = f"postgresql://{login.user}:{login.password}@127.0.0.1:{self.server.port}/site"
        self.patch.setenv(variable, url)


@pytest.fixture
def site(server: Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    yield Site(server, monkeypatch)
    with superuser(server) as session:
        for database in ("site", connections.TEMPLATE_OUTSIDE):
            session.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
            )
        for role in ("site_app", "site_owner"):
            session.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
    connections.made_password().unlink(missing_ok=True)


def without_our_app_role(patch: pytest.MonkeyPatch) -> None:
    """The embedded server has a role of this name already; a site's has not."""
    patch.setattr(connections, "APP_ROLE", "site_app")


def test_an_owner_who_may_create_roles_gets_the_applications_role(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_our_app_role(monkeypatch)
    site.make()
    connection = postgres.ensure()
    assert connection.app.user == "site_app"
    with as_app(connection) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute("CREATE TABLE mine (id int)")
    stored = places.secrets() / "app-role.json"
    assert json.loads(stored.read_text()) == {
        "user": "site_app",
        "password": connection.app.password,
    }
    assert oct(stored.stat().st_mode & 0o777) == "0o600"
    assert postgres.ensure() == connection


def test_an_owner_without_that_right_is_told_the_statements(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_our_app_role(monkeypatch)
    site.make(rights="CREATEDB")
    with pytest.raises(LaunchError) as refused:
        postgres.ensure()
    statements = [line.strip() for line in str(refused.value).splitlines() if ";" in line]
    assert len(statements) == 2
    for statement in statements:
        site.run(statement)
    site.point_to("DATABASE_APP_URL", Login("site_app", "choose-one"))
    with as_app(postgres.ensure()) as session:
        assert value(session, "SELECT current_user") == "site_app"


@pytest.mark.parametrize("right", ["SUPERUSER", "BYPASSRLS", "IN ROLE site_owner"])
def test_an_application_role_that_could_see_everything_is_refused(site: Site, right: str) -> None:
    site.make()
    site.run(f"CREATE ROLE site_app LOGIN PASSWORD 'x' {right}")
    site.point_to("DATABASE_APP_URL", Login("site_app", "x"))
    with pytest.raises(LaunchError, match="bypass row-level security"):
        postgres.ensure()


def test_an_application_role_that_owns_tables_is_refused(site: Site) -> None:
    site.make()
    site.run("CREATE TABLE mine (id int)")
    site.run("ALTER TABLE mine OWNER TO site_owner")
    site.point_to("DATABASE_APP_URL", OWNER)
    with pytest.raises(LaunchError, match="owns tables"):
        postgres.ensure()


def test_commands_may_run_with_the_applications_login_alone(site: Site) -> None:
    site.make()
    site.run("CREATE ROLE site_app LOGIN PASSWORD 'x'")
    site.run("CREATE EXTENSION btree_gist")
    for variable in ("DATABASE_URL", "DATABASE_APP_URL"):
        site.point_to(variable, Login("site_app", "x"))
    connection = postgres.ensure()
    assert connection.owner == connection.app == Login("site_app", "x")


def test_an_application_role_with_an_unknown_password_is_asked_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_our_app_role(monkeypatch)
    site.make()
    site.run("CREATE ROLE site_app LOGIN PASSWORD 'x'")
    with pytest.raises(LaunchError, match="Set DATABASE_APP_URL="):
        postgres.ensure()


def test_a_database_in_which_chinese_search_is_wrong_is_refused(site: Site) -> None:
    site.make(locale="C")
    with pytest.raises(LaunchError, match=r"LC_COLLATE 'C' LC_CTYPE 'C\.UTF-8'"):
        postgres.ensure()


def test_the_statement_that_a_refused_database_is_told_makes_a_right_one(
    server: Connection, site: Site
) -> None:
    site.make(locale="C")
    with superuser(server) as session:
        session.execute("DROP DATABASE site")
        session.execute(promises.creation("site", "site_owner"))
    site.run("CREATE ROLE site_app LOGIN PASSWORD 'x'")
    site.point_to("DATABASE_APP_URL", Login("site_app", "x"))
    assert postgres.ensure().dbname == "site"


@pytest.mark.parametrize("role", ["site_owner", "site_app"])
def test_a_server_that_may_lose_data_is_refused(site: Site, role: str) -> None:
    site.make()
    site.run("CREATE ROLE site_app LOGIN PASSWORD 'x'")
    site.point_to("DATABASE_APP_URL", Login("site_app", "x"))
    site.run(f"ALTER ROLE {role} SET synchronous_commit = off")
    with pytest.raises(LaunchError, match="synchronous_commit = off"):
        postgres.ensure()


def test_test_databases_get_a_template_with_our_locale(server: Connection, site: Site) -> None:
    site.make()
    site.run("CREATE ROLE site_app LOGIN PASSWORD 'x'")
    site.point_to("DATABASE_APP_URL", Login("site_app", "x"))
    connection = postgres.ensure()
    for _ in range(2):
        outside.prepare_template(connection)
    with psycopg.connect(connection.conninfo(OWNER, dbname=connection.template)) as session:
        promises.assert_chinese(session)
        assert value(session, "SELECT count(*) FROM pg_extension WHERE extname = 'btree_gist'") == 1


def test_an_owner_who_may_not_create_databases_cannot_run_tests(site: Site) -> None:
    site.make(rights="CREATEROLE")
    site.run("CREATE ROLE site_app LOGIN PASSWORD 'x'")
    site.point_to("DATABASE_APP_URL", Login("site_app", "x"))
    with pytest.raises(LaunchError, match="needs CREATEDB"):
        outside.prepare_template(postgres.ensure())


def test_nothing_of_our_own_is_started_beside_an_outside_server(site: Site, tmp_path: Path) -> None:
    site.make()
    site.run("CREATE ROLE site_app LOGIN PASSWORD 'x'")
    site.point_to("DATABASE_APP_URL", Login("site_app", "x"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TONGXING_VAR", str(tmp_path / "var"))
        postgres.ensure()
        postgres.revive()
        assert not record_of_our_own().exists()
        assert not postgres.release()
        assert not postgres.stop()


def test_an_unreachable_server_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:secret@127.0.0.1:1/nothing")
    with pytest.raises(LaunchError, match="DATABASE_URL cannot be reached") as refused:
        postgres.ensure()
    assert "secret" not in str(refused.value)


def test_an_address_that_is_none_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:secret@host:port/nothing bad=")
    with pytest.raises(LaunchError, match="DATABASE_URL is not a PostgreSQL address") as refused:
        postgres.ensure()
    assert "secret" not in str(refused.value)


def test_what_an_address_says_reaches_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_APP_URL", "postgresql://app:two@db.example:6432/town")
    connection = connections.outside("postgresql://me:one@db.example:6432/town?sslmode=verify-full")
    assert (connection.host, connection.port, connection.dbname) == ("db.example", 6432, "town")
    assert (connection.owner, connection.app) == (Login("me", "one"), Login("app", "two"))
    assert connection.options == {"sslmode": "verify-full"}
    assert "sslmode=verify-full" in connection.conninfo(connection.app)


def test_an_old_server_is_refused(server: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promises, "OLDEST_MAJOR", 99)
    with as_app(server) as session, pytest.raises(LaunchError, match="needs 99 or newer"):
        promises.assert_recent(session)
