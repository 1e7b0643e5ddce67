"""Weifang: children in difficulty, whatever their hukou; bodies that have changed since 2017."""

import pytest

from tests.rulebook.children import child, day, decided
from tongxing.rulebook import (
    CANNOT_TELL,
    NO,
    YES,
    Packs,
    ParameterNotInForce,
    duties_of,
    facts_from_json,
    offers,
)
from tongxing.rulebook.content import Duty
from tongxing.rulebook.content_entries import PlaceWord
from tongxing.rulebook.duties_of import set_clock
from tongxing.rulebook.nodes import AgeUnder, Crossed, HukouWithin, Node, Stayed, children_of

WF = "cn_3707_weifang"
ON = day("2025-05-01")
IN_DANGER = {
    "guardianship_state": "missing",
    "harm_abandonment": True,
    "safety_state": "threatened",
}
THIRTEEN = [
    "education",
    "public_security",
    "civil_affairs",
    "finance",
    "human_resources",
    "housing",
    "health_family_planning",
    "working_committee_children",
    "trade_union",
    "youth_league",
    "women_federation",
    "disabled_federation",
    "next_generation_committee",
]


def duty(packs: Packs, name: str) -> Duty:
    found = packs[WF].duties[name].on(ON)
    assert found is not None
    return found


def everything_below(node: Node) -> list[Node]:
    return [node, *(each for part in children_of(node) for each in everything_below(part))]


@pytest.mark.clause("WF-0.1", "T-71")
def test_the_notice_stays_in_force_without_an_end(packs):
    validity = packs[WF].parameter("validity_end", day("2023-09-01"))
    assert validity.value is None
    assert packs[WF].documents[validity.source.document].number == "潍政发〔2023〕5号"
    before = packs[WF].parameter("validity_end", day("2023-08-29"))
    assert (before.value, before.source.document) == ("2023-08-29", "weizhengfa_2018_14")
    assert packs[WF].documents["weifang_2017_124"].valid_to is None
    poor = facts_from_json({"born_on": "2018-01-01", "facts": {"family_dibao": True}})
    for on in ("2023-08-29", "2023-08-30", "2025-01-01"):
        assert decided(poor, on, packs[WF], "in_difficulty").answer is YES


@pytest.mark.clause("WF-1.1")
def test_a_poor_child_is_of_kind_a_with_the_effects_found(packs):
    facts = {"family_dibao": True, "difficulty_schooling": True, "difficulty_medical": False}
    about = facts_from_json({"born_on": "2018-01-01", "facts": facts})
    found = decided(about, "2025-01-01", packs[WF], "difficulty_a")
    assert (found.answer, found.reasons) == (
        YES,
        ("DIFFICULTY_OF_FAMILY", "LIVING", "SCHOOLING"),
    )


@pytest.mark.clause("WF-1.2")
def test_a_disabled_child_is_of_kind_b_with_the_effects_found(packs):
    facts = {"disabled": True, "difficulty_rehabilitation": True}
    found = decided(child("C09", facts=facts), "2025-05-01", packs[WF], "difficulty_b")
    assert (found.answer, found.reasons) == (YES, ("DIFFICULTY_OF_OWN", "REHABILITATION"))


@pytest.mark.clause("WF-1.3")
def test_a_child_in_danger_is_of_kind_c_with_ground_and_harm(packs):
    found = decided(child("C10", facts=IN_DANGER), "2025-05-01", packs[WF], "difficulty_c")
    assert found.answer is YES
    assert found.reasons == ("DIFFICULTY_OF_GUARDIANSHIP", "ABANDONMENT", "SAFETY_AT_RISK")
    alone = child("C10", facts={"guardianship_state": "missing"})
    assert decided(alone, "2025-05-01", packs[WF], "difficulty_c").answer is CANNOT_TELL


@pytest.mark.clause("WF-1.4", "T-10")
def test_a_child_of_seventeen_is_in_difficulty(packs):
    about = child("C10", facts=IN_DANGER)
    found = decided(about, "2025-09-01", packs[WF], "in_difficulty")
    assert (found.answer, found.changes_on) == (YES, day("2026-06-18"))
    age = packs[WF].conditions["difficulty_under_18"].on(ON)
    assert age is not None
    assert age.source.product_default


@pytest.mark.clause("WF-1.4")
def test_a_migrant_child_can_be_in_difficulty_at_once(packs):
    spells = [{"division": "370783", "since": "2025-01-08", "with": ["father"]}]
    about = child("C04", spells=spells, facts={"family_dibao": True})
    assert decided(about, "2025-07-08", packs[WF]).answer is YES
    assert decided(about, "2025-07-08", packs[WF], "in_difficulty").answer is YES


