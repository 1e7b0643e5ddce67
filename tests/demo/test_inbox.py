"""The lists that wait for a visitor hold news, rows to hold and rows to refuse."""

from collections import Counter

import pytest

from tests.demo.reading import read_back
from tongxing.demo.answer_key import AnswerKey, RosterFile, read_answer_key
from tongxing.demo.defects import CHANGED, HELD, NEW, REJECTED
from tongxing.demo.inbox import write_inbox, write_trials
from tongxing.demo.places import HULI


@pytest.fixture(scope="module")
def inbox(town, tmp_path_factory) -> RosterFile:
    return write_inbox(town, tmp_path_factory.mktemp("inbox"))


@pytest.fixture(scope="module")
def inbox_key(inbox: RosterFile) -> AnswerKey:
    return read_answer_key(inbox.path.parent)


def test_it_is_the_next_school_roster_of_huli(inbox, rosters):
    before = next(one for one in rosters if one.place == HULI and one.source == "education")
    assert inbox.path.name == "湖里区2026年秋季学期随迁子女名册.xlsx"
    assert (inbox.place, inbox.source) == (HULI, "education")
    assert inbox.as_of > before.as_of
    assert abs(inbox.rows - before.rows) < before.rows / 10
    assert read_back(inbox.path).row(4) == read_back(before.path).row(4)


def test_it_holds_newcomers_changes_and_rows_to_hold_and_refuse(inbox, inbox_key):
    fates = Counter(plant.expected_class for plant in inbox_key.planted if plant.row)
    assert 280 <= inbox.rows <= 360
    assert fates[NEW] == 14
    assert fates[CHANGED] == 20
    assert 9 <= fates[HELD] <= 12
    assert fates[REJECTED] == 2
    kinds = {plant.defect for plant in inbox_key.planted if plant.expected_class == HELD}
    assert len(kinds) >= 6


def test_newcomers_stand_in_no_other_list(inbox_key, key, children):
    named = {child for lines in key.lines.values() for child in lines.values()}
    newcomers = {plant.child for plant in inbox_key.planted if plant.expected_class == NEW}
    assert newcomers.isdisjoint(named)
    assert newcomers.isdisjoint(children)


def test_those_who_changed_were_known_and_now_read_differently(inbox, inbox_key, children):
    read = read_back(inbox.path)
    for plant in inbox_key.planted:
        if plant.expected_class == CHANGED:
            child = children[plant.child]
            here = (read.cell(plant.row, "就读学校"), read.cell(plant.row, "现住址"))
            assert here != (child.schooling.school, child.residence.address)


def test_the_short_list_lacks_more_than_a_tenth(rosters, tmp_path):
    short, again = write_trials(rosters, tmp_path)
    whole = next(one for one in rosters if one.path.stem in short.path.stem)
    assert short.rows < whole.rows * 0.9
    assert len(key_rows(short)) == short.rows
    original = next(one for one in rosters if one.path.stem in again.path.stem)
    assert again.path.read_bytes() == original.path.read_bytes()


def key_rows(file: RosterFile) -> list[tuple[object, ...]]:
    read = read_back(file.path)
    return [row for row in read.rows[read.head :] if any(row)]
