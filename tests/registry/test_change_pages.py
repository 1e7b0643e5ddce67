"""Forms that change a child's record, and the form that enters one."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.access.factories import a_division
from tests.factories.children import (
    HULI_OTHER_VILLAGE,
    HULI_VILLAGE,
    KUNDULUN,
    a_child,
    a_clue,
    a_number,
    a_stay,
    everywhere,
    fresh,
)
from tests.registry.people import browser_of, events
from tests.web.htmx import HTMX, assert_fragment_is_part_of_page
from tests.web.soup import soup_of
from tongxing.access.values.roles import Role
from tongxing.registry.models import Child, Clue, HukouSpell, ResidenceSpell

pytestmark = pytest.mark.django_db
YESTERDAY = (timezone.localdate() - timedelta(days=1)).isoformat()


@pytest.fixture
def sichuan(places):
    a_division(510000000000, "四川省")
    a_division(511700000000, "达州市")
    a_division(511725000000, "渠县")


def url(child, page):
    return f"/children/{child.pk}/{page}/"


def filled(browser, address, **answers):
    """The form as the page offers it, with some answers changed."""
    form = soup_of(browser.get(address).content).select_one("main form[method=post]")
    data = {
        field["name"]: field.get("value", "")
        for field in form.select("input[name]")
        if field.get("type") not in {"checkbox", "radio"}
    }
    for choice in form.select("select[name]"):
        chosen = choice.select_one("option[selected]")
        data[choice["name"]] = chosen["value"] if chosen else ""
    for text in form.select("textarea[name]"):
        data[text["name"]] = text.get_text().strip()
    return data | answers


def test_only_what_was_changed_is_a_correction(officer, places):
    child = a_child(name="陈一诺")
    answers = filled(officer, url(child, "correct"), name="陈一喏", reason="户口簿核对")
    assert officer.post(url(child, "correct"), answers).status_code == 303
    now = fresh(child)
    assert (now.name, list(now.provenance)) == ("陈一喏", ["name"])
    assert now.identity_number == child.identity_number


def test_what_a_colleague_changed_in_another_field_is_no_conflict_of_mine(officer, places):
    child = a_child(name="陈一诺", number="")
    mine = filled(officer, url(child, "correct"), name="陈一喏", reason="户口簿核对")
    theirs = filled(officer, url(child, "correct"), sex="female", reason="见到本人")
    officer.post(url(child, "correct"), theirs)
    conflict = officer.post(url(child, "correct"), mine)
    assert conflict.status_code == 422
    rows = soup_of(conflict.content).select(".clash-table tbody tr")
    assert [[cell.get_text() for cell in row.select("td")] for row in rows] == [
        ["陈一喏", "陈一诺"]
    ]
    again = soup_of(conflict.content).select_one("input[name=base_revision]")["value"]
    assert officer.post(url(child, "correct"), mine | {"base_revision": again}).status_code == 303
    assert (fresh(child).name, fresh(child).sex) == ("陈一喏", "female")


def test_a_wrong_number_is_explained_at_its_field(officer, places):
    child = a_child(number="")
    number = a_number()
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    answers = filled(officer, url(child, "correct"), identity_number=wrong, reason="出生证")
    page = officer.post(url(child, "correct"), answers)
    assert page.status_code == 422
    assert "校验码" in page.text


def test_a_number_of_another_child_leads_to_that_child(officer, places):
    number = a_number()
    other = a_child(HULI_OTHER_VILLAGE, number=number)
    child = a_child(number="")
    answers = filled(officer, url(child, "correct"), identity_number=number, reason="出生证")
    page = officer.post(url(child, "correct"), answers)
    assert f"/children/{other.pk}/" in page.text


def test_one_click_and_a_day_verify_a_record(director, places):
    child = a_child()
    assert director.post(url(child, "verify"), {"on": YESTERDAY}).status_code == 303
    assert str(fresh(child).last_verified_on) == YESTERDAY
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert director.post(url(child, "verify"), {"on": tomorrow}).status_code == 422


def test_htmx_is_told_where_to_go(director, places):
    child = a_child()
    answer = director.post(url(child, "verify"), {"on": YESTERDAY}, headers=HTMX)
    assert answer["HX-Redirect"] == f"/children/{child.pk}/"


def test_a_form_with_errors_is_the_same_as_fragment_and_in_the_page(officer, places):
    child = a_child()
    for page in ("move", "close", "absence"):
        assert_fragment_is_part_of_page(officer, url(child, page), "change")
    refused = officer.post(url(child, "close"), {"why": "", "on": ""}, headers=HTMX)
    assert refused.status_code == 422
    assert "<html" not in refused.text


def test_a_move_inside_the_area_is_recorded_and_one_outside_is_not_offered(officer, places):
    a_division(KUNDULUN, "昆都仑区")
    child = a_child()
    a_stay(child, date(2024, 9, 1))
    move = {"to": HULI_OTHER_VILLAGE, "on": "2025-08-01", "address": "新家", "reason": ""}
    assert officer.post(url(child, "move"), move).status_code == 303
    assert fresh(child).division == HULI_OTHER_VILLAGE
    assert officer.post(url(child, "move"), move | {"to": KUNDULUN}).status_code == 422


def test_the_hukou_place_is_understood_as_people_write_it(officer, sichuan):
    child = a_child(hukou_division=None, hukou_text="四川那边")
    answers = {"registered": "yes", "written": "四川省达州市渠县", "on": "", "reason": "户口簿"}
    assert officer.post(url(child, "hukou"), answers).status_code == 303
    assert fresh(child).hukou_division == 511725000000
    unknown = answers | {"written": "不存在的地方"}
    assert officer.post(url(child, "hukou"), unknown).status_code == 422


def test_a_child_without_hukou_is_recorded_as_such(officer, places):
    child = a_child()
    answers = {"registered": "no", "written": "", "on": "", "reason": "未落户"}
    assert officer.post(url(child, "hukou"), answers).status_code == 303
    assert fresh(child).hukou == "not_registered"
    with everywhere():
        present = HukouSpell.objects.get(child_id=child.pk, withdrawn_at=None)
        assert present.registered is False


@pytest.mark.parametrize("written", ["2024-09", "2024年9月", "2024.9"])
def test_the_beginning_of_a_stay_may_be_a_month(director, places, written):
    child = a_child()
    a_stay(child, None)
    assert director.post(url(child, "stay"), {"since": written}).status_code == 303
    with everywhere():
        stay = ResidenceSpell.objects.get(child_id=child.pk, withdrawn_at=None)
        assert (stay.since, stay.since_latest) == (date(2024, 9, 1), date(2024, 9, 30))


@pytest.mark.parametrize("written", ["2024-13", "九月", "2024-02-30", ""])
def test_what_is_no_date_is_asked_again(director, places, written):
    child = a_child()
    assert director.post(url(child, "stay"), {"since": written}).status_code == 422


def test_absence_help_contact_closing_and_reopening(officer, places):
    child = a_child()
    posts = [
        ("absence", {"since": "2025-07-10", "until": "2025-08-20", "reason": "暑假"}),
        ("help", {"on": "2025-05-06"}),
        ("contact-lost", {"reason": "电话停机"}),
        ("close", {"why": "returned_to_hukou", "on": "2025-08-30", "note": ""}),
        ("reopen", {"back_since": "", "reason": "误操作"}),
    ]
    for page, answers in posts:
        assert officer.post(url(child, page), answers).status_code == 303, page
    assert fresh(child).state == "to_verify"
    kinds = [entry.kind for entry in events(child) if entry.kind.startswith("registry.child.")]
    assert kinds == [
        "registry.child.absence_noted",
        "registry.child.asked_for_help",
        "registry.child.contact_lost",
        "registry.child.closed",
        "registry.child.reopened",
    ]


def test_a_question_of_a_list_is_settled_with_a_reason(officer, places):
    child = a_child()
    answer = officer.post(url(child, "confirm"), {"field": "sex", "reason": "见到本人"})
    assert answer.status_code == 303
    assert fresh(child).provenance["sex"][0] == "staff"
    assert officer.post(url(child, "confirm"), {"field": "x", "reason": "y"}).status_code == 404


def test_who_only_looks_finds_no_form(places):
    child, city = a_child(), browser_of(Role.CITY_OFFICER, 350200000000)
    assert city.get(f"/children/{child.pk}/").status_code == 200
    assert city.get(url(child, "correct")).status_code == 404
    assert city.get("/children/new/").status_code == 404


# Entering a child


def an_entry(browser, **answers):
    known = {"name": "吴桐", "division": HULI_VILLAGE, "as_of": YESTERDAY, "source": "village"}
    return filled(browser, "/children/new/", **known | answers)


def test_a_director_enters_a_child_of_the_own_village(director, sichuan):
    answers = an_entry(
        director,
        born="2017.5.4",
        hukou_text="四川省达州市渠县",
        guardian_name="吴刚",
        guardian_relation="51",
        guardian_phone="138 0000 0777",
        lived_since="2024年9月",
        seen="on",
    )
    answer = director.post("/children/new/", answers)
    assert answer.status_code == 303
    with everywhere():
        child = Child.objects.get(name="吴桐")
        assert child.born_from == date(2017, 5, 4)
        assert (child.hukou, child.hukou_division) == ("registered", 511725000000)
        assert child.state == "active"
        assert child.guardians.get().phone == "13800000777"
    assert answer["Location"] == f"/children/{child.pk}/"


def test_a_villages_only_place_is_chosen_already(director):
    page = soup_of(director.get("/children/new/").content)
    assert page.select_one("select[name=division] option[selected]")["value"] == str(HULI_VILLAGE)


def test_a_child_that_is_perhaps_known_is_shown_before_it_is_entered(officer, places):
    known = a_child(name="吴桐", born=date(2017, 5, 4), number="")
    answers = an_entry(officer, born="2017-05-04")
    asked = officer.post("/children/new/", answers)
    assert asked.status_code == 422
    assert f"/children/{known.pk}/" in asked.text
    assert 'value="吴桐"' in asked.text
    assert officer.post("/children/new/", answers | {"confirmed": "on"}).status_code == 303
    with everywhere():
        assert Child.objects.filter(name="吴桐").count() == 2


def test_the_same_number_cannot_be_confirmed_away(officer, places):
    number = a_number(date(2017, 5, 4))
    a_child(number=number, born=date(2017, 5, 4))
    asked = officer.post("/children/new/", an_entry(officer, identity_number=number))
    assert asked.status_code == 422
    assert soup_of(asked.content).select_one("input[name=confirmed]") is None


def test_a_clue_leads_to_the_child_that_was_entered_for_it(director, places):
    clue = a_clue()
    answers = an_entry(director)
    director.post(f"/children/new/?clue={clue.pk}", answers)
    with everywhere():
        now = Clue.objects.get(pk=clue.pk)
        assert (now.state, now.child_id) == ("found", Child.objects.get(name="吴桐").pk)
    assert director.get("/children/new/?clue=nonsense").status_code == 404
    far = a_clue(HULI_OTHER_VILLAGE)
    assert director.get(f"/children/new/?clue={far.pk}").status_code == 404
