"""Xiamen: across cities, two windows a year, lists every two years, answers on a list of names."""

import pytest

from tests.rulebook.children import child, day, decided, living_in
from tongxing.rulebook import NO, YES, Packs, check_floor, duties_of, offers
from tongxing.rulebook.clocks import Clock
from tongxing.rulebook.content import Duty, Exchange
from tongxing.rulebook.duties_of import set_clock
from tongxing.rulebook.floor import FloorStatus
from tongxing.rulebook.offers import Mode, Offer

XM = "cn_3502_xiamen"
ON = day("2025-08-01")
IN_DIFFICULTY = {"priority_grounds": ["family_difficulty"]}
ORPHAN = {"father_status": "dead", "mother_status": "dead"}


def duty(packs: Packs, name: str) -> Duty:
    found = packs[XM].duties[name].on(ON)
    assert found is not None
    return found


def clock(packs: Packs, name: str) -> Clock:
    return set_clock(duty(packs, name), on=ON, pack=packs[XM])


def exchange(packs: Packs, name: str) -> Exchange:
    found = packs[XM].exchanges[name].on(ON)
    assert found is not None
    return found


def offered(packs: Packs, benefit: str, **facts: object) -> Offer:
    about = child("C04", facts=facts)
    found = offers(about, on=ON, pack=packs[XM])
    return next(each for each in found if each.route and each.route.name == benefit)


@pytest.mark.clause("XM-0.1")
@pytest.mark.parametrize("moved", [False, True])
def test_six_months_count_in_xiamen_as_a_whole(packs, moved):
    spells = [
        {"division": "350205", "since": "2025-01-08", "until": "2025-06-01", "with": ["father"]},
        {"division": "350206", "since": "2025-06-01", "with": ["father"]},
    ]
    facts = child("C04", spells=spells) if moved else child("C04")
    assert decided(facts, "2025-07-07", packs[XM]).reasons == ("SIX_MONTHS",)
    assert decided(facts, "2025-07-08", packs[XM]).answer is YES


@pytest.mark.clause("XM-0.2", "T-3")
def test_a_child_of_xiamen_hukou_is_left_out_here_and_judged_nationally_besides(packs):
    local = decided(child("C05"), "2025-06-10", packs[XM])
    assert (local.answer, "CITY_HUKOU_EXCLUSION" in local.reasons) == (NO, True)
    assert decided(child("C05"), "2025-06-10", packs["cn"]).answer is not NO


@pytest.mark.clause("XM-4.2", "T-22")
def test_the_earlier_of_half_year_and_window_is_due(packs):
    verified = day("2025-04-05")
    floor = clock(packs, "information_update").next_due(verified)
    window = clock(packs, "update_windows").next_due(verified)
    assert (floor, window) == (day("2025-10-05"), day("2025-10-31"))
    assert min(floor, window) == day("2025-10-05")


@pytest.mark.clause("XM-4.2")
def test_the_windows_are_april_and_october_of_every_year(packs):
    windows = clock(packs, "update_windows")
    assert windows.first_due(day("2025-11-01")) == day("2026-04-30")
    assert windows.next_due(day("2026-04-30")) == day("2026-10-31")


@pytest.mark.clause("XM-4.1", "T-55")
def test_seven_departments_of_the_text_and_the_procuratorate_take_part(packs):
    prefix = "survey_with_"
    named = {name.removeprefix(prefix) for name in packs[XM].duties if name.startswith(prefix)}
    assert named == {
        "education",
        "public_security",
        "health",
        "medical_insurance",
        "disease_control",
        "disabled_federation",
        "procuratorate",
    }
    nationally = packs["cn"].parameter("census_participants", ON).value
    here = packs[XM].parameter("census_participants", ON).value
    assert here == (*nationally, "procuratorate")


@pytest.mark.clause("XM-5.1", "T-72")
def test_a_file_is_opened_by_the_street_and_for_everybody(packs):
    opener = duty(packs, "priority_file").post
    body = packs[XM].bodies[opener].on(ON)
    assert body is not None
    assert body.level == "township"
    assert packs[XM].parameter("priority_file", ON).value is True
    assert packs["cn"].parameter("priority_file", ON).value is False