@pytest.mark.clause("WF-1.4")
def test_neither_hukou_nor_crossing_nor_stay_is_asked(packs):
    conditions = packs[WF].conditions
    asked: list[Node] = []
    for name, dated in conditions.items():
        law = dated.on(ON)
        if law is not None and law.pack == WF and name.startswith(("difficulty", "effect", "harm")):
            asked += everything_below(law.when)
    assert any(isinstance(node, AgeUnder) for node in asked)
    assert not any(isinstance(node, Crossed | Stayed | HukouWithin) for node in asked)
    nowhere = facts_from_json({"born_on": "2018-01-01", "facts": {"family_dibao": True}})
    assert decided(nowhere, "2025-01-01", packs[WF], "in_difficulty").missing == ()


@pytest.mark.parametrize(
    "name", ["crossing_level", "minimum_stay_months", "accompanied_by", "census_participants"]
)
def test_what_has_no_meaning_here_is_left_to_the_national_plan(packs, name):
    with pytest.raises(ParameterNotInForce):
        packs[WF].parameter(name, day("2017-12-07"))
    assert packs[WF].parameter(name, ON).pack == "cn"


def test_migrant_children_keep_their_age_limit_and_their_half_year(packs):
    assert packs[WF].parameter("age_limit_years", ON).value == 16
    assert packs[WF].parameter("information_update_months", ON).value == 6
    assert packs[WF].parameter("information_update_months", day("2020-01-01")).value is None


@pytest.mark.clause("WF-2.8", "T-62")
def test_rehabilitation_aid_lasts_until_the_day_before_the_seventh_birthday(packs):
    about = child("C09", facts={"rehabilitation_group": "hearing"})
    rule = "benefit.rehabilitation_aid_0_6"
    assert decided(about, "2028-04-01", packs[WF], rule).answer is YES
    assert decided(about, "2028-04-02", packs[WF], rule).reasons == ("AGED_0_TO_6",)
    groups = set(packs[WF].facts["rehabilitation_group"].words) - {"none"}
    assert groups == {"sight", "hearing", "speech", "intelligence", "limb", "autism"}


@pytest.mark.clause("WF-A6.1", "T-11")
def test_housing_goes_on_after_adulthood(packs):
    facts = {"was_in_difficulty": True, "lives_in_town": True, "meets_local_housing_rules": True}
    grown = child("C10", facts=facts)
    rule = "benefit.housing_after_adulthood"
    assert decided(grown, "2026-06-17", packs[WF], rule).reasons == ("OF_AGE",)
    assert decided(grown, "2026-07-01", packs[WF], rule).answer is YES


@pytest.mark.clause("WF-A1.3", "WF-A5.1", "T-11")
def test_two_more_benefits_reach_grown_children(packs):
    entrant = {"admitted_to_university": True, "meets_university_aid_rules": True}
    grown = facts_from_json({"born_on": "2007-05-01", "facts": entrant})
    assert decided(grown, "2025-08-20", packs[WF], "benefit.university_entry_aid").answer is YES
    seeking = child("C10", facts={"child_unemployed": True, "family_dibao": True})
    assert decided(seeking, "2025-09-01", packs[WF], "benefit.employment_support").answer is YES
    assert decided(seeking, "2023-09-01", packs[WF], "benefit.employment_support").answer is NO


@pytest.mark.clause("WF-2.3")
def test_the_premium_is_subsidised_for_three_classes(packs):
    rule = "benefit.insurance_premium_subsidy"
    found = decided(child("C10", facts={"family_dibao": True}), "2025-01-10", packs[WF], rule)
    assert (found.answer, found.reasons) == (YES, ("DIBAO_FAMILY",))
    others = {
        "family_dibao": False,
        "disabled": True,
        "disability_grade": "grade_3",
        "supported_as_special_hardship": False,
    }
    assert decided(child("C10", facts=others), "2025-01-10", packs[WF], rule).answer is NO


@pytest.mark.clause("WF-4.7")
def test_one_door_of_the_township_accepts_several_benefits(packs):
    facts = {
        "family_dibao": True,
        "meets_local_dibao_rules": True,
        "was_in_difficulty": False,
        "parent_disabled": True,
    }
    found = offers(child("C10", facts=facts), on=ON, pack=packs[WF])
    yes = {
        each.route.name: each.route for each in found if each.route and each.verdict.answer is YES
    }
    assert {"dibao", "insurance_premium_subsidy", "disabled_parent_support"} <= set(yes)
    for name in ("dibao", "insurance_premium_subsidy", "disabled_parent_support"):
        assert yes[name].accepts is PlaceWord.RESIDENCE_TOWNSHIP
        assert yes[name].decides is PlaceWord.DEPARTMENT


