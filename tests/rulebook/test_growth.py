"""The tree grows: named facts, lists of words, alternatives, other packs and their own rules."""

import shutil
from pathlib import Path

import pytest

from tests.rulebook.children import child, day
from tests.rulebook.test_packs import amend
from tongxing.kernel.divisions import Level
from tongxing.rulebook import (
    CANNOT_TELL,
    NO,
    PLAIN_SITE,
    YES,
    Pack,
    PartialDate,
    explain,
    load_packs,
)
from tongxing.rulebook.geography import crossed, is_municipal_district, is_statistical_zone
from tongxing.rulebook.moments import FAR_FUTURE, days_after, months_after
from tongxing.rulebook.nodes import SwitchedOn
from tongxing.rulebook.one_child.plain import SwitchedOnReader
from tongxing.rulebook.one_child.scenes import Child, Scene
from tongxing.rulebook.packs import policies_folder

FACTS = """
orphan:
  label: {zh: 孤儿, en: Orphan}
  question: {zh: 孩子是否为孤儿？, en: Is the child an orphan?}
  ask: {zh: 民政部门, en: Civil affairs}
school_stage:
  label: {zh: 学段, en: Stage}
  question: {zh: 孩子在哪个学段就读？, en: Which school stage is the child in?}
  ask: {zh: 学校, en: School}
"""
CONDITIONS = """
  named_ground:
    code: NAMED_GROUND
    label: {zh: 孤儿或义务教育阶段, en: Orphan or of compulsory school age}
    versions:
      2024-01-01:
        source: {document: product, clause: 试例, product_default: true}
        when:
          any_of:
            - fact: orphan
            - is_in_set: {fact: school_stage, words: {parameter: compulsory_stages}}
  grown_up:
    code: GROWN_UP
    label: {zh: 年满三周岁, en: Three or older}
    versions:
      2024-01-01:
        source: {document: product, clause: 试例, product_default: true}
        when:
          not:
            not: {age_at_least: 3}

rules:
  helped:
    label: {zh: 试例, en: Example}
    versions:
      2024-01-01:
        source: {document: product, clause: 试例, product_default: true}
        rule:
          any_of:
            - all_of: [{condition: named_ground}, {condition: grown_up}]
            - all_of: [{condition: self_request}, {not: {condition: named_ground}}]
            - condition: self_request
"""
STAGES = """
compulsory_stages:
  label: {zh: 义务教育阶段, en: Compulsory stages}
  unit: words
  values:
    2024-01-01:
      value: [primary, junior]
      source: {document: product, clause: 试例, product_default: true}
"""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("grown") / "policies"
    shutil.copytree(policies_folder(), folder)
    append(folder / "cn" / "facts.yaml", FACTS)
    append(folder / "cn" / "parameters.yaml", STAGES)
    amend(folder / "cn" / "definitions.yaml", "\nrules:", CONDITIONS)
    return load_packs(folder)["cn"]


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.mark.parametrize(
    ("named", "answer", "words", "missing"),
    [
        ({"orphan": True}, YES, "是", []),
        ({"orphan": False, "school_stage": "junior"}, YES, "junior", []),
        ({"orphan": False, "school_stage": "senior"}, NO, "否；senior", []),
        ({"school_stage": "senior"}, CANNOT_TELL, "不详", ["orphan"]),
        ({}, CANNOT_TELL, "不详", ["orphan", "school_stage"]),
    ],
)
def test_named_facts_decide_ask_and_are_shown(grown, named, answer, words, missing):
    verdict = explain("helped", child("C01", facts=named), on=day("2025-01-01"), pack=grown)
    assert verdict.answer is answer
    assert verdict.condition("NAMED_GROUND").value.zh == words
    assert [fact.name for fact in verdict.missing] == missing


def test_an_alternative_is_reason_enough(grown):
    facts = child("C01", asks_for_help_on="2024-12-01", facts={"orphan": False})
    verdict = explain("helped", facts, on=day("2025-01-01"), pack=grown)
    assert verdict.answer is YES
    assert verdict.reasons == ("SELF_REQUEST",)


