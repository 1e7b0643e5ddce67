"""The first look into a list: what the file holds, and how its columns are probably meant."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from tongxing.access import scopes
from tongxing.exchange.spreadsheets import Unreadable, Workbook
from tongxing.kernel.actors import Actor
from tongxing.kernel.failpoints import passing
from tongxing.registry.actions import rosters, turns
from tongxing.registry.models import RosterBatch, RosterMapping
from tongxing.registry.queries import originals
from tongxing.registry.rules.cells import text_of
from tongxing.registry.rules.headers import Mapping, fingerprint, propose
from tongxing.registry.values.rosters import BatchState

PREVIEW_ROWS = 8
_BEFORE_STAGING = (BatchState.INSPECTED, BatchState.REVIEW, BatchState.STOPPED)


def inspect(*, batch_id: UUID, by: Actor, at: datetime, sheet: str = "") -> None:
    """Look into the file and propose how to read it; leaves INSPECTED or UNREADABLE.

    Once it was looked into, only another `sheet` is a reason to look again; else NotNow.
    """
    with turns.step_of(batch_id):
        _inspect(batch_id, sheet, by=by, at=at)


def _inspect(batch_id: UUID, sheet: str, *, by: Actor, at: datetime) -> None:
    with scopes.acting_as(by):
        states = _BEFORE_STAGING if sheet else ()
        batch = rosters.locked(batch_id, BatchState.RECEIVED, *states)
    try:
        with originals.opened(batch_id, sheet=sheet, only_head=True) as table:
            workbook, head = table.workbook, table.head
        passing("roster.inspect.read")
    except Unreadable as failure:
        with scopes.acting_as(by):
            rosters.note_unreadable(batch_id=batch_id, failure=failure.as_dict(), by=by, at=at)
        return
    merged = workbook.sheet.merged
    first = propose(head, merged)
    mark = fingerprint(first.headings.values())
    with scopes.acting_as(by):
        known = _remembered(batch, mark)
        mapping = propose(head, merged, known) if known else first
        rosters.note_workbook(
            batch_id=batch_id,
            workbook=_described(workbook, mapping),
            mapping=mapping.as_dict(),
            fingerprint=mark,
            by=by,
            at=at,
        )


def _remembered(batch: RosterBatch, mark: str) -> dict[str, Any] | None:
    found = RosterMapping.objects.filter(
        division=batch.division, source=batch.source, fingerprint=mark
    ).first()
    return found.mapping if found else None


def _described(workbook: Workbook, mapping: Mapping) -> dict[str, Any]:
    """What the mapping page shows of the file: sheets, hidden things, counts. No cell contents."""
    described = {**asdict(workbook.sheet)}
    described["merged"] = len(workbook.sheet.merged)
    return {
        "kind": workbook.kind.value,
        "sheet": workbook.sheet.name,
        "sheets": [{"name": each.name, "state": each.state} for each in workbook.sheets],
        "facts": described,
        "encoding": workbook.encoding,
        "external_links": workbook.external_links,
        "data_from_row": mapping.header_last + 1,
        "rows": workbook.sheet.rows,
    }


def preview(*, batch: RosterBatch) -> list[list[str]]:
    """The first rows below the headings as they stand in the file (read again, never stored)."""
    first = Mapping.from_dict(batch.mapping).header_last
    with originals.opened(batch.pk, sheet=batch.sheet, only_head=True) as table:
        rows = [row for row in table.head if row.number > first][:PREVIEW_ROWS]
    return [[text_of(cell) for cell in row.cells] for row in rows]