@pytest.mark.clause("XM-5.3")
def test_contact_each_month_and_visit_every_three_months(packs):
    found = duties_of(child("C04", **IN_DIFFICULTY), on=ON, pack=packs[XM])
    owed = {each.duty.name: each for each in found if each.answer is YES}
    assert owed["child_contact"].first_due_on == day("2025-09-01")
    assert owed["child_home_visit"].first_due_on == day("2025-11-01")
    assert owed["child_home_visit"].clock.next_due(day("2025-10-31")) == day("2026-01-31")
    assert owed["child_contact"].duty.post == "child_director"


def test_no_visit_is_owed_to_a_migrant_child_without_a_ground(packs):
    found = duties_of(child("C04"), on=ON, pack=packs[XM])
    assert not {"child_contact", "child_home_visit"} & {each.duty.name for each in found}


@pytest.mark.clause("XM-10.5")
def test_the_guardianship_assessment_is_due_30_days_after_the_file(packs):
    assert clock(packs, "guardianship_assessment").first_due(ON) == day("2025-08-31")
    days = packs[XM].parameter("guardianship_assessment_days", ON)
    assert days.source.product_default


@pytest.mark.clause("XM-17.2", "T-31")
def test_the_list_is_renewed_two_years_after_the_last_publication(packs):
    assert clock(packs, "list_revision").next_due(day("2025-09-01")) == day("2027-09-01")


@pytest.mark.clause("XM-17.3", "T-30")
def test_the_list_is_filed_within_ten_calendar_days(packs):
    assert clock(packs, "list_filing").first_due(day("2025-09-01")) == day("2025-09-11")
    filing = exchange(packs, "list_filing")
    assert (filing.sender, filing.receiver) == ("county_civil_affairs", "city_civil_affairs")


@pytest.mark.clause("XM-19.1", "T-33")
def test_the_yearly_meeting_begins_with_2025(packs):
    meeting = clock(packs, "annual_meeting")
    assert meeting.first_due(day("2024-01-01")) == day("2025-12-31")
    assert meeting.next_due(day("2025-12-31")) == day("2026-12-31")


@pytest.mark.clause("XM-6.5", "XM-6.6", "XM-6.7", "T-43")
def test_health_and_insurance_answer_a_list_and_the_federation_sends_its_own(packs):
    first = {
        name: exchange(packs, name).list_first
        for name in ("health_services", "insurance_participation", "rehabilitation_services")
    }
    assert first == {
        "health_services": True,
        "insurance_participation": True,
        "rehabilitation_services": False,
    }


@pytest.mark.clause("XM-6.3")
def test_education_gives_three_sets(packs):
    sets = {
        each.data_set
        for dated in packs[XM].exchanges.values()
        if (each := dated.on(ON)) is not None and each.sender == "education"
    }
    assert sets == {"EDU_ENROL", "EDU_DROPOUT", "EDU_AID"}


@pytest.mark.clause("XM-6.4", "T-44")
def test_a_permit_is_asked_for_by_list_and_changes_nobody_s_status(packs):
    assert exchange(packs, "permit_results").list_first
    for permit in ({}, {"has_residence_permit": True, "residence_permit_valid": False}):
        found = decided(child("C04", facts=permit), "2025-10-20", packs[XM])
        assert found.answer is YES


@pytest.mark.clause("XM-15.5", "T-50")
def test_notices_of_misconduct_go_to_named_people_only(packs):
    notice = exchange(packs, "offence_notice")
    assert notice.restricted
    assert notice.receiver == "named_restricted_users"
    consultation = duty(packs, "offence_consultation")
    assert consultation.clock.kind == "calendar_quarter"
    assert consultation.source.note is not None


