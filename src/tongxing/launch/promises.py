"""What every server must promise before it is given a child's file: ours or an outside one."""

import psycopg

from tongxing.launch import tuning
from tongxing.launch.binaries import OLDEST_MAJOR
from tongxing.launch.errors import LaunchError

# datcollate decides the order of text. Prefix search compares code points, so no language order.
CODE_POINT_ORDER = ("C", "POSIX")


def assert_durable(conninfo: str) -> None:
    """Refuse a server that may lose what it has acknowledged."""
    with psycopg.connect(conninfo, autocommit=True) as server:
        broken = [
            f"{name} = {value}"
            for name in tuning.PROMISES
            if (value := _setting(server, name)) == "off"
        ]
    if broken:
        raise LaunchError(
            f"This PostgreSQL may lose acknowledged data: {', '.join(broken)}. Set it to on."
        )


def assert_recent(server: psycopg.Connection) -> None:
    version = server.info.server_version // 10000
    if version < OLDEST_MAJOR:
        raise LaunchError(
            f"The server is PostgreSQL {version}; Tongxing needs {OLDEST_MAJOR} or newer."
        )


def assert_chinese(server: psycopg.Connection) -> None:
    """Refuse a database in which searching Chinese text would be silently wrong."""
    encoding = _setting(server, "server_encoding")
    collate, provider, knows_letters = _text_behaviour(server)
    ordered = provider == "b" or collate in CODE_POINT_ORDER
    if encoding == "UTF8" and ordered and knows_letters:
        return
    name = server.info.dbname
    raise LaunchError(
        f"Database {name} has the wrong locale for Chinese (encoding {encoding}, collation "
        f"{collate}). Create it with: {creation(name, server.info.user)}"
    )


def creation(name: str, owner: str) -> str:
    return (
        f'CREATE DATABASE "{name}" OWNER "{owner}" TEMPLATE template0 ENCODING \'UTF8\' '
        "LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';"
    )


def _setting(server: psycopg.Connection, name: str) -> str:
    row = server.execute("SELECT current_setting(%s)", [name]).fetchone()
    return str(row[0]) if row else ""


def _text_behaviour(server: psycopg.Connection) -> tuple[str, str, bool]:
    row = server.execute(
        "SELECT datcollate, datlocprovider::text, '张' ~ '^[[:alpha:]]$'"
        " FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    return (str(row[0]), str(row[1]), bool(row[2])) if row else ("", "", False)
