"""Lists that end, benefits that are repealed, grounds, and mistakes nobody has made yet."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rulebook.children import child, day
from tests.rulebook.test_packs import amend
from tongxing.rulebook import PLAIN_SITE, PackError, load_packs
from tongxing.rulebook.dated import Dated
from tongxing.rulebook.nodes import HasGround
from tongxing.rulebook.one_child.plain import HasGroundReader
from tongxing.rulebook.one_child.scenes import Child, Scene
from tongxing.rulebook.packs import policies_folder
from tongxing.rulebook.parsing import parse_node, parse_target
from tongxing.rulebook.reading import Place
from tongxing.rulebook.targets import targets_of

PLACE = Place("here/definitions.yaml", 7)


def test_a_list_that_has_ended_entitles_nobody_any_more(packs):
    published = replace(packs["cn_1502_baotou"].lists[0], valid_to=day("2027-01-01"))
    target = targets_of([published], {})["BT-L1.a"]
    assert target.on(day("2026-12-31")) is not None
    assert target.on(day("2027-01-01")) is None
    assert target.on(day("2020-01-01")) is None


def test_a_repealed_benefit_is_for_nobody(packs):
    dated = packs["cn_1502_baotou"].benefits["dibao"]
    repealed = Dated.of(
        {**dict(zip(dated.dates, dated.values, strict=True)), day("2030-01-01"): None}
    )
    target = targets_of([], {"dibao": repealed})["benefit.dibao"]
    assert target.on(day("2029-12-31")) is not None
    assert target.on(day("2030-01-01")) is None


def test_a_ground_never_turns_by_itself_and_asks_for_nothing():
    reader = HasGroundReader(HasGround("vagrancy"))
    found = Child(child("C01", priority_grounds=["vagrancy"]), PLAIN_SITE)
    scene = Scene(found, day("2025-01-01"))
    assert list(reader.turns(found)) == []
    assert reader.missing(scene) == ()
    assert reader.say(scene, lambda _code: None).zh == "已认定并记录"


def test_an_unknown_ground_is_named_with_the_nearest_one():
    with pytest.raises(PackError, match=r"no ground 'vagrant'\. Did you mean 'vagrancy'"):
        parse_node({"has_ground": "vagrant"}, PLACE)


def test_a_target_that_is_no_node_is_refused():
    with pytest.raises(PackError, match="expected one node, as 'word: arguments', but found 17"):
        parse_target(17, PLACE)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (
            ("domain: nurture", "domain: nature"),
            r"unknown domain 'nature'\. Did you mean 'nurture'",
        ),
        (("departments: [", "departments: [health_departement, "), "unknown body"),
    ],
)
def test_a_list_with_a_wrong_word_is_refused(tmp_path: Path, wrong, problem):
    folder = Path(shutil.copytree(policies_folder(), tmp_path / "policies"))
    amend(folder / "cn_1502_baotou" / "services.yaml", *wrong)
    with pytest.raises(PackError, match=problem):
        load_packs(folder)
