"""Who is a migrant child: the contract's examples and the traps about definitions."""

import pytest

from tests.rulebook.children import BAOTOU, CENTRAL_BAOTOU, child, day, decided, living_in
from tongxing.rulebook import (
    CANNOT_TELL,
    NO,
    YES,
    Packs,
    SiteError,
    SiteSettings,
    decide,
    explain,
    site_from_json,
)

ALL_FOUR = ("ACCOMPANIED", "CROSS_COUNTY", "SIX_MONTHS", "UNDER_16")


@pytest.mark.clause("CN-4.1")
@pytest.mark.parametrize(
    ("on", "answer", "reasons"),
    [
        ("2024-08-09", NO, ("SIX_MONTHS",)),
        ("2024-08-10", YES, ALL_FOUR),
        ("2028-03-14", YES, ALL_FOUR),
        ("2028-03-15", NO, ("UNDER_16",)),
    ],
)
def test_c01_is_a_migrant_child_from_six_months_to_sixteen_years(packs, on, answer, reasons):
    found = decided(child("C01"), on, packs["cn"])
    assert (found.answer, found.reasons) == (answer, reasons)


@pytest.mark.clause("CN-4.1")
def test_the_day_of_reaching_six_months_is_told_beforehand(packs: Packs):
    found = decided(child("C01"), "2024-08-09", packs["cn"])
    assert (found.changes_on, found.changes_to) == (day("2024-08-10"), YES)
    verdict = explain("survey_population", child("C01"), on=day("2024-08-09"), pack=packs["cn"])
    seen = verdict.condition("SIX_MONTHS").value
    assert seen.zh == "居住自2024-02-10起，至2024-08-09为5个月30天；2024-08-10满6个月"
    assert "5 months 30 days" in seen.en


@pytest.mark.clause("CN-4.1")
def test_one_parent_is_enough(packs):
    assert decided(child("C01"), "2025-01-01", packs["cn"]).answer is YES


@pytest.mark.clause("CN-4.1")
def test_a_child_alone_is_not_counted(packs):
    alone = child("C01", born_on="2010-06-01", spells=living_in("150203", "2024-01-01", "nobody"))
    found = decided(alone, "2025-01-01", packs["cn"])
    assert (found.answer, found.reasons) == (NO, ("ACCOMPANIED",))


@pytest.mark.clause("CN-4.1")
def test_an_aunt_without_a_basis_of_guardianship_raises_the_question(packs):
    with_aunt = child("C01", spells=living_in("150203", "2024-02-10", "carer"))
    verdict = explain("survey_population", with_aunt, on=day("2025-01-01"), pack=packs["cn"])
    assert verdict.answer is CANNOT_TELL
    assert [fact.name for fact in verdict.missing] == ["guardian_basis"]
    assert "监护" in verdict.missing[0].question.zh
    assert verdict.missing[0].ask.en


@pytest.mark.clause("CN-4.1")
def test_a_stay_from_the_last_of_august_is_six_months_long_on_the_last_of_february(packs):
    facts = child("C01", spells=living_in("150203", "2024-08-31"))
    assert decided(facts, "2025-02-27", packs["cn"]).answer is NO
    assert decided(facts, "2025-02-28", packs["cn"]).answer is YES


@pytest.mark.clause("CN-4.1")
def test_a_spring_festival_trip_does_not_restart_the_stay(packs):
    trip = [{"since": "2025-01-20", "until": "2025-02-17"}]
    facts = child("C01", spells=living_in("150203", "2024-02-10", absences=trip))
    for on in ("2025-01-25", "2025-02-17", "2025-03-01"):
        verdict = explain("survey_population", facts, on=day(on), pack=packs["cn"])
        assert verdict.answer is YES
        assert "2024-02-10" in verdict.condition("SIX_MONTHS").value.zh


