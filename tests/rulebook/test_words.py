"""What a verdict says in words: Chinese and English, places by name where names are given."""

import pytest

from tests.rulebook.children import CENTRAL_BAOTOU, child, day, living_in
from tongxing.rulebook import Packs, SiteSettings, Text, Verdict, explain
from tongxing.rulebook.moments import PartialDate
from tongxing.rulebook.one_child.wording import length_words, moment_words

NAMES = {
    150203000000: Text("昆都仑区", "Kundulun"),
    150204000000: Text("青山区", "Qingshan"),
    150200000000: Text("包头市", "Baotou"),
}


def verdict_of(packs: Packs, on: str = "2025-01-01", site=CENTRAL_BAOTOU, **but) -> Verdict:
    rule = but.pop("rule", "survey_population")
    return explain(
        rule,
        child("C02", **but),
        on=day(on),
        pack=packs["cn"],
        site=site,
        place_name=NAMES.get,
    )


def seen(verdict: Verdict, code: str) -> str:
    return verdict.condition(code).value.zh


def test_places_appear_by_name_and_code(packs):
    verdict = verdict_of(packs)
    places = "户籍在青山区（150204）；居住在昆都仑区（150203）"
    assert seen(verdict, "CROSS_COUNTY") == places
    expected = f"{places}；两地均在包头市（1502）中心城区名单内"
    assert seen(verdict, "URBAN_DISTRICT_EXCEPTION") == expected
    assert "both in the central urban area of Baotou (1502)" in (
        verdict.condition("URBAN_DISTRICT_EXCEPTION").value.en
    )


def test_an_unset_city_is_named(packs):
    verdict = verdict_of(packs, site=SiteSettings())
    assert "包头市（1502）的中心城区范围尚未设置" in seen(verdict, "URBAN_DISTRICT_EXCEPTION")


def test_a_district_outside_the_list_is_said_to_be(packs):
    verdict = verdict_of(packs, hukou_division="150205")
    assert "两地不都在包头市（1502）中心城区名单内" in seen(verdict, "URBAN_DISTRICT_EXCEPTION")


@pytest.mark.parametrize(
    ("but", "code", "words"),
    [
        ({"born_on": None}, "UNDER_16", "出生日期不详"),
        ({"born_on": "2010"}, "UNDER_16", "出生于2010-01-01至2010-12-31之间"),
        ({"hukou_division": None}, "CROSS_COUNTY", "户籍地不详；居住在昆都仑区（150203）"),
        (
            {"hukou_division": None, "hukou_status": "unregistered"},
            "CROSS_COUNTY",
            "尚未登记户口；居住在昆都仑区（150203）",
        ),
        (
            {"hukou_division": None, "hukou_status": "outside"},
            "CROSS_COUNTY",
            "无内地户籍；居住在昆都仑区（150203）",
        ),
        ({"spells": []}, "CROSS_COUNTY", "户籍在青山区（150204）；居住地不详"),
        ({"spells": []}, "SIX_MONTHS", "居住地不详"),
        ({"spells": []}, "ACCOMPANIED", "同住人不详"),
        ({"spells": [{"division": "150203"}]}, "SIX_MONTHS", "开始居住日期不详"),
        (
            {"spells": [{"division": "150203"}, {"division": "150207"}]},
            "SIX_MONTHS",
            "居住地不详",
        ),
        ({"spells": [{"division": "150203"}]}, "ACCOMPANIED", "同住人不详"),
        (
            {"spells": living_in("150203", "2024")},
            "SIX_MONTHS",
            "开始居住日期不早于2024-01-01，确切日期不详",
        ),
        ({"spells": living_in("150204", "2023-01-01")}, "SIX_MONTHS", "没有符合条件的连续居住"),
        (
            {"spells": living_in("150203", "2024-01-01", "nobody")},
            "ACCOMPANIED",
            "无父母或监护人同住",
        ),
        (
            {"spells": living_in("150203", "2024-01-01", "father", "guardian")},
            "ACCOMPANIED",
            "与父亲、其他监护人共同居住",
        ),
    ],
)
def test_what_was_seen(packs, but, code, words):
    assert seen(verdict_of(packs, **but), code) == words


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (None, "未主动提出求助"),
        ("2024-12-01", "2024-12-01主动提出求助"),
        ({"latest": "2024-12-01"}, "2024-12-01或之前主动提出求助"),
    ],
)
def test_requests(packs, asked, words):
    verdict = verdict_of(packs, rule="priority_self_request", asks_for_help_on=asked)
    assert seen(verdict, "SELF_REQUEST") == words


def test_an_exclusion_that_is_switched_off_says_only_that(packs):
    verdict = verdict_of(packs, rule="statistical_population")
    assert seen(verdict, "SURVEY_POPULATION") == "本地不适用"


@pytest.mark.parametrize(
    ("moment", "zh", "en"),
    [
        (None, "日期不详", "an unknown day"),
        (PartialDate(), "日期不详", "an unknown day"),
        (PartialDate(day("2024-01-01"), None), "2024-01-01或之后", "2024-01-01 or after"),
        (PartialDate(None, day("2024-01-01")), "2024-01-01或之前", "2024-01-01 or before"),
    ],
)
def test_moments(moment, zh, en):
    assert moment_words(moment) == Text(zh, en)


def test_lengths():
    assert length_words(1, 1) == Text("1个月1天", "1 month 1 day")
    assert length_words(6, 0) == Text("6个月", "6 months")


def test_a_condition_that_a_rule_does_not_have(packs):
    with pytest.raises(KeyError):
        verdict_of(packs).condition("CROSS_CITY")


@pytest.mark.clause("XM-0.2")
def test_the_words_of_xiamen(packs):
    verdict = explain(
        "survey_population", child("C05"), on=day("2025-07-01"), pack=packs["cn_3502_xiamen"]
    )
    assert seen(verdict, "CITY_HUKOU_EXCLUSION") == "户籍在350212"
    assert seen(verdict, "LIVES_IN_CITY") == "居住在350206"
