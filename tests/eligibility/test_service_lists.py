"""A service list on its way: draft, floor, second person, publication, filing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from tests.access.factories import actor_like
from tongxing.access import scopes
from tongxing.access.values.roles import Role
from tongxing.eligibility import drafts
from tongxing.eligibility.actions import service_lists as actions
from tongxing.eligibility.actions.service_lists import (
    DraftUnderWay,
    FloorGap,
    ListChangedMeanwhile,
    ListNotNow,
    ListRefused,
    NoListAbove,
    NoListOfThisLevel,
    SameHand,
)
from tongxing.eligibility.models import ServiceListVersion
from tongxing.eligibility.queries import service_lists as queries
from tongxing.eligibility.values.service_lists import EntitlementText, ItemText, ListState, Revised
from tongxing.kernel.actors import Actor
from tongxing.kernel.errors import Unknown
from tongxing.rulebook.floor import FloorStatus
from tongxing.rulebook.offers import live_entitlements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions")]
AT = datetime(2025, 8, 25, 2, 0, tzinfo=UTC)
KUNDULUN, BAOTOU, HULI, XIAMEN, YAODU = (
    150203000000,
    150200000000,
    350206000000,
    350200000000,
    141002000000,
)
BT = "cn_1502_baotou"


A_CITY_ITEM = ItemText(
    title_zh="学前教育服务",
    title_en="Preschool",
    target_zh="3–6岁流动儿童",
    target_en="Migrant children of 3 to 6",
    departments=("education",),
    conditions=("aged_3_to_6", "cross_city"),
    domain="nurture",
    entitlements=(EntitlementText(letter="a", content_zh="就近入普惠性幼儿园"),),
)


def somebody(role: Role, area: int, account: str) -> Actor:
    return replace(actor_like(role, area=area), account_id=account, name=account)


OFFICER = somebody(Role.COUNTY_OFFICER, KUNDULUN, "officer")
LEADER = somebody(Role.COUNTY_OFFICER, KUNDULUN, "leader")
CITY = somebody(Role.CITY_OFFICER, BAOTOU, "city")


def begun(by: Actor = OFFICER, base: str = BT) -> UUID:
    with scopes.acting_as(by):
        return actions.begin(division=by.division, base=base, by=by, at=AT)


def version(list_id: UUID) -> ServiceListVersion:
    return ServiceListVersion.objects.get(pk=list_id)


def seen(list_id: UUID) -> Revised:
    return Revised(list_id=str(list_id), revision=version(list_id).revision)


def done(action: object, list_id: UUID, by: Actor = OFFICER, **given: object) -> None:
    with scopes.acting_as(by):
        action(list_id=list_id, by=by, at=AT, **given)  # type: ignore[operator]


def edited(action: object, list_id: UUID, by: Actor = OFFICER, **given: object) -> object:
    with scopes.acting_as(by):
        return action(seen=seen(list_id), by=by, at=AT, **given)  # type: ignore[operator]


def published(list_id: UUID) -> ServiceListVersion:
    edited(actions.submit, list_id)
    done(actions.approve, list_id, by=LEADER)
    done(actions.publish, list_id, valid_from=date(2025, 9, 1))
    return version(list_id)


def test_a_draft_is_the_list_above_with_every_promise_derived():
    found = version(begun())
    floor = queries.floor_of(found, on=AT.date())
    assert (found.state, len(found.content)) == (ListState.DRAFT, 25)
    assert found.content["QX-L9"]["entitlements"]["a"]["derived_from"] == ["BT-L9.a"]
    assert (floor.status, floor.upper) == (FloorStatus.MET, BT)
    assert {change.value for change in floor.changes.values()} == {"identical"}


@pytest.mark.clause("CN-15.2", "IM-12.4")
def test_a_list_that_drops_a_promise_is_stopped_and_names_it():
    list_id = begun()
    edited(actions.strike_out, list_id, code="QX-L9", letter="")
    with pytest.raises(FloorGap) as refused:
        edited(actions.submit, list_id)
    assert "BT-L9.a,b" in str(refused.value)
    edited(actions.put_back, list_id, name="QX-L9")
    assert list(version(list_id).content)[8] == "QX-L9"
    edited(actions.submit, list_id)
    assert version(list_id).state == ListState.SUBMITTED


def test_one_promise_is_struck_out_and_put_back_in_its_place():
    list_id = begun()
    edited(actions.strike_out, list_id, code="QX-L3", letter="c")
    assert "c" not in version(list_id).content["QX-L3"]["entitlements"]
    edited(actions.strike_out, list_id, code="QX-L3", letter="")
    edited(actions.put_back, list_id, name="QX-L3.c")
    assert list(version(list_id).content["QX-L3"]["entitlements"])[:4] == ["a", "b", "c", "d"]
    assert version(list_id).struck == {}


def test_a_gap_may_stay_when_somebody_says_in_writing_why():
    list_id = begun()
    edited(actions.strike_out, list_id, code="QX-L9", letter="b")
    reason = "本区实物配租房源充足，不发放租赁补贴"
    edited(actions.justify, list_id, item="BT-L9", shortfall="uncovered", text=reason)
    edited(actions.submit, list_id)
    assert version(list_id).justifications[0]["text"] == reason


def test_a_reason_for_one_gap_is_none_for_a_wider_one():
    list_id = begun()
    edited(actions.strike_out, list_id, code="QX-L9", letter="b")
    edited(actions.justify, list_id, item="BT-L9", shortfall="uncovered", text="说明")
    edited(actions.strike_out, list_id, code="QX-L9", letter="")
    with pytest.raises(FloorGap):
        edited(actions.submit, list_id)
    with pytest.raises(Unknown):
        edited(actions.justify, list_id, item="BT-L1", shortfall="uncovered", text="没有缺口")


def test_nobody_approves_what_they_have_written():
    list_id = begun()
    text = ItemText(
        title_zh="住房保障服务", title_en="", target_zh="住房困难家庭", target_en="",
        departments=("housing",), entitlements=(EntitlementText(letter="a", content_zh="公租房"),),
    )  # fmt: skip
    edited(actions.rewrite_item, list_id, by=LEADER, code="QX-L9", text=text)
    edited(actions.submit, list_id)
    for hand in (OFFICER, LEADER):
        with pytest.raises(SameHand):
            done(actions.approve, list_id, by=hand)
    third = somebody(Role.COUNTY_OFFICER, KUNDULUN, "third")
    done(actions.send_back, list_id, by=third, reason="住房一项请写明条件")
    assert version(list_id).sent_back_because == "住房一项请写明条件"
    edited(actions.submit, list_id)
    done(actions.approve, list_id, by=third)
    assert version(list_id).approved_by_name == "third"


@pytest.mark.clause("XM-17.1")
def test_a_published_list_is_the_law_of_its_place_and_no_other():
    list_id = begun()
    text = ItemText(
        title_zh="暑期托管服务", title_en="Summer care", target_zh="流动儿童", target_en="",
        departments=("education",), conditions=("accompanied",), domain="development",
        entitlements=(EntitlementText(letter="a", content_zh="免费暑期托管"),),
    )  # fmt: skip
    code = edited(actions.add_item, list_id, text=text)
    found = published(list_id)
    assert (found.state, code) == (ListState.PUBLISHED, "QX-L26")
    after = queries.pack_at(KUNDULUN, on=date(2025, 9, 1))
    assert after.lists[0].items["QX-L26"].title.zh == "暑期托管服务"
    assert "QX-L26.a" in after.targets
    before = queries.pack_at(KUNDULUN, on=date(2025, 8, 31))
    elsewhere = queries.pack_at(150202000000, on=date(2025, 9, 1))
    assert before.lists[0].pack == elsewhere.lists[0].pack == BT


def test_the_next_version_supersedes_the_one_before_on_its_day():
    first = begun()
    published(first)
    done(actions.file, first)
    with scopes.acting_as(OFFICER):
        second = actions.revise(list_id=first, by=OFFICER, at=AT)
    edited(actions.submit, second)
    done(actions.approve, second, by=LEADER)
    done(actions.publish, second, valid_from=date(2026, 3, 1))
    assert (version(first).state, version(first).valid_to) == ("superseded", date(2026, 3, 1))
    names = {
        day: queries.pack_at(KUNDULUN, on=day).lists[0].pack
        for day in (date(2026, 2, 28), date(2026, 3, 1))
    }
    assert names == {
        date(2026, 2, 28): "list_150203_1",
        date(2026, 3, 1): "list_150203_2",
    }


@pytest.mark.clause("XM-17.2", "XM-17.3")
def test_a_district_of_xiamen_files_within_ten_days_and_renews_in_two_years():
    city = somebody(Role.CITY_OFFICER, XIAMEN, "xiamen")
    officer = somebody(Role.COUNTY_OFFICER, HULI, "huli")
    above, _code = drafts.added({}, A_CITY_ITEM, XIAMEN)
    with scopes.acting_as(city):
        ServiceListVersion.objects.create(
            division=XIAMEN, number=1, title={"zh": "厦门市清单", "en": "City list"},
            state="published", base="", content=above, drafted_at=AT, drafted_by="x",
            drafted_by_name="x", valid_from=date(2025, 8, 1),
        )  # fmt: skip
    list_id = begun(officer, base="list_3502_1")
    edited(actions.submit, list_id, by=officer)
    done(actions.approve, list_id, by=somebody(Role.COUNTY_OFFICER, HULI, "second"))
    issued = datetime(2025, 9, 1, 2, 0, tzinfo=UTC)
    with scopes.acting_as(officer):
        actions.publish(list_id=list_id, valid_from=date(2025, 9, 1), by=officer, at=issued)
    found = version(list_id)
    assert (found.filing_due_on, found.revise_by) == (date(2025, 9, 11), date(2027, 9, 1))
    with pytest.raises(ListNotNow):
        done(actions.acknowledge, list_id, by=city)
    done(actions.file, list_id, by=officer)
    with pytest.raises(ListRefused):
        done(actions.acknowledge, list_id, by=officer)
    done(actions.acknowledge, list_id, by=city)
    assert version(list_id).received_by_name == "xiamen"


@pytest.mark.clause("YD-14.1")
def test_yaodu_carries_out_an_annex_and_makes_no_list():
    officer = somebody(Role.COUNTY_OFFICER, YAODU, "yaodu")
    with pytest.raises(NoListOfThisLevel) as refused:
        begun(officer)
    assert "YD-14.1" in str(refused.value)


def test_a_place_without_a_list_above_cannot_begin():
    with pytest.raises(NoListAbove):
        begun(somebody(Role.COUNTY_OFFICER, HULI, "huli"), base="cn_3502_xiamen")


def test_two_drafts_at_a_time_and_changes_on_an_old_view_are_refused():
    list_id = begun()
    with pytest.raises(DraftUnderWay):
        begun(LEADER)
    old = seen(list_id)
    edited(actions.strike_out, list_id, code="QX-L3", letter="j")
    with pytest.raises(ListChangedMeanwhile), scopes.acting_as(OFFICER):
        actions.strike_out(seen=old, code="QX-L3", letter="k", by=OFFICER, at=AT)
    done(actions.discard, list_id, reason="重新起草")
    assert version(begun()).number == 2


def test_only_the_posts_of_a_place_keep_its_list():
    list_id = begun()
    neighbour = somebody(Role.COUNTY_OFFICER, 150202000000, "neighbour")
    for stranger, refusal in ((neighbour, Unknown), (CITY, ListRefused)):
        with pytest.raises(refusal):
            edited(actions.strike_out, list_id, by=stranger, code="QX-L9", letter="")
    director = somebody(Role.CHILD_DIRECTOR, KUNDULUN, "director")
    with pytest.raises(ListRefused):
        begun(director)


def test_the_database_keeps_other_places_from_writing():
    list_id = begun()
    neighbour = somebody(Role.COUNTY_OFFICER, 150202000000, "neighbour")
    with scopes.acting_as(neighbour):
        touched = ServiceListVersion.objects.filter(pk=list_id).update(base="stolen")
        read = ServiceListVersion.objects.filter(pk=list_id).exists()
    assert (touched, read) == (0, True)


def test_what_the_city_keeps_of_the_region_is_not_promised_twice():
    published(begun())
    pack = queries.pack_at(KUNDULUN, on=date(2025, 9, 1))
    kept = {live.entitlement.id for live in live_entitlements(pack, date(2025, 9, 1)) if live.kept}
    assert kept == {"IM-L3.e", "IM-L5.a", "IM-L5.b", "IM-L5.c", "IM-L5.d", "IM-L14.a"}
