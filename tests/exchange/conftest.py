"""Reading in tests: a file's bytes in, its rows or its refusal out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exchange.workbooks import written
from tongxing.exchange.spreadsheets import Limits, Row, Unreadable, Workbook, read_table

Read = Callable[..., tuple[Workbook, list[Row]]]
Refuse = Callable[..., Unreadable]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write the bytes to a file and read all of it."""

    def read_bytes(content: bytes, name: str = "roster.xlsx", **options):
        with read_table(written(tmp_path, content, name), **options) as table:
            return table.workbook, list(table.rows())

    return read_bytes


@pytest.fixture
def refuse(tmp_path: Path) -> Refuse:
    """Write the bytes to a file and return the refusal it meets."""

    def refused(content: bytes, name: str = "roster.xlsx", limits: Limits | None = None, **options):
        path = written(tmp_path, content, name)
        with (
            pytest.raises(Unreadable) as caught,
            read_table(path, limits=limits, **options) as table,
        ):
            list(table.rows())
        return caught.value

    return refused
