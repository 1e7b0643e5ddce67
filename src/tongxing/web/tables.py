"""Heads that sort and pages that turn, by links that work everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.utils.functional import Promise


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    ACTIONS = "actions"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; with `sort` its head is a link that orders the list by `key`."""

    key: str
    label: str | Promise
    sort: bool = False
    kind: Kind | str = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Head:
    """A column as one request sees it. `url` is empty when the list cannot be ordered by it."""

    label: str
    kind: str
    url: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one page of a long list lies: cursors of its neighbours and how much there is."""

    previous: str | None
    next: str | None
    shown: int
    total: int | None = None
    at_least: bool = False


def heads(
    request: HttpRequest, columns: Sequence[Column], *, sort: str = "", descending: bool = False
) -> list[Head]:
    """Draw `columns` for this request; links carry `?sort=key` or `?sort=-key`, filters kept."""
    return [
        Head(
            label=str(column.label),
            kind=str(column.kind),
            url=_sort_url(request, column, sort=sort, descending=descending),
            direction=_direction(column, sort=sort, descending=descending),
        )
        for column in columns
    ]


def asked_order(
    request: HttpRequest, columns: Sequence[Column], *, default: str
) -> tuple[str, bool]:
    """The column and direction a request asks for; anything that is no sortable column counts
    as the default. A leading minus means descending."""
    asked = request.GET.get("sort", default)
    key, descending = asked.removeprefix("-"), asked.startswith("-")
    if any(column.sort and column.key == key for column in columns):
        return key, descending
    return default.removeprefix("-"), default.startswith("-")


def _sort_url(request: HttpRequest, column: Column, *, sort: str, descending: bool) -> str:
    if not column.sort:
        return ""
    query = request.GET.copy()
    query["sort"] = f"-{column.key}" if column.key == sort and not descending else column.key
    for cursor in ("after", "before"):
        query.pop(cursor, None)
    return f"?{query.urlencode()}"


def _direction(column: Column, *, sort: str, descending: bool) -> str:
    if not column.sort or column.key != sort:
        return ""
    return "descending" if descending else "ascending"
