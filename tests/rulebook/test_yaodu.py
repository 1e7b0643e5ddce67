"""Yaodu: the township is the unit of survey, comparison and intake."""

import pytest

from tests.rulebook.children import child, day, decided
from tongxing.rulebook import CANNOT_TELL, NO, YES, Packs, SiteSettings, duties_of, offers
from tongxing.rulebook.clocks import Clock
from tongxing.rulebook.content import Duty
from tongxing.rulebook.content_entries import PlaceWord, Subject
from tongxing.rulebook.duties_of import set_clock
from tongxing.rulebook.offers import Route

YD = "cn_141002_yaodu"
ON = day("2025-05-20")
YAODU, HONGDONG = 141002000000, 141024000000


def duty(packs: Packs, name: str) -> Duty:
    found = packs[YD].duties[name].on(ON)
    assert found is not None
    return found


def clock(packs: Packs, name: str) -> Clock:
    return set_clock(duty(packs, name), on=ON, pack=packs[YD])


def route(packs: Packs, benefit: str, **facts: object) -> Route:
    found = offers(child("C06", facts=facts), on=ON, pack=packs[YD])
    routes = [each.route for each in found if each.route and each.route.name == benefit]
    return routes[0]


@pytest.mark.clause("YD-0.1", "T-2")
@pytest.mark.parametrize("exception", [True, False])
def test_the_exception_that_is_not_written_changes_nothing_here(packs, exception):
    site = SiteSettings(parameters={YD: {"urban_district_exception": exception}})
    answers = [
        decided(child("C06"), on, packs[YD], site=site).answer
        for on in ("2025-04-30", "2025-05-01", "2026-05-05", "2026-05-06")
    ]
    assert answers == [NO, YES, YES, NO]
    source = packs[YD].parameter("urban_district_exception", ON).source
    assert (source.clause, source.product_default) == ("CN-4.2", True)


@pytest.mark.clause("YD-1.1", "YD-3.2", "T-28")
def test_survey_and_comparison_are_owed_by_every_township(packs):
    for name in ("survey_round", "comparison"):
        assert duty(packs, name).subject is Subject.TOWNSHIP
    compared = clock(packs, "comparison")
    assert compared.first_due(day("2025-06-01")) == day("2025-06-30")
    assert compared.next_due(day("2025-06-10")) == day("2025-07-31")


@pytest.mark.clause("YD-1.2", "T-55")
def test_eight_bodies_take_part_in_the_survey(packs):
    named = packs[YD].parameter("article_4_departments", ON).value
    assert len(named) == 8
    assert {"statistics", "disease_control"} <= set(named)
    assert len(packs["cn"].parameter("article_4_departments", ON).value) == 7


@pytest.mark.clause("YD-1.3")
def test_information_is_verified_again_after_half_a_year(packs):
    assert clock(packs, "information_update").next_due(day("2025-05-10")) == day("2025-11-10")


@pytest.mark.clause("YD-1.4")
def test_a_change_is_entered_nationally_within_ten_days_by_our_own_default(packs):
    entry = clock(packs, "national_entry")
    assert entry.first_due(day("2025-05-12")) == day("2025-05-22")
    assert packs[YD].parameter("national_upload_days", ON).source.product_default


@pytest.mark.clause("YD-2.1", "T-72")
def test_a_priority_child_has_a_file(packs):
    about = child("C06", priority_grounds=["family_difficulty"])
    owed = {each.duty.name for each in duties_of(about, on=ON, pack=packs[YD])}
    assert {"priority_file", "child_contact", "child_home_visit"} <= owed
    assert packs[YD].parameter("priority_file", ON).value is True


@pytest.mark.clause("YD-2.2")
def test_contact_is_due_a_month_after_the_last_one(packs):
    contact = clock(packs, "child_contact")
    assert contact.first_due(ON) == day("2025-06-20")
    assert contact.next_due(day("2025-06-21")) == day("2025-07-21")


@pytest.mark.clause("YD-2.3")
def test_a_home_visit_is_due_three_months_after_the_file_was_opened(packs):
    assert clock(packs, "child_home_visit").first_due(ON) == day("2025-08-20")


