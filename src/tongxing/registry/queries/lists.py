"""Pages of the register list: keyset by keyset, with the same few queries however long it is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.functions import Coalesce

from tongxing.access import queries as access
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import county_of, parent_of, short
from tongxing.registry.models import Child, Enrolment, Guardian
from tongxing.registry.queries import cursors
from tongxing.registry.queries.narrowing import narrowed
from tongxing.registry.rules.statements import weigh
from tongxing.registry.rules.verification import due_on
from tongxing.registry.values.children import ChildState, FactKind
from tongxing.registry.values.lists import (
    COUNTED_UP_TO,
    ChildFilter,
    ChildPage,
    ChildRow,
    Sort,
    Window,
)
from tongxing.registry.values.standings import Answer, Population

COLUMNS = (
    *("id", "division", "name", "pinyin", "sex", "born_from", "born_until", "hukou"),
    *("hukou_division", "hukou_text", "state", "last_verified_on", "as_of", "source", "missing"),
    *("standing_local", "standing_national", "standing_statistical", "standing_changes_on"),
    "changed_at",
)
_UNBORN = date(1, 1, 1)
_LAST_IS_BEST = tuple(
    F(column).asc(nulls_first=True) for column in ("is_actual_carer", "is_legal_guardian")
)


@dataclass(frozen=True, slots=True)
class _Key:
    """The columns of an order with their types; `backwards` runs against the words of the head."""

    columns: tuple[str, ...]
    kinds: tuple[type, ...]
    backwards: bool = False


_KEYS = {
    Sort.PLACE: _Key(("division", "pinyin", "id"), (int, str, UUID)),
    Sort.NAME: _Key(("pinyin", "id"), (str, UUID)),
    # The youngest are born last.
    Sort.AGE: _Key(("born", "id"), (date, UUID), backwards=True),
    Sort.CHANGED: _Key(("changed_at", "id"), (datetime, UUID)),
}


def page(
    wanted: ChildFilter,
    *,
    actor: Actor,
    on: date,
    window: Window | None = None,
) -> ChildPage:
    """One page of the children `actor` may see, as they stand on the day `on`. Five queries."""
    window = window or Window()
    found = narrowed(wanted, actor=actor, on=on)
    rows, previous, following = _cut(found, window)
    total = _capped(found)
    return ChildPage(
        rows=described(rows, actor),
        previous=previous,
        next=following,
        total=min(total, COUNTED_UP_TO),
        at_least=total > COUNTED_UP_TO,
    )


def how_many(wanted: ChildFilter, *, actor: Actor, on: date) -> tuple[int, bool]:
    """How many children the filter leaves, and whether there are more than were counted."""
    total = _capped(narrowed(wanted, actor=actor, on=on))
    return min(total, COUNTED_UP_TO), total > COUNTED_UP_TO


def _capped(found: QuerySet[Child]) -> int:
    return found.order_by().values("pk")[: COUNTED_UP_TO + 1].count()


def _cut(
    found: QuerySet[Child], window: Window
) -> tuple[list[dict[str, Any]], str | None, str | None]:
    """The rows of the window, and the cursors before and after them."""
    key = _KEYS[window.sort]
    backwards = bool(window.before)
    descending = (window.descending != key.backwards) != backwards
    if key is _KEYS[Sort.AGE]:
        found = found.annotate(born=Coalesce(F("born_from"), Value(_UNBORN)))
    start = cursors.unseal(window.before or window.after, key.kinds)
    if start is not None:
        beyond = TupleLessThan if descending else TupleGreaterThan
        found = found.filter(beyond(Tuple(*key.columns), start))
    sign = "-" if descending else ""
    ordered = found.order_by(*[f"{sign}{column}" for column in key.columns])
    extra = ["born"] if key is _KEYS[Sort.AGE] else []
    rows = list(ordered.values(*COLUMNS, *extra)[: window.size + 1])
    more, rows = len(rows) > window.size, rows[: window.size]
    before, after = (more, start is not None) if backwards else (start is not None, more)
    if backwards:
        rows.reverse()
    if not rows:
        return [], None, None
    return (
        rows,
        _cursor(rows[0], key) if before else None,
        _cursor(rows[-1], key) if after else None,
    )


def _cursor(row: dict[str, Any], key: _Key) -> str:
    return cursors.seal([row[column] for column in key.columns])


def described(rows: Sequence[dict[str, Any]], actor: Actor) -> list[ChildRow]:
    """The rows with the words that stand in other tables: one query for each table."""
    ids = [row["id"] for row in rows]
    names = _place_names(rows, actor)
    schooling, guardians = _schooling(ids), _guardians(ids)
    return [
        replace(_row(row, names), **schooling.get(row["id"], {}), **guardians.get(row["id"], {}))
        for row in rows
    ]


def _row(row: dict[str, Any], names: dict[int, str]) -> ChildRow:
    hukou_county = county_of(row["hukou_division"]) if row["hukou_division"] else 0
    return ChildRow(
        id=row["id"],
        division=row["division"],
        place=names.get(row["division"]) or short(row["division"]),
        name=row["name"],
        sex=row["sex"],
        born_from=row["born_from"],
        born_until=row["born_until"],
        hukou=row["hukou"],
        hukou_place=names.get(hukou_county, row["hukou_text"]),
        state=ChildState(row["state"]),
        last_verified_on=row["last_verified_on"],
        due_on=due_on(row["last_verified_on"], row["as_of"]),
        standing={
            population: Answer(row[f"standing_{population.value}"]) for population in Population
        },
        changes_on=row["standing_changes_on"],
        missing=tuple(row["missing"]),
        changed_at=row["changed_at"],
        source=row["source"],
        as_of=row["as_of"],
    )


def _place_names(rows: Sequence[dict[str, Any]], actor: Actor) -> dict[int, str]:
    """Residences as seen from the actor's own place, hukou places in full."""
    own = {row["division"] for row in rows}
    hukou = {county_of(row["hukou_division"]) for row in rows if row["hukou_division"]}
    above = parent_of(actor.division)
    names = access.division_names({*own, *hukou, actor.division, above})
    here = names.get(actor.division, "")
    residences = {
        code: shortened(names[code], here, names.get(above, "")) for code in own if code in names
    }
    return {code: names[code] for code in hukou if code in names} | residences


