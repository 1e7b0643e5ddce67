"""The key and the importer's own reader of rows agree about every row of the lists of Huli."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.demo.conftest import TODAY
from tongxing.demo.answer_key import AnswerKey, RosterFile
from tongxing.demo.defects import ACCEPTED, HELD, REJECTED, Classes
from tongxing.demo.lists import Source
from tongxing.demo.places import HULI
from tongxing.exchange.spreadsheets import read_table
from tongxing.registry.rules.headers import propose
from tongxing.registry.rules.rosters import RosterSettings

READER = "tongxing.registry.rules.rosters:line_reader"
STATES: dict[Classes, str] = {ACCEPTED: "usable", HELD: "held", REJECTED: "rejected"}


def _lines(file: RosterFile) -> Iterator[dict[str, Any]]:
    with read_table(file.path) as table:
        mapping = propose(table.head, table.workbook.sheet.merged)
        settings = RosterSettings(mapping=mapping, today=TODAY, allow_fictional=True).as_dict()
        for batch in table.batches(READER, settings, after_row=mapping.header_last):
            yield from batch


@pytest.mark.parametrize("source", Source)
def test_rows_are_held_refused_or_taken_as_the_key_says(
    source: Source, rosters: list[RosterFile], key: AnswerKey
):
    file = next(one for one in rosters if one.place == HULI and one.source == source)
    fates: dict[int, set[Classes]] = {}
    for plant in key.of(file.path.name):
        fates.setdefault(plant.row, set()).add(plant.expected_class)
    states = {line["row"]: line["state"] for line in _lines(file)}
    surprises = []
    for row, child in key.lines[file.path.name].items():
        expected = {STATES.get(fate, "") for fate in fates.get(row, {ACCEPTED})}
        if "" not in expected and states.get(row) not in expected:
            surprises.append((row, child, states.get(row), fates.get(row)))
    assert surprises == []