@pytest.mark.clause("CN-4.1")
@pytest.mark.parametrize(("back", "answer"), [("2025-03-02", YES), ("2025-03-03", NO)])
def test_sixty_days_away_are_tolerated_and_sixty_one_are_not(packs, back, answer):
    away = [{"since": "2025-01-01", "until": back}]
    facts = child("C01", spells=living_in("150203", "2024-02-10", absences=away))
    assert decided(facts, "2025-03-10", packs["cn"]).answer is answer


@pytest.mark.clause("CN-4.1")
def test_a_hukou_moved_to_the_residence_ends_it_that_day(packs):
    facts = child(
        "C01",
        hukou_division="150203",
        hukou_since="2025-09-01",
        earlier_hukou=[{"division": "150222"}],
    )
    before = decided(facts, "2025-08-31", packs["cn"])
    assert (before.answer, before.changes_on) == (YES, day("2025-09-01"))
    after = decided(facts, "2025-09-01", packs["cn"])
    assert after.answer is NO
    assert "CROSS_COUNTY" in after.reasons


@pytest.mark.clause("CN-4.1")
def test_before_a_known_transfer_an_unknown_hukou_cannot_tell(packs):
    facts = child("C01", hukou_division="150203", hukou_since="2025-09-01")
    found = decided(facts, "2025-08-31", packs["cn"])
    assert found.answer is CANNOT_TELL
    assert "earlier_hukou" in found.missing


@pytest.mark.clause("CN-4.2")
def test_two_central_districts_of_one_city_are_excepted(packs):
    found = decided(child("C02"), "2025-01-01", packs["cn"])
    assert (found.answer, found.reasons) == (NO, ("URBAN_DISTRICT_EXCEPTION",))


@pytest.mark.clause("CN-4.2")
def test_a_district_outside_the_central_set_counts(packs):
    assert decided(child("C03"), "2025-01-01", packs["cn"]).answer is YES


@pytest.mark.clause("CN-4.2")
def test_central_districts_of_two_cities_are_no_exception(packs):
    hohhot = child("C02", hukou_division="150102")
    assert decided(hohhot, "2025-01-01", packs["cn"]).answer is YES


@pytest.mark.clause("CN-4.2")
def test_a_city_that_nobody_has_configured_cannot_tell(packs):
    unset = decided(child("C02"), "2025-01-01", packs["cn"], site=SiteSettings())
    assert (unset.answer, unset.missing) == (CANNOT_TELL, ("central_urban_districts",))


@pytest.mark.clause("CN-4.2")
@pytest.mark.parametrize(
    "site",
    [
        SiteSettings(assume_no_central_districts=True),
        SiteSettings(central_urban_districts={BAOTOU: frozenset()}),
    ],
)
def test_a_site_can_say_that_no_district_is_central(packs, site):
    assert decided(child("C02"), "2025-01-01", packs["cn"], site=site).answer is YES


@pytest.mark.clause("CN-4.2")
def test_a_changed_central_set_leaves_earlier_days_alone(packs):
    sets = {"2020-01-01": ["150203", "150204"], "2026-01-01": ["150203", "150204", "150205"]}
    site = site_from_json({"central_urban_districts": {"1502": sets}})
    earlier = decided(child("C03"), "2025-03-01", packs["cn"], site=site)
    assert (earlier.answer, earlier.changes_on) == (YES, day("2026-01-01"))
    assert decided(child("C03"), "2026-01-01", packs["cn"], site=site).answer is NO


@pytest.mark.clause("CN-5.2")
def test_a_township_mover_who_asks_is_served_and_not_counted(packs):
    facts = child(
        "C01",
        hukou_division="150203001",
        spells=living_in("150203005", "2024-01-10"),
        asks_for_help_on="2025-05-06",
    )
    asked = decided(facts, "2025-05-06", packs["cn_1502_baotou"], "priority_self_request")
    assert asked.answer is YES
    assert "SELF_REQUEST" in asked.reasons
    before = decided(facts, "2025-05-05", packs["cn_1502_baotou"], "priority_self_request")
    assert (before.answer, before.changes_on) == (NO, day("2025-05-06"))
    assert decided(facts, "2025-05-06", packs["cn_1502_baotou"]).answer is NO
    counted = decided(facts, "2025-05-06", packs["cn_1502_baotou"], "statistical_population")
    assert counted.answer is YES


