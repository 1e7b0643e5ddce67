"""Putting rows on a sheet with titles, totals, footers and what else offices add."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tongxing.demo.defects import NOT_A_ROW, WHOLE_FILE, Classes, Defect, Planted
from tongxing.demo.dirt import Draft
from tongxing.demo.drafting import Issue
from tongxing.demo.facts import term_title
from tongxing.demo.lists import FASHIONS, Source
from tongxing.demo.places import PLACES
from tongxing.demo.sheets import Cell, Kind, Line, Sheet
from tongxing.demo.words import Fashion

_CODE_SHEET: tuple[tuple[Cell, ...], ...] = (
    ("代码项", "代码", "名称"),
    ("性别", "1", "男"),
    ("性别", "2", "女"),
    ("身份证件类型", "1", "居民身份证"),
    ("身份证件类型", "A", "护照"),
    ("是否留守儿童", "0", "非留守儿童"),
    ("是否留守儿童", "1", "单亲留守儿童"),
    ("是否留守儿童", "2", "双亲留守儿童"),
    ("与学生关系", "51", "父亲"),
    ("与学生关系", "52", "母亲"),
    ("与学生关系", "61", "祖父"),
    ("与学生关系", "62", "祖母"),
)
_OFFICES = {
    Source.POLICE: "公安局",
    Source.EDUCATION: "教育局",
    Source.KINDERGARTEN: "教育局",
    Source.HEALTH: "卫生健康局",
    Source.INSURANCE: "医疗保障局",
    Source.DPF: "残疾人联合会",
    Source.VILLAGE: "民政局",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A line of the sheet and, when it is a row about a child, the draft it came from."""

    line: Line
    draft: Draft | None = None
    defect: Defect | None = None


def title(issue: Issue) -> str:
    """The list's title as its office writes it."""
    place = PLACES[issue.place].name
    if issue.listing.source is Source.EDUCATION:
        return f"{place}{term_title(issue.as_of)}{issue.listing.title_zh}"
    return f"{place}{issue.listing.title_zh}"


def lay_out(issue: Issue, drafts: Sequence[Draft]) -> tuple[Sheet, list[Placed]]:
    placed = list(_lines(issue, drafts))
    columns = issue.listing.columns_in(issue.place)
    workbook = issue.listing.encoding is None
    sheet = Sheet(
        name="摸排表" if issue.listing.source is Source.VILLAGE else "名单" if workbook else "",
        titles=_titles(issue),
        headings=[column.heading(issue.place) for column in columns],
        lines=[one.line for one in placed],
        hidden_sheets={"代码表": _CODE_SHEET} if _has_code_sheet(issue) else {},
        font="宋体" if issue.listing.source is Source.VILLAGE else "等线",
        made_on=issue.as_of,
    )
    return sheet, placed


def _titles(issue: Issue) -> list[str]:
    office = PLACES[issue.place].name + _OFFICES[issue.listing.source]
    day: date = issue.as_of
    titles = [
        title(issue),
        f"填报单位（盖章）：{office}    填报日期：{day.year}年{day.month}月{day.day}日",
    ]
    return titles[: issue.listing.titles_in(issue.place)]


def _lines(issue: Issue, drafts: Sequence[Draft]) -> Iterator[Placed]:
    """Rows in order, with the blank rows and repeated headings of lists glued together."""
    columns = issue.listing.columns_in(issue.place)
    odd = _odd_lines(issue, len(drafts), [column.heading(issue.place).text for column in columns])
    for number, draft in enumerate(drafts):
        yield from odd.get(number, ())
        draft.values["serial"] = number + 1 if draft.workbook else str(number + 1)
        cells = [draft.values[column.field] for column in columns]
        yield Placed(line=Line(cells=cells, hidden=draft.hidden), draft=draft)
    yield from _endings(issue, len(drafts), len(columns))


def _odd_lines(issue: Issue, rows: int, headings: Sequence[Cell]) -> dict[int, list[Placed]]:
    """What stands before the row of that number without being a row."""
    if issue.listing.source not in {Source.VILLAGE, Source.KINDERGARTEN}:
        return {}
    blank = Line(cells=[None] * len(headings), kind=Kind.BLANK)
    odd = {rows // 3: [Placed(line=blank, defect=Defect.BLANK_ROW)]}
    if issue.listing.source is Source.VILLAGE:
        again = Line(cells=headings, kind=Kind.REPEATED_HEADING)
        odd[rows // 2] = [Placed(line=again, defect=Defect.REPEATED_HEADING)]
    return odd


def _endings(issue: Issue, rows: int, width: int) -> Iterator[Placed]:
    if issue.listing.source in {Source.EDUCATION, Source.HEALTH, Source.INSURANCE}:
        cells: list[Cell] = ["合计", f"{rows}人"]
        totals = Line(cells=_filled(cells, width), kind=Kind.TOTALS)
        yield Placed(line=totals, defect=Defect.TOTALS_ROW)
    if issue.listing.source in {Source.VILLAGE, Source.DPF}:
        signed = Line(
            cells=_filled(["填表人：", None, None, "审核人：", None, None, "负责人签字："], width),
            kind=Kind.FOOTER,
        )
        yield Placed(line=signed, defect=Defect.FOOTER_ROW)


def _filled(cells: Sequence[Cell], width: int) -> list[Cell]:
    return [*cells, *[None] * (width - len(cells))]


def _has_code_sheet(issue: Issue) -> bool:
    return issue.listing.source in {Source.EDUCATION, Source.VILLAGE}


def plants(issue: Issue, file: str, sheet: Sheet, placed: Sequence[Placed]) -> Iterator[Planted]:
    """Every defect with the row it finally stands in."""

    def planted(row: int, child: str, defect: Defect, expected: Classes) -> Planted:
        return Planted(
            file=file,
            sheet=sheet.name,
            row=row,
            child=child,
            defect=defect,
            expected_class=expected,
        )

    for defect in _of_the_whole(issue, sheet):
        yield planted(0, "", defect, WHOLE_FILE)
    for row, one in enumerate(placed, start=sheet.first_row):
        if one.defect:
            yield planted(row, "", one.defect, NOT_A_ROW)
        for defect, expected in one.draft.plants if one.draft else ():
            yield planted(row, one.draft.child.id if one.draft else "", defect, expected)


def _of_the_whole(issue: Issue, sheet: Sheet) -> Iterator[Defect]:
    fields = {column.field for column in issue.listing.columns_in(issue.place)}
    signs = {
        Defect.TITLE_ROWS: bool(sheet.titles),
        Defect.MERGED_HEADINGS: sheet.grouped,
        Defect.HIDDEN_SHEET: bool(sheet.hidden_sheets),
        Defect.FORMULA_COLUMN: "age" in fields,
        Defect.CODES_AND_LABELS: FASHIONS[issue.place] is Fashion.CODES,
        Defect.ENCODING: issue.listing.encoding is not None,
    }
    yield from (defect for defect, shows in signs.items() if shows)


def lines_of_children(sheet: Sheet, placed: Sequence[Placed]) -> dict[int, str]:
    """Which child each data row stands for, by row number."""
    return {
        row: one.draft.child.id
        for row, one in enumerate(placed, start=sheet.first_row)
        if one.draft
    }
