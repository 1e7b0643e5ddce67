"""What the register knows of the children a list may mean, fetched for a chunk at a time."""

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from tongxing.registry.models import (
    Child,
    Disability,
    Enrolment,
    Guardian,
    Hardship,
    HealthRecord,
    Insurance,
    Permit,
    ResidenceSpell,
)
from tongxing.registry.models.facts import Fact
from tongxing.registry.rules.differences import Stated
from tongxing.registry.rules.matching import KnownChild, Marks, Match, match
from tongxing.registry.values.children import FactKind

FACT_TABLES: dict[FactKind, type[Fact]] = {
    FactKind.ENROLMENT: Enrolment,
    FactKind.PERMIT: Permit,
    FactKind.INSURANCE: Insurance,
    FactKind.HEALTH: HealthRecord,
    FactKind.DISABILITY: Disability,
    FactKind.HARDSHIP: Hardship,
}
_BOOKKEEPING = frozenset(
    {"id", "child_id", "division", "source", "as_of", "confidence", "batch_id", "number"}
    | {"superseded_on", "withdrawn_at"}
)
_CORE = (
    *("name", "sex", "born_from", "born_until", "ethnicity", "hukou_division", "division"),
    *("moved_with", "asked_for_help_on"),
)


@dataclass(kw_only=True)
class Register:
    """The children that rows of a chunk may be."""

    by_number: dict[bytes, KnownChild]
    by_name: dict[str, list[KnownChild]]

    def match(self, marks: Marks) -> Match:
        """Which of them a row is."""
        same_number = self.by_number.get(marks.number) if marks.number else None
        return match(marks, same_number, self.by_name.get(marks.name_key, []))


def for_marks(marks: Sequence[Marks]) -> Register:
    """The children with the numbers or the names of these rows."""
    numbers = [mark.number for mark in marks if mark.number]
    names = {mark.name_key for mark in marks if mark.name_key}
    alike = _ids_by_name(names)
    children = _children(numbers, {child_id for ids in alike.values() for child_id in ids})
    return Register(
        by_number={bytes(index): child for child, index in children.values() if index},
        by_name={
            key: [children[child_id][0] for child_id in ids if child_id in children]
            for key, ids in alike.items()
        },
    )


# Plain arrays: a thousand parameters of an ORM list cost more than the search itself.
_BY_NAME = "SELECT key, child_id FROM registry_namekey WHERE key = ANY(%s)"
_CHILDREN = """
SELECT id, name, born_from, identity_index FROM registry_child
 WHERE withdrawn_at IS NULL AND (identity_index = ANY(%s) OR id = ANY(%s))
"""


def _ids_by_name(names: set[str]) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_BY_NAME, [list(names)])
        for key, child_id in cursor.fetchall():
            found[key].append(child_id)
    return found


def _children(numbers: list[bytes], ids: set[UUID]) -> dict[UUID, tuple[KnownChild, bytes | None]]:
    with connection.cursor() as cursor:
        cursor.execute(_CHILDREN, [numbers, list(ids)])
        rows = cursor.fetchall()
    marks = _guardian_marks(ids)
    return {
        pk: (
            KnownChild(
                id=pk,
                name=name,
                born_from=born_from,
                has_number=index is not None,
                guardian_marks=frozenset(marks.get(pk, ())),
            ),
            bytes(index) if index is not None else None,
        )
        for pk, name, born_from, index in rows
    }


def _guardian_marks(ids: set[UUID]) -> dict[UUID, set[bytes]]:
    marks: dict[UUID, set[bytes]] = defaultdict(set)
    if not ids:
        return marks
    rows = Guardian.objects.filter(child_id__in=ids, withdrawn_at__isnull=True)
    for child_id, number, phone in rows.values_list("child_id", "identity_index", "phone_index"):
        marks[child_id].update(bytes(index) for index in (number, phone) if index is not None)
    return marks


@dataclass(kw_only=True)
class KnownValues:
    """A child's present fields, who stated each, and what a source said last of each fact."""

    fields: dict[str, Any]
    stated: dict[str, Stated]
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    adults: set[str] = field(default_factory=set)

    def has_no(self, guardians: Iterable[dict[str, Any]]) -> bool:
        """Whether a list names an adult who is not known beside the child yet."""
        return any(not (adult_marks(guardian) & self.adults) for guardian in guardians)


def adult_marks(guardian: dict[str, Any]) -> set[str]:
    """By what the same adult is recognised: keyed hashes of number and phone, else the name."""
    hashes = {guardian[key] for key in ("identity_index", "phone_index") if guardian.get(key)}
    return hashes or {guardian.get("name", "")}


def values_of(ids: Iterable[UUID], source: str) -> dict[UUID, KnownValues]:
    """The present values of these children, with `source`'s own latest facts."""
    wanted = list(ids)
    if not wanted:
        return {}
    known = {child.pk: _values(child) for child in Child.objects.filter(pk__in=wanted)}
    _add_stays(known)
    for child_id, adults in adults_of(known).items():
        known[child_id].adults = adults
    for kind, table in FACT_TABLES.items():
        rows = table._default_manager.filter(
            child_id__in=wanted, source=source, superseded_on=None, withdrawn_at=None
        )
        for row in rows:
            known[row.child_id].facts[kind.value] = _fact(row)  # type: ignore[attr-defined]
    return known


def _values(child: Child) -> KnownValues:
    own = Stated(source=child.source, as_of=child.as_of)
    fields = {name: _plain(getattr(child, name)) for name in _CORE}
    fields["identity_number"] = child.identity_number or ""
    fields["address"] = child.address or ""
    stated = defaultdict(lambda: own)
    for name, (source, as_of) in child.provenance.items():
        stated[name] = Stated(source=source, as_of=date.fromisoformat(as_of))
    named = {name: stated[name] for name in _PROVENANCE}
    return KnownValues(fields=fields, stated=named)


def _add_stays(known: dict[UUID, KnownValues]) -> None:
    stays = ResidenceSpell.objects.filter(
        child_id__in=known, until__isnull=True, withdrawn_at__isnull=True
    )
    for stay in stays:
        values = known[stay.child_id]
        values.fields["since"] = _plain(stay.since)
        values.fields["since_latest"] = _plain(stay.since_latest)
        values.stated["lived_since"] = Stated(source=stay.source, as_of=stay.as_of)


def adults_of(ids: Iterable[UUID]) -> dict[UUID, set[str]]:
    """By what the adults beside these children are recognised: hashes and names."""
    found: dict[UUID, set[str]] = defaultdict(set)
    adults = Guardian.objects.filter(child_id__in=list(ids), withdrawn_at=None, ended_on=None)
    columns = ("child_id", "name", "identity_index", "phone_index")
    for child_id, name, number, phone in adults.values_list(*columns):
        hashes = {b64encode(bytes(index)).decode() for index in (number, phone) if index}
        found[child_id] |= {*hashes, name}
    return found


_PROVENANCE = (
    *("name", "sex", "birth", "ethnicity", "hukou", "residence", "moved_with"),
    *("identity_number", "address"),
)


def _fact(row: Fact) -> dict[str, Any]:
    columns = [column.attname for column in row._meta.concrete_fields]
    return {
        name: _plain(getattr(row, name))
        for name in columns
        if name not in _BOOKKEEPING and getattr(row, name) not in (None, "")
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
