"""A register with children in it, and a list with every kind of row that there is."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from tests.factories.rosters import a_name, a_row, rows_of, workbook
from tongxing.registry.values.rosters import Decision, Fate

EARLIER, LATER = date(2025, 8, 1), date(2025, 9, 1)
KNOWN = 26
_ages = count()
_FULL = {
    "现住街道（镇）": "湖里街道",
    "户口所在地": "四川省达州市渠县",
    "来本地居住日期": "2023-09-01",
    "共同居住监护人": "父母双方",
    "与学生关系": "父亲",
    "学校名称": "听涛小学",
    "家庭困难情况": "低保",
}
Row = dict[str, Any]


def the_known() -> list[Row]:
    """Children whom the village's list brings in beforehand."""
    return [_somebody() for _ in range(KNOWN)]


def the_list(known: list[Row], new: int, dice: Random) -> bytes:
    """The school's list: news of the known, newcomers, and rows to ask about or to refuse."""
    newcomers = [_somebody() for _ in range(new)]
    rows = [
        *map(_bare, known[:6]),
        *(row | {"学校名称": "海韵小学", "民族": "蒙古族"} for row in known[6:14]),
        *(_bare(row) | {"共同居住监护人": "母亲"} for row in known[14:20]),
        *(row | {"身份证件号": None, "联系电话": None} for row in known[20:26]),
        *newcomers,
        *newcomers[:3],
        *(_misspelt(_somebody()) for _ in range(5)),
        {"姓名": "合计", "性别": f"{new}人"},
    ]
    dice.shuffle(rows)
    return workbook(rows, headings=tuple(newcomers[0]))


def decisions(batch_id: UUID) -> Iterator[tuple[Decision, list[int]]]:
    """What a person says about some of the rows; the same rows each time."""
    rows = rows_of(batch_id)
    clean = [row.number for row in rows if row.fate == Fate.NEW]
    asked = [row.number for row in rows if row.fate == Fate.HELD and row.likely_child_id]
    odd = [row.number for row in rows if row.fate == Fate.HELD and not row.likely_child_id]
    yield Decision.LEAVE_OUT, [*clean[:2], *odd[:1]]
    yield Decision.SAME_CHILD, asked[:3]
    yield Decision.ACCEPT, asked[3:4]
    yield Decision.ACCEPT_WITHOUT_NUMBER, odd[1:4]


def _somebody() -> Row:
    """Another name, another birthday and another phone each time."""
    number = next(_ages)
    born = date(2012, 1, 1) + timedelta(days=3 * number)
    adult = {"监护人姓名": a_name(), "联系电话": f"199{number:08d}"}
    return a_row(_FULL | adult | {"现住址": f"湖里街道兴隆路{number}号"}, born=born)


def _bare(row: Row) -> Row:
    return {title: value for title, value in row.items() if title not in _FULL}


def _misspelt(row: Row) -> Row:
    number = str(row["身份证件号"])
    return row | {"身份证件号": number[:-1] + ("1" if number[-1] != "1" else "2")}
