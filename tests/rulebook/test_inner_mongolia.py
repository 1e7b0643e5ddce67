"""Inner Mongolia: its list of 21 items, its duties, routes and exchanges."""

from collections import Counter

import pytest

from tests.rulebook.children import CENTRAL_BAOTOU, DONGHE, child, day, decided, living_in
from tongxing.rulebook import (
    CANNOT_TELL,
    NO,
    YES,
    ChildFacts,
    Packs,
    SiteSettings,
    duties_of,
    offers,
)
from tongxing.rulebook.clocks import Clock
from tongxing.rulebook.content import Domain, Duty
from tongxing.rulebook.duties_of import set_clock
from tongxing.rulebook.offers import Mode, Offer

IM = "cn_15_inner_mongolia"
ON = day("2025-03-10")
SENIOR = {"stage": "senior", "family_poor": True}


def offer(facts: ChildFacts, packs: Packs, wanted: str) -> Offer:
    found = offers(facts, on=ON, pack=packs[IM], site=CENTRAL_BAOTOU)
    return next(each for each in found if f"{each.item}.{each.letter}" == wanted)


def duty(packs: Packs, name: str) -> Duty:
    found = packs[IM].duties[name].on(ON)
    assert found is not None
    return found


def clock(packs: Packs, name: str, site: SiteSettings = CENTRAL_BAOTOU) -> Clock:
    return set_clock(duty(packs, name), on=ON, pack=packs[IM], site=site)


def owed(facts: ChildFacts, packs: Packs) -> set[str]:
    found = duties_of(facts, on=ON, pack=packs[IM], site=CENTRAL_BAOTOU)
    return {each.duty.name for each in found if each.answer is YES}


@pytest.mark.clause("IM-12.4")
def test_the_list_has_21_items_in_six_domains(packs):
    items = packs[IM].lists[0].items
    assert list(items) == [f"IM-L{number}" for number in range(1, 22)]
    domains = Counter(item.domain for item in items.values())
    assert [domains[domain] for domain in Domain] == [2, 3, 3, 1, 7, 5]


@pytest.mark.clause("IM-12.4")
def test_every_letter_of_every_item_is_there(packs):
    items = packs[IM].lists[0].items.values()
    counted = [len(item.entitlements) for item in items]
    assert counted == [7, 2, 9, 5, 4, 3, 2, 2, 2, 3, 2, 6, 6, 3, 3, 4, 1, 3, 4, 2, 5]
    for item in items:
        assert "".join(item.entitlements) == "abcdefghi"[: len(item.entitlements)]


@pytest.mark.clause("T-9", "IM-L4")
def test_senior_school_goes_on_after_the_sixteenth_birthday(packs):
    pupil = child("C12", spells=living_in("150203", "2020-09-01"), facts=SENIOR)
    assert decided(pupil, "2025-09-30", packs[IM]).answer is YES
    assert decided(pupil, "2025-10-01", packs[IM]).reasons == ("UNDER_16",)
    aid = decided(pupil, "2025-10-01", packs[IM], "IM-L4.c")
    assert (aid.answer, aid.changes_on) == (YES, day("2027-10-01"))
    assert decided(pupil, "2025-10-01", packs[IM], "IM-L6.a").answer is NO


@pytest.mark.clause("T-62")
def test_nursery_is_offered_under_three_where_the_place_has_it(packs):
    two = child("C07", born_on="2022-12-01")
    offered = SiteSettings(
        central_urban_districts=CENTRAL_BAOTOU.central_urban_districts,
        parameters={IM: {"inclusive_nursery_offered": True}},
    )
    assert decided(two, "2025-11-30", packs[IM], "IM-L1.g").reasons == ("NURSERY_OFFERED",)
    assert decided(two, "2025-11-30", packs[IM], "IM-L1.g", offered).answer is YES
    assert decided(two, "2025-12-01", packs[IM], "IM-L1.g", offered).reasons == ("UNDER_3",)


@pytest.mark.clause("IM-4.6", "IM-L3")
def test_a_poor_boarder_has_two_exemptions_and_two_subsidies(packs):
    boarder = child("C07", facts={"stage": "primary", "family_poor": True, "boarding_pupil": True})
    pack = [
        entitlement.id
        for entitlement in packs[IM].lists[0].entitlements()
        if entitlement.route == "compulsory_education_pack"
    ]
    assert pack == ["IM-L3.b", "IM-L3.c", "IM-L3.f", "IM-L3.g"]
    for each in pack:
        assert decided(boarder, "2025-09-01", packs["cn_1502_baotou"], each).answer is YES


@pytest.mark.clause("IM-L10")
def test_an_orphan_from_another_province_is_recognised_there(packs):
    orphan = child("C08", facts={"father_status": "dead", "mother_status": "dead"})
    found = offer(orphan, packs, "IM-L10.b")
    assert found.verdict.answer is YES
    assert found.route is not None
    assert found.route.mode is Mode.CROSS_PROVINCE
    assert found.route.divisions == {
        "accepts": DONGHE,
        "decides": 140222000000,
        "pays": 140222000000,
    }
    assert offer(orphan, packs, "IM-L10.a").verdict.answer is NO