@pytest.mark.clause("YD-2.4")
def test_six_bodies_answer_for_the_ledger_health_among_them(packs):
    here = set(packs[YD].parameter("article_5_departments", ON).value)
    nationally = set(packs["cn"].parameter("article_5_departments", ON).value)
    assert (len(here), len(nationally)) == (6, 6)
    assert here - nationally == {"health"}
    assert nationally - here == {"working_committee_children"}


@pytest.mark.clause("YD-5.4.2")
def test_every_vaccination_unit_searches_in_every_quarter(packs):
    search = duty(packs, "vaccination_search")
    assert (search.post, search.subject) == ("vaccination_unit", Subject.INSTITUTION)
    assert clock(packs, "vaccination_search").first_due(day("2025-04-01")) == day("2025-06-30")
    hints = packs[YD].exchanges["vaccination_hints"].on(ON)
    assert hints is not None
    assert (hints.code, hints.receiver) == ("F21", "township_government")


@pytest.mark.clause("YD-6.9.1", "YD-6.9.2", "T-37")
def test_the_township_accepts_and_only_the_hukou_place_decides(packs):
    found = route(packs, "orphan_allowance", father_status="dead", mother_status="dead")
    assert found.accepts is PlaceWord.RESIDENCE_TOWNSHIP
    assert found.divisions == {"accepts": YAODU, "decides": HONGDONG, "pays": HONGDONG}
    assert duty(packs, "case_transfer").post == "township_government"
    assert duty(packs, "case_decision").post == "hukou_civil_affairs"


@pytest.mark.clause("YD-6.9.3", "T-41")
def test_dibao_is_tried_by_local_rules_first(packs):
    found = route(packs, "dibao", meets_local_dibao_rules=True)
    assert (found.decides, found.fallback) == (PlaceWord.RESIDENCE, PlaceWord.HUKOU)
    assert found.source.product_default
    elsewhere = child("C06", facts={"meets_local_dibao_rules": False})
    verdict = decided(elsewhere, "2025-06-05", packs[YD], "benefit.dibao")
    assert (verdict.answer, verdict.missing) == (CANNOT_TELL, ("meets_hukou_dibao_rules",))


@pytest.mark.clause("YD-6.9.4")
def test_relief_knows_three_grounds(packs):
    kinds = set(packs[YD].facts["emergency_kind"].words)
    assert kinds == {"sudden", "urgent", "catastrophic", "none"}
    facts = {"emergency_kind": "catastrophic", "meets_temporary_relief_rules": True}
    found = route(packs, "temporary_relief", **facts)
    assert found.decides is PlaceWord.EMERGENCY


@pytest.mark.clause("YD-6.10.1")
def test_housing_answers_with_health_and_on_application(packs):
    housing = packs[YD].benefits["housing_support"].on(ON)
    assert housing is not None
    assert housing.departments == ("housing", "health")
    assert housing.note is not None
    assert "application" in housing.note.en


@pytest.mark.clause("YD-7.14.2", "T-48")
def test_the_order_is_local_and_the_reprimand_is_inherited(packs):
    assert duty(packs, "guidance_order").source.clause == "YD-7.14.2"
    assert duty(packs, "reprimand").source.clause == "CN-10.4"
    assert duty(packs, "reprimand").mandatory


@pytest.mark.clause("YD-7.14.4")
def test_an_assessment_is_reviewed_after_six_months_by_our_own_default(packs):
    review = clock(packs, "assessment_review")
    assert review.next_due(day("2025-06-25")) == day("2025-12-25")
    assert packs[YD].parameter("assessment_review_months", ON).source.product_default


@pytest.mark.clause("YD-11.21.4")
def test_one_to_one_care_has_one_carer(packs):
    care = duty(packs, "one_to_one_care")
    carer = packs[YD].bodies[care.post].on(ON)
    assert carer is not None
    assert carer.kind == "post"


@pytest.mark.clause("YD-14.1", "T-61")
def test_the_district_makes_no_list_of_its_own(packs):
    own = packs[YD].lists[0]
    assert (own.pack, own.loaded) == (YD, False)
    assert "list_carried_out" in packs[YD].duties
    maker = packs[YD].parameter("service_list_maker", ON)
    assert maker.says is not None
    assert maker.says.en == "none (carry out annex)"
