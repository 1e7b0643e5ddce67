"""What a child is entitled to: from the register's facts and people's answers to the page."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.access.factories import actor_like
from tests.factories.children import KUNDULUN, a_child, a_stay, everywhere
from tests.registry.people import browser_of
from tongxing.access import scopes
from tongxing.access.values.roles import Role
from tongxing.eligibility.actions import entitlements as actions
from tongxing.eligibility.models import DeclaredFact
from tongxing.eligibility.queries import entitlements as queries
from tongxing.eligibility.values.entitlements import Answered, DeliveryState, Given
from tongxing.kernel.actors import Actor
from tongxing.kernel.errors import Unknown
from tongxing.registry.models import Child, Enrolment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions")]
AT = datetime(2025, 9, 10, 2, 0, tzinfo=UTC)
TODAY = AT.date()


def c01() -> Child:
    child = a_child(
        KUNDULUN, born=date(2012, 3, 15), hukou_division=150222000000, moved_with="mother"
    )
    a_stay(child, date(2024, 2, 10))
    return child


def director(area: int = KUNDULUN) -> Actor:
    return replace(actor_like(Role.COUNTY_OFFICER, area=area), account_id="officer", name="乌日娜")


def answers(child: Child, on: date = TODAY) -> dict[str, str]:
    with everywhere():
        _pack, _facts, found = queries.offers_of(child.pk, on=on)
    return {offer.verdict.rule: offer.verdict.answer.word for offer in found}


def answered(child: Child, name: str, answer: str, by: Actor | None = None) -> None:
    by = by or director()
    said = Answered(child_id=child.pk, name=name, answer=answer, as_of=TODAY)
    with scopes.acting_as(by):
        actions.declare(answered=said, by=by, at=AT)


def test_a_fact_of_the_register_settles_what_waits_for_it():
    child = c01()
    assert answers(child)["BT-L3.a"] == "cannot_tell"
    with everywhere():
        Enrolment.objects.create(
            child=child, division=child.division, source="education", as_of=TODAY, stage="junior"
        )
    found = answers(child)
    assert (found["BT-L3.a"], found["BT-L2.a"], found["BT-L3.d"]) == ("yes", "no", "cannot_tell")


def test_the_answer_of_a_person_settles_it_too_and_is_superseded_by_the_next():
    child = c01()
    answered(child, "stage", "senior")
    assert answers(child)["BT-L3.a"] == "no"
    answered(child, "stage", "junior")
    assert answers(child)["BT-L3.a"] == "yes"
    with everywhere():
        assert DeclaredFact.objects.filter(child_id=child.pk).count() == 2


def test_what_a_department_has_stated_goes_before_what_somebody_said():
    child = c01()
    answered(child, "stage", "primary")
    with everywhere():
        Enrolment.objects.create(
            child=child, division=child.division, source="education", as_of=TODAY, stage="senior"
        )
    assert answers(child)["BT-L3.a"] == "no"


@pytest.mark.parametrize(
    ("name", "answer", "refusal"),
    [
        ("stage", "university", actions.NotUnderstood),
        ("disabled", "perhaps", actions.NotUnderstood),
        ("shoe_size", "yes", actions.NoSuchQuestion),
        ("birth_date", "yes", actions.NoSuchQuestion),
        ("hiv_infected", "yes", actions.NoSuchQuestion),
    ],
)
def test_answers_to_no_question_are_refused(name, answer, refusal):
    with pytest.raises(refusal):
        answered(c01(), name, answer)


def test_nobody_answers_for_a_child_elsewhere():
    with pytest.raises(Unknown):
        answered(c01(), "disabled", "yes", by=director(150202000000))


def test_what_the_list_above_promises_stays_live_where_the_local_list_falls_behind():
    child = c01()
    answered(child, "stage", "technical_school")
    with everywhere():
        _pack, _facts, found = queries.offers_of(child.pk, on=TODAY)
    kept = {offer.verdict.rule: offer.kept_from for offer in found if offer.kept_from}
    assert kept["IM-L3.e"] == kept["IM-L5.a"] == "cn_15_inner_mongolia"
    assert answers(child)["BT-L5.a"] == "no"
    assert answers(child)["IM-L5.a"] == "cannot_tell"


@pytest.mark.clause("CN-15.4")
def test_what_was_received_is_recorded_and_can_be_taken_back():
    child, by = c01(), director()
    given = Given(child_id=child.pk, entitlement="BT-L6.a", state=DeliveryState.DELIVERED, on=TODAY)
    with scopes.acting_as(by):
        actions.deliver(given=given, by=by, at=AT)
        assert queries.deliveries_of(child.pk)["BT-L6.a"].by_name == "乌日娜"
        actions.withdraw_delivery(child_id=child.pk, entitlement="BT-L6.a", by=by, at=AT)
        assert queries.deliveries_of(child.pk) == {}
        with pytest.raises(actions.NoSuchEntitlement):
            actions.deliver(given=replace(given, entitlement="BT-L99.z"), by=by, at=AT)
        with pytest.raises(actions.NotThen):
            actions.deliver(given=replace(given, on=date(2025, 9, 11)), by=by, at=AT)


def test_the_page_says_answer_way_clause_and_what_to_ask():
    child = c01()
    browser: Client = browser_of(Role.COUNTY_OFFICER, KUNDULUN)
    page = browser.get(reverse("eligibility:entitlements", args=[child.pk]))
    text = page.content.decode()
    assert page.status_code == 200
    for words in ("孩子目前在哪个学段就读", "BT-L6.a", "受理：居住地", "应享有"):
        assert words in text
    declare = reverse("eligibility:declare", args=[child.pk])
    assert browser.post(declare, {"name": "stage", "answer": "junior"}).status_code == 303
    assert answers(child, localdate())["BT-L3.a"] == "yes"


def test_the_same_as_json_has_the_form_of_the_command_line():
    child = c01()
    browser: Client = browser_of(Role.COUNTY_OFFICER, KUNDULUN)
    found = browser.get(reverse("eligibility:about_child", args=[child.pk]), {"on": "2025-01-01"})
    content = found.json()
    assert content["verdicts"]["monitored"]["answer"] == "yes"
    assert {"item", "letter", "accepts", "decides", "pays"} <= set(content["entitlements"][0])
