"""Baotou: what its notice and its list of 25 items add to the region's text."""

from collections import Counter

import pytest

from tests.rulebook.children import CENTRAL_BAOTOU, KUNDULUN, child, day, decided, living_in
from tongxing.rulebook import (
    CANNOT_TELL,
    NO,
    YES,
    ChildFacts,
    Packs,
    duties_of,
    explain,
    offers,
)
from tongxing.rulebook.content import Domain, ServiceList
from tongxing.rulebook.duties_of import set_clock
from tongxing.rulebook.offers import Offer

BT = "cn_1502_baotou"
ON = day("2025-05-06")


def the_list(packs: Packs) -> ServiceList:
    return packs[BT].lists[0]


def offer(facts: ChildFacts, packs: Packs, wanted: str) -> Offer:
    found = offers(facts, on=ON, pack=packs[BT], site=CENTRAL_BAOTOU)
    return next(each for each in found if f"{each.item}.{each.letter}" == wanted)


def owed(facts: ChildFacts, packs: Packs, on: str) -> dict[str, str]:
    """The duties that are certainly owed for a child, with the text that demands each."""
    found = duties_of(facts, on=day(on), pack=packs[BT], site=CENTRAL_BAOTOU)
    return {each.duty.name: each.duty.source.clause for each in found if each.answer is YES}


@pytest.mark.clause("BT-2.5")
def test_the_list_has_25_items_in_six_domains(packs):
    items = the_list(packs).items
    assert list(items) == [f"BT-L{number}" for number in range(1, 26)]
    domains = Counter(item.domain for item in items.values())
    assert [domains[domain] for domain in Domain] == [2, 3, 3, 1, 7, 9]


@pytest.mark.clause("BT-2.5")
def test_every_item_has_bodies_that_answer_for_it_and_every_letter_a_route(packs):
    for item in the_list(packs).items.values():
        assert item.departments
        for entitlement in item.entitlements.values():
            assert set(entitlement.departments) <= set(item.departments)
            assert packs[BT].benefits[entitlement.route].on(ON)


@pytest.mark.clause("BT-2.5")
@pytest.mark.parametrize(
    ("item", "letters"),
    [
        ("BT-L1", "abcdefg"),
        ("BT-L2", "abcd"),
        ("BT-L3", "abcdfghijk"),
        ("BT-L13", "abcdefg"),
        ("BT-L17", "ab"),
        ("BT-L21", "abcdefg"),
        ("BT-L24", "abcdef"),
        ("BT-L25", "abcde"),
    ],
)
def test_the_letters_of_an_item(packs, item, letters):
    assert "".join(the_list(packs).items[item].entitlements) == letters


@pytest.mark.clause("BT-2.1")
def test_six_departments_take_part_each_with_the_text_that_names_it(packs):
    prefix = "survey_with_"
    named = {
        name.removeprefix(prefix): duty.source.clause
        for name, dated in packs[BT].duties.items()
        if name.startswith(prefix) and (duty := dated.on(ON))
    }
    assert named == {
        "public_security": "BT-2.1",
        "education": "BT-2.1",
        "health": "BT-2.1",
        "disabled_federation": "BT-2.1",
        "medical_insurance": "IM-1.1",
        "disease_control": "IM-1.1",
    }


@pytest.mark.clause("BT-0.2")
def test_every_effective_value_shows_the_text_it_comes_from(packs):
    baotou = packs[BT]
    verdict = explain(
        "survey_population", child("C01"), on=day("2025-01-01"), pack=baotou, site=CENTRAL_BAOTOU
    )
    assert verdict.source is not None
    assert verdict.source.clause == "IM-0.1"
    sources = {
        name: baotou.parameter(name, day("2025-01-01")).source.clause
        for name in (
            "home_visit_interval_months",
            "home_visits_per_quarter",
            "teacher_home_visits_per_semester",
            "plan_filing_due",
            "birthday_rule",
        )
    }
    assert sources == {
        "home_visit_interval_months": "IM-2.6",
        "home_visits_per_quarter": "BT-L17",
        "teacher_home_visits_per_semester": "IM-2.8",
        "plan_filing_due": "CN-14.2",
        "birthday_rule": "CN-4.1",
    }


@pytest.mark.clause("BT-2.2")
def test_a_move_between_streets_and_a_request_make_a_priority_child_nobody_counts(packs):
    asks = child(
        "C02",
        hukou_division="150204001",
        spells=living_in("150204002", "2025-01-10"),
        asks_for_help_on="2025-04-02",
    )
    assert decided(asks, "2025-04-01", packs[BT], "priority").answer is NO
    assert decided(asks, "2025-04-02", packs[BT], "priority").answer is YES
    assert decided(asks, "2025-04-02", packs[BT]).answer is NO


@pytest.mark.clause("BT-L17", "T-23")
def test_the_quarter_is_checked_besides_the_three_months(packs):
    visited = child("C11", priority_grounds=["psychological_abnormality"])
    found = duties_of(visited, on=day("2025-01-03"), pack=packs[BT], site=CENTRAL_BAOTOU)
    clocks = {each.duty.name: each.clock for each in found}
    rolling, quarterly = clocks["child_home_visit"], clocks["quarterly_home_visit"]
    assert rolling.next_due(day("2025-01-03")) == day("2025-04-03")
    assert quarterly.next_due(day("2025-01-03")) == day("2025-06-30")
    assert day("2025-06-28") <= quarterly.next_due(day("2025-01-03"))
    assert day("2025-06-28") > rolling.next_due(day("2025-01-03"))


