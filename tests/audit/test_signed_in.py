"""The auditor's pages through the whole site: sign-in, scope, roles, names of places."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.factories import (
    HULI,
    HULI_VILLAGE,
    KUNDULUN,
    a_division,
    a_founded_site,
    actor_like,
    an_account,
)
from tongxing.access.values.roles import Role
from tongxing.audit import actions as audit
from tongxing.audit import queries
from tongxing.audit.values import TrailFilter

pytestmark = pytest.mark.django_db


def browser_of(account: object) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(account)  # type: ignore[arg-type]
    return browser


def rows(browser: Client, name: str) -> list[str]:
    response = browser.get(reverse(name))
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    return [" ".join(row.get_text(" ").split()) for row in page.select("tbody tr")]


@pytest.fixture
def traces() -> None:
    """Something happened in Huli, and something in Kundulun."""
    a_division(HULI, "湖里区")
    a_division(KUNDULUN, "昆都仑区")
    for area, kind in ((HULI, "test.huli"), (KUNDULUN, "test.kundulun")):
        officer = actor_like(Role.COUNTY_OFFICER, area)
        audit.record(kind, actor=officer, child_id=uuid4(), division=area)


def test_an_auditor_reads_the_trail_of_the_own_county_in_words(traces):
    told = rows(browser_of(an_account(role=Role.AUDITOR, area=HULI)), "audit:trail")

    assert any("test.huli" in row and "湖里区" in row for row in told)
    assert not any("test.kundulun" in row for row in told)


def test_the_auditor_is_seen_reading(traces):
    browser = browser_of(an_account(role=Role.AUDITOR, area=HULI))
    number = browser.get(reverse("audit:trail"))["X-Request-ID"]
    with transaction.atomic():
        queries.reading_everything()
        [entry] = queries.trail(TrailFilter(kind="audit.trail.read"))
    assert (entry.actor_role, entry.request_id) == ("AUDITOR", number)


def test_the_audit_administrator_reads_the_administrators_trail_only():
    administrators = a_founded_site()
    for role, kind in ((Role.SYSTEM_ADMIN, "test.system"), (Role.SECURITY_ADMIN, "test.security")):
        audit.record(kind, actor=administrators[role])
    audit.record("test.officer", actor=actor_like())
    reader = administrators[Role.AUDIT_ADMIN]
    browser = browser_of(an_account(role=Role.AUDIT_ADMIN, area=HULI))
    assert reader.may("audit.read_admins")

    told = " ".join(rows(browser, "audit:administrators"))

    assert "test.system" in told
    assert "test.security" in told
    assert "test.officer" not in told
    assert browser.get(reverse("audit:trail")).status_code == 404


@pytest.mark.parametrize("name", ["audit:trail", "audit:openers", "audit:administrators"])
@pytest.mark.parametrize(
    ("role", "area"),
    [(Role.COUNTY_OFFICER, HULI), (Role.CHILD_DIRECTOR, HULI_VILLAGE), (Role.SYSTEM_ADMIN, HULI)],
)
def test_for_everybody_else_the_trail_is_not_there(role: Role, area: int, name: str):
    response = browser_of(an_account(role=role, area=area)).get(reverse(name))
    assert response.status_code == 404


def test_strangers_are_sent_to_sign_in():
    response = Client().get(reverse("audit:trail"))
    assert response.status_code == 303
    assert response["Location"].startswith("/sign-in/")