@pytest.mark.clause("XM-9.1", "T-37")
@pytest.mark.parametrize(
    ("hukou", "mode"), [("350604", Mode.IN_PROVINCE), ("430822", Mode.CROSS_PROVINCE)]
)
def test_an_orphan_is_recognised_by_the_hukou_place_inside_and_outside_fujian(packs, hukou, mode):
    about = child("C04", hukou_division=hukou, facts=ORPHAN)
    found = offers(about, on=ON, pack=packs[XM])
    offer = next(each for each in found if each.route and each.route.name == "orphan_allowance")
    assert offer.verdict.answer is YES
    assert offer.route is not None
    assert (offer.route.mode, offer.route.decides) == (mode, "hukou")
    assert offer.route.divisions["accepts"] == 350205000000


@pytest.mark.clause("XM-9.2", "T-39")
def test_temporary_relief_is_decided_where_the_emergency_happens(packs):
    relief = offered(packs, "temporary_relief", meets_temporary_relief_rules=True)
    assert relief.verdict.answer is YES
    assert relief.route is not None
    assert {relief.route.accepts, relief.route.decides} == {"place_of_emergency"}


@pytest.mark.clause("XM-9.3", "XM-8.7", "T-40")
def test_the_two_benefits_of_a_disabled_child_take_two_routes(packs):
    facts = {
        "disabled": True,
        "meets_disability_subsidy_rules": True,
        "meets_rehabilitation_rules": True,
    }
    found = offers(child("C13", facts=facts), on=ON, pack=packs[XM])
    routes = {each.route.name: each.route for each in found if each.route}
    assert routes["disability_subsidies"].divisions["decides"] == 360733000000
    assert routes["rehabilitation_aid"].divisions["decides"] == 350206000000


@pytest.mark.clause("XM-7.3", "T-9")
def test_aid_for_pupils_goes_on_after_the_sixteenth_birthday(packs):
    senior = child("C12", facts={"family_poor": True, "stage": "senior"})
    assert decided(senior, "2025-10-10", packs[XM]).reasons == ("UNDER_16",)
    assert decided(senior, "2025-10-10", packs[XM], "benefit.pupil_aid").answer is YES


@pytest.mark.clause("XM-7.7", "T-58")
def test_the_pack_of_compulsory_education_has_its_own_name(packs):
    assert "两免一补" in packs[XM].parameter("compulsory_pack", ON).value.zh
    region = packs["cn_15_inner_mongolia"].parameter("compulsory_pack", ON)
    assert "两免两补" in region.value.zh


@pytest.mark.clause("XM-12.5")
def test_the_pilots_are_those_of_huli_alone(packs):
    for name in ("huli_difficulty_pilot", "huli_monitoring_pilot"):
        pilot = packs[XM].programmes[name].on(ON)
        assert pilot is not None
        assert [str(code)[:6] for code in pilot.divisions] == ["350206"]


@pytest.mark.clause("XM-12.4")
def test_both_hotlines_come_from_the_plan(packs):
    lines = {each.number: each.source.clause for each in packs[XM].contacts}
    assert (lines["12355"], lines["12356"]) == ("XM-12.4", "XM-12.4")


@pytest.mark.clause("XM-10.4")
def test_a_reprimand_must_be_given_and_an_order_may(packs):
    assert duty(packs, "reprimand").mandatory
    assert not duty(packs, "guidance_order").mandatory


@pytest.mark.clause("XM-17.1", "T-60")
def test_the_city_list_is_an_empty_slot_and_no_floor_is_guessed(packs):
    own = packs[XM].lists[0]
    assert (own.pack, own.loaded) == (XM, False)
    floor = check_floor(packs[XM], packs["cn"], on=ON)
    assert floor.status in {FloorStatus.BASE_LIST_MISSING, FloorStatus.OWN_LIST_MISSING}


@pytest.mark.clause("T-15")
def test_who_asks_for_help_across_a_street_border_is_served_and_not_counted(packs):
    asking = child(
        "C05",
        spells=living_in("350206001000", "2022-07-01"),
        hukou_division="350206002000",
        asks_for_help_on="2025-06-10",
    )
    assert decided(asking, "2025-06-10", packs[XM], "priority").answer is YES
    assert decided(asking, "2025-06-10", packs[XM]).answer is NO
