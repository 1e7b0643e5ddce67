"""Where an actor may see rows: an interval of division codes that PostgreSQL itself enforces.

The interval lives in settings of the current transaction (`set_config(…, true)`): it cannot leak
into the next request on the same connection, and without it every policy answers "no rows".
Why: docs/adr/0006-scopes-are-intervals.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum

from django.db import connections, transaction

from tongxing.access.values.roles import Capability
from tongxing.kernel.actors import SYSTEM, Actor
from tongxing.kernel.divisions import Area

SETTINGS = ("app.scope_lo", "app.scope_hi", "app.audit_lo", "app.audit_hi")
_SET = "SELECT " + ", ".join("set_config(%s, %s, true)" for _ in SETTINGS)
_READ = "SELECT " + ", ".join("current_setting(%s, true)" for _ in SETTINGS)


class OutsideTransaction(RuntimeError):
    """A scope holds for one transaction; outside of one it would hold for nothing."""


class Reach(StrEnum):
    """Which interval decides whether a row is there."""

    SCOPE = "scope"
    AUDIT = "audit"
    EITHER = "either"
    ANY = "any"


def use(actor: Actor, *, using: str = "default") -> None:
    """Let the rest of this transaction see what `actor` may see, and nothing else."""
    _set(_texts(actor.area) + _texts(actor.audit_area), using=using)


@contextmanager
def acting_as(actor: Actor, *, using: str = "default") -> Iterator[Actor]:
    """A transaction in the scope of `actor`; the scope from before is put back on leaving."""
    with transaction.atomic(using=using):
        before = _get(using=using)
        use(actor, using=using)
        yield actor
        _set(before, using=using)


def system(area: Area) -> Actor:
    """The program itself at work in an area: nightly jobs, commands of the operator."""
    everything = frozenset(capability.value for capability in Capability)
    return replace(SYSTEM, area=area, audit_area=area, capabilities=everything)


def policy_sql(
    table: str,
    *,
    column: str = "division",
    select: Reach | None = Reach.SCOPE,
    insert: Reach | None = Reach.SCOPE,
    update: Reach | None = Reach.SCOPE,
    delete: Reach | None = None,
) -> list[str]:
    """The statements that put `table` under row-level security, its owner included.

    A command whose reach is None has no policy, and `grants` gives no right to it.
    """
    where = {reach: condition(reach, column) for reach in Reach}
    rules = [f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY']
    rules.append(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    if select:
        rules.append(_policy(table, "select", f"USING ({where[select]})"))
    if insert:
        rules.append(_policy(table, "insert", f"WITH CHECK ({where[insert]})"))
    if update:
        rules.append(
            _policy(table, "update", f"USING ({where[update]}) WITH CHECK ({where[update]})")
        )
    if delete:
        rules.append(_policy(table, "delete", f"USING ({where[delete]})"))
    return rules


def no_policy_sql(table: str) -> list[str]:
    """The way back from `policy_sql`, whatever commands it named."""
    drops = [
        f'DROP POLICY IF EXISTS "{_policy_name(table, command)}" ON "{table}"'
        for command in ("select", "insert", "update", "delete")
    ]
    return [
        *drops,
        f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
    ]


def condition(reach: Reach, column: str) -> str:
    """A half-open interval in plain comparisons: they are leakproof, so indexes serve them.

    After a transaction the settings read as empty text, not as NULL; hence NULLIF.
    """
    if reach is Reach.ANY:
        return "true"
    if reach is Reach.EITHER:
        return f"({_within(column, 'scope')}) OR ({_within(column, 'audit')})"
    return _within(column, reach.value)


def _within(column: str, name: str) -> str:
    lo, hi = (
        f"NULLIF(current_setting('app.{name}_{end}', true), '')::bigint" for end in ("lo", "hi")
    )
    return f'"{column}" >= {lo} AND "{column}" < {hi}'


def _policy(table: str, command: str, rule: str) -> str:
    return f'CREATE POLICY "{_policy_name(table, command)}" ON "{table}" FOR {command} {rule}'


def _policy_name(table: str, command: str) -> str:
    return f"{table}_{command}"[:63]


def _texts(area: Area | None) -> list[str]:
    return [str(area.lo), str(area.hi)] if area else ["", ""]


def _set(values: list[str], *, using: str) -> None:
    connection = connections[using]
    if not connection.in_atomic_block:
        raise OutsideTransaction("scopes.use() was called outside a transaction")
    pairs = [part for pair in zip(SETTINGS, values, strict=True) for part in pair]
    with connection.cursor() as cursor:
        cursor.execute(_SET, pairs)


def _get(*, using: str) -> list[str]:
    with connections[using].cursor() as cursor:
        cursor.execute(_READ, SETTINGS)
        return [value or "" for value in cursor.fetchone() or ()]
