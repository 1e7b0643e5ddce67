"""The packs as they ship: who covers what, what is inherited, what changes when."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.rulebook.children import BAOTOU, KUNDULUN, child, day, decided
from tongxing.rulebook import (
    NO,
    YES,
    Packs,
    ParameterNotInForce,
    RulebookError,
    SiteError,
    SiteSettings,
    UnknownName,
    load_packs,
)
from tongxing.rulebook.cases import cases_of, failures
from tongxing.rulebook.dated import Dated
from tongxing.rulebook.entries import LONGEST_QUOTE
from tongxing.rulebook.packs import policies_folder

SHIPPED = load_packs()
CASES = [(pack, case) for pack in SHIPPED.values() for case in cases_of(pack)]


@pytest.mark.parametrize(
    ("pack", "case"), CASES, ids=[f"{pack.id}-{case.place.line}" for pack, case in CASES]
)
def test_every_case_of_the_packs_comes_true(pack, case):
    assert list(failures(pack, case)) == []


def test_every_pack_has_cases():
    assert {pack.id for pack, _ in CASES} == set(SHIPPED)


@pytest.mark.clause("BT-0.2")
@pytest.mark.parametrize(
    ("code", "pack"),
    [
        (150203001000, "cn_1502_baotou"),
        (KUNDULUN, "cn_1502_baotou"),
        (150102000000, "cn_15_inner_mongolia"),
        (150000000000, "cn_15_inner_mongolia"),
        (350206000000, "cn_3502_xiamen"),
        (141002000000, "cn_141002_yaodu"),
        (370783000000, "cn_3707_weifang"),
        (141024000000, "cn"),
        (110101000000, "cn"),
    ],
)
def test_the_most_specific_pack_is_responsible(packs, code, pack):
    assert packs.for_division(code).id == pack


def test_no_pack_is_responsible_for_a_place_that_does_not_exist(packs):
    with pytest.raises(RulebookError, match="No pack covers"):
        packs.for_division(10**12)


def test_the_national_pack_is_the_one_that_extends_no_other(packs):
    assert packs.national().id == "cn"
    assert "cn" in packs
    assert "fr" not in packs


def test_names_that_do_not_exist_get_the_nearest_one(packs):
    with pytest.raises(UnknownName, match="Did you mean 'cn_3502_xiamen'"):
        packs["cn_3502_xiamin"]
    with pytest.raises(UnknownName, match="Did you mean 'survey_population'"):
        decided(child("C01"), "2025-01-01", packs["cn"], "survey_populations")
    with pytest.raises(UnknownName, match="age_limit_years"):
        packs["cn"].parameter("age_limit", day("2025-01-01"))


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_value_names_its_source_and_quotes_it_briefly(name):
    pack = SHIPPED[name]
    everything: list[Dated[Any]] = [
        *pack.parameters.values(),
        *pack.conditions.values(),
        *pack.rules.values(),
    ]
    for entry in (step for dated in everything for step in dated.values if step is not None):
        assert entry.source.clause
        assert entry.label.zh
        assert entry.label.en
        assert entry.source.product_default or (entry.source.article and entry.source.quote)
        assert len(entry.source.quote) <= LONGEST_QUOTE
    for contact in pack.contacts:
        assert contact.source.clause


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_pack_says_where_it_comes_from(name):
    source = (SHIPPED[name].folder / "SOURCE.md").read_text(encoding="utf-8")
    assert re.search(r"\b[0-9a-f]{64}\b", source)
    assert SHIPPED[name].id in source
    numbers = re.findall(r"number: (\S+)", (SHIPPED[name].folder / "pack.yaml").read_text("utf-8"))
    assert all(number in source for number in numbers)


def test_the_emergency_number_comes_first_everywhere(packs):
    for pack in packs.values():
        assert pack.contacts[0].number == "110"


def test_a_hotline_without_a_known_number_is_kept_without_one(packs):
    lines = {contact.name: contact.number for contact in packs["cn_1502_baotou"].contacts}
    assert lines["youth_navigation_line"] is None
    assert lines["women_federation_line"] == "12338"


@pytest.mark.clause("XM-4.2", "YD-1.1", "YD-3.2", "IM-2.6", "CN-5.4")
def test_numbers_that_differ_by_place(packs):
    on = day("2025-06-01")
    assert packs["cn_3502_xiamen"].parameter("information_update_windows", on).value == (4, 10)
    assert packs["cn_141002_yaodu"].parameter("census_unit", on).value == "TOWNSHIP"
    assert packs["cn_141002_yaodu"].parameter("comparison_interval_months", on).value == 1
    assert packs["cn_15_inner_mongolia"].parameter("contact_interval_months", on).value == 1
    unset = packs["cn"].parameter("contact_interval_months", on)
    assert (unset.value, unset.suggested) == (None, 1)


def test_a_local_text_begins_on_its_day_and_leaves_earlier_days_to_the_text_above(packs):
    xiamen = packs["cn_3502_xiamen"]
    assert xiamen.parameter("crossing_level", day("2025-05-26")).source.clause == "CN-4.1"
    assert xiamen.parameter("crossing_level", day("2025-05-27")).source.clause == "XM-0.1"
    with pytest.raises(ParameterNotInForce, match="information_update_windows"):
        xiamen.parameter("information_update_windows", day("2025-05-26"))


def test_a_site_sets_product_defaults_and_nothing_else(packs):
    site = SiteSettings(parameters={"cn": {"absence_days_tolerated": 30}})
    on = day("2025-06-01")
    assert packs["cn_1502_baotou"].parameter("absence_days_tolerated", on, site).value == 30
    forbidden = SiteSettings(parameters={"cn": {"age_limit_years": 18}})
    with pytest.raises(SiteError, match="fixed by"):
        packs["cn"].parameter("age_limit_years", on, forbidden)
    unknown = SiteSettings(parameters={"cn": {"absence_days_tolerate": 30}})
    with pytest.raises(SiteError, match="Did you mean 'absence_days_tolerated'"):
        packs["cn"].check_site(unknown)


def test_a_site_s_own_choice_makes_another_version(packs):
    other = SiteSettings(central_urban_districts={BAOTOU: frozenset({KUNDULUN})})
    assert other.digest != SiteSettings().digest


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the shipped packs, free to be changed."""
    return Path(shutil.copytree(policies_folder(), tmp_path / "policies"))


