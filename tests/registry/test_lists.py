from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access.factories import a_division, actor_like
from tests.factories.children import (
    HULI,
    HULI_OTHER_VILLAGE,
    HULI_STREET,
    HULI_VILLAGE,
    KUNDULUN,
    TODAY,
    a_child,
    a_guardian,
    a_number,
    an_enrolment,
    everywhere,
)
from tongxing.access import scopes
from tongxing.access.values.roles import Role
from tongxing.kernel.divisions import NATION, area_of
from tongxing.registry.models import Child
from tongxing.registry.queries import lists
from tongxing.registry.values.children import ChildState, Sex, Source
from tongxing.registry.values.lists import ChildFilter, Sort, Verification, Window
from tongxing.registry.values.standings import Answer, Population

pytestmark = pytest.mark.django_db
OFFICER = actor_like(Role.COUNTY_OFFICER, HULI)


@pytest.fixture(autouse=True)
def as_officer():
    scopes.use(OFFICER)


def page(wanted=None, *, actor=OFFICER, on=TODAY, **window):
    return lists.page(wanted or ChildFilter(), actor=actor, on=on, window=Window(**window))


def names(wanted=None, **more):
    return [row.name for row in page(wanted, **more).rows]


@pytest.mark.parametrize(
    "typed",
    ["欧阳", "欧阳若曦", "若曦", "ouyang", "ouyangruoxi", "Ouyang Ruoxi", "oyrx", "oy"],
)
def test_a_name_is_found_by_its_beginning_its_tail_pinyin_and_initials(typed):
    a_child(name="欧阳若曦")
    a_child(name="张伟")
    assert names(ChildFilter(text=typed)) == ["欧阳若曦"]


def test_traditional_characters_find_the_simplified_name():
    a_child(name="张万龙")
    assert names(ChildFilter(text="張萬龍")) == ["张万龙"]


def test_a_middle_dot_may_be_left_out():
    a_child(name="阿依古丽·买买提")
    assert names(ChildFilter(text="阿依古丽买")) == ["阿依古丽·买买提"]


def test_a_whole_identity_number_finds_its_child_and_a_part_finds_nobody():
    number = a_number()
    a_child(name="林小满", number=number)
    assert names(ChildFilter(text=number)) == ["林小满"]
    assert names(ChildFilter(text=f" {number.lower()} ")) == ["林小满"]
    assert names(ChildFilter(text=number[:17])) == []


def test_a_name_is_never_searched_with_like():
    a_child(name="张伟")
    with CaptureQueriesContext(connection) as queries:
        names(ChildFilter(text="张"))
    assert not [each for each in queries.captured_queries if "LIKE" in each["sql"].upper()]


def test_wildcards_are_ordinary_characters():
    a_child(name="张伟")
    assert names(ChildFilter(text="%")) == []
    assert names(ChildFilter(text="张_")) == []


def test_the_list_is_ordered_by_place_and_then_by_the_sound_of_the_name():
    a_child(HULI_OTHER_VILLAGE, name="安琪")
    a_child(HULI_VILLAGE, name="周舟")
    a_child(HULI_VILLAGE, name="曾可")
    assert names() == ["曾可", "周舟", "安琪"]


def test_orders_by_name_age_and_last_change():
    early = datetime(2025, 8, 1, tzinfo=UTC)
    a_child(name="甲", born=date(2020, 1, 1), changed_at=early)
    a_child(name="乙", born=date(2012, 1, 1), changed_at=early + timedelta(days=2))
    a_child(name="丙", born=None, number="", changed_at=early + timedelta(days=1))
    assert names(sort=Sort.NAME) == ["丙", "甲", "乙"]
    assert names(sort=Sort.AGE) == ["甲", "乙", "丙"]
    assert names(sort=Sort.AGE, descending=True) == ["丙", "乙", "甲"]
    assert names(sort=Sort.CHANGED, descending=True) == ["乙", "丙", "甲"]


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("descending", [False, True])
def test_pages_follow_each_other_without_gap_or_repetition(sort, descending):
    for number in range(11):
        a_child(name=f"孩{'甲乙丙'[number % 3]}", born=date(2012 + number % 4, 1, 1))
    order = {"sort": sort, "descending": descending, "size": 3}
    everything = [row.id for row in page(size=50, sort=sort, descending=descending).rows]
    seen: list[UUID] = []
    backwards: list[UUID] = []
    window = page(**order)
    while True:
        seen += [row.id for row in window.rows]
        if window.next is None:
            break
        window = page(**order, after=window.next)
    assert seen == everything
    while window.previous is not None:
        window = page(**order, before=window.previous)
        backwards = [row.id for row in window.rows] + backwards
    assert backwards == everything[:9]


def test_a_child_that_enters_meanwhile_moves_nobody_to_another_page():
    for name in "丙丁戊己":
        a_child(name=name)
    first = page(size=2)
    a_child(name="阿甲")
    second = page(size=2, after=first.next)
    ids = [row.id for row in [*first.rows, *second.rows]]
    assert len(set(ids)) == 4


def test_a_cursor_tells_nothing_and_a_forged_one_is_the_first_page():
    for name in ("张伟", "李娜"):
        a_child(name=name)
    token = page(size=1).next
    assert token is not None
    assert "zhang" not in token
    assert len(page(size=1, after="bm9uc2Vuc2U").rows) == 1
    assert names(size=1, after=token[:-4] + "AAAA") == names(size=1)


