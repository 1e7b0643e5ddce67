"""The division table: loading editions, the tree, search, villages, successors."""

import time
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from tests.access.factories import (
    AT,
    EVERYWHERE,
    HULI,
    HULI_STREET,
    HULI_VILLAGE,
    KUNDULUN,
    a_division,
    an_actor,
)
from tongxing.access import errors, queries, scopes, spelling
from tongxing.access.actions import divisions
from tongxing.access.models import Division, Organisation
from tongxing.access.values.divisions import DivisionKind, DivisionsLoaded
from tongxing.access.values.roles import Role
from tongxing.kernel.divisions import NATION, Area, Level, area_of
from tongxing.kernel.errors import Unknown

pytestmark = pytest.mark.django_db
SYSTEM = scopes.system(EVERYWHERE)
VENDOR = Path(__file__).resolve().parents[2] / "var" / "vendor" / "divisions"

PROVINCES = {"11": "北京市", "15": "内蒙古自治区", "35": "福建省", "42": "湖北省", "44": "广东省"}
CITIES = {"1101": "市辖区", "1502": "包头市", "3502": "厦门市", "4290": "省直辖县级行政区划"}
CITIES |= {"4419": "东莞市"}
AREAS = {
    "110101": "东城区",
    "150203": "昆都仑区",
    "150271": "包头稀土高新技术产业开发区",
    "350206": "湖里区",
    "429004": "仙桃市",
    "441900": "东莞市",
}
STREETS = {
    "150203001": "少先路街道",
    "150203400": "包钢厂区办事处",
    "350206001": "湖里街道",
    "441900003": "东城街道",
}


@pytest.fixture
def folder(tmp_path):
    """A small edition in the shape of the published one."""
    write(tmp_path)
    return tmp_path


def write(folder: Path, **changes: dict[str, str]) -> None:
    content = {"provinces": PROVINCES, "cities": CITIES, "areas": AREAS, "streets": STREETS}
    for name, rows in (content | changes).items():
        lines = [f'{code},"{text}"' for code, text in rows.items()]
        (folder / f"{name}.csv").write_text("\n".join(["code,name", *lines]), encoding="utf-8")


def load(folder: Path, edition: str = "2023-06-30") -> DivisionsLoaded:
    return divisions.load(folder, edition=edition, by=SYSTEM, at=AT)


def test_an_edition_is_read_and_reading_it_again_changes_nothing(folder):
    first = load(folder)
    assert (first.read, first.added, first.unchanged) == (19, 19, 0)
    again = load(folder)
    assert (again.added, again.renamed, again.ended, again.unchanged) == (0, 0, 0, 19)


def test_a_city_without_counties_is_one_division_not_two(folder):
    load(folder)
    assert queries.division(441900000000).level is Level.CITY
    assert [row.name for row in queries.children_of(441900000000)] == ["东城街道"]


def test_headings_and_zones_are_marked(folder):
    load(folder)
    assert queries.division(110100000000).kind is DivisionKind.GROUPING
    assert queries.division(429000000000).kind is DivisionKind.GROUPING
    assert queries.division(150271000000).kind is DivisionKind.ZONE
    assert queries.division(150203400000).kind is DivisionKind.ZONE
    assert queries.division(150203000000).kind is DivisionKind.ADMINISTRATIVE


def test_full_names_leave_headings_out(folder):
    load(folder)
    names = queries.division_names([110101000000, 429004000000, 350206001000, 999999000000])
    assert names == {
        110101000000: "北京市东城区",
        429004000000: "湖北省仙桃市",
        350206001000: "福建省厦门市湖里区湖里街道",
    }


def test_inner_mongolia_speaks_of_banners_and_sumu(folder):
    load(folder)
    with translation.override("en"):
        assert queries.division(KUNDULUN).label == "Banner, county or district"
        assert queries.division(150203001000).label == "Sumu, township or street"
        assert queries.division(HULI_STREET).label == "Township or street"


def test_a_development_zone_is_an_organisation_with_an_area_of_its_own(folder):
    load(folder)
    zone = Organisation.objects.get(kind="development_zone")
    assert zone.division == 150200000000
    assert zone.area == area_of(150271000000)
    load(folder)
    assert Organisation.objects.filter(kind="development_zone").count() == 1


def test_a_later_edition_adds_renames_and_ends(folder):
    load(folder)
    write(
        folder,
        areas={**AREAS, "350206": "湖里新区", "350214": "新设区"},
        streets={code: name for code, name in STREETS.items() if code != "150203400"},
    )
    second = load(folder, "2024-06-30")
    assert (second.added, second.renamed, second.ended) == (1, 1, 1)
    assert queries.division(350214000000).valid_from == date(2024, 6, 30)
    assert queries.division(150203400000).valid_until == date(2024, 6, 30)
    assert queries.divisions_named("湖里区", within=area_of(HULI))[0].code == HULI
    assert queries.division(HULI).name == "湖里新区"
    assert not queries.division(150203400000).valid_on(date(2024, 6, 30))
    assert queries.division(150203400000).valid_on(date(2024, 6, 29))


def test_an_older_edition_is_not_read_over_a_newer_one(folder):
    load(folder, "2024-06-30")
    with pytest.raises(errors.OldEdition):
        load(folder)