def amend(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


NEW_INTERVAL = """
    2026-01-01:
      value: 2
      source: {document: im_plan_2024, article: （二）, clause: IM-2.6, quote: 每两个月入户走访一次}
"""


@pytest.mark.clause("CN-2.4")
def test_an_amended_interval_holds_from_its_date_and_earlier_days_keep_theirs(copied):
    before = load_packs(copied)["cn_15_inner_mongolia"]
    file = copied / "cn_15_inner_mongolia" / "parameters.yaml"
    amend(file, "\nteacher_home_visits", f"{NEW_INTERVAL.rstrip()}\n\nteacher_home_visits")
    after = load_packs(copied)["cn_15_inner_mongolia"]
    assert after.parameter("home_visit_interval_months", day("2025-12-30")).value == 3
    assert after.parameter("home_visit_interval_months", day("2026-01-02")).value == 2
    assert before.version != after.version


@pytest.mark.clause("CN-2.4")
def test_a_changed_definition_is_foretold_and_leaves_past_verdicts_alone(copied):
    file = copied / "cn" / "parameters.yaml"
    amend(
        file,
        "\nbirthday_rule:",
        "    2026-01-01:\n      value: 12\n      source: {document: minfa_2024_35, "
        "article: （四）, clause: CN-4.1, quote: 不满十二周岁}\n\nbirthday_rule:",
    )
    changed = load_packs(copied)["cn"]
    found = decided(child("C01"), "2025-12-31", changed)
    assert (found.answer, found.changes_on, found.changes_to) == (YES, day("2026-01-01"), NO)
    assert decided(child("C01"), "2026-01-01", changed).reasons == ("UNDER_16",)


def repeal(file: Path, *, before: str) -> None:
    """Repeal the rule that stands before another one, from 2026 on."""
    amend(file, f"\n  {before}:", f"\n      2026-01-01: {{repealed: true}}\n\n  {before}:")


def test_a_repealed_text_gives_way_to_the_one_above(copied):
    repeal(copied / "cn_3502_xiamen" / "definitions.yaml", before="priority_self_request")
    rule = load_packs(copied)["cn_3502_xiamen"].rule("survey_population")
    assert [law and law.source.clause for law in rule.values] == ["CN-4.1", "XM-0.1", "CN-4.1"]


def test_a_text_repealed_everywhere_is_no_longer_law(copied):
    repeal(copied / "cn" / "definitions.yaml", before="priority_self_request")
    changed, facts, rule = load_packs(copied)["cn"], child("C01"), "statistical_population"
    assert decided(facts, "2026-01-01", changed, rule).reasons == ("NOT_IN_FORCE",)
    assert decided(facts, "2025-12-31", changed, rule).changes_on == day("2026-01-01")


def test_the_packs_may_lie_elsewhere(copied, monkeypatch):
    monkeypatch.setenv("TONGXING_POLICIES", str(copied))
    assert load_packs()["cn"].folder == copied / "cn"


def test_repr_is_short(packs: Packs):
    assert repr(packs["cn"]) == f"<Pack cn {packs['cn'].version}>"