def test_five_queries_for_one_child_and_for_fifty(django_assert_num_queries):
    def fill(count):
        for number in range(count):
            child = a_child(name=f"孩子{number}")
            an_enrolment(child)
            a_guardian(child, phone=f"1380000{number:04d}")

    fill(1)
    with django_assert_num_queries(5):
        assert len(page().rows) == 1
    fill(52)
    with django_assert_num_queries(5):
        assert len(page().rows) == 50


def test_a_row_shows_school_guardian_places_and_when_to_verify():
    a_division(HULI, "湖里区")
    a_division(HULI_STREET, "湖里街道")
    a_division(HULI_VILLAGE, "后浦社区")
    a_division(511725000000, "渠县")
    child = a_child(last_verified_on=date(2025, 3, 31))
    an_enrolment(child, "旧学校", source="village", as_of=date(2025, 8, 1))
    an_enrolment(child, "湖里实验小学", grade=3)
    a_guardian(child, name="外婆", relation_to_child="64", is_legal_guardian=None)
    a_guardian(child, name="陈建国", relation_to_child="51")
    row = page().rows[0]
    assert (row.school, row.grade) == ("湖里实验小学", 3)
    assert (row.guardian, row.guardian_relation) == ("陈建国", "51")
    assert row.place == "湖里街道后浦社区"
    assert row.hukou_place == "渠县"
    assert row.due_on == date(2025, 9, 30)


def test_filters_by_place_sex_state_school_source_and_day_of_change():
    here = a_child(name="甲", sex="female", source="police")
    an_enrolment(here, "湖里区教师进修学校附属小学")
    a_child(HULI_OTHER_VILLAGE, name="乙")
    a_child(name="丙", state="out", exit_reason="moved_away", exited_on=TODAY)
    with everywhere():
        Child.objects.filter(name="乙").update(changed_at=datetime(2025, 1, 1, tzinfo=UTC))
    assert names(ChildFilter(division=HULI_VILLAGE)) == ["甲"]
    assert names(ChildFilter(sex=Sex.FEMALE)) == ["甲"]
    assert names(ChildFilter(states=(ChildState.OUT,))) == ["丙"]
    assert names(ChildFilter(school="附属小学")) == ["甲"]
    assert names(ChildFilter(source=Source.POLICE)) == ["甲"]
    assert names(ChildFilter(changed_since=date(2025, 6, 1))) == ["甲"]
    assert sorted(names()) == ["乙", "甲"]


def test_filters_by_standing_and_missing_fact():
    a_child(name="甲", standing_local="cannot_tell", missing=["lived_since"])
    a_child(name="乙", standing_local="yes", standing_statistical="no")
    unclear = ChildFilter(population=Population.LOCAL, answer=Answer.CANNOT_TELL)
    assert names(unclear) == ["甲"]
    assert names(ChildFilter(missing="lived_since")) == ["甲"]
    assert names(ChildFilter(population=Population.STATISTICAL, answer=Answer.NO)) == ["乙"]


@pytest.mark.parametrize(
    ("born", "ages", "found"),
    [
        (date(2009, 9, 1), (0, 15), False),
        (date(2009, 9, 2), (0, 15), True),
        (date(2019, 9, 1), (6, 12), True),
        (date(2019, 9, 2), (6, 12), False),
    ],
)
def test_ages_are_completed_years_on_the_day_of_the_list(born, ages, found):
    a_child(born=born, number="")
    wanted = ChildFilter(age_from=ages[0], age_to=ages[1])
    assert bool(names(wanted)) is found


@pytest.mark.clause("CN-4.6", "IM-1.4", "YD-1.3", "XM-4.2")
@pytest.mark.parametrize(
    ("verified", "due", "day_after"),
    [
        (date(2025, 1, 20), date(2025, 7, 20), date(2025, 7, 21)),
        (date(2025, 2, 28), date(2025, 8, 28), date(2025, 8, 29)),
        (date(2025, 5, 10), date(2025, 11, 10), date(2025, 11, 11)),
        (date(2025, 4, 5), date(2025, 10, 5), date(2025, 10, 6)),
        (date(2025, 8, 31), date(2026, 2, 28), date(2026, 3, 1)),
    ],
)
def test_a_record_is_overdue_the_day_after_half_a_year(verified, due, day_after):
    a_child(state="active", last_verified_on=verified)
    overdue = ChildFilter(verification=Verification.OVERDUE)
    assert page(on=due).rows[0].due_on == due
    assert names(overdue, on=due) == []
    assert len(names(overdue, on=day_after)) == 1


@pytest.mark.clause("CN-4.6")
def test_a_verification_is_announced_thirty_days_ahead():
    a_child(state="active", last_verified_on=date(2025, 1, 20))
    soon = ChildFilter(verification=Verification.SOON)
    assert names(soon, on=date(2025, 6, 19)) == []
    assert len(names(soon, on=date(2025, 6, 20))) == 1
    assert len(names(soon, on=date(2025, 7, 20))) == 1
    assert names(soon, on=date(2025, 7, 21)) == []


def test_counting_stops_at_a_thousand(monkeypatch):
    monkeypatch.setattr(lists, "COUNTED_UP_TO", 3)
    for name in "甲乙丙":
        a_child(name=name)
    assert (page().total, page().at_least) == (3, False)
    a_child(name="丁")
    assert (page().total, page().at_least) == (3, True)


def test_nobody_sees_children_outside_the_area_whatever_is_asked():
    a_child(KUNDULUN, name="外地")
    scopes.use(scopes.system(area_of(NATION)))
    assert names() == []
    assert names(ChildFilter(division=KUNDULUN)) == []
    assert names(ChildFilter(text="外地")) == []
    assert page(actor=actor_like(Role.SCHOOL, HULI)).total == 0
