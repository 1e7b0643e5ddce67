"""A thousand files that no honest person sends.

The parent process survives each of them, and each gives either rows or exactly one refusal with a
Chinese and an English sentence. The seed is in every failure; TONGXING_SEED repeats a run and
TONGXING_FILES sets the number of files of the long campaign.
"""

import os
import random
import re
from pathlib import Path

import psutil
import pytest

from tests.exchange.workbooks import number_cell, raw_workbook, sheet_xml, written
from tests.faults.hostile_spreadsheets import FAMILIES, Family
from tongxing.exchange.spreadsheets import Limits, Unreadable, read_table

SEED = int(os.environ.get("TONGXING_SEED", "20261122"))
LONG_FILES = int(os.environ.get("TONGXING_FILES", "10000"))
LIMITS = Limits(cpu_seconds=10, seconds=20.0, memory_bytes=400 << 20)
HAN = re.compile("[\u4e00-\u9fff]")


def check_sentences(refusal: Unreadable) -> None:
    assert HAN.search(refusal.zh)
    assert refusal.en
    assert refusal.code != "row_defeated"


def outcome(path: Path) -> str:
    """How reading ended. Anything but rows or one refusal fails the test by itself."""
    try:
        with read_table(path, limits=LIMITS) as table:
            for _ in table.rows():
                pass
    except Unreadable as refusal:
        check_sentences(refusal)
        return refusal.code
    assert table.ending is not None
    assert table.ending.peak_bytes < LIMITS.memory_bytes
    return "rows"


def run(family: Family, count: int, seed: str, folder: Path) -> None:
    dice = random.Random(seed)  # noqa: S311 - damage, not secrets
    path = folder / "hostile.bin"
    outcomes: list[str] = []
    for number, content in enumerate(family(dice, count)):
        path.write_bytes(content)
        try:
            outcomes.append(outcome(path))
        except Exception as error:
            raise AssertionError(f"file {number} of seed {seed!r}") from error
    assert len(outcomes) == count, f"seed {seed!r}"
    assert [each.name for each in folder.iterdir()] == ["hostile.bin"]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_hostile_files_give_rows_or_one_sentence(family, tmp_path, monkeypatch, record_property):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    record_property("seed", SEED)
    before = set(psutil.Process().children())
    run(family, FAMILIES[family], f"{SEED}-{family.__name__}", tmp_path)
    assert set(psutil.Process().children()) <= before


def test_there_are_a_thousand_of_them_in_at_least_fourteen_families():
    assert sum(FAMILIES.values()) >= 1_000
    assert len(FAMILIES) >= 14


def test_the_smallest_bomb_is_refused_and_never_reaches_the_parser(tmp_path):
    sheet = sheet_xml({1: number_cell("A1", 1), 1048576: number_cell("XFD1048576", 1)})
    path = written(tmp_path, raw_workbook(sheet))
    assert path.stat().st_size < 2_000
    assert outcome(path) == "row_too_far"


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_a_night_of_hostile_files(tmp_path):
    share = LONG_FILES / sum(FAMILIES.values())
    for family, count in FAMILIES.items():
        run(family, int(count * share) + 10, f"{SEED}-night-{family.__name__}", tmp_path)
