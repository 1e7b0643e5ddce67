"""Rows for tests: cells named by field, read with a mapping made for them."""

from datetime import date
from typing import Any

from tongxing.exchange.spreadsheets import Row
from tongxing.kernel.identity import check_character
from tongxing.registry.rules.fields import Field
from tongxing.registry.rules.headers import MappedColumn, Mapping
from tongxing.registry.rules.rosters import RosterLine, RosterSettings, read_row

TODAY = date(2026, 11, 22)


def number(born: str = "20150102", order: str = "001", region: str = "990203") -> str:
    """A fictional identity number; `order` is odd for a boy."""
    first17 = f"{region}{born}{order}"
    return first17 + check_character(first17)


GIRL = number(born="20160304", order="002")
BOY = number()
FATHER = number(born="19880506", order="011")


def mapping(*fields: str, codes: dict[Field, dict[str, str]] | None = None) -> Mapping:
    columns = {index: MappedColumn(Field(field), field, 1.0) for index, field in enumerate(fields)}
    return Mapping(
        header_first=1,
        header_last=1,
        headings=dict(enumerate(fields)),
        columns=columns,
        codes=codes or {},
    )


def line(
    *,
    hidden: bool = False,
    fictional: bool = True,
    codes: dict[Field, dict[str, str]] | None = None,
    **said: Any,
) -> RosterLine:
    """The line of a row that says this; a child's name is there unless the test says otherwise."""
    cells = {"name": "王小明", **said}
    settings = RosterSettings(
        mapping=mapping(*cells, codes=codes), today=TODAY, allow_fictional=fictional
    )
    return read_row(7, hidden, list(cells.values()), settings)


def codes_of(read: RosterLine) -> list[str]:
    return [str(problem["code"]) for problem in read["problems"]]


def rows(*texts: tuple[Any, ...]) -> list[Row]:
    """The first rows of a list, numbered from 1; None is an empty cell."""
    return [
        Row(number, False, list(cells)) for number, cells in enumerate(texts, start=1) if any(cells)
    ]
