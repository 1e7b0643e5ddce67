"""A server of the site's own, named by DATABASE_URL."""

import json
import os
from dataclasses import replace

import psycopg
from psycopg import sql

from tongxing.launch import connections, places, promises, roles
from tongxing.launch.connections import Connection, Login
from tongxing.launch.errors import LaunchError

ROLE_STATE = """
    SELECT rolsuper OR rolbypassrls
        OR (rolname <> current_user AND pg_has_role(rolname, current_user, 'MEMBER'))
        OR EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid AND relkind IN ('r', 'p'))
    FROM pg_roles WHERE rolname = %s
"""
MAY_CREATE_ROLES = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
MAY_CREATE_DATABASES = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"


def prepare(connection: Connection) -> Connection:
    """Check the server's promises and see to the application's role."""
    owner = connection.conninfo(connection.owner)
    try:
        with psycopg.connect(owner, autocommit=True) as server:
            promises.assert_recent(server)
            promises.assert_chinese(server)
            roles.add_extension(server)
            connection = _with_application(server, connection)
    except psycopg.OperationalError as error:
        raise LaunchError(f"DATABASE_URL cannot be reached: {error}") from error
    for login in (connection.owner, connection.app):
        promises.assert_durable(connection.conninfo(login))
    return connection


def prepare_template(connection: Connection) -> None:
    """The database that test databases are copied from, with our locale and extension."""
    with psycopg.connect(connection.conninfo(connection.owner), autocommit=True) as server:
        if _is_there(server, connection.template):
            return
        _assert_may(server, MAY_CREATE_DATABASES, "CREATEDB")
        words = promises.creation(connection.template, connection.owner.user)
        server.execute(sql.SQL(words))
    there = connection.conninfo(connection.owner, dbname=connection.template)
    with psycopg.connect(there, autocommit=True) as server:
        roles.add_extension(server)


def _with_application(server: psycopg.Connection, connection: Connection) -> Connection:
    state = server.execute(ROLE_STATE, [connection.app.user]).fetchone()
    if state is None:
        return _create_application(server, connection)
    if state[0]:
        raise LaunchError(
            f"Role {connection.app.user} could bypass row-level security (it is a superuser, has "
            "BYPASSRLS, owns tables, or is a member of the owner). Give the application a plain "
            "role."
        )
    if not connection.app.password and "DATABASE_APP_URL" not in os.environ:
        raise LaunchError(
            f"Role {connection.app.user} exists, but its password is not known here. Set "
            "DATABASE_APP_URL=postgresql://user:password@host/name."
        )
    return connection


def _create_application(server: psycopg.Connection, connection: Connection) -> Connection:
    allowed = server.execute(MAY_CREATE_ROLES).fetchone()
    if "DATABASE_APP_URL" in os.environ or not (allowed and allowed[0]):
        raise LaunchError(_what_the_administrator_runs(connection))
    login = Login(connection.app.user, connection.app.password or roles.new_password())
    places.private_write(
        connections.made_password(),
        json.dumps({"user": login.user, "password": login.password}),
    )
    roles.give_role(server, login, "LOGIN NOCREATEDB NOCREATEROLE")
    return replace(connection, app=login)


def _what_the_administrator_runs(connection: Connection) -> str:
    user, database = connection.app.user, connection.dbname
    return (
        f"The application's role {user} does not exist and the login of DATABASE_URL may not "
        "create it. An administrator of the server runs:\n"
        f'  CREATE ROLE "{user}" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS '
        "PASSWORD 'choose-one';\n"
        f'  GRANT CONNECT ON DATABASE "{database}" TO "{user}";\n'
        f"and you set DATABASE_APP_URL=postgresql://{user}:choose-one@{connection.host}:"
        f"{connection.port}/{database}"
    )


def _assert_may(server: psycopg.Connection, question: str, right: str) -> None:
    row = server.execute(sql.SQL(question)).fetchone()
    if not (row and row[0]):
        raise LaunchError(f"Tests create databases: the login of DATABASE_URL needs {right}.")


def _is_there(server: psycopg.Connection, database: str) -> bool:
    found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    return found is not None
