"""The typed facts of one child: who is believed, who says otherwise, what nobody has decided."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from tongxing.registry.models import Child, RosterRow
from tongxing.registry.models.facts import Fact
from tongxing.registry.queries.known import FACT_TABLES
from tongxing.registry.rules.differences import SECRET
from tongxing.registry.rules.statements import weigh
from tongxing.registry.values.children import FactKind, HukouKnown, Source
from tongxing.registry.values.files import Conflict, Facts, Said, Statement

_BOOKKEEPING = frozenset(
    {"id", "child_id", "division", "source", "as_of", "confidence", "batch_id"}
    | {"superseded_on", "withdrawn_at", "number"}
)
# Texts of these are written differently by everybody; that is no contradiction.
_FREE_TEXT = frozenset({"written", "class_name", "vaccination_place", "insured_place", "state"})


def facts_of(child: Child) -> dict[FactKind, Facts]:
    """All kinds of facts, also those of which nobody says anything. One query a kind."""
    return {kind: _facts(kind, table, child) for kind, table in FACT_TABLES.items()}


def believed_of(ids: Iterable[UUID]) -> dict[UUID, dict[FactKind, Statement]]:
    """The statement that is believed, child by child and kind by kind. One query a kind."""
    wanted = list(ids)
    found: dict[UUID, dict[FactKind, Statement]] = {child_id: {} for child_id in wanted}
    for kind, table in FACT_TABLES.items():
        rows = table._default_manager.filter(
            Q(("child_id__in", wanted)), superseded_on=None, withdrawn_at=None
        )
        said: dict[UUID, list[Statement]] = defaultdict(list)
        for row in rows.order_by(F("as_of").desc(), "id"):
            said[row.child_id].append(_statement(row))  # type: ignore[attr-defined]
        for child_id, statements in said.items():
            if (believed := weigh(kind, statements).believed) is not None:
                found[child_id][kind] = believed
    return found


def conflicts_of(child: Child, said: Mapping[str, Said]) -> tuple[Conflict, ...]:
    """What lists say otherwise and could not replace, unless staff has decided since."""
    rows = (
        RosterRow.objects.filter(child_id=child.pk)
        .exclude(differences=[])
        .order_by("-batch__as_of")
        .values_list("differences", "row", "batch_id", "batch__source", "batch__as_of")
    )
    present = _present_values(child)
    found: dict[tuple[str, str], Conflict] = {}
    for differences, row, batch_id, source, as_of in rows:
        for difference in differences:
            if difference["replaces"] or difference.get("fact"):
                continue
            name = difference["field"]
            conflict = Conflict(
                field=name,
                ours=present.get(name, difference.get("before")),
                theirs=difference.get("after"),
                secret=name in SECRET,
                said=Said(source=source, as_of=as_of),
                batch_id=batch_id,
                row=row,
            )
            if _is_open(conflict, said):
                found.setdefault((name, source), conflict)
    return tuple(found.values())


def _is_open(conflict: Conflict, said: Mapping[str, Said]) -> bool:
    """The two still differ, and staff has not decided the field since the list spoke."""
    if not conflict.secret and conflict.ours == conflict.theirs:
        return False
    stated = said.get(conflict.field)
    return stated is None or stated.source != Source.STAFF or stated.as_of < conflict.said.as_of


def _present_values(child: Child) -> dict[str, list[Any]]:
    """The fields that lists compare, written as the review of a list writes them."""
    born = [child.born_from, child.born_until]
    return {
        "name": [child.name],
        "sex": [child.sex],
        "birth": [day.isoformat() if day else None for day in born],
        "ethnicity": [child.ethnicity],
        "hukou": [_hukou(child)],
        "residence": [child.division],
        "moved_with": [child.moved_with],
    }


def _hukou(child: Child) -> int | str:
    if child.hukou == HukouKnown.NOT_REGISTERED:
        return HukouKnown.NOT_REGISTERED.value
    return child.hukou_division or child.hukou_text


def _facts(kind: FactKind, table: type[Fact], child: Child) -> Facts:
    current = table._default_manager.filter(
        Q(("child_id", child.pk)), superseded_on=None, withdrawn_at=None
    ).order_by(F("as_of").desc(), "id")
    weighed = weigh(kind, [_statement(row) for row in current])
    if weighed.believed is None:
        return Facts(kind=kind, believed=None, others=weighed.others)
    believed = weighed.believed
    others = tuple(replace(each, differs=_differing(believed, each)) for each in weighed.others)
    return Facts(kind=kind, believed=believed, others=others)


def _statement(row: Fact) -> Statement:
    columns = [column.attname for column in row._meta.concrete_fields]
    return Statement(
        id=row.pk,
        source=row.source,
        as_of=row.as_of,
        values={
            name: getattr(row, name)
            for name in columns
            if name not in _BOOKKEEPING and getattr(row, name) not in (None, "", [])
        },
    )


def _differing(one: Statement, other: Statement) -> frozenset[str]:
    shared: set[str] = set(one.values) & set(other.values) - _FREE_TEXT
    return frozenset(name for name in shared if _unlike(one.values[name], other.values[name]))


def _unlike(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return set(one) != set(other)
    return bool(one != other)