@pytest.mark.clause("IM-L10")
def test_inside_the_region_recognition_is_handled_in_the_province(packs):
    facts = {"father_status": "imprisoned", "mother_status": "declared_missing"}
    unsupported = child("C07", facts=facts)
    found = offer(unsupported, packs, "IM-L10.a")
    assert found.verdict.answer is YES
    assert found.route is not None
    assert found.route.mode is Mode.IN_PROVINCE
    assert offer(unsupported, packs, "IM-L10.b").verdict.answer is NO


@pytest.mark.clause("IM-L10")
def test_the_reason_shows_the_category_and_not_the_infection(packs):
    facts = {"father_status": "alive", "mother_status": "alive", "hiv_infected": True}
    found = offer(child("C01", facts=facts), packs, "IM-L10.c")
    assert found.verdict.answer is YES
    shown = found.to_json()
    assert "BASIC_LIVING_CATEGORY" in found.verdict.reasons
    assert "HIV" not in str(shown["reasons"])


@pytest.mark.clause("IM-L12")
def test_rehabilitation_without_a_permit_waits_and_is_accepted_where_the_child_lives(packs):
    without = child("C07", facts={"disabled": True, "has_residence_permit": False})
    accepted = offer(without, packs, "IM-L12.b")
    assert accepted.verdict.answer is YES
    assert accepted.route is not None
    assert accepted.route.divisions["accepts"] == DONGHE
    aid = decided(without, "2025-03-10", packs[IM], "benefit.rehabilitation_aid")
    assert aid.reasons == ("RESIDENCE_PERMIT",)
    route = packs[IM].benefits["rehabilitation_aid"].on(ON)
    assert route is not None
    assert route.note is not None
    assert "协助办理居住证" in route.note.zh


@pytest.mark.clause("IM-6.4", "IM-L12")
def test_subsidies_go_to_the_hukou_place_and_rehabilitation_stays(packs):
    disabled = child("C07", facts={"disabled": True, "meets_disability_subsidy_rules": True})
    subsidies = offer(disabled, packs, "IM-L12.a").route
    rehabilitation = offer(disabled, packs, "IM-L12.b").route
    assert subsidies is not None
    assert rehabilitation is not None
    assert subsidies.divisions["decides"] == 150922000000
    assert rehabilitation.divisions["decides"] == DONGHE


@pytest.mark.clause("IM-L16")
def test_temporary_relief_belongs_to_the_place_of_the_emergency(packs):
    hurt = child("C07", facts={"meets_temporary_relief_rules": True})
    route = offer(hurt, packs, "IM-L16.a").route
    assert route is not None
    words = {route.accepts.value, route.decides.value, route.pays.value}
    assert words == {"place_of_emergency"}


@pytest.mark.clause("IM-L9", "T-63")
@pytest.mark.parametrize(("urban", "answer"), [(True, YES), (False, NO), (None, CANNOT_TELL)])
def test_only_urban_dibao_families_are_guaranteed_a_home(packs, urban, answer):
    facts = {
        "family_housing_difficulty": True,
        "family_dibao": True,
        "meets_local_housing_rules": True,
        "urban_hukou": urban,
    }
    family = child("C01", facts=facts)
    assert decided(family, "2025-06-01", packs[IM], "housing_guaranteed").answer is answer
    assert decided(family, "2025-06-01", packs[IM], "IM-L9.a").answer is YES


@pytest.mark.clause("IM-5.4", "T-17")
def test_a_banner_may_do_with_the_identity_card(packs):
    without = child("C01", facts={"has_residence_permit": False})
    asked = decided(without, "2025-09-10", packs[IM], "benefit.residents_insurance")
    assert asked.reasons == ("INSURANCE_EVIDENCE",)
    assert decided(without, "2025-09-10", packs[IM]).answer is YES
    open_banner = SiteSettings(parameters={IM: {"identity_card_insurance": True}})
    found = decided(without, "2025-09-10", packs[IM], "benefit.residents_insurance", open_banner)
    assert found.answer is YES


@pytest.mark.clause("IM-2.6")
def test_contacts_are_owed_monthly_and_visits_every_three_months(packs):
    opened, visit = day("2025-01-15"), day("2025-04-16")
    contact, home_visit = clock(packs, "child_contact"), clock(packs, "child_home_visit")
    assert contact.first_due(opened) == day("2025-02-15")
    assert home_visit.first_due(opened) == day("2025-04-15")
    assert (visit - home_visit.first_due(opened)).days == 1
    assert home_visit.next_due(visit) == day("2025-07-16")


@pytest.mark.clause("IM-1.4")
def test_a_record_of_the_end_of_february_is_due_at_the_end_of_august(packs):
    assert clock(packs, "information_update").next_due(day("2025-02-28")) == day("2025-08-28")


