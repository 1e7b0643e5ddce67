"""The one way in which a spreadsheet is refused."""

from __future__ import annotations

from tongxing.exchange.spreadsheets.sentences import SENTENCES
from tongxing.kernel.errors import Refusal


class Unreadable(Refusal):
    """A file that cannot be read, and why, in a sentence for the person who sent it.

    `row` counts from 1 and `column` from 0. `detail` is for operators: the name of the underlying
    failure, never a value from the file.
    """

    def __init__(
        self,
        code: str,
        *,
        sheet: str | None = None,
        row: int | None = None,
        column: int | None = None,
        detail: str = "",
        **facts: object,
    ) -> None:
        words = SENTENCES[code]
        self.code = code
        self.sheet = sheet
        self.row = row
        self.column = column
        self.detail = detail
        self.zh = _place_zh(sheet, row, column) + words.zh.format(**facts)
        self.en = _place_en(sheet, row, column) + words.en.format(**facts)
        super().__init__(**facts)

    def __str__(self) -> str:
        return self.zh

    def as_message(self) -> dict[str, object]:
        """What makes the same refusal again on the other side of a pipe."""
        origin = {"code": self.code, "sheet": self.sheet, "row": self.row, "column": self.column}
        return {**self.facts, **origin, "detail": self.detail}

    def as_dict(self) -> dict[str, object]:
        return {
            "code": self.code,
            "zh": self.zh,
            "en": self.en,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
        }


def column_letters(column: int) -> str:
    """The letters a spreadsheet program shows above a column: 0 is A, 26 is AA."""
    letters = ""
    rest = column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def _place_zh(sheet: str | None, row: int | None, column: int | None) -> str:
    parts = [
        f"工作表“{sheet}”" if sheet else "",
        f"第 {row} 行" if row else "",
        f"{column_letters(column)} 列" if column is not None else "",
    ]
    place = "".join(parts)
    return f"{place}：" if place else ""


def _place_en(sheet: str | None, row: int | None, column: int | None) -> str:
    parts = [
        f"sheet “{sheet}”" if sheet else "",
        f"row {row}" if row else "",
        f"column {column_letters(column)}" if column is not None else "",
    ]
    place = ", ".join(part for part in parts if part)
    return f"{place[0].upper()}{place[1:]}: " if place else ""
