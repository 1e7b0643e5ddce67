import pytest

from tests.factories.children import (
    HULI_OTHER_VILLAGE,
    HULI_VILLAGE,
    a_child,
    a_clue,
    everywhere,
)
from tests.registry.people import browser_of
from tests.web.htmx import HTMX, assert_fragment_is_part_of_page
from tests.web.soup import soup_of, words_of
from tests.web.strict import fail_on_undefined_variables
from tongxing.access.values.roles import Role
from tongxing.audit.models import Entry
from tongxing.registry.models import Clue

pytestmark = pytest.mark.django_db


def url(clue, page=""):
    return f"/clues/{clue.pk}/{page}"


def now(clue):
    with everywhere():
        return Clue.objects.get(pk=clue.pk)


def trail(clue):
    with everywhere():
        found = Entry.objects.filter(subject_id=str(clue.pk)).order_by("id")
        return [entry.kind for entry in found]


@pytest.mark.clause("XM-4.3")
def test_a_declaration_taken_down_by_the_street_waits_in_the_village(officer, director):
    answers = {
        "kind": "self_declaration",
        "division": HULI_VILLAGE,
        "said": "孩子没有学上",
        "need": "schooling",
        "contact": "张先生 13812345678",
    }
    assert officer.post("/clues/new/", answers).status_code == 303
    page = director.get("/clues/")
    assert "后浦社区" in words_of(page.content)
    assert "13812345678" not in page.text
    assert "没有学上" not in page.text


def test_the_fragment_is_the_list_of_the_page(officer):
    a_clue()
    assert_fragment_is_part_of_page(officer, "/clues/?state=all", "results")


def test_closed_clues_are_shown_when_asked_for(director):
    a_clue(state="not_found")
    rows = "tbody tr"
    assert soup_of(director.get("/clues/").content).select(rows) == []
    assert len(soup_of(director.get("/clues/?state=all").content).select(rows)) == 1
    assert len(soup_of(director.get("/clues/?state=not_found").content).select(rows)) == 1
    assert soup_of(director.get("/clues/?kind=hotline&state=all").content).select(rows) == []


def test_a_clue_is_read_taken_up_and_linked_to_a_child(director):
    clue, child = a_clue(), a_child(name="林小满")
    assert "没人管" in director.get(url(clue)).text
    assert director.post(url(clue, "take-up/")).status_code == 303
    found = director.post(url(clue), {"q": "linxiao"}, headers=HTMX)
    assert "林小满" in found.text
    assert "<html" not in found.text
    assert director.post(url(clue, "link/"), {"child": str(child.pk)}).status_code == 303
    assert (now(clue).state, now(clue).child_id) == ("found", child.pk)
    assert trail(clue)[-1] == "registry.clue.resolved"
    assert url(clue) in director.get(f"/children/{child.pk}/").text


def test_a_clue_is_closed_without_a_child(director):
    first, second = a_clue(), a_clue()
    assert director.post(url(first, "resolve/"), {"outcome": "moved"}).status_code == 303
    assert now(first).state == "moved"
    rejected = director.post(url(second, "resolve/"), {"outcome": "rejected", "note": ""})
    assert rejected.status_code == 422
    assert now(second).state == "new"


def test_the_contact_is_shown_to_those_who_look_into_it(director):
    clue = a_clue(contact="张先生 13812345678")
    assert "13812345678" not in director.get(url(clue)).text
    assert director.get(url(clue, "contact/")).status_code == 200
    shown = director.post(url(clue, "contact/"), {"reason": "电话核实"})
    assert "13812345678" in shown.text
    assert "registry.clue.contact_revealed" in trail(clue)


def test_a_grid_worker_reports_and_sees_the_own_reports_only(places, director):
    worker = browser_of(Role.GRID_WORKER, HULI_VILLAGE)
    other = a_clue()
    answers = {"kind": "neighbour", "division": HULI_VILLAGE, "said": "六楼新搬来一家"}
    mine = worker.post("/clues/new/", answers)["Location"]
    assert worker.get(mine).status_code == 200
    assert worker.get(url(other)).status_code == 404
    assert worker.post(f"{mine}take-up/").status_code == 404
    assert len(soup_of(worker.get("/clues/").content).select("tbody tr")) == 1
    assert director.get(mine).status_code == 200


def test_clues_of_another_village_are_not_there(director):
    far = a_clue(HULI_OTHER_VILLAGE)
    for page in ("", "contact/"):
        assert director.get(url(far, page)).status_code == 404
    for page in ("take-up/", "link/"):
        assert director.post(url(far, page), {"child": str(far.pk)}).status_code == 404


def test_a_closed_clue_takes_no_more_answers(director):
    clue = a_clue(state="found", child_id=a_child().pk)
    assert director.post(url(clue, "take-up/")).status_code == 409


def test_no_page_of_a_clue_names_a_variable_that_nobody_gave(director, monkeypatch):
    clue = a_clue(need="schooling", contact="13800000001")
    fail_on_undefined_variables(monkeypatch)
    for page in ("/clues/", "/clues/new/", url(clue), url(clue, "contact/"), "/children/new/"):
        assert director.get(page).status_code == 200, page
