"""The register list in a browser: what it shows, how it is searched, and how it leaves."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.children import (
    HULI,
    HULI_OTHER_VILLAGE,
    HULI_STREET,
    HULI_VILLAGE,
    KUNDULUN,
    a_child,
    a_guardian,
    a_number,
    an_enrolment,
    everywhere,
)
from tests.registry.people import browser_of
from tests.web.htmx import HTMX, assert_fragment_is_part_of_page
from tests.web.soup import soup_of, words_of
from tongxing.access.values.roles import Role
from tongxing.audit.models import Entry
from tongxing.audit.values import Look

pytestmark = pytest.mark.django_db
LIST = "/children/"
LABELS = ("困境", "监护缺失", "留守")


def names(response):
    return [link.get_text() for link in soup_of(response.content).select("td.who a")]


def looks(kind):
    with everywhere():
        return list(Entry.objects.filter(kind=kind).order_by("id"))


def test_the_list_shows_who_the_child_is_and_nothing_secret(officer):
    number = a_number()
    child = a_child(name="林小满", number=number, address="兴隆路1号")
    an_enrolment(child, "湖里实验小学", grade=3)
    a_guardian(child, name="林建国", phone="13812345678")
    response = officer.get(LIST)
    text = words_of(response.content)
    for shown in ("林小满", "林建国", "后浦社区", "湖里实验小学"):
        assert shown in text
    for secret in (number, number[:10], "13812345678", "兴隆路"):
        assert secret not in response.text
    assert not [label for label in LABELS if label in text]


def test_the_fragment_is_the_list_of_the_page(officer):
    a_child(name="林小满")
    assert_fragment_is_part_of_page(officer, f"{LIST}?population=local&answer=no", "results")
    assert_fragment_is_part_of_page(officer, LIST, "results")


def test_without_the_capability_there_is_no_list(places):
    assert browser_of(Role.SCHOOL).get(LIST).status_code == 404
    assert browser_of(Role.CITY_OFFICER, 350200000000).get(LIST).status_code == 200


def test_a_director_sees_the_own_village_only(director):
    a_child(HULI_VILLAGE, name="本村")
    a_child(HULI_OTHER_VILLAGE, name="邻村")
    a_child(KUNDULUN, name="外地")
    assert names(director.get(LIST)) == ["本村"]
    assert names(director.get(LIST, {"division": HULI_OTHER_VILLAGE})) == []


def test_filters_narrow_the_list_and_each_can_be_dropped(officer):
    a_child(name="甲", standing_local="cannot_tell", missing=["residence_since"])
    a_child(HULI_OTHER_VILLAGE, name="乙")
    response = officer.get(LIST, {"population": "local", "answer": "cannot_tell"})
    assert names(response) == ["甲"]
    chips = soup_of(response.content).select(".chip a")
    assert [chip["href"] for chip in chips] == ["?answer=cannot_tell", "?population=local"]
    assert names(officer.get(LIST + chips[0]["href"])) == ["甲"]
    assert names(officer.get(LIST + chips[1]["href"])) == []
    assert names(officer.get(LIST, {"division": HULI_STREET})) == ["甲"]


def test_what_a_filter_cannot_read_is_not_asked_for(officer):
    a_child(name="甲")
    odd = {"answer": "perhaps", "age_from": "x", "sort": "identity_number", "after": "%%"}
    assert names(officer.get(LIST, odd)) == ["甲"]


def test_an_empty_list_says_so(officer):
    response = officer.get(LIST, {"school": "没有的学校"})
    assert soup_of(response.content).select_one(".tx-empty") is not None


def test_a_search_leaves_no_name_and_no_number_in_an_address(officer):
    number = a_number()
    a_child(name="林小满", number=number)
    a_child(name="张伟")
    for words in ("林小", "linxiao", number):
        answer = officer.post("/children/search/", {"q": words})
        assert answer.status_code == 303
        assert words not in answer["Location"]
        assert names(officer.get(answer["Location"])) == ["林小满"]


def test_a_number_typed_into_an_address_is_taken_out_of_it(officer):
    number = a_number()
    a_child(name="林小满", number=number)
    answer = officer.get(LIST, {"q": number})
    assert answer.status_code == 303
    assert number not in answer["Location"]
    page = officer.get(answer["Location"])
    assert names(page) == ["林小满"]
    assert number not in page.text


def test_a_search_keeps_the_filters(officer):
    a_child(name="林小满", sex="female")
    a_child(name="林大海", sex="male")
    answer = officer.post("/children/search/?sex=male&after=x", {"q": "林"})
    assert "sex=male" in answer["Location"]
    assert "after" not in answer["Location"]
    assert names(officer.get(answer["Location"])) == ["林大海"]


def test_the_columns_of_the_list_sort_it(officer):
    a_child(HULI_OTHER_VILLAGE, name="安琪")
    a_child(HULI_VILLAGE, name="周舟")
    assert names(officer.get(LIST)) == ["周舟", "安琪"]
    assert names(officer.get(LIST, {"sort": "name"})) == ["安琪", "周舟"]
    assert names(officer.get(LIST, {"sort": "-name"})) == ["周舟", "安琪"]


def test_pages_turn_forth_and_back(officer):
    for number in range(53):
        a_child(name=f"孩子{number}")
    first = officer.get(LIST)
    following = soup_of(first.content).select_one("a[rel=next]")["href"]
    second = officer.get(LIST + following)
    assert len(names(second)) == 3
    assert not set(names(first)) & set(names(second))
    back = soup_of(second.content).select_one("a[rel=prev]")["href"]
    assert names(officer.get(LIST + back)) == names(first)


@pytest.mark.parametrize("children", [1, 50])
def test_a_page_costs_the_same_queries_for_one_child_and_for_fifty(
    officer, children, django_assert_max_num_queries
):
    for number in range(children):
        child = a_child(name=f"孩子{number}")
        an_enrolment(child)
        a_guardian(child, phone=f"1380000{number:04d}")
    officer.get(LIST)
    with django_assert_max_num_queries(20):
        assert len(names(officer.get(LIST))) == children


def test_every_child_on_the_page_has_been_looked_at(officer):
    shown = {a_child(name=name).pk for name in ("甲", "乙")}
    officer.get(LIST)
    assert {entry.child_id for entry in looks(Look.LIST)} == shown


def test_places_open_one_by_one(officer):
    page = soup_of(officer.get(LIST).content)
    assert [choice["value"] for choice in page.select(".place-tree input")][:2] == [
        "",
        str(HULI_STREET),
    ]
    branch = officer.get(f"/children/places/{HULI_STREET}/", headers=HTMX)
    assert str(HULI_VILLAGE) in branch.text
    assert "<html" not in branch.text
    whole = officer.get(f"/children/places/{HULI_STREET}/")
    assert f"division={HULI_VILLAGE}" in whole.text


# Export


def workbook(response):
    return openpyxl.load_workbook(BytesIO(response.content))


def export(browser, query="", **answers):
    return browser.post(f"/children/export/{query}", {"purpose": "home_visits", **answers})


@pytest.mark.clause("CN-5.6")
def test_an_export_is_masked_marked_typed_and_logged(officer):
    number = a_number()
    child = a_child(name="=1+1", number=number, address="兴隆路1号")
    a_guardian(child, phone="13812345678")
    response = export(officer, reason="安排国庆前入户走访")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    book = workbook(response)
    sheet = book.active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    texts = [str(cell.value) for cell in cells]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "=1+1" in texts
    assert number[:6] + "*" * 12 in texts
    for secret in (number, "13812345678", "兴隆路1号"):
        assert secret not in texts
    mark = texts[0]
    assert "陈思远" in mark
    assert "走访" in mark
    assert mark[:20] in sheet.oddHeader.left.text
    assert [entry.child_id for entry in looks(Look.EXPORT)] == [child.pk]
    event = looks("registry.children.exported")[0]
    assert event.facts == {
        "rows": 1,
        "purpose": "home_visits",
        "reason": "安排国庆前入户走访",
    }


def test_no_cell_of_an_export_is_a_formula(officer):
    for name in ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)"):
        a_child(name=name)
    content = export(officer).content
    book = openpyxl.load_workbook(BytesIO(content), data_only=False)
    assert not [cell for row in book.active.iter_rows() for cell in row if cell.data_type == "f"]


def test_more_than_fifty_children_leave_with_a_written_reason_only(officer):
    for number in range(51):
        a_child(name=f"孩子{number}")
    refused = export(officer)
    assert refused.status_code == 422
    assert looks(Look.EXPORT) == []
    assert export(officer, reason="上报市局季度名单").status_code == 200
    assert len(looks(Look.EXPORT)) == 51


def test_another_purpose_needs_words(officer):
    a_child()
    assert export(officer, purpose="other_purpose").status_code == 422
    assert export(officer, purpose="").status_code == 422


def test_an_export_takes_what_the_filters_leave(officer):
    a_child(name="甲", sex="female")
    a_child(name="乙", sex="male")
    texts = str(
        [
            [cell.value for cell in row]
            for row in workbook(export(officer, "?sex=female")).active.iter_rows()
        ]
    )
    assert "甲" in texts
    assert "乙" not in texts


def test_too_long_a_list_does_not_leave_at_once(officer, monkeypatch):
    monkeypatch.setattr("tongxing.registry.doors.MOST_ROWS", 1)
    for name in ("甲", "乙"):
        a_child(name=name)
    assert export(officer, reason="检查").status_code == 422


def test_who_may_not_export_finds_no_such_page(director):
    assert director.get("/children/export/").status_code == 404
    assert export(director).status_code == 404


# Home


def test_the_home_page_counts_what_is_due_and_opens_the_lists(officer):
    today = timezone.localdate()
    a_child(name="逾期", state="active", last_verified_on=today - timedelta(days=200))
    a_child(name="将到", state="active", last_verified_on=today - timedelta(days=170))
    a_child(name="不明", standing_local="cannot_tell", as_of=today)
    page = soup_of(officer.get(reverse("web:home")).content)
    cards = {
        card.select_one("h3 a")["href"]: card.select_one(".work-number").get_text()
        for card in page.select(".work-card")
        if card.select_one("h3 a")
    }
    assert cards["/children/?verification=overdue"] == "1"
    assert cards["/children/?verification=soon"] == "1"
    assert cards["/children/?population=local&answer=cannot_tell"] == "1"
    assert names(officer.get("/children/?verification=overdue")) == ["逾期"]
    assert names(officer.get("/children/?verification=soon")) == ["将到"]


def test_the_home_page_of_a_school_says_nothing_of_children(places):
    a_child(HULI, standing_local="cannot_tell")
    page = browser_of(Role.SCHOOL).get(reverse("web:home"))
    assert "/children/" not in page.text