@pytest.mark.clause("IM-2.8", "T-25")
def test_the_teacher_s_visit_is_another_duty_of_another_person(packs):
    pupil = child("C01", facts={"stage": "primary"}, priority_grounds=["family_difficulty"])
    assert {"teacher_home_visit", "child_home_visit"} <= owed(pupil, packs)
    assert duty(packs, "teacher_home_visit").post == "teacher"
    assert duty(packs, "child_home_visit").post == "child_director"
    spring = SiteSettings(parameters={"cn": {"school_terms": ("02-24/07-06", "09-01/01-20")}})
    due = clock(packs, "teacher_home_visit", spring).first_due(day("2025-02-24"))
    assert due == day("2025-07-06")


@pytest.mark.clause("IM-2.5")
def test_a_priority_child_is_assessed_in_thirty_days(packs):
    found = duty(packs, "guardianship_assessment")
    assert clock(packs, "guardianship_assessment").first_due(day("2025-03-01")) == day("2025-03-31")
    assert found.source.product_default


@pytest.mark.clause("IM-8.6", "T-35", "T-57")
def test_psychological_grades_have_days_of_follow_up_that_are_ours(packs):
    days = {
        grade: packs[IM].parameter(f"{grade}_follow_up_days", ON)
        for grade in ("green", "yellow", "orange", "red")
    }
    assert [each.value for each in days.values()] == [90, 30, 14, 3]
    assert all(each.source.product_default for each in days.values())
    assert clock(packs, "follow_up_orange").first_due(day("2025-03-10")) == day("2025-03-24")
    assert clock(packs, "follow_up_red").first_due(day("2025-03-20")) == day("2025-03-23")
    orange = child(
        "C11", priority_grounds=["family_difficulty"], facts={"psychological_grade": "orange"}
    )
    assert {name for name in owed(orange, packs) if name.startswith("follow_up_")} == {
        "follow_up_orange"
    }


@pytest.mark.clause("IM-8.6", "T-57")
def test_no_grade_is_demanded_of_a_child_without_difficulty(packs):
    facts = dict.fromkeys(
        ("family_poor", "family_dibao", "disabled", "guardianship_endangers"), False
    )
    assert "psychological_grading" not in owed(child("C01", facts=facts), packs)
    found = decided(child("C01", facts=facts), "2025-03-10", packs[IM], "migrant_in_difficulty")
    assert found.answer is NO


@pytest.mark.clause("T-32")
def test_the_list_is_filed_once_in_2024(packs):
    filing = clock(packs, "list_filing")
    assert filing.kind == "once"
    for asked in ("2024-11-01", "2025-06-01"):
        assert filing.first_due(day(asked)) == day("2024-12-31")


@pytest.mark.clause("T-33")
def test_the_yearly_meeting_begins_with_2024(packs):
    meeting = clock(packs, "annual_meeting")
    assert meeting.first_due(day("2023-01-01")) == day("2024-12-31")
    assert meeting.next_due(day("2024-12-20")) == day("2025-12-31")


@pytest.mark.clause("IM-8.3")
def test_two_lines_are_named(packs):
    numbers = [each.number for each in packs[IM].contacts]
    assert {"12338", "12355"} <= set(numbers)
    assert packs[IM].parameter("hotlines", ON).value == ("12338", "12355")


@pytest.mark.clause("IM-8.1")
def test_loving_mothers_are_a_role_of_the_region_only(packs):
    assert "loving_mother" in packs[IM].parameter("counselling_roles", ON).value
    assert len(packs[IM].parameter("counselling_roles", ON).value) == 9
    assert "loving_mother" in packs[IM].bodies
    assert "loving_mother" not in packs["cn_3502_xiamen"].bodies


@pytest.mark.clause("T-73")
def test_the_village_has_the_director_and_the_sumu_the_supervisor(packs):
    director = packs[IM].bodies["child_director"].on(ON)
    supervisor = packs[IM].bodies["child_supervisor"].on(ON)
    assert director is not None
    assert supervisor is not None
    assert (director.level, supervisor.level) == ("village", "township")
    assert "嘎查村" in director.label.zh
    assert "苏木乡镇" in supervisor.label.zh


def test_the_exchanges_say_who_gives_what_to_whom(packs):
    flows = {}
    for dated in packs[IM].exchanges.values():
        flow = dated.on(ON)
        if flow is not None and flow.pack == IM:
            flows[flow.code] = (flow.sender, flow.receiver, flow.data_set)
    assert flows["F2"] == ("education", "civil_affairs", "EDU_ENROL")
    assert flows["F6"] == ("public_security", "civil_affairs", "MOVEMENT")
    assert flows["F12a"] == ("residence_civil_affairs", "hukou_civil_affairs", "BENEFIT_CASE")
    assert flows["F14"] == ("civil_affairs", "transport", "CONCENTRATION")
    assert flows["F15"] == ("civil_affairs", "finance", "NEED_SHEET")
    assert flows["F23"] == ("city_civil_affairs", "province_civil_affairs", "SERVICE_LIST")


def test_police_must_reprimand_and_may_order(packs):
    assert duty(packs, "reprimand").mandatory
    assert not duty(packs, "guidance_order").mandatory
