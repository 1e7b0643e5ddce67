from datetime import date
from pathlib import Path

import pytest

from tongxing.demo.places import read_townships
from tongxing.demo.rosters import AnswerKey, RosterFile, read_answer_key, write_rosters
from tongxing.demo.town import generate
from tongxing.demo.values import Child, Town, Township

TODAY = date(2026, 11, 22)
STREETS = Path(__file__).with_name("streets.csv")


@pytest.fixture(scope="session")
def townships() -> dict[int, tuple[Township, ...]]:
    return read_townships(STREETS)


@pytest.fixture(scope="session")
def town(townships: dict[int, tuple[Township, ...]]) -> Town:
    return generate(today=TODAY, townships=townships)


@pytest.fixture(scope="session")
def children(town: Town) -> dict[str, Child]:
    return {child.id: child for child in town.children}


@pytest.fixture(scope="session")
def rosters(town: Town, tmp_path_factory: pytest.TempPathFactory) -> list[RosterFile]:
    return write_rosters(town, tmp_path_factory.mktemp("rosters"))


@pytest.fixture(scope="session")
def key(rosters: list[RosterFile]) -> AnswerKey:
    return read_answer_key(rosters[0].path.parent)
