"""The two roles and the database of the embedded server."""

import secrets

import psycopg
from psycopg import sql

from tongxing.launch.connections import APP_ROLE, DATABASE, OWNER_ROLE, Connection, Login

OWNER_RIGHTS = "LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS"
APP_RIGHTS = "LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS"
# Periods of stay may not overlap: exclusion constraints over uuid and daterange need it. Test
# databases are copies of template1, and their owner may not be able to add it himself.
EXTENSION = "btree_gist"


def new_password() -> str:
    return secrets.token_urlsafe(24)


def provide(superuser: str, *, host: str, port: int, known: Connection | None) -> Connection:
    """Roles, database and extension, whatever of them is missing; passwords are kept if known."""
    connection = Connection(
        host=host,
        port=port,
        dbname=DATABASE,
        owner=known.owner if known else Login(OWNER_ROLE, new_password()),
        app=known.app if known else Login(APP_ROLE, new_password()),
    )
    with psycopg.connect(superuser, dbname="postgres", autocommit=True) as server:
        give_role(server, connection.owner, OWNER_RIGHTS)
        give_role(server, connection.app, APP_RIGHTS)
        _give_database(server)
    for database in ("template1", DATABASE):
        with psycopg.connect(superuser, dbname=database, autocommit=True) as server:
            add_extension(server)
    return connection


def give_role(server: psycopg.Connection, login: Login, rights: str) -> None:
    found = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login.user]).fetchone()
    statement = sql.SQL("{verb} ROLE {name} {rights} PASSWORD {password}").format(
        verb=sql.SQL("ALTER" if found else "CREATE"),
        name=sql.Identifier(login.user),
        rights=sql.SQL(rights),
        password=sql.Literal(login.password),
    )
    server.execute(statement)


def add_extension(server: psycopg.Connection) -> None:
    name = sql.Identifier(EXTENSION)
    server.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {name}").format(name=name))


def _give_database(server: psycopg.Connection) -> None:
    found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
    if not found:
        server.execute(
            sql.SQL("CREATE DATABASE {name} OWNER {owner}").format(
                name=sql.Identifier(DATABASE), owner=sql.Identifier(OWNER_ROLE)
            )
        )
