from dataclasses import replace
from datetime import date

import pytest

from tests.access.factories import actor_like
from tests.factories.children import (
    AT,
    HULI,
    HULI_OTHER_VILLAGE,
    HULI_VILLAGE,
    KUNDULUN,
    a_child,
    a_clue,
)
from tongxing.access import scopes
from tongxing.access.values.roles import Role
from tongxing.audit.models import Entry
from tongxing.kernel.errors import Unknown
from tongxing.registry import doors
from tongxing.registry.actions import clues, refusals
from tongxing.registry.models import Clue
from tongxing.registry.queries.scoped import clues_of
from tongxing.registry.values.children import ClueKind, ClueState
from tongxing.registry.values.clues import ClueReport, Need

pytestmark = pytest.mark.django_db
DIRECTOR = actor_like(Role.CHILD_DIRECTOR, HULI_VILLAGE)
OFFICER = actor_like(Role.COUNTY_OFFICER, HULI)


@pytest.fixture(autouse=True)
def as_director():
    scopes.use(DIRECTOR)


def a_report(**changes):
    return ClueReport(
        **{
            "division": HULI_VILLAGE,
            "kind": ClueKind.SELF_DECLARATION,
            "said": "孩子没有地方上学，想问问怎么办",
            "contact": "13800000001",
            "need": Need.SCHOOLING,
            **changes,
        }
    )


def events(clue):
    with scopes.acting_as(replace(OFFICER, audit_area=OFFICER.area)):
        return [
            entry.kind for entry in Entry.objects.filter(subject_id=str(clue.pk)).order_by("id")
        ]


@pytest.mark.clause("XM-4.3")
def test_a_declaration_is_work_for_the_familys_own_street_the_same_day():
    clue = clues.report(report=a_report(), by=OFFICER, at=AT)
    scopes.use(DIRECTOR)
    waiting = clues_of(DIRECTOR).get()
    assert (waiting.pk, waiting.state, waiting.division) == (clue.pk, "new", HULI_VILLAGE)
    assert waiting.received_at == AT
    assert waiting.due_on == date(2025, 9, 4)
    assert events(clue) == ["registry.clue.reported"]


@pytest.mark.clause("XM-4.3")
def test_what_was_said_and_whom_to_call_lie_sealed():
    clue = clues.report(report=a_report(), by=OFFICER, at=AT)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT said, contact FROM registry_clue WHERE id = %s", [clue.pk])
        said, contact = cursor.fetchone()
    assert "上学".encode() not in bytes(said)
    assert b"13800000001" not in bytes(contact)
    assert Clue.objects.get(pk=clue.pk).contact == "13800000001"


def test_a_clue_is_never_a_child_before_somebody_found_one():
    clue = a_clue()
    clues.assign(clue_id=clue.pk, post_id="p1", name="后浦社区儿童主任", by=DIRECTOR, at=AT)
    with pytest.raises(refusals.ClueNeedsChild):
        clues.resolve(clue_id=clue.pk, outcome=ClueState.FOUND, by=DIRECTOR, at=AT)
    child = a_child()
    clues.resolve(clue_id=clue.pk, outcome=ClueState.FOUND, child_id=child.pk, by=DIRECTOR, at=AT)
    now = Clue.objects.get(pk=clue.pk)
    assert (now.state, now.child_id, now.closed_at) == ("found", child.pk, AT)
    assert events(clue) == ["registry.clue.assigned", "registry.clue.resolved"]
    with pytest.raises(refusals.ClueIsClosed):
        clues.assign(clue_id=clue.pk, post_id="p1", name="", by=DIRECTOR, at=AT)


def test_a_clue_leads_to_a_child_of_ones_own_area():
    elsewhere = a_child(HULI_OTHER_VILLAGE)
    with pytest.raises(doors.NoSuchChild):
        clues.resolve(
            clue_id=a_clue().pk,
            outcome=ClueState.FOUND,
            child_id=elsewhere.pk,
            by=DIRECTOR,
            at=AT,
        )


def test_rejecting_needs_words_and_not_finding_does_not():
    first, second = a_clue(), a_clue()
    with pytest.raises(refusals.NoReason):
        clues.resolve(clue_id=first.pk, outcome=ClueState.REJECTED, by=DIRECTOR, at=AT)
    clues.resolve(clue_id=second.pk, outcome=ClueState.NOT_FOUND, by=DIRECTOR, at=AT)
    assert Clue.objects.get(pk=second.pk).state == "not_found"


def test_who_only_reports_sees_the_own_reports_and_handles_none():
    worker = replace(actor_like(Role.GRID_WORKER, HULI_VILLAGE), account_id="w1", name="网格员")
    scopes.use(worker)
    mine = clues.report(report=a_report(kind=ClueKind.NEIGHBOUR), by=worker, at=AT)
    a_clue()
    assert [clue.pk for clue in clues_of(worker)] == [mine.pk]
    with pytest.raises(doors.NoSuchClue):
        clues.assign(clue_id=mine.pk, post_id="p1", name="", by=worker, at=AT)
    with pytest.raises(doors.NoSuchClue):
        clues.reveal_contact(clue_id=mine.pk, reason="想联系", by=worker, at=AT)


def test_clues_stay_inside_the_area_and_the_capability():
    with pytest.raises(refusals.LeavesYourArea):
        clues.report(report=a_report(division=KUNDULUN), by=OFFICER, at=AT)
    with pytest.raises(Unknown):
        clues.report(report=a_report(), by=actor_like(Role.CITY_OFFICER, HULI), at=AT)
    with pytest.raises(refusals.NoReason):
        clues.report(report=a_report(said=" "), by=OFFICER, at=AT)
    far = a_clue(HULI_OTHER_VILLAGE)
    with pytest.raises(doors.NoSuchClue):
        doors.open_clue(far.pk, actor=DIRECTOR, at=AT)


def test_reading_a_clue_and_its_contact_leaves_a_trace():
    clue = a_clue(contact="13800000001")
    doors.open_clue(clue.pk, actor=DIRECTOR, at=AT)
    shown = clues.reveal_contact(clue_id=clue.pk, reason="电话核实", by=DIRECTOR, at=AT)
    assert shown == "13800000001"
    assert events(clue) == ["registry.clue.read", "registry.clue.contact_revealed"]


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (ClueKind.UNACCOMPANIED, date(2025, 9, 2)),
        (ClueKind.NEIGHBOUR, date(2025, 9, 8)),
        (ClueKind.MISSING_FROM_LIST, date(2025, 9, 11)),
    ],
)
def test_a_child_alone_is_looked_for_sooner_than_a_gap_in_a_list(kind, due):
    assert clues.report(report=a_report(kind=kind), by=OFFICER, at=AT).due_on == due
