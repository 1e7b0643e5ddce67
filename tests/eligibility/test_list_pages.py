"""The desk of a service list and what everybody reads, through the pages."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.registry.people import browser_of
from tongxing.access.values.roles import Role
from tongxing.eligibility.models import ServiceListVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions")]
KUNDULUN, BAOTOU = 150203000000, 150200000000
BASE = {"base": "cn_1502_baotou"}


@pytest.fixture
def officer() -> Client:
    return browser_of(Role.COUNTY_OFFICER, KUNDULUN)


@pytest.fixture
def leader() -> Client:
    return browser_of(Role.COUNTY_OFFICER, KUNDULUN)


def url(name: str, *args: object) -> str:
    return reverse(f"eligibility:{name}", args=args)


def begun(officer: Client) -> ServiceListVersion:
    assert officer.post(url("list_begin"), BASE).status_code == 303
    return ServiceListVersion.objects.get()


def text_of(browser: Client, address: str, status: int = 200) -> str:
    page = browser.get(address)
    assert page.status_code == status, address
    return page.content.decode()


def test_the_way_of_a_list_through_its_pages(officer: Client, leader: Client):
    found = begun(officer)
    page = url("list", found.pk)
    assert "不低于上级清单" in text_of(officer, page)

    strike = url("list_strike_out", found.pk)
    officer.post(strike, {"name": "QX-L9", "revision": found.revision})
    assert "已删去" in text_of(officer, page)
    stopped = officer.post(url("list_submit", found.pk))
    assert stopped.status_code == 422
    assert "BT-L9.a,b" in stopped.content.decode()

    assert officer.post(url("list_put_back", found.pk), {"name": "QX-L9"}).status_code == 303
    assert officer.post(url("list_submit", found.pk)).status_code == 303
    assert "须由第二人审核" in text_of(leader, page)
    assert leader.post(url("list_approve", found.pk)).status_code == 303
    assert "施行日期" in text_of(officer, page)
    day = {"valid_from": "2026-11-01"}
    assert officer.post(url("list_publish", found.pk), day).status_code == 303
    text_of(officer, page)
    assert officer.post(url("list_file", found.pk)).status_code == 303

    city = browser_of(Role.CITY_OFFICER, BAOTOU)
    assert "昆都仑区" in text_of(city, url("desk"))
    text_of(city, page)
    assert city.post(url("list_acknowledge", found.pk)).status_code == 303
    for address in (page, url("desk"), url("list_read", found.pk), url("lists")):
        text_of(officer, address)
    assert "住房保障服务" in text_of(Client(), url("list_read", found.pk))


def test_an_item_is_rewritten_and_a_promise_added_with_a_preview(officer: Client):
    found = begun(officer)
    page = url("list_item", found.pk, "QX-L9")
    assert "今天符合条件的儿童" in text_of(officer, page)
    typed = {
        "title_zh": "住房保障服务",
        "target_zh": "住房困难家庭",
        "departments": ["housing"],
        "a_zh": "公租房",
        "b_zh": "租赁补贴",
        "new_zh": "搬家补助",
        "revision": found.revision,
    }
    assert officer.post(page, typed).status_code == 303
    item = ServiceListVersion.objects.get().content["QX-L9"]
    assert [each["content"]["zh"] for each in item["entitlements"].values()] == [
        "公租房",
        "租赁补贴",
        "搬家补助",
    ]
    late = officer.post(page, typed | {"c_zh": "搬家补助"})
    assert late.status_code == 422
    assert "已被他人修改" in late.content.decode()


def test_an_item_of_ones_own_says_for_whom_by_conditions(officer: Client):
    found = begun(officer)
    page = url("list_new_item", found.pk)
    assert officer.post(page, {}).status_code == 422
    typed = {
        "title_zh": "暑期托管",
        "target_zh": "小学生",
        "departments": ["education"],
        "domain": "development",
        "conditions": ["compulsory_stage"],
        "new_zh": "免费暑期托管",
    }
    assert officer.post(page, typed).status_code == 303
    assert ServiceListVersion.objects.get().content["QX-L26"]["qualifies"] == ["compulsory_stage"]


def test_a_draft_is_nobody_elses_to_read_as_published(officer: Client):
    found = begun(officer)
    text_of(Client(), url("list_read", found.pk), status=404)


def test_everybody_reads_the_lists_of_the_packs(officer: Client):
    stranger = Client()
    assert "包头市" in text_of(stranger, url("lists"))
    assert "义务教育服务" in text_of(stranger, url("list_of_pack", "cn_1502_baotou"))
    assert "来源中没有" in text_of(stranger, url("list_of_pack", "cn_3502_xiamen"))
    text_of(stranger, url("list_of_pack", "cn_9999_nowhere"), status=404)
    both = {"lower": "cn_1502_baotou", "upper": "cn_15_inner_mongolia"}
    page = officer.get(url("list_compare"), both).content.decode()
    assert all(gap in page for gap in ("IM-L3.e", "IM-L5", "IM-L14.a"))
