from openpyxl import load_workbook

from tongxing.demo.bulk import HEADINGS, benchmark_workbook
from tongxing.kernel.identity import Kind, examine


def test_the_large_roster_has_text_cells_and_one_damaged_row_in_a_hundred(tmp_path):
    written = benchmark_workbook(tmp_path / "bulk.xlsx", rows=1_000)
    page = load_workbook(written.path).worksheets[0]
    head, *rows = page.iter_rows(values_only=True)
    number, birth = HEADINGS.index("身份证件号"), HEADINGS.index("出生日期")
    readings = [examine(row[number], allow_fictional=True) for row in rows]
    sound = [
        reading.usable and f"{reading.birth_date:%Y-%m-%d}" == row[birth]
        for row, reading in zip(rows, readings, strict=True)
    ]
    assert head == HEADINGS
    assert len(rows) == written.rows == 1_000
    assert sound.count(False) == written.dirty == 10
    assert all(isinstance(cell, str) for row in rows for cell in row if cell is not None)
    good = [row[number] for row, fine in zip(rows, sound, strict=True) if fine]
    assert len(set(good)) == len(good)
    assert all(number.startswith("99") for number in good)


def test_no_sound_number_of_the_large_roster_looks_cut(tmp_path):
    written = benchmark_workbook(tmp_path / "bulk.xlsx", rows=3_000)
    rows = load_workbook(written.path).worksheets[0].iter_rows(min_row=2, values_only=True)
    number = HEADINGS.index("身份证件号")
    cut = [row[0] for row in rows if examine(row[number]).kind is Kind.TRUNCATED]
    assert all(int(row) % 100 == 0 for row in cut)


def test_it_can_be_wider_or_narrower(tmp_path):
    for columns in (10, 26):
        path = benchmark_workbook(tmp_path / f"{columns}.xlsx", rows=5, columns=columns).path
        assert load_workbook(path).worksheets[0].max_column == columns


def test_the_same_seed_writes_the_same_rows(tmp_path):
    def cells(name: str) -> list[tuple[object, ...]]:
        path = benchmark_workbook(tmp_path / name, rows=50, seed=7).path
        return list(load_workbook(path).worksheets[0].iter_rows(values_only=True))

    assert cells("a.xlsx") == cells("b.xlsx")
