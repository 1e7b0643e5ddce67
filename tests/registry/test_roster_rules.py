"""The rules of comparing and keeping, without a database."""

from datetime import date
from typing import Any

import pytest

from tongxing.kernel.divisions import area_of
from tongxing.registry.rules.differences import Stated, compare
from tongxing.registry.rules.lines import Line, Places, facts_in_clear, prepare
from tongxing.registry.rules.statements import continued
from tongxing.registry.values.children import FactKind

HULI = 350206000000
STREET = 350206001000
LIST = Stated(source="health", as_of=date(2025, 8, 1))
POLICE = Stated(source="police", as_of=date(2025, 8, 1))
SCHOOL = Stated(source="education", as_of=date(2025, 6, 1))


def a_line(**said: Any) -> Line:
    line: dict[str, Any] = {"child": {}, "secrets": {}, "stay": {}, "guardians": [], "facts": {}}
    return Line(**line | said)


def compared(line: Line, known: dict[str, Any], of: Stated = LIST, **more: Any) -> dict[str, bool]:
    stated = dict.fromkeys(("birth", "residence", "hukou", "address", "lived_since"), SCHOOL)
    found = compare(line, {"division": HULI} | known, of=of, stated=stated, **more)
    return {each.field: each.replaces for each in found}


def born(first: str, last: str) -> dict[str, str]:
    return {"born_from": first, "born_until": last}


MONTH = born("2016-03-01", "2016-03-31")
DAY = born("2016-03-07", "2016-03-07")


class TestExactness:
    def test_a_day_inside_the_known_month_is_taken_from_anybody(self):
        assert compared(a_line(child=DAY), MONTH) == {"birth": True}

    def test_also_where_only_gaps_may_be_filled(self):
        assert compared(a_line(child=DAY), MONTH, gaps_only=True) == {"birth": True}
        assert compared(a_line(child=MONTH), DAY, gaps_only=True) == {}

    def test_a_month_is_nothing_against_a_day_in_it(self):
        assert compared(a_line(child=MONTH), DAY) == {}

    def test_another_day_is_a_difference_that_trust_decides(self):
        other = a_line(child=born("2016-04-01", "2016-04-01"))
        assert compared(other, DAY) == {"birth": False}
        assert compared(other, DAY, of=POLICE) == {"birth": True}

    def test_a_street_inside_the_county_and_the_county_around_the_street(self):
        street = a_line(child={"division": STREET})
        assert compared(street, {"division": HULI}) == {"residence": True}
        county = a_line(child={"division": HULI})
        assert compared(county, {"division": STREET}, of=POLICE) == {}


class TestPlaces:
    def test_address_and_first_day_stay_with_the_place_they_were_said_of(self):
        elsewhere = a_line(
            child={"division": 350206002000},
            secrets={"address": "殿前街道2号"},
            stay={"since": "2025-07-01", "since_latest": "2025-07-01"},
        )
        known = {"division": STREET, "address": "", "since": None, "since_latest": None}
        assert compared(elsewhere, known) == {
            "residence": False,
            "address": False,
            "lived_since": False,
        }

    def test_a_hukou_nobody_has_is_no_gap(self):
        line = a_line(child={"hukou": "registered", "hukou_division": 511725000000})
        assert compared(line, {"hukou": "not_registered"}) == {"hukou": False}
        assert compared(line, {"hukou": ""}) == {"hukou": True}

    def test_a_hukou_place_in_words_fills_a_gap_and_nothing_else(self):
        line = a_line(child={"hukou": "registered", "hukou_text": "四川那边"})
        assert compared(line, {"hukou": ""}) == {"hukou": True}
        assert compared(line, {"hukou": "registered", "hukou_division": 511725000000}) == {}

    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            ("四川省达州市渠县静边镇白云路12号3单元501室", "四川省达州市渠县静边镇白云路"),
            ("湖里区兴隆路三十二号", "湖里区兴隆路"),
            ("渠县静边镇三村二组", "渠县静边镇三村"),
            ("五一路街道", "五一路街道"),
            ("四川省达州市渠县", "四川省达州市渠县"),
        ],
    )
    def test_a_hukou_place_is_kept_without_the_door(self, written, kept):
        line = prepare({"hukou_place": written}, [], _nowhere())
        assert line.child["hukou_text"] == kept

    def test_an_address_of_the_hukou_leaves_no_door_in_clear(self):
        line = prepare({"hukou_address": "3栋2单元"}, [], _nowhere())
        assert "hukou_text" not in line.child