@pytest.mark.clause("CN-5.2", "XM-5.1")
def test_in_xiamen_a_child_outside_the_definition_may_still_ask(packs):
    facts = child("C05", asks_for_help_on="2025-06-10")
    xiamen = packs["cn_3502_xiamen"]
    assert decided(facts, "2025-06-10", xiamen, "priority_self_request").answer is YES
    assert decided(facts, "2025-06-10", xiamen).answer is NO


@pytest.mark.clause("IM-0.1")
def test_the_region_inherits_the_definition_and_names_itself(packs):
    region = packs["cn_15_inner_mongolia"]
    verdict = explain("survey_population", child("C07"), on=day("2025-01-01"), pack=region)
    assert verdict.answer is YES
    assert verdict.pack == "cn_15_inner_mongolia"
    assert {each.source.clause for each in verdict.conditions} == {"IM-0.1", "IM-0.2"}


@pytest.mark.clause("IM-0.1", "IM-0.2")
def test_before_the_regional_plan_the_national_text_is_cited(packs):
    region = packs["cn_15_inner_mongolia"]
    verdict = explain("survey_population", child("C07"), on=day("2024-10-30"), pack=region)
    assert {each.source.clause for each in verdict.conditions} == {"CN-4.1", "CN-4.2"}


@pytest.mark.clause("IM-0.2")
def test_the_region_has_the_same_exception(packs):
    found = decided(child("C02"), "2025-01-01", packs["cn_15_inner_mongolia"])
    assert (found.answer, found.reasons) == (NO, ("URBAN_DISTRICT_EXCEPTION",))


@pytest.mark.clause("IM-0.2")
def test_a_county_level_city_is_never_a_municipal_district(packs):
    facts = child("C02", hukou_division="150781", spells=living_in("150702", "2023-09-01"))
    found = decided(facts, "2025-01-01", packs["cn_15_inner_mongolia"], site=SiteSettings())
    assert found.answer is YES
    with pytest.raises(SiteError, match="150781"):
        site_from_json({"central_urban_districts": {"1507": ["150781"]}})


@pytest.mark.clause("BT-0.1")
def test_a_development_zone_counts_as_its_district(packs):
    facts = child("C01", hukou_division="150203", spells=living_in("150271", "2024-02-10"))
    baotou = packs["cn_1502_baotou"]
    unmapped = decided(facts, "2025-01-01", baotou)
    assert unmapped.answer is CANNOT_TELL
    assert "zone_mapping" in unmapped.missing
    mapped = site_from_json({"zones": {"150271": "150203"}})
    assert decided(facts, "2025-01-01", baotou, site=mapped).reasons == (
        "CROSS_COUNTY",
        "SIX_MONTHS",
    )


@pytest.mark.clause("BT-0.2")
def test_baotou_takes_its_definition_from_the_region(packs):
    baotou = packs["cn_1502_baotou"]
    definition = baotou.rule("survey_population").on(day("2025-01-01"))
    assert definition is not None
    assert (definition.source.clause, definition.pack) == ("IM-0.1", "cn_15_inner_mongolia")
    assert baotou.parameter("home_visit_interval_months", day("2025-01-01")).source.clause == (
        "IM-2.6"
    )
    assert baotou.parameter("home_visits_per_quarter", day("2025-01-01")).source.clause == "BT-L17"


@pytest.mark.clause("XM-0.1")
@pytest.mark.parametrize(("on", "answer"), [("2025-07-07", NO), ("2025-07-08", YES)])
def test_c04_is_six_months_in_xiamen_on_the_eighth_of_july(packs, on, answer):
    assert decided(child("C04"), on, packs["cn_3502_xiamen"]).answer is answer


