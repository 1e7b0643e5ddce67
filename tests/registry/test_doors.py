from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access.factories import actor_like
from tests.factories.children import (
    AT,
    HULI,
    HULI_OTHER_VILLAGE,
    HULI_VILLAGE,
    KUNDULUN,
    a_child,
)
from tongxing.access import scopes
from tongxing.access.values.roles import Role
from tongxing.audit.models import Entry
from tongxing.audit.values import Look
from tongxing.kernel.divisions import NATION, area_of
from tongxing.kernel.ids import uuid7
from tongxing.registry import doors
from tongxing.registry.models import Child
from tongxing.registry.values.children import Purpose
from tongxing.registry.values.lists import ChildFilter

pytestmark = pytest.mark.django_db
OFFICER = actor_like(Role.COUNTY_OFFICER, HULI)


def opened(child_id, actor=OFFICER):
    return doors.open_child(
        child_id,
        actor=actor,
        purpose=Purpose.CARE,
        fields=["basics", "identity"],
        route="registry:child",
        at=AT,
    )


def entries():
    with scopes.acting_as(replace(OFFICER, audit_area=OFFICER.area)):
        return list(Entry.objects.order_by("id"))


@pytest.fixture
def as_officer():
    scopes.use(OFFICER)


@pytest.mark.clause("CN-5.6")
def test_opening_a_file_says_who_saw_which_fields_and_why(as_officer):
    child = a_child()
    assert opened(child.pk).name == child.name
    entry = entries()[-1]
    assert (entry.kind, entry.child_id, entry.division) == (Look.FILE, child.pk, child.division)
    assert entry.facts["fields"] == ["basics", "identity"]
    assert entry.facts["purpose"] == "care"
    assert child.name not in str(entry.facts)


@pytest.mark.clause("CN-5.6")
def test_a_director_of_the_next_village_is_denied_and_that_is_logged():
    child = a_child(HULI_VILLAGE)
    director = actor_like(Role.CHILD_DIRECTOR, HULI_OTHER_VILLAGE)
    scopes.use(director)
    with pytest.raises(doors.NoSuchChild):
        opened(child.pk, director)
    refused = entries()[-1]
    assert (refused.kind, refused.child_id) == (Look.REFUSED, child.pk)
    assert refused.actor_role == Role.CHILD_DIRECTOR


def test_denied_and_absent_look_the_same():
    elsewhere = a_child(KUNDULUN)
    scopes.use(OFFICER)
    with pytest.raises(doors.NoSuchChild) as denied:
        opened(elsewhere.pk)
    with pytest.raises(doors.NoSuchChild) as absent:
        opened(uuid7())
    assert str(denied.value) == str(absent.value)
    assert denied.value.code == absent.value.code


def test_the_application_filter_stands_without_the_database(as_officer):
    """A scope wider than the actor's area (a forgotten `use`) still shows nothing outside."""
    elsewhere = a_child(KUNDULUN)
    scopes.use(scopes.system(area_of(NATION)))
    with pytest.raises(doors.NoSuchChild):
        opened(elsewhere.pk)


def test_the_database_stands_without_the_application_filter(as_officer):
    a_child(KUNDULUN)
    assert not Child.objects.filter(division=KUNDULUN).exists()


def test_a_withdrawn_child_is_unknown(as_officer):
    child = a_child(withdrawn_at=AT)
    with pytest.raises(doors.NoSuchChild):
        opened(child.pk)


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_a_post_without_the_capability_opens_nothing(role):
    child = a_child()
    actor = actor_like(role, HULI)
    scopes.use(actor)
    with pytest.raises(doors.NoSuchChild):
        opened(child.pk, actor)


def test_no_trail_no_look(as_officer, monkeypatch):
    child = a_child()

    def broken(**_facts):
        raise RuntimeError("the trail cannot be written")

    monkeypatch.setattr("tongxing.audit.actions.record_look", broken)
    with pytest.raises(RuntimeError):
        opened(child.pk)


def test_a_page_of_the_list_logs_every_child_on_it_in_one_insert(as_officer):
    children = [a_child(name=f"孩子{name}") for name in "甲乙丙丁"]
    with CaptureQueriesContext(connection) as queries:
        page = doors.listed(
            ChildFilter(),
            actor=OFFICER,
            purpose=Purpose.CARE,
            route="registry:children",
            at=AT,
        )
    assert {row.id for row in page.rows} == {child.pk for child in children}
    looks = [entry for entry in entries() if entry.kind == Look.LIST]
    assert {entry.child_id for entry in looks} == {child.pk for child in children}
    inserts = [
        each for each in queries.captured_queries if "INSERT INTO audit_entry" in each["sql"]
    ]
    assert len(inserts) == 1
