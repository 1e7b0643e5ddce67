"""What the application's role may do in the database, given table by table after a migration.

The role owns nothing, and a table is closed to it until `grant` has looked at it. The rights are
read from the database: a table under row-level security gets exactly the commands it has policies
for. A package that needs something else says so on its AppConfig:

    table_rights = {"exchange_staging": "SELECT, INSERT, UPDATE, DELETE"}
"""

from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

READ_ONLY = ("django_migrations", "django_content_type", "auth_permission", "auth_group")
# Their libraries delete what has run out: sessions, tries to sign in, finished jobs.
LIVED_IN = ("django_session", "axes_", "otp_", "procrastinate_")

_TABLES = """
SELECT c.relname, c.relrowsecurity,
       (SELECT array_agg(DISTINCT CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT'
               WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END)
          FROM pg_policy p WHERE p.polrelid = c.oid)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
 ORDER BY c.relname
"""
_EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"


class UnsafeDatabase(Exception):
    """The application's role can do what it must never be able to do."""


def application_role() -> str:
    return str(settings.DATABASES["default"]["USER"])


def grant(connection: BaseDatabaseWrapper, *, role: str | None = None) -> None:
    """Give the role what it needs and take away everything else. `connection` is the owner's."""
    name = sql.Identifier(role or application_role())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        # Two launchers at once would each find the other's half-done work.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tongxing.access.grants'))")
        for statement in _opening(name):
            cursor.execute(statement)
        cursor.execute(_TABLES)
        for table, scoped, commands in cursor.fetchall():
            if rights := rights_on(table, scoped=scoped, commands=commands or ()):
                give = sql.SQL("GRANT {} ON {} TO {}")
                cursor.execute(give.format(sql.SQL(rights), sql.Identifier(table), name))


def rights_on(table: str, *, scoped: bool, commands: Iterable[str]) -> str:
    """The commands that the application may use on a table, as GRANT wants them written."""
    declared = {
        name: rights
        for config in apps.get_app_configs()
        for name, rights in getattr(config, "table_rights", {}).items()
    }
    if table in declared:
        return str(declared[table])
    if scoped:
        given = set(commands)
        return _EVERYTHING if "ALL" in given else ", ".join(sorted(given))
    if table in READ_ONLY:
        return "SELECT"
    return _EVERYTHING if table.startswith(LIVED_IN) else "SELECT, INSERT, UPDATE"


def _opening(name: sql.Identifier) -> Iterable[sql.Composed]:
    """Nothing on tables, the use of sequences, and the way into the schema."""
    return [
        sql.SQL(text).format(name)
        for text in (
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}",
            "REVOKE CREATE ON SCHEMA public FROM {}",
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        )
    ]


_FINDINGS = {
    "the application role is a superuser, may bypass row-level security or make roles": (
        "SELECT rolname FROM pg_roles WHERE rolname = %(role)s"
        " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication)"
    ),
    "the application role can become another role": (
        "SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid"
        " WHERE m.member = (SELECT oid FROM pg_roles WHERE rolname = %(role)s)"
    ),
    "the application role owns": (
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " JOIN pg_roles r ON r.oid = c.relowner"
        " WHERE n.nspname = 'public' AND r.rolname = %(role)s"
    ),
    "the application role may truncate": (
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
        " AND has_table_privilege(%(role)s, c.oid, 'TRUNCATE')"
    ),
    "row-level security does not bind the owner of": (
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relrowsecurity AND NOT c.relforcerowsecurity"
    ),
    "policies lie unused on": (
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND NOT c.relrowsecurity"
        " AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)"
    ),
    "a view runs with its owner's rights": (
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind = 'v'"
        " AND NOT coalesce(c.reloptions, '{}') && ARRAY['security_invoker=true',"
        " 'security_invoker=on', 'security_invoker=1']"
        " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
    ),
    "a materialised view lies open": (
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind = 'm'"
        " AND has_table_privilege(%(role)s, c.oid, 'SELECT')"
    ),
    "a function runs with its owner's rights": (
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname = 'public' AND p.prosecdef"
    ),
}


def verify(connection: BaseDatabaseWrapper, *, role: str | None = None) -> list[str]:
    """What is wrong with the role and the tables, one sentence each; empty means good."""
    name = role or application_role()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        if cursor.fetchone() is None:
            return [f"there is no role {name}"]
        found = []
        for sentence, query in _FINDINGS.items():
            cursor.execute(query, {"role": name})
            if names := sorted(name for (name,) in cursor.fetchall()):
                found.append(f"{sentence}: {', '.join(names)}")
    return found


def grant_and_verify(connection: BaseDatabaseWrapper, *, role: str | None = None) -> None:
    """`grant`, then raise UnsafeDatabase when `verify` finds anything."""
    grant(connection, role=role)
    if found := verify(connection, role=role):
        raise UnsafeDatabase("; ".join(found))