def test_relief_follows_the_emergency_since_the_national_plan(packs: Packs):
    def decides(benefit: str, on: str) -> PlaceWord | None:
        law = packs[WF].benefits[benefit].on(day(on))
        return law.decides if law else None

    assert decides("temporary_relief", "2023-12-31") is PlaceWord.DEPARTMENT
    assert decides("temporary_relief", "2024-01-01") is PlaceWord.EMERGENCY
    assert decides("orphan_allowance", "2023-12-31") is PlaceWord.DEPARTMENT
    assert decides("orphan_allowance", "2024-01-01") is PlaceWord.HUKOU


@pytest.mark.clause("WF-A5.2", "T-54")
def test_insurance_is_the_work_of_medical_insurance_today(packs):
    post = duty(packs, "insurance_items").post
    assert post == "human_resources_insurance"
    assert list(packs[WF].bodies_on(post, day("2018-01-01"))) == [post]
    assert list(packs[WF].bodies_on(post, ON)) == ["medical_insurance"]
    assert list(packs[WF].bodies_on("human_resources", ON)) == ["human_resources"]


@pytest.mark.clause("WF-A7.1", "T-54")
def test_health_and_family_planning_is_health_today(packs):
    assert duty(packs, "family_doctor_first").post == "health_family_planning"
    assert list(packs[WF].bodies_on("health_family_planning", ON)) == ["health"]


@pytest.mark.clause("WF-4.8", "T-53")
def test_the_welfare_supervisor_is_a_person_of_the_village(packs):
    levels = {
        name: body.level
        for name in ("village_welfare_supervisor", "township_child_specialist", "child_supervisor")
        if (body := packs[WF].bodies[name].on(ON)) is not None
    }
    assert levels == {
        "village_welfare_supervisor": "village",
        "township_child_specialist": "township",
        "child_supervisor": "township",
    }


@pytest.mark.clause("WF-4.9")
def test_visits_are_owed_and_their_interval_is_the_place_s_to_set(packs):
    about = child("C10", facts={"family_dibao": True})
    found = {each.duty.name: each for each in duties_of(about, on=ON, pack=packs[WF])}
    visit = found["difficulty_visit"]
    assert visit.duty.post == "village_welfare_supervisor"
    assert visit.open_parameters == ("home_visit_interval_months",)
    assert packs[WF].parameter("home_visit_interval_months", ON).suggested == 3


@pytest.mark.clause("WF-4.2", "WF-4.11")
def test_a_case_has_four_stages_and_the_report_an_alert_after_a_day(packs):
    stages = [
        "mandated_report",
        "emergency_response",
        "assessment_and_help",
        "guardianship_intervention",
    ]
    assert all(duty(packs, stage).mandatory for stage in stages)
    report = set_clock(duty(packs, "mandated_report"), on=ON, pack=packs[WF])
    assert report.model_dump()["alert_hours"] == 24
    assert packs[WF].parameter("report_alert_hours", ON).source.product_default


@pytest.mark.clause("WF-3.2", "WF-A0.1")
def test_thirteen_members_each_answer_for_something_in_the_annex(packs):
    posts = {
        law.post
        for dated in packs[WF].duties.values()
        if (law := dated.on(day("2017-12-07"))) is not None
    }
    assert set(THIRTEEN) <= posts
    assert all(packs[WF].bodies[name].on(day("2017-12-07")) for name in THIRTEEN)


@pytest.mark.clause("WF-A2.2", "WF-A12.3", "WF-5.4")
@pytest.mark.parametrize(
    ("name", "code", "sender", "receiver"),
    [
        ("detention_notice", "F19", "public_security", "civil_affairs"),
        ("disability_screening", "F20", "medical_institution", "civil_affairs"),
        ("major_matter", "F24", "city_civil_affairs", "city_government"),
    ],
)
def test_what_goes_from_whom_to_whom(packs, name, code, sender, receiver):
    found = packs[WF].exchanges[name].on(ON)
    assert found is not None
    assert (found.code, found.sender, found.receiver) == (code, sender, receiver)


@pytest.mark.clause("WF-1.5")
def test_the_goal_of_2020_is_history(packs):
    goal = duty(packs, "goal_of_2020")
    assert goal.clock.first_due(day("2025-01-01")) == day("2020-12-31")


def test_no_list_was_published_and_none_is_made_up(packs):
    assert all(each.pack != WF for each in packs[WF].lists)
