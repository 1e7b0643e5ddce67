"""Rows in the words of the active language, ready for templates."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from tongxing.access import labels
from tongxing.access.values.divisions import DivisionKind, DivisionRow
from tongxing.access.values.pages import (
    AccountRow,
    DemoAccount,
    GrantRow,
    HolderRow,
    OrganisationRow,
    PostRow,
)
from tongxing.access.values.roles import ROLES, RoleDescription
from tongxing.kernel.divisions import Area, Level, area_of, short
from tongxing.web.values import Node

Row = dict[str, Any]


def tree_of(path: Sequence[DivisionRow], levels: Sequence[Sequence[DivisionRow]]) -> list[Node]:
    """The open branch of the division tree: `levels[i]` are the rows below `path[i - 1]`."""
    branches: tuple[Node, ...] = ()
    for depth in reversed(range(len(levels))):
        chosen = path[depth].code if depth < len(path) else 0
        inner, last = branches, depth == len(path) - 1
        branches = tuple(
            Node(
                key=str(row.code),
                label=row.name,
                url=reverse("access:division", args=[row.code]),
                children=inner if row.code == chosen else (),
                open=row.code == chosen,
                selected=row.code == chosen and last,
            )
            for row in levels[depth]
        )
    return list(branches)


def divisions(rows: Iterable[DivisionRow]) -> list[Row]:
    return [division(row) for row in rows]


def division(row: DivisionRow) -> Row:
    return {
        "row": row,
        "code": short(row.code),
        "kind": labels.DIVISION_KINDS[row.kind],
        "real": row.kind is DivisionKind.ADMINISTRATIVE,
        "url": reverse("access:division", args=[row.code]),
    }


def crumbs(path: Sequence[DivisionRow]) -> list[tuple[str, str]]:
    return [(row.name, reverse("access:division", args=[row.code])) for row in path[:-1]]


def organisations(rows: Iterable[OrganisationRow]) -> list[Row]:
    return [organisation(row) for row in rows]


def organisation(row: OrganisationRow) -> Row:
    return {
        "row": row,
        "kind": labels.ORGANISATION_KINDS[row.kind],
        "sector": labels.SECTORS[row.sector],
        "department": labels.DEPARTMENTS[row.department] if row.department else "",
        "area": area(row.area),
        "url": reverse("access:organisation", args=[row.id]),
    }


def posts(rows: Iterable[PostRow]) -> list[Row]:
    return [post(row) for row in rows]


def post(row: PostRow) -> Row:
    return {
        "row": row,
        "role": labels.ROLES[row.role],
        "holder": holder(row.holder) if row.holder else None,
        "area": area(row.area),
        "url": reverse("access:post", args=[row.id]),
    }


def holders(rows: Iterable[HolderRow]) -> list[Row]:
    return [holder(row) for row in rows]


def holder(row: HolderRow) -> Row:
    return {
        "row": row,
        "check": labels.ENTRY_CHECKS[row.entry_check] if row.entry_check else "",
        "url": reverse("access:person", args=[row.account_id]),
    }


def accounts(rows: Iterable[AccountRow]) -> list[Row]:
    return [account(row) for row in rows]


def account(row: AccountRow) -> Row:
    return {
        "row": row,
        "state": labels.ACCOUNT_STATES[row.state],
        "tone": labels.ACCOUNT_TONES[row.state],
        "url": reverse("access:person", args=[row.id]),
    }


def grants(rows: Iterable[GrantRow], *, own_id: str) -> list[Row]:
    return [
        {
            "row": row,
            "state": labels.GRANT_STATES[row.state],
            "tone": labels.GRANT_TONES[row.state],
            "role": labels.ROLES[row.role],
            "is_open": row.state == "requested",
            "mine": str(row.requested_by_id) == own_id,
            "for_me": str(row.account_id) == own_id,
        }
        for row in rows
    ]


def roles() -> list[Row]:
    return [
        {
            "role": role,
            "name": labels.ROLES[role],
            "description": labels.ROLE_DESCRIPTIONS[role],
            "capabilities": [labels.CAPABILITIES[each] for each in sorted(about.capabilities)],
            "levels": _levels(about),
            "any_level": not _levels(about),
            "sees_children": about.may_see_children and "children.see" in about.capabilities,
            "meets_children": about.meets_children,
            "under_contract": about.under_contract,
        }
        for role, about in ROLES.items()
    ]


def _levels(about: RoleDescription) -> list[labels.Words]:
    """The levels a role is bound to; none when it exists on every level."""
    bound = [] if about.levels == frozenset(Level) else sorted(about.levels, reverse=True)
    return [labels.level_label(level, 0) for level in bound]


def demo_groups(rows: Iterable[DemoAccount]) -> dict[str, list[Row]]:
    """The demonstration's accounts under the names of their places, counties first."""
    groups: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (-row.group_level, row.group_spelling)):
        groups.setdefault(row.group, []).append({"row": row, "role": labels.ROLES[row.role]})
    return groups


def area(of: Area) -> str:
    """An area as people write it: one code, or the first and the last."""
    first, last = short(of.lo), short(of.hi - 1)
    return first if area_of(of.lo) == of else f"{first}–{last}"