class TestStatements:
    """What a source states now, and what of its earlier word goes on."""

    @pytest.mark.parametrize(
        ("kind", "earlier", "said", "now"),
        [
            (
                FactKind.ENROLMENT,
                {"school": "甲校", "grade": 3, "class_name": "1班"},
                {"school": "甲校"},
                {"school": "甲校", "grade": 3, "class_name": "1班"},
            ),
            (
                FactKind.ENROLMENT,
                {"school": "甲校", "grade": 3, "class_name": "1班", "boards": True},
                {"school": "乙校"},
                {"school": "乙校", "grade": 3},
            ),
            (
                FactKind.ENROLMENT,
                {"grade": 3, "class_name": "1班"},
                {"school": "乙校"},
                {"school": "乙校", "grade": 3, "class_name": "1班"},
            ),
            (
                FactKind.PERMIT,
                {"has_permit": True, "valid_until": "2025-09-01", "number": "X1"},
                {"has_permit": False},
                {"has_permit": False},
            ),
            (
                FactKind.INSURANCE,
                {"insured": True, "year": 2024, "insured_place": "渠县"},
                {"year": 2025},
                {"year": 2025},
            ),
            (
                FactKind.INSURANCE,
                {"insured": True, "year": 2025, "insured_place": "渠县"},
                {"year": 2025, "insured": False},
                {"year": 2025, "insured": False, "insured_place": "渠县"},
            ),
            (
                FactKind.DISABILITY,
                {"disabled": True, "disability_class": 3, "grade": 2},
                {"disabled": False},
                {"disabled": False},
            ),
            (
                FactKind.HARDSHIP,
                {"kinds": ["dibao", "orphan"], "denied": []},
                {"denied": ["dibao"]},
                {"kinds": ["orphan"], "denied": ["dibao"]},
            ),
            (
                FactKind.HARDSHIP,
                {"kinds": [], "denied": ["dibao"]},
                {"kinds": ["dibao"], "written": "低保"},
                {"kinds": ["dibao"], "denied": [], "written": "低保"},
            ),
            (FactKind.HARDSHIP, {}, {"kinds": []}, {"kinds": [], "denied": []}),
        ],
    )
    def test_what_goes_on(self, kind, earlier, said, now):
        assert continued(kind, earlier, said) == now
        assert continued(kind, now, said) == now

    def test_the_number_of_a_permit_says_that_there_is_one(self):
        line = prepare({"permit_no": "X99020001"}, [], _nowhere())
        assert line.facts == {"permit": {"has_permit": True}}
        assert facts_in_clear(line) == {"permit": {"has_permit": True, "number": "X99020001"}}
        denied = prepare({"permit_no": "X99020001", "has_permit": False}, [], _nowhere())
        assert denied.facts == {"permit": {"has_permit": False}}


def _nowhere() -> Places:
    return Places(
        division=HULI,
        area=area_of(HULI),
        hukou=lambda _text: None,
        residence=lambda _text: None,
    )


def test_a_pupil_record_that_hides_an_identity_number_is_not_kept():
    area = area_of(HULI)
    places = Places(division=HULI, area=area, hukou=lambda _: None, residence=lambda _: None)
    said = {"name": "陈一诺", "pupil_record_no": "G990102201603070015", "school_name": "湖里小学"}
    assert prepare(said, [], places).facts["enrolment"] == {"school": "湖里小学"}
    plain = said | {"pupil_record_no": "2026350206191213"}
    assert prepare(plain, [], places).facts["enrolment"]["pupil_record"] == "2026350206191213"
