"""The national plan: routes of benefits, duties, bodies, flows, the empty list, its column."""

from datetime import date

import pytest

from tests.rulebook.children import CENTRAL_BAOTOU, DONGHE, child, day, decided
from tongxing.rulebook import (
    NO,
    YES,
    ChildFacts,
    Packs,
    SiteSettings,
    Text,
    check_floor,
    duties_of,
    offers,
)
from tongxing.rulebook.clocks import Clock
from tongxing.rulebook.content import Duty
from tongxing.rulebook.content_entries import BodyLevel, PlaceWord
from tongxing.rulebook.duties_of import set_clock
from tongxing.rulebook.floor import FloorStatus
from tongxing.rulebook.offers import Mode, Offer

ON = day("2025-03-10")
HULI, HUICHANG = 350206000000, 360733000000
TIANZHEN, HUADE = 140222000000, 150922000000
ORPHANED = {"father_status": "dead", "mother_status": "dead"}


def offer(packs: Packs, facts: ChildFacts, route: str, on: date = ON) -> Offer:
    found = offers(facts, on=on, pack=packs["cn"], site=CENTRAL_BAOTOU)
    return next(each for each in found if each.route and each.route.name == route)


def duty(packs: Packs, name: str) -> Duty:
    found = packs["cn"].duties[name].on(ON)
    assert found is not None
    return found


def clock(packs: Packs, name: str, site: SiteSettings = CENTRAL_BAOTOU) -> Clock:
    return set_clock(duty(packs, name), on=ON, pack=packs["cn"], site=site)


@pytest.mark.clause("CN-9.1", "CN-9.3")
@pytest.mark.parametrize(
    ("name", "hukou", "mode"),
    [("C08", TIANZHEN, Mode.CROSS_PROVINCE), ("C07", HUADE, Mode.IN_PROVINCE)],
)
def test_an_orphan_is_accepted_at_the_residence_and_decided_at_the_hukou_place(
    packs, name, hukou, mode
):
    route = offer(packs, child(name, facts=ORPHANED), "orphan_allowance").route
    assert route is not None
    assert (route.accepts, route.decides, route.pays) == (
        PlaceWord.RESIDENCE,
        PlaceWord.HUKOU,
        PlaceWord.HUKOU,
    )
    assert route.divisions == {"accepts": DONGHE, "decides": hukou, "pays": hukou}
    assert route.mode is mode


@pytest.mark.clause("CN-8.7", "CN-9.6", "T-40")
def test_rehabilitation_stays_at_the_residence_and_subsidies_go_to_the_hukou_place(packs):
    c13 = child("C13", facts={"disabled": True, "meets_disability_subsidy_rules": True})
    rehabilitation = offer(packs, c13, "rehabilitation_aid")
    subsidies = offer(packs, c13, "disability_subsidies")
    assert rehabilitation.verdict.answer is YES
    assert subsidies.verdict.answer is YES
    assert rehabilitation.route is not None
    assert subsidies.route is not None
    assert set(rehabilitation.route.divisions.values()) == {HULI}
    assert (subsidies.route.divisions["accepts"], subsidies.route.divisions["decides"]) == (
        HULI,
        HUICHANG,
    )


@pytest.mark.clause("CN-9.5", "T-39")
def test_temporary_relief_belongs_to_the_place_of_the_emergency(packs):
    relief = offer(packs, child("C01"), "temporary_relief")
    assert relief.route is not None
    assert {relief.route.accepts, relief.route.decides, relief.route.pays} == {PlaceWord.EMERGENCY}
    assert set(relief.route.divisions.values()) == {None}
    assert [fact.name for fact in relief.verdict.missing] == ["meets_temporary_relief_rules"]


def test_the_other_benefits_are_decided_where_the_child_lives(packs):
    facts = child(
        "C01", facts={"needs_guardianship_placement": True, "meets_local_housing_rules": True}
    )
    placement = offer(packs, facts, "guardianship_placement").route
    housing = offer(packs, facts, "housing_support").route
    assert placement is not None
    assert housing is not None
    assert (placement.accepts, placement.pays) == (PlaceWord.RESIDENCE, PlaceWord.INSTITUTION)
    assert (housing.accepts, housing.decides) == (PlaceWord.RESIDENCE, PlaceWord.RESIDENCE)


@pytest.mark.clause("T-17")
def test_the_residence_permit_is_evidence_and_no_condition(packs):
    without = child("C06", facts={"has_residence_permit": False})
    assert decided(without, "2025-07-01", packs["cn"]).answer is YES
    insurance = offer(packs, without, "residents_insurance", day("2025-07-01"))
    assert insurance.verdict.answer is YES
    assert [paper.zh for paper in insurance.papers] == ["居住证（本人或监护人）"]