@pytest.mark.clause("XM-0.1")
def test_a_move_inside_xiamen_does_not_restart_the_stay(packs):
    moved = child(
        "C04",
        spells=living_in("350205", "2025-01-08", "father", until="2025-06-01")
        + living_in("350206", "2025-06-01", "father"),
    )
    found = decided(moved, "2025-07-07", packs["cn_3502_xiamen"])
    assert (found.answer, found.changes_on) == (NO, day("2025-07-08"))


@pytest.mark.clause("XM-0.1")
@pytest.mark.parametrize("hukou", ["429004", "429005", "350604"])
def test_counties_directly_under_a_province_are_cities_of_their_own(packs, hukou):
    facts = child("C04", hukou_division=hukou)
    assert decided(facts, "2025-07-08", packs["cn_3502_xiamen"]).answer is YES


@pytest.mark.clause("XM-0.2")
def test_xiamen_hukou_is_excluded_locally_and_judged_nationally_beside_it(packs):
    local = decided(child("C05"), "2025-07-01", packs.for_division(350206000000))
    assert local.answer is NO
    assert "CITY_HUKOU_EXCLUSION" in local.reasons
    both_central = site_from_json({"central_urban_districts": {"3502": ["350206", "350212"]}})
    one_outside = site_from_json({"central_urban_districts": {"3502": ["350206"]}})
    national = packs.national()
    assert decided(child("C05"), "2025-07-01", national, site=both_central).answer is NO
    assert decided(child("C05"), "2025-07-01", national, site=one_outside).answer is YES


@pytest.mark.clause("YD-0.1")
@pytest.mark.parametrize(
    ("on", "answer"),
    [("2025-04-30", NO), ("2025-05-01", YES), ("2026-05-05", YES), ("2026-05-06", NO)],
)
@pytest.mark.parametrize("exception", [True, False])
def test_c06_counts_in_yaodu_whether_or_not_the_exception_is_taken_over(
    packs, on, answer, exception
):
    own = {"cn_141002_yaodu": {"urban_district_exception": exception}}
    site = site_from_json({"parameters": own})
    assert decided(child("C06"), on, packs["cn_141002_yaodu"], site=site).answer is answer


@pytest.mark.clause("YD-0.1")
def test_yaodu_shows_where_its_exception_comes_from(packs):
    yaodu = packs["cn_141002_yaodu"]
    switch = yaodu.parameter("urban_district_exception", day("2025-06-01"))
    assert switch.source.clause == "CN-4.2"
    assert switch.source.product_default
    verdict = explain("survey_population", child("C06"), on=day("2025-06-01"), pack=yaodu)
    exception = verdict.condition("URBAN_DISTRICT_EXCEPTION")
    assert exception.source.note is not None
    assert "本地文件未写明" in exception.source.note.zh


@pytest.mark.clause("CN-4.2")
def test_what_a_document_fixes_cannot_be_switched_off_by_a_site(packs):
    site = SiteSettings(parameters={"cn": {"urban_district_exception": False}})
    with pytest.raises(SiteError, match="minfa_2024_35"):
        decided(child("C02"), "2025-01-01", packs["cn"], site=site)


def test_a_missing_permit_is_no_part_of_the_question(packs):
    facts = child("C06", spells=living_in("141002", "2024-10-01"))
    assert decided(facts, "2025-06-01", packs["cn_141002_yaodu"]).answer is YES


def test_a_child_known_by_birth_year_is_certain_away_from_the_boundary(packs):
    facts = child("C01", born_on="2010")
    certain = decided(facts, "2025-12-31", packs["cn"])
    assert (certain.answer, certain.changes_on, certain.changes_to) == (
        YES,
        day("2026-01-01"),
        CANNOT_TELL,
    )
    unsure = decided(facts, "2026-01-01", packs["cn"])
    assert (unsure.missing, unsure.changes_on) == (("birth_date",), day("2026-12-31"))
    assert decided(facts, "2026-12-31", packs["cn"]).answer is NO


