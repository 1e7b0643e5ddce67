"""The workbook that goes back to the source: rows that did not enter, and why."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import orjson
import xlsxwriter
from django.db.models import QuerySet

from tongxing.registry.models import RosterBatch, RosterRow
from tongxing.registry.rules.headers import Mapping
from tongxing.registry.values.rosters import Fate


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
        headings = Mapping.from_dict(batch.mapping).headings
        titles = ["原行号 row", "原因 reason", *[headings[column] for column in sorted(headings)]]
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, head)
        sheet.set_column(1, 1, 60)
        sheet.freeze_panes(1, 2)
        for line, row in enumerate(_rows(batch), start=1):
            sheet.write_string(line, 0, str(row.row))
            sheet.write_string(line, 1, _reasons(row, sentence), reason)
            _write_cells(sheet, line, row, sorted(headings))
        sheet.autofilter(0, 0, max(line_count(batch), 1), len(titles) - 1)
    return target.getvalue()


def line_count(batch: RosterBatch) -> int:
    """How many rows the workbook holds."""
    return _rows(batch).count()


def _rows(batch: RosterBatch) -> QuerySet[RosterRow]:
    return RosterRow.objects.filter(
        batch=batch, fate__in=[Fate.HELD, Fate.REJECTED], applied_at__isnull=True
    ).order_by("number")


def _reasons(row: RosterRow, sentence: Callable[[str], str]) -> str:
    graves = [each["code"] for each in row.problems if each.get("severity") != "note"]
    return "\n".join(sentence(code) for code in graves)


def _write_cells(sheet: Any, line: int, row: RosterRow, columns: list[int]) -> None:
    cells = orjson.loads(row.written) if row.written else []
    for place, column in enumerate(columns, start=2):
        value = cells[column] if column < len(cells) else None
        if value is not None:
            sheet.write_string(line, place, str(value))