@pytest.mark.clause("CN-8.4")
@pytest.mark.parametrize(("born", "answer"), [("2023-06-01", YES), ("2022-08-01", NO)])
def test_nursery_is_for_children_under_three(packs, born, answer):
    facts = child("C01", born_on=born)
    found = offer(packs, facts, "nursery_place", day("2025-09-01"))
    assert found.verdict.answer is answer


@pytest.mark.clause("CN-7.6")
def test_the_local_examination_is_answered_condition_by_condition(packs):
    facts = child("C06", facts={"stage": "junior", "meets_local_zhongkao_rules": True})
    found = offer(packs, facts, "local_zhongkao", day("2026-03-01")).verdict
    assert found.answer is YES
    assert found.condition("LOCAL_ZHONGKAO_RULES").answer is YES
    unasked = child("C06", facts={"stage": "junior"})
    open_question = offer(packs, unasked, "local_zhongkao", day("2026-03-01")).verdict
    assert [fact.name for fact in open_question.missing] == ["meets_local_zhongkao_rules"]


@pytest.mark.clause("CN-5.4")
def test_visits_have_no_clock_until_the_place_sets_one(packs):
    c11 = child("C11", priority_grounds=["psychological_abnormality"])
    opened = day("2025-03-01")

    def visits(site: SiteSettings) -> dict[str, date | None]:
        owed = duties_of(c11, on=opened, pack=packs["cn"], site=site)
        names = ("child_contact", "child_home_visit")
        return {each.duty.name: each.first_due_on for each in owed if each.duty.name in names}

    assert visits(CENTRAL_BAOTOU) == {"child_contact": None, "child_home_visit": None}
    names = ("contact_interval_months", "home_visit_interval_months")
    suggested = {name: packs["cn"].parameter(name, opened).suggested for name in names}
    assert suggested == dict(zip(names, (1, 3), strict=True))
    accepted = SiteSettings(parameters={"cn": suggested})
    assert visits(accepted) == {
        "child_contact": day("2025-04-01"),
        "child_home_visit": day("2025-06-01"),
    }


@pytest.mark.clause("CN-4.6")
def test_information_is_due_half_a_year_after_it_was_verified(packs):
    assert clock(packs, "information_update").first_due(day("2025-01-20")) == day("2025-07-20")
    assert clock(packs, "information_update").next_due(day("2025-07-21")) == day("2026-01-21")


@pytest.mark.clause("T-32")
def test_deadlines_of_2024_are_history_and_never_come_again(packs):
    assert clock(packs, "first_collection").first_due(day("2025-06-01")) == day("2024-09-30")
    assert clock(packs, "plan_filing").first_due(day("2025-06-01")) == day("2024-10-31")
    assert duty(packs, "plan_filing").post == "province_civil_affairs"


@pytest.mark.clause("T-33")
def test_the_meeting_is_yearly_from_2024(packs):
    yearly = clock(packs, "annual_meeting")
    assert yearly.first_due(day("2023-03-01")) == day("2024-12-31")
    assert yearly.next_due(day("2024-12-05")) == day("2025-12-31")


def test_a_reprimand_must_follow_and_an_order_may(packs):
    assert duty(packs, "reprimand").mandatory
    assert not duty(packs, "guidance_order").mandatory
    assert duty(packs, "dissuasion").mandatory


@pytest.mark.clause("T-34")
def test_in_time_is_alerted_after_a_day_that_is_ours(packs):
    alert = packs["cn"].parameter("serious_report_alert_hours", ON)
    assert alert.value == 24
    assert alert.source.product_default
    assert duty(packs, "mandated_report").source.clause == "CN-10.3"
    assert clock(packs, "mandated_report").model_dump()["alert_hours"] == 24


@pytest.mark.clause("CN-5.8")
def test_six_bodies_answer_for_the_ledger(packs):
    answering = packs["cn"].parameter("article_5_departments", ON).value
    assert answering == (
        "political_legal_committee",
        "civil_affairs",
        "education",
        "public_security",
        "medical_insurance",
        "working_committee_children",
    )
    assert "health" not in answering


def test_every_body_that_answers_for_an_article_is_known(packs):
    cn = packs["cn"]
    named = [name for name in cn.parameters if name.startswith("article_")]
    assert len(named) == 10
    for name in [*named, "census_participants"]:
        value = cn.parameter(name, ON).value
        assert isinstance(value, tuple)
        assert set(value) <= set(cn.bodies)


def test_six_departments_take_part_beside_civil_affairs(packs):
    found = packs["cn"].parameter("census_participants", ON).value
    assert found == (
        "education",
        "public_security",
        "health",
        "medical_insurance",
        "disease_control",
        "disabled_federation",
    )


