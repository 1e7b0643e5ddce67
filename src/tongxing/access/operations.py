"""Migration operations that put tables under the scope."""

from typing import Any

from django.db.migrations import RunSQL

from tongxing.access.scopes import Reach, no_policy_sql, policy_sql

__all__ = ["Reach", "ScopedTable"]


class ScopedTable(RunSQL):
    """Row-level security on one table: see `tongxing.access.scopes.policy_sql` for the words.

    >>> ScopedTable("registry_child")  # by its column "division"; no DELETE
    """

    def __init__(self, table: str, **reaches: Any) -> None:
        self.table = table
        self.reaches = reaches
        super().__init__(tuple(policy_sql(table, **reaches)), tuple(no_policy_sql(table)))

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "ScopedTable", [self.table], self.reaches

    def describe(self) -> str:
        return f"Put {self.table} under the scope"