def test_a_no_of_alternatives_names_what_failed_in_each(grown):
    facts = child("C01", facts={"orphan": False, "school_stage": "senior"})
    verdict = explain("helped", facts, on=day("2025-01-01"), pack=grown)
    assert verdict.reasons == ("NAMED_GROUND", "SELF_REQUEST")


def test_a_child_not_yet_three(grown):
    facts = child("C01", born_on="2023-01-01", facts={"orphan": True})
    verdict = explain("helped", facts, on=day("2025-01-01"), pack=grown)
    assert verdict.condition("GROWN_UP").answer is NO
    assert (verdict.changes_on, verdict.changes_to) == (day("2026-01-01"), YES)


def test_a_birth_date_with_an_open_end_still_decides_where_it_can(grown):
    facts = child("C01", born_on={"latest": "2020-01-01"}, facts={"orphan": True})
    assert explain("helped", facts, on=day("2025-01-01"), pack=grown).answer is YES
    open_end = child("C01", born_on={"earliest": "2024-01-01"}, facts={"orphan": True})
    assert explain("helped", open_end, on=day("2025-01-01"), pack=grown).answer is NO
    assert open_end.birth_date == PartialDate(day("2024-01-01"), None)


def test_the_open_end_of_time_stays_where_it_is():
    assert months_after(FAR_FUTURE, 6) == FAR_FUTURE
    assert days_after(FAR_FUTURE, 60) == FAR_FUTURE


@pytest.mark.clause("XM-0.1")
@pytest.mark.parametrize(
    ("level", "one", "other", "answer"),
    [
        (Level.CITY, 429004000000, 429005000000, YES),
        (Level.CITY, 429004000000, 350205000000, YES),
        (Level.CITY, 350205000000, 350206000000, NO),
        (Level.CITY, 429000000000, 429004000000, CANNOT_TELL),
        (Level.CITY, 420000000000, 350205000000, YES),
        (Level.COUNTY, 150200000000, 150203000000, CANNOT_TELL),
        (Level.COUNTY, 150271000000, 150203000000, CANNOT_TELL),
        (Level.CITY, 150271000000, 150203000000, NO),
        (Level.COUNTY, 150271000000, 150102000000, YES),
        (Level.TOWNSHIP, 150203000000, 150203001000, CANNOT_TELL),
        (Level.TOWNSHIP, 150203000000, 150204001000, YES),
        (Level.TOWNSHIP, 150271000000, 150203000000, CANNOT_TELL),
        (Level.TOWNSHIP, 150271000000, 150203001000, CANNOT_TELL),
        (Level.TOWNSHIP, 150271001000, 150203001000, CANNOT_TELL),
        (Level.TOWNSHIP, 150271000000, 150102000000, YES),
    ],
)
def test_moves_are_judged_by_codes_alone(level, one, other, answer):
    assert crossed(level, one, other) is answer
    assert crossed(level, other, one) is answer


def test_a_switch_never_asks_for_anything():
    scene = Scene(Child(child("C01"), PLAIN_SITE), day("2025-01-01"))
    assert SwitchedOnReader(SwitchedOn(False)).missing(scene) == ()


@pytest.mark.clause("IM-0.2")
@pytest.mark.parametrize(
    ("county", "is_district", "is_zone"),
    [
        (150200, False, False),
        (150201, True, False),
        (150220, True, False),
        (150221, False, False),
        (500150, False, False),
        (500151, True, False),
        (500170, True, False),
        (150271, False, True),
        (150279, False, True),
        (150280, False, False),
        (150781, False, False),
    ],
)
def test_what_the_fifth_and_sixth_digits_say(county, is_district, is_zone):
    code = county * 10**6
    assert (is_municipal_district(code), is_statistical_zone(code)) == (is_district, is_zone)
