"""The texts side by side: one row a subject, one column a pack, each cell in the pack's own words.

A dash means that the text itself is silent: what then holds is inherited. Silence is never zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tongxing.rulebook.entries import Entry, TextEntry, Word
from tongxing.rulebook.law import ParameterValueInForce
from tongxing.rulebook.packs import Pack, Packs, policies_folder
from tongxing.rulebook.reading import Place, checked, read_yaml
from tongxing.rulebook.sources import Source
from tongxing.rulebook.texts import Text
from tongxing.rulebook.wording import text_of

FILE = "differences.yaml"
SILENT = Text("–", "–")
DOES_NOT_APPLY = Text("不适用", "n/a")


class RowEntry(Entry):
    label: TextEntry
    parameters: list[Word]
    migrant_children_only: bool = False


class DifferencesFile(Entry):
    other_subject: list[Word] = []
    rows: list[RowEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one text says, with the first of its sources; none where it is silent."""

    words: Text
    source: Source | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    label: Text
    cells: dict[str, Cell]


def table_of_differences(packs: Packs, path: Path | None = None) -> list[Row]:
    """Every row of `policies/differences.yaml`, with a cell for every pack."""
    file = path or policies_folder() / FILE
    place = Place(file.name)
    asked = checked(DifferencesFile, read_yaml(file, file.name), place)
    return [
        Row(
            label=text_of(row.label),
            cells={
                name: _cell(pack, row, other=name in asked.other_subject)
                for name, pack in packs.items()
            },
        )
        for row in asked.rows
    ]


def _cell(pack: Pack, row: RowEntry, *, other: bool) -> Cell:
    said = [found for name in row.parameters if (found := _own(pack, name)) is not None]
    words = list(dict.fromkeys(each.says for each in said if each.says))
    if words:
        return Cell(words=_joined(words), source=said[0].source)
    blank = DOES_NOT_APPLY if other and row.migrant_children_only else SILENT
    return Cell(words=blank, source=None)


def _own(pack: Pack, name: str) -> ParameterValueInForce | None:
    """The last word of the pack itself, nothing inherited; None when it says nothing in words."""
    dated = pack.parameters.get(name)
    values = [value for value in dated.values if value is not None] if dated else []
    own = [value for value in values if value.pack == pack.id and value.says is not None]
    return own[-1] if own else None


def _joined(words: Sequence[Text]) -> Text:
    return Text("；".join(each.zh for each in words), "; ".join(each.en for each in words))
