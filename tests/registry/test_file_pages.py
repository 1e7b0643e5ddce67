"""One child's file in a browser: masked, logged, revealed for a reason, printed with a mark."""

from datetime import date

import pytest

from tests.factories.children import (
    HULI_OTHER_VILLAGE,
    HULI_STREET,
    a_child,
    a_fact,
    a_guardian,
    a_number,
    a_stay,
    an_enrolment,
    everywhere,
)
from tests.registry.people import browser_of, events
from tests.web.htmx import HTMX
from tests.web.soup import soup_of, words_of
from tests.web.strict import fail_on_undefined_variables
from tongxing.access.values.roles import Role
from tongxing.audit.models import Entry
from tongxing.audit.values import Look
from tongxing.kernel.ids import uuid7
from tongxing.registry.values.children import FactKind
from tongxing.registry.web import slots

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(places):
    child = a_child(
        number=a_number(),
        address="兴隆路1号",
        remarks="门口有狗",
        state="active",
        last_verified_on=date(2025, 1, 1),
        standing_local="cannot_tell",
        missing=["residence_since", "birth_date", "companions"],
    )
    a_stay(child, None)
    a_guardian(child, phone="13812345678", number=a_number())
    an_enrolment(child, "湖里实验小学", grade=3, pupil_record="G990102201603070054")
    an_enrolment(child, "另一所学校", source="village")
    a_fact(child, FactKind.DISABILITY, source="education", disabled=True, grade=2)
    a_fact(child, FactKind.HARDSHIP, source="civil_affairs", kinds=["dibao"])
    return child


def url(child, page=""):
    return f"/children/{child.pk}/{page}"


def test_the_file_shows_sections_with_their_sources(officer, child):
    text = words_of(officer.get(url(child)).content)
    for shown in ("陈一诺", "陈建国", "湖里实验小学", "另一所学校", "后浦社区", "渠县"):
        assert shown in text


def test_numbers_phones_and_addresses_are_masked(officer, child):
    response = officer.get(url(child))
    for secret in (child.identity_number, "13812345678", "兴隆路1号", "门口有狗"):
        assert secret not in response.text
    assert child.identity_number[:6] + "*" * 12 in response.text
    assert "138******78" in response.text


def test_a_pupil_record_number_holds_the_identity_number_and_is_masked(officer, child):
    text = officer.get(url(child)).text
    assert "201603070054" not in text


@pytest.mark.clause("CN-5.6")
def test_opening_the_file_is_logged_with_its_groups_of_fields(officer, child):
    officer.get(url(child))
    look = next(entry for entry in events(child) if entry.kind == Look.FILE)
    assert {"basics", "identity", "guardians", "health"} <= set(look.facts["fields"])
    assert look.facts["route"] == "registry:child"


@pytest.mark.clause("CN-5.6")
@pytest.mark.parametrize(
    "page",
    ["", "history/", "print/", "correct/", "verify/", "move/", "hukou/", "close/", "help/"],
)
def test_another_villages_director_finds_nothing_and_leaves_a_trace(places, child, page):
    stranger = browser_of(Role.CHILD_DIRECTOR, HULI_OTHER_VILLAGE)
    denied = stranger.get(url(child, page))
    absent = stranger.get(f"/children/{uuid7()}/{page}")
    assert denied.status_code == absent.status_code == 404
    assert words_of(denied.content) == words_of(absent.content)
    with everywhere():
        refused = Entry.objects.filter(kind=Look.REFUSED, child_id=child.pk)
        assert refused.count() == 1


def test_what_is_missing_leads_to_the_form_that_takes_it(officer, child):
    page = soup_of(officer.get(url(child)).content)
    links = [link["href"] for link in page.select(".questions a")]
    assert links == [url(child, "stay/"), url(child, "correct/"), url(child, "correct/")]


@pytest.mark.clause("CN-5.6")
def test_a_number_is_shown_after_a_reason_and_the_trail_says_so(officer, child):
    reveal = url(child, "reveal/identity_number/")
    assert child.identity_number not in officer.get(reveal).text
    empty = officer.post(reveal, {"reason": " "})
    assert empty.status_code == 422
    assert child.identity_number not in empty.text
    shown = officer.post(reveal, {"reason": "核对医保参保信息"})
    assert child.identity_number in shown.text
    look, event = events(child)[-2:]
    assert look.facts["fields"] == ["identity_number"]
    assert event.facts["reason"] == "核对医保参保信息"


