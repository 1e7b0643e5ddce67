"""Lists of clues."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from tongxing.access import queries as access
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import parent_of, short
from tongxing.registry.models import Clue
from tongxing.registry.queries import cursors
from tongxing.registry.queries.lists import shortened
from tongxing.registry.queries.scoped import clues_of
from tongxing.registry.values.children import OPEN_CLUES, ClueKind, ClueState
from tongxing.registry.values.clues import CluePage, ClueRow, Need
from tongxing.registry.values.lists import COUNTED_UP_TO

EVERYTHING = "all"
_KEY = ("received_at", "id")
_COLUMNS = (
    *("id", "division", "kind", "state", "need", "received_at", "due_on"),
    *("assigned_post", "assigned_name", "reported_by_name", "child_id"),
)


def page(
    *, actor: Actor, state: str = "", kind: str = "", after: str = "", before: str = ""
) -> CluePage:
    """One page of clues, the newest first; open ones unless a state or "all" is asked for."""
    found = _narrowed(clues_of(actor), state=state, kind=kind)
    start = cursors.unseal(before or after, (datetime, UUID))
    window = found
    if start is not None:
        beyond = TupleGreaterThan if before else TupleLessThan
        window = found.filter(beyond(Tuple(*_KEY), start))
    order = _KEY if before else ("-received_at", "-id")
    rows = list(window.order_by(*order).values(*_COLUMNS)[: _SIZE + 1])
    more, rows = len(rows) > _SIZE, rows[:_SIZE]
    if before:
        rows.reverse()
    has_newer, has_older = (more, start is not None) if before else (start is not None, more)
    total = found.order_by().values("pk")[: COUNTED_UP_TO + 1].count()
    return CluePage(
        rows=_rows(rows, actor),
        previous=_cursor(rows[0]) if rows and has_newer else None,
        next=_cursor(rows[-1]) if rows and has_older else None,
        total=min(total, COUNTED_UP_TO),
        at_least=total > COUNTED_UP_TO,
    )


_SIZE = 50


def open_ones(*, actor: Actor, on: date) -> tuple[int, int]:
    """How many clues are open, and how many of them are overdue."""
    found = clues_of(actor).filter(state__in=OPEN_CLUES)
    return found.count(), found.filter(due_on__lt=on).count()


def row(clue: Clue, actor: Actor) -> ClueRow:
    """One clue as its page shows it beside what was said."""
    values = {column: getattr(clue, column) for column in _COLUMNS}
    return _rows([values], actor)[0]


def _narrowed(found: QuerySet[Clue], *, state: str, kind: str) -> QuerySet[Clue]:
    condition = Q(kind=kind) if kind else Q()
    if state == EVERYTHING:
        return found.filter(condition)
    return found.filter(condition, state__in=[state] if state else OPEN_CLUES)


def _cursor(values: dict) -> str:  # type: ignore[type-arg]
    return cursors.seal([values[column] for column in _KEY])


def _rows(rows: list[dict], actor: Actor) -> list[ClueRow]:  # type: ignore[type-arg]
    above = parent_of(actor.division)
    places = {each["division"] for each in rows}
    names = access.division_names({*places, actor.division, above})
    here, over = names.get(actor.division, ""), names.get(above, "")
    return [
        ClueRow(
            **{
                **each,
                "kind": ClueKind(each["kind"]),
                "state": ClueState(each["state"]),
                "need": Need(each["need"]),
                "place": shortened(names.get(each["division"], ""), here, over)
                or short(each["division"]),
            }
        )
        for each in rows
    ]
