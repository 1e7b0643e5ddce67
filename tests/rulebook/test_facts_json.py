"""Facts and site settings as JSON: read exactly, refused with a sentence."""

from datetime import date

import pytest

from tests.rulebook.children import BAOTOU, KUNDULUN, QINGSHAN, day, living_in
from tongxing.rulebook import (
    Absence,
    ChildFacts,
    Companion,
    FactsError,
    HukouStatus,
    PartialDate,
    PastHukou,
    SiteError,
    SiteSettings,
    Spell,
    facts_from_json,
    site_from_json,
)
from tongxing.rulebook.moments import read_moment


def test_everything_a_file_can_say():
    facts = facts_from_json(
        {
            "born_on": "2012-03",
            "hukou_division": "150222",
            "hukou_since": {"latest": "2020-01-01"},
            "hukou_status": "registered",
            "earlier_hukou": [{"division": "150203", "since": "2012"}],
            "spells": [
                {
                    "division": "150203001000",
                    "since": "2024-02-10",
                    "until": None,
                    "with": ["mother", "carer"],
                    "absences": [{"since": "2025-01-20", "until": "2025-02-17"}, {"since": None}],
                }
            ],
            "asks_for_help_on": "2025-05-06",
            "facts": {"orphan": False, "stage": "primary", "disabled": None},
        }
    )
    assert facts == ChildFacts(
        birth_date=PartialDate(day("2012-03-01"), day("2012-03-31")),
        hukou_division=150222000000,
        hukou_since=PartialDate(None, day("2020-01-01")),
        hukou_status=HukouStatus.REGISTERED,
        earlier_hukou=(
            PastHukou(division=KUNDULUN, since=PartialDate(day("2012-01-01"), day("2012-12-31"))),
        ),
        spells=(
            Spell(
                division=150203001000,
                since=day("2024-02-10"),
                companions=frozenset({Companion.MOTHER, Companion.CARER}),
                absences=(
                    Absence(since=day("2025-01-20"), until=day("2025-02-17")),
                    Absence(since=PartialDate()),
                ),
            ),
        ),
        asks_for_help_on=day("2025-05-06"),
        facts={"orphan": False, "stage": "primary", "disabled": None},
    )


def test_an_empty_file_means_that_nothing_is_known():
    assert facts_from_json({}) == ChildFacts()


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ({"born": "2012-03-15"}, "born: Extra inputs"),
        ({"born_on": "soon"}, "born_on: .*neither a year"),
        ({"born_on": "2012-02-30"}, "born_on: "),
        ({"born_on": 2012}, "born_on: .*a day, a year"),
        ({"born_on": {"first": "2012-01-01"}}, "born_on: .*'earliest' and 'latest'"),
        ({"born_on": {"earliest": "2012-02-01", "latest": "2012-01-01"}}, "not an interval"),
        ({"hukou_division": "Guyang"}, "hukou_division: .*not a division code"),
        ({"hukou_division": 150222}, "hukou_division: "),
        ({"spells": living_in("150203", "2024-02-10", "dog")}, "spells.0.with.0: "),
        ({"facts": {"orphan": 3}}, "facts.orphan"),
        ([], "facts: "),
    ],
)
def test_a_wrong_shape_is_refused_with_its_place(raw, sentence):
    with pytest.raises(FactsError, match=sentence):
        facts_from_json(raw)


def test_a_day_may_already_be_one():
    assert read_moment(date(2012, 3, 15)) == date(2012, 3, 15)
    assert read_moment({"earliest": date(2012, 3, 15)}) == PartialDate(date(2012, 3, 15), None)


def test_site_settings():
    site = site_from_json(
        {
            "central_urban_districts": {"1502": ["150203", "150204"]},
            "zones": {"150271": "150203"},
            "parameters": {"cn": {"birthday_rule": "day_after", "stages": ["primary"]}},
            "assume_no_central_districts": True,
        }
    )
    assert site.central_districts(BAOTOU, day("2000-01-01")) == frozenset({KUNDULUN, QINGSHAN})
    assert site.central_districts(350200000000, day("2000-01-01")) == frozenset()
    assert site.county_for(150271001000) == KUNDULUN
    assert site.county_for(QINGSHAN) == QINGSHAN
    assert site.own_value("stages", ("cn_1502_baotou", "cn")) == (("primary",),)
    assert site.own_value("unsaid", ("cn",)) == ()


def test_the_sets_of_a_city_begin_on_their_day():
    site = SiteSettings(
        central_urban_districts={BAOTOU: {day("2025-01-01"): frozenset({KUNDULUN})}}
    )
    assert site.central_districts(BAOTOU, day("2024-12-31")) is None
    assert site.central_districts(BAOTOU, day("2025-01-01")) == frozenset({KUNDULUN})
    assert site.change_dates() == {day("2025-01-01")}


def test_a_district_of_another_city_cannot_be_central():
    with pytest.raises(SiteError, match="150102000000 cannot be a central urban district"):
        SiteSettings(central_urban_districts={BAOTOU: frozenset({150102000000})})


def test_wrong_settings_are_refused_with_their_place():
    with pytest.raises(FactsError, match="zones"):
        site_from_json({"zones": ["150271"]})