@pytest.mark.clause("T-54")
@pytest.mark.parametrize(
    ("old", "new", "last"),
    [
        ("health_family_planning", "health", "2018-03-30"),
        ("human_resources_insurance", "medical_insurance", "2018-05-30"),
    ],
)
def test_work_of_the_offices_of_2017_goes_to_their_successors(packs, old, new, last):
    cn = packs["cn"]
    assert list(cn.bodies_on(old, day(last))) == [old]
    assert list(cn.bodies_on(old, day("2018-06-01"))) == [new]
    assert cn.bodies[new].on(day("2018-06-01")) is not None


def test_director_and_supervisor_are_posts_of_two_levels(packs):
    director = packs["cn"].bodies["child_director"].on(ON)
    supervisor = packs["cn"].bodies["child_supervisor"].on(ON)
    assert director is not None
    assert supervisor is not None
    assert (director.level, supervisor.level) == (BodyLevel.VILLAGE, BodyLevel.TOWNSHIP)


def test_the_flows_of_the_plan_itself(packs):
    found = {
        each.code: (each.sender, each.receiver)
        for dated in packs["cn"].exchanges.values()
        if (each := dated.on(ON)) is not None
    }
    assert found == {
        "F11a": ("residence_civil_affairs", "hukou_civil_affairs"),
        "F11b": ("hukou_civil_affairs", "residence_civil_affairs"),
        "F12a": ("residence_civil_affairs", "hukou_civil_affairs"),
        "F12b": ("hukou_civil_affairs", "residence_civil_affairs"),
        "F13": ("civil_affairs", "national_system"),
        "F14": ("civil_affairs", "transport"),
        "F15": ("civil_affairs", "finance"),
        "F18": ("village_committee", "public_security"),
    }


def test_transport_receives_counts_and_no_children(packs):
    concentrations = packs["cn"].exchanges["concentrations"].on(ON)
    assert concentrations is not None
    assert [field.en for field in concentrations.fields] == [
        "Grid cell",
        "Number of children (small counts withheld)",
    ]
    hidden = packs["cn"].parameter("small_counts_hidden_below", ON)
    assert (hidden.value, hidden.source.product_default) == (10, True)


@pytest.mark.clause("T-60")
def test_the_unseen_national_list_is_an_empty_slot_and_no_floor_can_be_checked(packs):
    cn = packs["cn"]
    assert not cn.lists[0].loaded
    assert cn.lists[0].source.note is not None
    assert "不在来源中" in cn.lists[0].source.note.zh
    floor = check_floor(packs["cn_15_inner_mongolia"], cn, on=ON)
    assert floor.status is FloorStatus.BASE_LIST_MISSING


SWITCHES = (
    "survey_agency", "priority_file", "residence_hukou_push", "child_director_allowance",
    "monitored_place",
)  # fmt: skip


@pytest.mark.parametrize("name", SWITCHES)
def test_what_places_may_do_is_off_until_a_site_switches_it_on(packs, name):
    off = packs["cn"].parameter(name, ON)
    assert (off.value, off.source.product_default) == (False, True)
    on = SiteSettings(parameters={"cn": {name: True}})
    assert packs["cn"].parameter(name, ON, on).value is True


NATIONAL_COLUMN = {
    "subject": "migrant child",
    "crossing_level": "county",
    "accompanied_by": "one or both parents or other guardians",
    "minimum_stay_months": "≥ 6 months",
    "age_limit_years": "< 16",
    "urban_district_exception": "between municipal districts of a city's central urban area",
    "census_unit": "county",
    "census_participants": "education, police, health, med. insurance, CDC, DPF",
    "survey_agency": "where conditions allow",
    "information_update_months": "≥ every half year",
    "first_collection_due": "2024-09-30",
    "national_upload": "by set time",
    "priority_grounds": "5 + self-request across townships",
    "priority_file_opener": '– ("ledger"; file optional)',
    "contact_interval_months": '– ("regular visits")',
    "home_visit_interval_months": "regular, no number",
    "hotlines": "12355",
    "reprimand_and_order": "reprimand must, order may",
    "orphan_route": "residence coordinates hukou, 跨省通办",
    "insurance_evidence": "residence permit",
    "rehabilitation_aid": "at residence",
    "service_list_maker": "province",
    "service_list_floor": "national basic list",
    "list_revision_years": 'dynamic, "in time"',
    "plan_filing_due": "2024-10 end, by province",
    "annual_meeting_first_year": "yearly from 2024",
    "goals": "2026, 2035",
    "worker_training": "full coverage",
    "funding_sources": "existing channels",
    "safety_programme": "平安中国",
    "special_programmes": "童心港湾",
}


def test_the_national_column_of_the_table_of_differences(packs):
    said = {
        name: found.says.en
        for name in packs["cn"].parameters
        if isinstance((found := packs["cn"].parameter(name, ON)).says, Text)
    }
    assert said == NATIONAL_COLUMN
