"""Baotou's list against the region's: two gaps in the words, one promise that needs both routes."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.rulebook.children import child, day, decided
from tests.rulebook.test_packs import amend
from tongxing.rulebook import YES, Packs, check_floor, load_packs, offers
from tongxing.rulebook.floor import Change, Floor, FloorStatus, Shortfall
from tongxing.rulebook.packs import policies_folder

BT, IM = "cn_1502_baotou", "cn_15_inner_mongolia"
ON = day("2025-01-01")


def floor_of(packs: Packs) -> Floor:
    return check_floor(packs[BT], packs[IM], on=ON)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the shipped packs, free to be changed."""
    return Path(shutil.copytree(policies_folder(), tmp_path / "policies"))


@pytest.mark.clause("IM-12.4", "T-59")
def test_the_floor_has_two_gaps_and_one_condition(packs):
    floor = floor_of(packs)
    assert floor.status is FloorStatus.GAPS
    assert [(each.item, each.shortfall, each.letters) for each in floor.findings] == [
        ("IM-L3", Shortfall.UNCOVERED, ("e",)),
        ("IM-L5", Shortfall.TARGET, ()),
        ("IM-L14", Shortfall.ROUTE, ("a",)),
    ]
    assert len(floor.gaps) == 2
    assert [each.item for each in floor.conditional] == ["IM-L14"]


@pytest.mark.clause("BT-2.5", "IM-12.4")
def test_thirteen_items_are_the_same_seven_go_further_two_share_one_and_three_are_new(packs):
    changes = floor_of(packs).changes
    assert Counter(changes.values()) == {
        Change.IDENTICAL: 13,
        Change.EXTENDED: 7,
        Change.SPLIT: 2,
        Change.NEW: 3,
    }
    assert _items(changes, Change.EXTENDED) == [2, 3, 13, 14, 20, 21, 22]
    assert _items(changes, Change.SPLIT) == [23, 24]
    assert _items(changes, Change.NEW) == [17, 18, 19]


def _items(changes: dict[str, Change], change: Change) -> list[int]:
    return [int(code.removeprefix("BT-L")) for code, found in changes.items() if found is change]


@pytest.mark.clause("IM-12.4", "T-59")
def test_what_the_city_leaves_out_stays_live_from_the_region(packs):
    found = offers(child("C01"), on=ON, pack=packs[BT])
    kept = sorted(f"{each.item}.{each.letter}" for each in found if each.kept_from == IM)
    assert kept == ["IM-L14.a", "IM-L3.e", "IM-L5.a", "IM-L5.b", "IM-L5.c", "IM-L5.d"]


@pytest.mark.clause("IM-12.4", "T-59")
def test_a_pupil_of_a_technical_school_is_served_by_the_region_s_text(packs):
    pupil = child("C11", facts={"stage": "technical_school", "meets_vocational_grant_rules": True})
    by_the_city = decided(pupil, "2026-09-01", packs[BT], "BT-L5.a")
    assert by_the_city.reasons == ("SECONDARY_VOCATIONAL_STAGE",)
    assert decided(pupil, "2026-09-01", packs[BT], "IM-L5.a").answer is YES


@pytest.mark.clause("IM-12.4")
def test_writing_the_purchased_place_closes_the_gap(copied):
    amend(
        copied / BT / "services.yaml",
        "derived_from: [IM-L3.d]",
        "derived_from: [IM-L3.d, IM-L3.e]",
    )
    assert [each.item for each in floor_of(load_packs(copied)).gaps] == ["IM-L5"]


@pytest.mark.clause("IM-12.4")
def test_naming_technical_schools_closes_the_gap(copied):
    amend(
        copied / BT / "services.yaml",
        "{rule: migrant_minor}, secondary_vocational_stage]",
        "{rule: migrant_minor}, vocational_stage]",
    )
    assert [each.item for each in floor_of(load_packs(copied)).gaps] == ["IM-L3"]


@pytest.mark.clause("IM-12.4")
def test_a_narrower_target_is_a_gap_though_every_item_is_there(copied):
    amend(
        copied / BT / "services.yaml",
        "[{rule: survey_population}, housing_difficulty]",
        "[{rule: survey_population}, housing_difficulty, urban_hukou_family]",
    )
    gaps = {each.item: each.shortfall for each in floor_of(load_packs(copied)).gaps}
    assert gaps["IM-L9"] is Shortfall.TARGET


@pytest.mark.clause("T-60")
def test_the_region_s_own_floor_is_unknown_while_nobody_has_the_national_list(packs):
    floor = check_floor(packs[IM], packs["cn"], on=ON)
    assert floor.status is FloorStatus.BASE_LIST_MISSING
    assert floor.findings == ()
