"""The workbook that goes back to the source: rows that did not enter, and why."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

import orjson
import xlsxwriter

from tongxing.registry.models import RosterBatch, RosterRow
from tongxing.registry.queries import originals
from tongxing.registry.rules.fields import words_of
from tongxing.registry.rules.headers import JOINT, Mapping
from tongxing.registry.rules.matching import Meanwhile, Question
from tongxing.registry.values.rosters import Fate

# What only the register can answer is not the source's business, nor what the register has.
_OURS = frozenset({Question.PERHAPS_KNOWN, Question.LEFT_THE_REGISTER, *Meanwhile})
# Lines that were never meant as children: there is nothing to put right.
_NO_ROWS = frozenset({"totals_row", "footer_row", "repeated_heading", "example_row"})
_CHUNK = 500


def workbook(batch: RosterBatch, *, sentence: Callable[[str], str]) -> bytes:
    """Held and unusable rows as they were written, each with its row number and the reasons.

    Every cell is typed as text: what looks like a formula stays a text.
    """
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet("待更正 to correct")
        head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "text_wrap": True})
        reason = book.add_format({"text_wrap": True, "font_color": "#9C2B2B"})
        mapping = Mapping.from_dict(batch.mapping)
        columns = sorted(mapping.headings)
        titles = ["原行号 row", "原因 reason", *(_title(mapping, column) for column in columns)]
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, head)
        sheet.set_column(1, 1, 60)
        sheet.freeze_panes(1, 2)
        line = 0
        for line, (row, cells) in enumerate(_written(batch), start=1):
            sheet.write_string(line, 0, str(row.row))
            sheet.write_string(line, 1, "\n".join(map(sentence, _faults(row))), reason)
            _write_cells(sheet, line, cells, columns)
        sheet.autofilter(0, 0, max(line, 1), len(titles) - 1)
    return target.getvalue()


def line_count(batch: RosterBatch) -> int:
    """How many rows the workbook holds."""
    return sum(1 for _row in _rows(batch))


def _title(mapping: Mapping, column: int) -> str:
    """The heading; where it stood under a group's heading, the field's full name in one cell."""
    heading, mapped = mapping.headings[column], mapping.columns.get(column)
    return words_of(mapped.field).zh if mapped and JOINT in heading else heading


def _written(batch: RosterBatch) -> Iterable[tuple[RosterRow, list[str | None]]]:
    """The rows with their cells: kept with the row, or else read again from the file."""
    clean = {row.row for row in _rows(batch) if not row.written}
    again = originals.rows_as_written(batch.pk, clean, sheet=batch.sheet)
    for row in _rows(batch):
        yield row, orjson.loads(row.written) if row.written else again.get(row.row, [])


def _rows(batch: RosterBatch) -> Iterable[RosterRow]:
    rows = RosterRow.objects.filter(
        batch=batch, fate__in=[Fate.HELD, Fate.REJECTED], applied_at__isnull=True
    ).order_by("number")
    return (row for row in rows.iterator(chunk_size=_CHUNK) if _faults(row))


def _faults(row: RosterRow) -> Sequence[str]:
    """What the source can put right."""
    graves = [each["code"] for each in row.problems if each.get("severity") != "note"]
    return [code for code in graves if code not in _OURS | _NO_ROWS]


def _write_cells(
    sheet: Any, line: int, cells: Sequence[str | None], columns: Sequence[int]
) -> None:
    for place, column in enumerate(columns, start=2):
        value = cells[column] if column < len(cells) else None
        if value is not None:
            sheet.write_string(line, place, str(value))
