"""The table of differences is rebuilt from the packs, cell by cell as the contract has it (§3)."""

import csv
from pathlib import Path

import pytest

from tongxing.rulebook import PackError, load_packs
from tongxing.rulebook.table_of_differences import table_of_differences

WRITTEN = (Path(__file__).parent / "differences.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(WRITTEN.splitlines()))
# How the contract writes that a text is silent, with what then holds in brackets.
SILENT = {"– (IM)", "– / –"}


@pytest.fixture(scope="module")
def table():
    return {row.label.en: row for row in table_of_differences(load_packs())}


def test_it_has_the_rows_of_the_contract_in_their_order(table):
    assert list(table) == [row["row"] for row in ROWS]


@pytest.mark.clause("BT-0.2", "YD-0.1")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["row"])
def test_every_cell_says_what_the_contract_says(row, table):
    cells = {pack: said for pack, said in row.items() if pack != "row"}
    wanted = {pack: "–" if said in SILENT else said for pack, said in cells.items()}
    found = {pack: cell.words.en for pack, cell in table[row["row"]].cells.items()}
    assert found == wanted


def test_every_cell_that_says_something_has_its_source(table):
    spoken = [cell for row in table.values() for cell in row.cells.values() if cell.source]
    assert len(spoken) > 150
    assert all(cell.source.clause for cell in spoken)


def test_a_row_with_a_typo_names_its_line(tmp_path):
    file = tmp_path / "differences.yaml"
    file.write_text("rows:\n  - lable: {zh: 一, en: one}\n    parameters: [x]\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"differences\.yaml:2"):
        table_of_differences(load_packs(), file)
