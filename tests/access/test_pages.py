"""Pages of access: who reaches them, and that their forms do what they say."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.factories import (
    HULI,
    HULI_STREET,
    HULI_VILLAGE,
    KUNDULUN,
    a_division,
    a_founded_site,
    a_person,
    a_post,
    an_account,
    an_identity_number,
    an_organisation,
)
from tongxing.access import labels
from tongxing.access.models import Account, Appointment, Grant, Organisation, Post
from tongxing.access.queries import division
from tongxing.access.values.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    for code, name in (
        (350000000000, "福建省"),
        (350200000000, "厦门市"),
        (HULI, "湖里区"),
        (HULI_STREET, "湖里街道"),
        (150000000000, "内蒙古自治区"),
        (150200000000, "包头市"),
        (KUNDULUN, "昆都仑区"),
    ):
        a_division(code, name)


def browser_of(role: Role = Role.COUNTY_OFFICER, area: int = HULI) -> Client:
    browser = Client()
    browser.force_login(an_account(role=role, area=area))
    return browser


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


OWN_PAGES = ["divisions", "my_account", "change_password", "roles", "enrol_second_factor"]
KEEPERS_PAGES = ["organisations", "people", "grants"]


@pytest.mark.parametrize("name", OWN_PAGES)
@pytest.mark.parametrize("role", Role)
def test_everybody_opens_the_common_pages(places, name, role):
    area = HULI_VILLAGE if role is Role.CHILD_DIRECTOR else HULI
    area = HULI_STREET if role is Role.CHILD_SUPERVISOR else area
    area = 350200000000 if role is Role.CITY_OFFICER else area
    area = 350000000000 if role is Role.PROVINCE_OFFICER else area
    area = HULI_STREET if role in {Role.GRID_WORKER, Role.CHUNLEI_OFFICER} else area
    assert browser_of(role, area).get(reverse(f"access:{name}")).status_code == 200


@pytest.mark.parametrize("name", KEEPERS_PAGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COUNTY_OFFICER, 200),
        (Role.SYSTEM_ADMIN, 200),
        (Role.SECURITY_ADMIN, 200),
        (Role.AUDIT_ADMIN, 404),
        (Role.AUDITOR, 404),
        (Role.DEPARTMENT_CLERK, 404),
        (Role.SCHOOL, 404),
    ],
)
def test_keepers_pages_are_nothing_to_others(name, role, status):
    assert browser_of(role).get(reverse(f"access:{name}")).status_code == status


@pytest.mark.parametrize("name", [*OWN_PAGES, *KEEPERS_PAGES, "open_account", "found_organisation"])
def test_strangers_are_sent_to_sign_in(client, name):
    response = client.get(reverse(f"access:{name}"))
    assert response.status_code == 303
    assert response["Location"].startswith("/sign-in/")


def test_another_areas_organisation_looks_like_none(places):
    organisation, post = an_organisation(KUNDULUN), a_post(Role.COUNTY_OFFICER, KUNDULUN)
    person = an_account(area=KUNDULUN)
    browser = browser_of(area=HULI)
    absent = browser.get(reverse("access:organisation", args=[person.pk]))
    for url in (
        reverse("access:organisation", args=[organisation.pk]),
        reverse("access:post", args=[post.pk]),
        reverse("access:person", args=[person.pk]),
    ):
        denied = browser.get(url)
        assert denied.status_code == 404
        assert text_of(denied) == text_of(absent)


def test_lists_show_only_the_own_area(places):
    near, far = an_organisation(HULI_STREET), an_organisation(KUNDULUN)
    shown = text_of(browser_of(area=HULI).get(reverse("access:organisations")))
    assert near.name in shown
    assert far.name not in shown


def test_divisions_are_searched_with_and_without_htmx(places):
    browser = browser_of()
    whole = browser.get(reverse("access:divisions"), {"q": "湖里"})
    part = browser.get(reverse("access:divisions"), {"q": "湖里"}, headers={"HX-Request": "true"})
    assert "福建省厦门市湖里区" in text_of(whole)
    assert "<html" in whole.text
    assert "<html" not in part.text
    assert BeautifulSoup(part.content, "html.parser").select_one("#results")


def test_the_tree_is_open_where_the_actor_works(places):
    shown = text_of(browser_of(area=HULI).get(reverse("access:divisions")))
    assert "湖里街道" in shown
    assert "昆都仑区" not in shown


def test_an_unknown_division_is_not_found(places):
    assert browser_of().get(reverse("access:division", args=[999999999999])).status_code == 404
    assert browser_of().get("/divisions/99999999999999999999/").status_code == 404


def test_a_village_is_added_on_its_page(places):
    browser = browser_of()
    url = reverse("access:add_village", args=[HULI_STREET])
    typed = {"code": str(HULI_VILLAGE), "name": "听涛社区", "valid_from": "2025-09-01"}
    assert browser.get(url).status_code == 200
    assert browser.post(url, {**typed, "code": "123"}).status_code == 422
    assert browser.post(url, {**typed, "code": str(KUNDULUN + 1001)}).status_code == 422
    assert browser.post(url, typed)["Location"] == f"/divisions/{HULI_VILLAGE}/"
    assert division(HULI_VILLAGE).name == "听涛社区"
    assert browser.get(f"/divisions/{HULI_VILLAGE}/").status_code == 200


def test_what_a_division_became_is_noted(places):
    browser = browser_of()
    url = reverse("access:add_successor", args=[HULI])
    assert browser.post(url, {"new": "99", "on": "2025-09-01"}).status_code == 422
    assert browser.post(url, {"new": "350206001", "on": "2025-09-01"}).status_code == 303
    page = browser.get(reverse("access:division", args=[HULI]))
    assert "350206001000" in text_of(page)


def test_an_organisation_with_a_zone_of_its_own_is_added(places):
    a_division(HULI_STREET + 2000, "禾山街道")
    browser = browser_of()
    url = reverse("access:found_organisation")
    typed = {
        "name": "火炬园管委会",
        "kind": "development_zone",
        "division": "350206",
        "area_from": "350206001",
        "area_to": "350206003",
        "valid_from": "2025-09-01",
    }
    assert browser.post(url, {**typed, "area_to": ""}).status_code == 422
    assert (
        browser.post(
            url, {**typed, "division": "150203", "area_from": "", "area_to": ""}
        ).status_code
        == 422
    )
    assert browser.post(url, typed).status_code == 303
    zone = Organisation.objects.get(name="火炬园管委会")
    assert (zone.area_lo, zone.area_hi) == (HULI_STREET, HULI_STREET + 3000)
    assert browser.post(url, typed).status_code == 422


def test_a_post_is_added_filled_and_left(places):
    site = a_founded_site()
    officer, security = browser_of(), Client()
    security.force_login(Account.objects.get(pk=site[Role.SECURITY_ADMIN].account_id))
    organisation, person = an_organisation(HULI_STREET), a_person("xin.duyuan")
    add = reverse("access:create_post", args=[organisation.pk])
    typed = {"role": "CHILD_SUPERVISOR", "title": "儿童督导员", "valid_from": "2025-01-01"}
    assert officer.post(add, {**typed, "role": "CHILD_DIRECTOR"}).status_code == 422
    assert officer.post(add, typed).status_code == 303
    post = Post.objects.get(title="儿童督导员")

    ask = reverse("access:request_grant", args=[post.pk])
    wish = {"username": "xin.duyuan", "since": "2025-02-01", "reason": "新任"}
    assert officer.post(ask, {**wish, "username": "nobody"}).status_code == 422
    assert officer.post(ask, wish).status_code == 303
    grant = Grant.objects.get()
    assert officer.post(reverse("access:confirm_grant", args=[grant.pk])).status_code == 404
    assert "新任" in text_of(security.get(reverse("access:grants")))
    assert security.post(reverse("access:confirm_grant", args=[grant.pk])).status_code == 303
    again = security.post(reverse("access:confirm_grant", args=[grant.pk]))
    assert again.status_code == 409

    page = officer.get(reverse("access:post", args=[post.pk]))
    assert person.person_name in text_of(page)
    appointment = Appointment.objects.get(post=post)
    check = reverse("access:record_entry_check", args=[appointment.account_id, appointment.pk])
    assert officer.post(check, {"answer": "clear", "on": "2025-02-02"}).status_code == 303
    end = reverse("access:end_appointment", args=[appointment.pk])
    assert officer.post(end, {"reason": "轮岗"}).status_code == 303
    appointment.refresh_from_db()
    assert (appointment.end_reason, appointment.until is not None) == ("轮岗", True)


def test_a_bad_entry_check_is_refused_in_words(places):
    officer = browser_of()
    holder = an_account(role=Role.CHILD_SUPERVISOR, area=HULI_STREET)
    appointment = Appointment.objects.get(account=holder)
    check = reverse("access:record_entry_check", args=[appointment.account_id, appointment.pk])
    assert officer.post(check, {"answer": "maybe", "on": "2025-02-02"}).status_code == 422


def test_the_system_administrator_opens_an_account_and_shows_the_password_once():
    browser = browser_of(Role.SYSTEM_ADMIN)
    typed = {
        "person_name": "新同事",
        "username": "new.colleague",
        "identity_number": an_identity_number(8888),
        "phone": "",
    }
    response = browser.post(reverse("access:open_account"), typed)
    account = Account.objects.get(username="new.colleague")
    password = BeautifulSoup(response.content, "html.parser").select("code")[-1].text
    assert account.check_password(password)
    assert browser.post(reverse("access:open_account"), typed).status_code == 422
    assert "new.colleague" in text_of(browser.get(reverse("access:people"), {"q": "new"}))


def test_the_system_administrator_closes_and_reopens_an_account():
    browser, person = browser_of(Role.SYSTEM_ADMIN), an_account()
    for name in ("close_account", "reopen_account", "reset_password"):
        assert browser.post(reverse(f"access:{name}", args=[person.pk])).status_code in {200, 303}
    person.refresh_from_db()
    assert person.is_active
    assert person.must_change_password


def test_the_roles_page_explains_every_role():
    shown = text_of(browser_of().get(reverse("access:roles")))
    for role in Role:
        assert str(labels.ROLES[role]) in shown
        assert str(labels.ROLE_DESCRIPTIONS[role]) in shown


def test_home_tells_of_vacant_posts_and_waiting_requests(places):
    site = a_founded_site()
    a_post(Role.CHILD_SUPERVISOR, HULI_STREET, title="空缺的督导员")
    assert "空缺的督导员" in text_of(browser_of().get("/"))
    Grant.objects.create(
        id="01890000-0000-7000-8000-000000000000",
        account=a_person(),
        post=a_post(Role.COUNTY_OFFICER),
        since="2025-01-01",
        reason="",
        requested_by_id=site[Role.SYSTEM_ADMIN].account_id,
        requested_at="2025-01-01T00:00:00Z",
    )
    security = Client()
    security.force_login(Account.objects.get(pk=site[Role.SECURITY_ADMIN].account_id))
    assert BeautifulSoup(security.get("/").content, "html.parser").select_one(
        f'a[href="{reverse("access:grants")}"]'
    )


def test_looking_changes_nothing(places):
    browser = browser_of()
    browser.get("/account/")
    before = {model: list(model.objects.order_by("pk").values()) for model in MODELS}
    for name in (*OWN_PAGES, *KEEPERS_PAGES, "found_organisation"):
        browser.get(reverse(f"access:{name}"))
    assert {model: list(model.objects.order_by("pk").values()) for model in MODELS} == before


MODELS = (Account, Appointment, Grant, Organisation, Post)


def test_pages_take_a_constant_number_of_queries(places):
    browser = browser_of()
    browser.get("/account/")
    few = queries_by_page(browser)
    for _ in range(12):
        an_account(role=Role.CHILD_SUPERVISOR, area=HULI_STREET)
        a_post(Role.CHILD_SUPERVISOR, HULI_STREET)
    assert queries_by_page(browser) == few


def queries_by_page(browser: Client) -> dict[str, int]:
    an_account(role=Role.CHILD_SUPERVISOR, area=HULI_STREET)
    a_post(Role.CHILD_SUPERVISOR, HULI_STREET)
    counts = {}
    for name in ("divisions", *KEEPERS_PAGES):
        with CaptureQueriesContext(connection) as run:
            browser.get(reverse(f"access:{name}"))
        counts[name] = len(run)
    assert max(counts.values()) < 25
    return counts