def test_nothing_is_missing_where_the_answer_is_certain_anyway(packs):
    facts = child("C01", born_on="2001-01-01", hukou_division=None)
    found = decided(facts, "2025-01-01", packs["cn"])
    assert (found.answer, found.reasons, found.missing) == (NO, ("UNDER_16",), ())


def test_a_day_before_all_texts_says_so(packs):
    verdict = explain("survey_population", child("C01"), on=day("2023-12-31"), pack=packs["cn"])
    assert verdict.answer is CANNOT_TELL
    assert verdict.reasons == ("NOT_IN_FORCE",)
    assert not verdict.in_force
    assert (verdict.conditions, verdict.missing) == ((), ())


def test_every_condition_appears_with_its_own_answer(packs):
    verdict = explain(
        "survey_population",
        child("C01", born_on=None),
        on=day("2024-08-09"),
        pack=packs["cn"],
        site=CENTRAL_BAOTOU,
    )
    assert {each.code: each.answer.word for each in verdict.conditions} == {
        "ACCOMPANIED": "yes",
        "CROSS_COUNTY": "yes",
        "SIX_MONTHS": "no",
        "UNDER_16": "cannot_tell",
        "URBAN_DISTRICT_EXCEPTION": "no",
    }
    assert verdict.condition("URBAN_DISTRICT_EXCEPTION").fulfilled is YES
    assert verdict.condition("SIX_MONTHS").fulfilled is NO
    assert [each.code for each in verdict.conditions if each.excludes] == [
        "URBAN_DISTRICT_EXCEPTION"
    ]


def test_the_same_question_gets_the_same_answer_from_both_doors(packs):
    facts = child("C12")
    short = decide("survey_population", facts, on=day("2025-09-30"), pack=packs["cn"])
    long = explain("survey_population", facts, on=day("2025-09-30"), pack=packs["cn"])
    assert (short.answer, short.reasons, short.changes_on) == (
        long.answer,
        long.reasons,
        long.changes_on,
    )


@pytest.mark.parametrize(
    ("spells", "asked"),
    [
        (living_in("150203", "2024-10"), ("residence_since",)),
        (
            living_in("150203", "2024-02-10", until="2024-11") + living_in("150207", "2025-01-10"),
            ("residence_until",),
        ),
        (
            living_in(
                "150203", "2024-02-10", absences=[{"since": "2025-01-05", "until": "2025-03"}]
            ),
            ("absence_dates",),
        ),
    ],
)
def test_a_rough_date_is_asked_for_by_name(packs, spells, asked):
    found = decided(child("C01", spells=spells), "2025-04-15", packs["cn"])
    assert (found.answer, found.missing) == (CANNOT_TELL, asked)


def test_a_residence_that_may_have_ended_leaves_the_place_open(packs):
    leaving = child("C01", spells=living_in("150203", "2024-02-10", until="2025-04"))
    verdict = explain("survey_population", leaving, on=day("2025-04-15"), pack=packs["cn"])
    assert verdict.condition("CROSS_COUNTY").answer is CANNOT_TELL
    assert verdict.missing[0].name == "residence_until"


def test_two_possible_residences_decide_what_they_agree_on(packs):
    moving = living_in("150203", "2024-02-10", until="2025-04") + living_in("150207", "2025-01-01")
    facts = child("C01", spells=moving)
    verdict = explain("survey_population", facts, on=day("2025-04-15"), pack=packs["cn"])
    assert verdict.condition("CROSS_COUNTY").answer is YES
    assert verdict.condition("SIX_MONTHS").answer is YES
    home = living_in("150203", "2024-02-10", until="2025-04") + living_in("150222", "2025-01-01")
    facts = child("C01", spells=home)
    verdict = explain("survey_population", facts, on=day("2025-04-15"), pack=packs["cn"])
    assert verdict.condition("CROSS_COUNTY").answer is CANNOT_TELL
