"""A list as a workbook: every cell is typed text, no formula, and every page says who took it."""

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.worksheet import Worksheet

from tongxing.kernel.actors import Actor
from tongxing.registry.labels import people, records
from tongxing.registry.labels.exports import PURPOSES
from tongxing.registry.values.exports import ExportPurpose, ExportRow
from tongxing.registry.values.standings import Population
from tongxing.registry.web.presenters.lists import schooling
from tongxing.web import formats

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NO_GUESSING = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_WIDTHS = (12, 8, 14, 22, 30, 28, 26, 22, 16, 14, 14, 14, 18)
_HEAD_ROW = 2


def of_children(rows: list[ExportRow], *, by: Actor, purpose: ExportPurpose, at: datetime) -> bytes:
    """The workbook's bytes: a line that says who took it and why, the heads, the rows."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, _NO_GUESSING) as book:
        book.set_properties({"title": _("Register of children"), "author": by.name})
        sheet = book.add_worksheet(_("Register"))
        mark = watermark(by=by, purpose=purpose, at=at, count=len(rows))
        _dress(sheet, mark)
        sheet.write_string(0, 0, mark, book.add_format({"italic": True, "font_color": "#8A5300"}))
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        for column, head in enumerate(_heads()):
            sheet.write_string(_HEAD_ROW, column, head, bold)
        for number, row in enumerate(rows, start=_HEAD_ROW + 1):
            for column, text in enumerate(_cells(row)):
                sheet.write_string(number, column, text)
    return target.getvalue()


def response(content: bytes, *, at: datetime) -> HttpResponse:
    """The workbook as a download; the name says the time and nothing about anybody."""
    answer = HttpResponse(content, content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="register-{at:%Y%m%d-%H%M}.xlsx"'
    return answer


def watermark(*, by: Actor, purpose: ExportPurpose, at: datetime, count: int) -> str:
    """Who took the list, when and for what; it stands on the sheet and on every printed page."""
    words = _(
        "Exported by %(name)s (%(organisation)s) on %(moment)s for: %(purpose)s. "
        "%(count)d children. Only for this purpose; do not hand on."
    )
    return words % {
        "name": by.name,
        "organisation": by.organisation,
        "moment": formats.moment(at),
        "purpose": PURPOSES[purpose],
        "count": count,
    }


def _dress(sheet: Worksheet, mark: str) -> None:
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    # In headers an ampersand begins a code; 255 characters are the most a header holds.
    printed = mark.replace("&", "&&")[:240]
    sheet.set_header(f"&L{printed}")
    sheet.set_footer("&C&P / &N")


def _heads() -> list[str]:
    return [
        _("Name"),
        _("Sex"),
        _("Birth date"),
        _("Identity number (masked)"),
        _("Residence"),
        _("Hukou place"),
        _("School"),
        _("Guardian"),
        str(records.POPULATIONS[Population.LOCAL]),
        str(records.POPULATIONS[Population.STATISTICAL]),
        _("Record"),
        _("Last verified"),
        pgettext("column", "Source"),
    ]


def _cells(each: ExportRow) -> list[str]:
    row = each.row
    adult = " ".join([people.relation(row.guardian_relation), row.guardian]).strip()
    cells: list[Any] = [
        row.name,
        people.word(people.SEXES, row.sex),
        _born(each),
        each.masked_number,
        row.place,
        row.hukou_place,
        schooling(row.school, row.stage, row.grade),
        adult if row.guardian else "",
        records.ANSWERS[row.standing[Population.LOCAL]],
        records.ANSWERS[row.standing[Population.STATISTICAL]],
        records.STATES[row.state],
        formats.day(row.last_verified_on) if row.last_verified_on else "",
        records.SOURCES.get(row.source, row.source),
    ]
    return [str(cell) for cell in cells]


def _born(each: ExportRow) -> str:
    first, last = each.row.born_from, each.row.born_until
    if first is None:
        return ""
    return first.isoformat() if first == last else str(first.year)
