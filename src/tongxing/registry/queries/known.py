"""Which children of the register the rows of a list may be, looked up for a chunk at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from tongxing.registry.models import (
    Disability,
    Enrolment,
    Guardian,
    Hardship,
    HealthRecord,
    Insurance,
    Permit,
)
from tongxing.registry.models.facts import Fact
from tongxing.registry.rules.matching import KnownChild, Marks, Match, match
from tongxing.registry.values.children import ChildState, ExitReason, FactKind

FACT_TABLES: dict[FactKind, type[Fact]] = {
    FactKind.ENROLMENT: Enrolment,
    FactKind.PERMIT: Permit,
    FactKind.INSURANCE: Insurance,
    FactKind.HEALTH: HealthRecord,
    FactKind.DISABILITY: Disability,
    FactKind.HARDSHIP: Hardship,
}
# With these the child itself went away; a list that names it again tells of its return.
_WENT_AWAY = frozenset(
    {
        *(ExitReason.MOVED_AWAY, ExitReason.RETURNED_TO_HUKOU, ExitReason.DIED),
        *(ExitReason.ENTERED_BY_MISTAKE, ExitReason.OTHER),
    }
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


def for_marks(marks: Sequence[Marks], *, but_of: UUID | None = None) -> Register:
    """The children with the numbers or the names of these rows.

    `but_of`: children whom this list itself brought in are left out.
    """
    numbers = [mark.number for mark in marks if mark.number]
    names = {mark.name_key for mark in marks if mark.name_key}
    alike = _ids_by_name(names)
    ids = {child_id for found in alike.values() for child_id in found}
    children = _children(numbers, ids, but_of)
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
SELECT id, name, born_from, born_until, identity_index, state, exit_reason FROM registry_child
 WHERE withdrawn_at IS NULL AND (identity_index = ANY(%s) OR id = ANY(%s))
   AND (%s::uuid IS NULL OR batch_id IS DISTINCT FROM %s::uuid)
"""


def _ids_by_name(names: set[str]) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_BY_NAME, [list(names)])
        for key, child_id in cursor.fetchall():
            found[key].append(child_id)
    return found


def _children(
    numbers: list[bytes], ids: set[UUID], but_of: UUID | None
) -> dict[UUID, tuple[KnownChild, bytes | None]]:
    with connection.cursor() as cursor:
        cursor.execute(_CHILDREN, [numbers, list(ids), but_of, but_of])
        rows = cursor.fetchall()
    marks = _guardian_marks(ids)
    return {
        pk: (
            KnownChild(
                id=pk,
                name=name,
                born_from=born_from,
                born_until=born_until,
                has_number=index is not None,
                has_left=state == ChildState.OUT and exit_reason in _WENT_AWAY,
                guardian_marks=frozenset(marks.get(pk, ())),
            ),
            bytes(index) if index is not None else None,
        )
        for pk, name, born_from, born_until, index, state, exit_reason in rows
    }


def _guardian_marks(ids: set[UUID]) -> dict[UUID, set[bytes]]:
    marks: dict[UUID, set[bytes]] = defaultdict(set)
    if not ids:
        return marks
    rows = Guardian.objects.filter(child_id__in=ids, withdrawn_at__isnull=True)
    for child_id, number, phone in rows.values_list("child_id", "identity_index", "phone_index"):
        marks[child_id].update(bytes(index) for index in (number, phone) if index is not None)
    return marks