def test_villages_of_the_site_survive_a_new_edition(folder):
    load(folder)
    add_village()
    load(folder, "2024-06-30")
    assert queries.division(HULI_VILLAGE).valid_until is None


def add_village(code: int = HULI_VILLAGE, by=SYSTEM) -> int:
    return divisions.add_village(
        code=code, name="听涛社区", valid_from=date(2025, 1, 1), by=by, at=AT
    )


def test_an_officer_adds_a_village_in_the_own_county(folder):
    load(folder)
    add_village(by=an_actor(area=HULI))
    assert queries.division(HULI_VILLAGE).full_name == "福建省厦门市湖里区湖里街道听涛社区"
    with pytest.raises(errors.DivisionKnown):
        add_village(by=an_actor(area=HULI))
    with pytest.raises(errors.WrongArea):
        add_village(150203001001, by=an_actor(area=HULI))
    with pytest.raises(errors.NoVillageCode):
        add_village(HULI_STREET + 1000, by=an_actor(area=HULI))
    with pytest.raises(Unknown):
        add_village(HULI_VILLAGE + 1, by=an_actor(Role.CHILD_DIRECTOR, HULI_VILLAGE))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("湖里区", HULI),
        ("huli", HULI),
        ("hlq", HULI),
        ("350206", HULI),
        ("昆都仑", KUNDULUN),
        ("kundulun", KUNDULUN),
        ("KDLQ", KUNDULUN),
        ("稀土高新", 150271000000),
        ("　湖里 区", HULI),
    ],
)
def test_divisions_are_found_as_people_type_them(folder, typed, code):
    load(folder)
    assert queries.find_divisions(typed)[0].code == code


def test_search_keeps_to_an_area_and_survives_any_text(folder):
    load(folder)
    assert queries.find_divisions("huli", within=area_of(KUNDULUN)) == []
    for text in ("", "   ", "%", "'; DROP TABLE", "\\", "９９９", "1" * 40, "_"):
        assert queries.find_divisions(text) == []


def test_names_in_rosters_need_no_suffix(folder):
    load(folder)
    fujian = Area(350000000000, 360000000000)
    assert [row.code for row in queries.divisions_named("湖里", within=fujian)] == [
        HULI,
        HULI_STREET,
    ]
    assert queries.divisions_named("湖里街道", within=fujian)[0].code == HULI_STREET
    assert queries.divisions_named("", within=fujian) == []


def test_the_tree_starts_at_the_provinces(folder):
    load(folder)
    assert [row.name for row in queries.children_of(NATION)] == list(PROVINCES.values())
    assert [row.name for row in queries.path_of(110101000000)] == ["北京市", "东城区"]


def test_what_a_division_became_is_followed_through_every_step():
    for code in (110000000000, 110101000000, 110102000000, 110103000000, 110104000000):
        a_division(code)
    for old, new, on in (
        (110103000000, 110101000000, date(2010, 7, 1)),
        (110101000000, 110102000000, date(2020, 1, 1)),
        (110101000000, 110104000000, date(2020, 1, 1)),
    ):
        divisions.succeed(old=old, new=new, on=on, by=SYSTEM, at=AT)
    assert queries.successors_of(110103000000, on=date(2010, 6, 30)) == []
    assert queries.successors_of(110103000000, on=date(2015, 1, 1)) == [110101000000]
    assert queries.successors_of(110103000000, on=date(2020, 1, 1)) == [110102000000, 110104000000]
    assert queries.division(110103000000).valid_until == date(2010, 7, 1)
    assert len(queries.successions_of(110101000000)) == 3


def test_only_keepers_of_divisions_load_them(folder):
    with pytest.raises(Unknown):
        divisions.load(folder, edition="2023-06-30", by=an_actor(Role.AUDITOR), at=AT)


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("厦门市", "xiamenshi"),
        ("解放路街道", "jiefanglujiedao"),
        ("尧都区", "yaoduqu"),
        ("昆都仑区", "kundulunqu"),
        ("单县", "shanxian"),
        ("六安市", "luanshi"),
        ("重庆市", "chongqingshi"),
        ("洪洞县", "hongtongxian"),
        ("吕梁市", "lvliangshi"),
        ("都", "du"),
    ],
)
def test_places_are_spelled_as_they_are_spoken(name, spoken):
    assert spelling.pinyin(name) == spoken


def test_initials_are_the_first_letters():
    assert spelling.initials("昆都仑区") == "kdlq"


def test_the_published_table_is_read_whole(folder):
    """The real lists when the vendor step has fetched them; their rows are counted by hand here."""
    source = VENDOR if VENDOR.exists() else folder
    codes = {code.ljust(12, "0") for file in divisions.FILES for code in codes_in(source / file)}
    began = time.monotonic()
    done = load(source)
    assert done.read == done.added == Division.objects.count() == len(codes)
    assert time.monotonic() - began < 60
    assert queries.find_divisions("昆都仑")[0].code == KUNDULUN
    assert queries.division(KUNDULUN).full_name == "内蒙古自治区包头市昆都仑区"
    counts = queries.how_many_divisions()
    assert counts[Level.PROVINCE] == len(codes_in(source / "provinces.csv"))
    assert load(source).unchanged == done.read


def codes_in(file: Path) -> list[str]:
    return [line.split(",")[0] for line in file.read_text(encoding="utf-8").splitlines()[1:]]