def shortened(name: str, here: str, above: str) -> str:
    """A place as people in `here` call it; `here` itself by the name it has in `above`."""
    return name.removeprefix(here) or here.removeprefix(above) if name else ""


@dataclass(frozen=True, slots=True)
class _Stated:
    source: str
    as_of: date
    said: tuple[Any, ...]


def _schooling(ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """School, stage and grade as the most trusted source states them."""
    current = Enrolment.objects.filter(child_id__in=ids, superseded_on=None, withdrawn_at=None)
    stated: dict[UUID, list[_Stated]] = defaultdict(list)
    for child_id, source, as_of, *said in current.values_list(
        "child_id", "source", "as_of", "school", "stage", "grade"
    ):
        stated[child_id].append(_Stated(source, as_of, tuple(said)))
    return {
        child_id: dict(zip(("school", "stage", "grade"), best.said, strict=True))
        for child_id, each in stated.items()
        if (best := weigh(FactKind.ENROLMENT, each).believed)
    }


def _guardians(ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """One adult to ask for: who really cares for the child, else a legal guardian."""
    rows = (
        Guardian.objects.filter(child_id__in=ids, ended_on=None, withdrawn_at=None)
        .order_by(*_LAST_IS_BEST, "as_of")
        .values_list("child_id", "name", "relation_to_child", "relation_written")
    )
    return {
        child_id: {"guardian": name, "guardian_relation": code or written}
        for child_id, name, code, written in rows
        if name
    }