@pytest.mark.clause("BT-L17", "T-27")
def test_a_child_who_asked_for_help_has_both_clocks(packs):
    asks = child(
        "C01",
        hukou_division="150203001",
        spells=living_in("150203005", "2025-01-10"),
        asks_for_help_on="2025-04-02",
    )
    duties = owed(asks, packs, "2025-04-02")
    assert duties["child_contact"] == "IM-2.6"
    assert duties["child_home_visit"] == "IM-2.6"
    assert duties["quarterly_home_visit"] == "BT-L17"
    assert decided(asks, "2025-04-02", packs[BT], "BT-L17.b").answer is NO


@pytest.mark.clause("BT-L17")
def test_an_ordinary_migrant_child_is_owed_no_visits(packs):
    assert "quarterly_home_visit" not in owed(child("C01"), packs, "2025-04-02")


@pytest.mark.clause("BT-L14", "T-41")
def test_dibao_stays_where_the_family_lives_if_it_qualifies_there(packs):
    local = child("C01", facts={"meets_local_dibao_rules": True, "meets_hukou_dibao_rules": False})
    found = offer(local, packs, "BT-L14.a")
    assert found.verdict.answer is YES
    assert found.route is not None
    assert found.route.decides == "residence"
    assert found.route.divisions["decides"] == KUNDULUN
    assert found.route.fallback == "hukou"
    assert decided(local, "2025-05-06", packs[BT], "IM-L14.a").answer is NO


@pytest.mark.clause("BT-L14", "T-41")
def test_dibao_goes_to_the_hukou_place_if_the_family_qualifies_only_there(packs):
    there = child("C01", facts={"meets_local_dibao_rules": False, "meets_hukou_dibao_rules": True})
    found = offer(there, packs, "IM-L14.a")
    assert found.verdict.answer is YES
    assert found.route is not None
    assert found.route.divisions["decides"] == 150222000000
    assert found.kept_from == "cn_15_inner_mongolia"


@pytest.mark.clause("BT-L14")
def test_dibao_rules_nobody_has_looked_at_are_questions(packs):
    found = decided(child("C01"), "2025-05-06", packs[BT], "BT-L14.a")
    assert found.answer is CANNOT_TELL
    assert found.missing == ("meets_hukou_dibao_rules", "meets_local_dibao_rules")


@pytest.mark.clause("T-65")
def test_guidance_is_for_priority_children_and_intervention_for_high_risk(packs):
    ordinary = child("C01", facts={"high_guardianship_risk": False})
    assert decided(ordinary, "2025-03-10", packs[BT], "BT-L19.a").answer is NO
    assert decided(ordinary, "2025-03-10", packs[BT], "BT-L19.b").answer is NO
    assert "guardianship_intervention" not in owed(ordinary, packs, "2025-03-10")
    high = child(
        "C11", priority_grounds=["guardianship_missing"], facts={"high_guardianship_risk": True}
    )
    assert decided(high, "2025-03-10", packs[BT], "BT-L19.a").answer is YES
    assert owed(high, packs, "2025-03-10")["guardianship_intervention"] == "BT-L19.b"
    departments = the_list(packs).items["BT-L19"].departments
    assert len(departments) == 6


@pytest.mark.clause("T-36")
def test_the_yearly_survey_is_owed_by_the_city_and_not_for_migrant_children_only(packs):
    survey = packs[BT].duties["pupil_survey"].on(day("2025-01-01"))
    assert survey is not None
    assert survey.rule is None
    assert survey.note is not None
    assert "教师" in survey.note.zh
    clock = set_clock(survey, on=day("2025-01-01"), pack=packs[BT])
    assert clock.first_due(day("2025-01-01")) == day("2025-12-31")


@pytest.mark.clause("T-62")
def test_at_four_health_and_preschool_are_both_offered_and_nursery_is_not(packs):
    four = child("C01", born_on="2020-10-01", facts={"meets_local_kindergarten_rules": True})
    answers = {
        f"BT-L1.{letter}": decided(four, "2025-09-01", packs[BT], f"BT-L1.{letter}").answer
        for letter in "abcdefg"
    }
    assert answers.pop("BT-L1.g") is NO
    assert set(answers.values()) == {YES}
    for letter in "acd":
        assert decided(four, "2025-09-01", packs[BT], f"BT-L2.{letter}").answer is YES


@pytest.mark.clause("T-62")
def test_zero_to_six_ends_on_the_seventh_birthday(packs):
    six = child("C01", born_on="2018-09-01")
    last = decided(six, "2025-08-31", packs[BT], "BT-L1.a")
    assert (last.answer, last.changes_on) == (YES, day("2025-09-01"))
    assert decided(six, "2025-09-01", packs[BT], "BT-L1.a").reasons == ("AGED_0_TO_6",)