def test_the_fragment_that_shows_a_value_is_what_the_page_shows(officer, child):
    reveal = url(child, "reveal/address/")
    part = officer.post(reveal, {"reason": "入户走访"}, headers=HTMX)
    whole = officer.post(reveal, {"reason": "入户走访"})
    assert "<html" not in part.text
    assert "兴隆路1号" in part.text
    found = soup_of(whole.content).select_one(".reveal")
    assert found.get_text() == soup_of(part.content).select_one(".reveal").get_text()


def test_a_guardians_phone_is_shown_in_its_own_childs_file_only(officer, child):
    phone = soup_of(officer.get(url(child)).content).select_one(".adult a.masked-show")["href"]
    assert "13812345678" in officer.post(phone, {"reason": "电话联系"}).text
    other = a_child(name="别人")
    elsewhere = phone.replace(str(child.pk), str(other.pk))
    answer = officer.post(elsewhere, {"reason": "电话联系"})
    assert answer.status_code == 422
    assert "13812345678" not in answer.text


def test_who_may_not_reveal_is_not_offered_it(director, child):
    assert "reveal/" not in director.get(url(child)).text
    answer = director.post(url(child, "reveal/identity_number/"), {"reason": "好奇"})
    assert answer.status_code == 404


def test_only_known_secrets_can_be_asked_for(officer, child):
    assert officer.get(url(child, "reveal/password/")).status_code == 404


def test_the_history_tells_what_was_done_in_words(officer, child):
    officer.post(url(child, "help/"), {"on": "2025-05-06"})
    text = words_of(officer.get(url(child, "history/")).content)
    assert "2025年5月6日" in text
    assert "陈思远" in text


def test_who_looked_is_for_those_who_answer_for_the_area(officer, director, child):
    director.get(url(child))
    director.get(url(child))
    browser_of(Role.CHILD_DIRECTOR, HULI_OTHER_VILLAGE).get(url(child))
    page = soup_of(officer.get(url(child, "looks/")).content)
    assert len(page.select(".look")) >= 2
    assert director.get(url(child, "looks/")).status_code == 404


def test_a_printed_file_is_masked_and_says_who_printed_it(officer, child):
    response = officer.get(url(child, "print/"))
    text = words_of(response.content)
    assert child.identity_number not in response.text
    assert "陈思远" in text
    assert soup_of(response.content).select_one("nav") is None
    assert [entry.kind for entry in events(child)][-1] == "registry.child.printed"


def test_a_closed_record_says_why_and_offers_to_reopen(officer, places):
    child = a_child(state="out", exit_reason="turned_16", exited_on=date(2025, 3, 1))
    page = soup_of(officer.get(url(child)).content)
    links = [link["href"] for link in page.select(".page-actions a")]
    assert url(child, "reopen/") in links
    assert url(child, "verify/") not in links


def test_upper_packages_put_panels_and_tabs_on_the_file(officer, child, monkeypatch):
    def panel(child_id, request):
        return slots.Panel(
            key="plans",
            title="Plans",
            template="registry/places.html",
            context={"nodes": ()},
            url=f"/plans/{child_id}/",
        )

    monkeypatch.setattr(slots, "_panels", {panel: 1, lambda _child, _request: None: 2})
    page = soup_of(officer.get(url(child)).content)
    assert page.find("a", href=f"/plans/{child.pk}/", string="Plans") is not None
    tabs = [tab["href"] for tab in page.select(".tx-tab")]
    assert tabs[:2] == [url(child), f"/plans/{child.pk}/"]


def test_the_file_costs_the_same_queries_however_full_it_is(
    officer, child, django_assert_max_num_queries
):
    bare = a_child(HULI_STREET, name="只有姓名", number="", hukou_division=None)
    for number in range(5):
        a_guardian(child, phone="13812345678", name=f"大人{number}")
        a_guardian(a_child(name=f"兄弟{number}"), phone="13812345678")
    for each in (bare, child):
        officer.get(url(each))
        with django_assert_max_num_queries(45):
            assert officer.get(url(each)).status_code == 200


def test_no_page_of_a_child_names_a_variable_that_nobody_gave(officer, child, monkeypatch):
    fail_on_undefined_variables(monkeypatch)
    pages = ("", "history/", "looks/", "print/", "correct/", "move/", "reveal/address/")
    assert {officer.get(url(child, page)).status_code for page in pages} == {200}
