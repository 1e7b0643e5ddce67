"""An entry is written with the change or the look it tells of, or neither happens."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from tests.audit import trails
from tongxing.audit import actions as audit
from tongxing.audit import queries
from tongxing.audit.context import request_id
from tongxing.audit.models import Entry
from tongxing.audit.values import Event, Look

pytestmark = pytest.mark.usefixtures("trail")


def entries() -> QuerySet[Entry]:
    queries.reading_everything()
    return Entry.objects.order_by("id")


@pytest.fixture
def a_change(trail: Path):
    """A table that some action changes."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE change (id int PRIMARY KEY)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE change")


def make_change(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO change VALUES (%s)", [number])


def changes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM change")
        return int(cursor.fetchone()[0])


def test_an_event_says_who_did_what_to_which_record():
    child, officer = uuid4(), trails.an_actor()
    with transaction.atomic():
        audit.record(
            "registry.child.corrected",
            actor=officer,
            at=trails.AT,
            subject_type="child",
            subject_id=child,
            child_id=child,
            division=150203001000,
            fields=["name", "school"],
        )
        [entry] = entries()

    line = entry.line()
    assert (line.kind, line.at, line.child_id) == ("registry.child.corrected", trails.AT, child)
    assert (line.subject_type, line.subject_id) == ("child", str(child))
    assert (line.actor_account, line.actor_name) == (officer.account_id, officer.name)
    assert (line.actor_role, line.organisation) == (officer.role, officer.organisation)
    assert entry.actor_post == officer.post_id
    assert (line.division, line.facts) == (150203001000, {"fields": ["name", "school"]})


def test_the_servers_clock_stands_beside_the_time_an_action_tells():
    before = datetime.now(UTC)
    with transaction.atomic():
        audit.record("a", actor=trails.an_actor(), at=trails.AT)
        audit.record("b", actor=trails.an_actor())
        told, untold = entries()

    assert told.at == trails.AT
    assert told.recorded_at - before < timedelta(minutes=1)
    assert untold.at == untold.recorded_at


def test_an_event_without_a_place_counts_for_the_place_of_its_actor():
    with transaction.atomic():
        audit.record("access.signed_in", actor=trails.an_actor(division=trails.HULI))
        [entry] = entries()
    assert entry.division == trails.HULI


def test_entries_of_one_request_share_its_number():
    token = request_id.set("a1b2c3")
    with transaction.atomic():
        audit.record("a", actor=trails.an_actor())
        request_id.reset(token)
        audit.record("b", actor=trails.an_actor())
        assert [entry.request_id for entry in entries()] == ["a1b2c3", ""]


def test_a_list_of_fifty_children_is_fifty_looks_in_one_statement(django_assert_num_queries):
    children = [(uuid4(), 150203001000 + number) for number in range(50)]
    with transaction.atomic():
        with django_assert_num_queries(1):
            audit.record_looks(
                actor=trails.an_actor(),
                children=iter(children),
                fields={"school", "basics"},
                purpose="care",
                route="registry:children",
            )
        looks = list(entries())

    assert [(look.child_id, look.division) for look in looks] == children
    assert {look.kind for look in looks} == {Look.LIST}
    assert looks[0].facts == {
        "fields": ["basics", "school"],
        "purpose": "care",
        "route": "registry:children",
    }


def test_an_empty_list_leaves_no_trace():
    audit.record_looks(actor=trails.an_actor(), children=[], fields=["basics"], purpose="care")
    with transaction.atomic():
        assert not entries().exists()


def test_a_refused_look_is_kept_where_the_one_who_asked_serves():
    child = uuid4()
    with transaction.atomic():
        audit.record_refused(
            actor=trails.an_actor(), child_id=child, purpose="care", route="registry:child"
        )
        [entry] = entries()
    assert (entry.kind, entry.child_id, entry.division) == (Look.REFUSED, child, trails.KUNDULUN)


@pytest.mark.parametrize(
    "write",
    [
        lambda actor: audit.record("a", actor=actor),
        lambda actor: audit.record_many([Event("a")], actor=actor),
        lambda actor: audit.record_look(
            actor=actor, child_id=uuid4(), division=1, fields=(), purpose="care"
        ),
        lambda actor: audit.record_refused(actor=actor, purpose="care"),
    ],
)
def test_nothing_is_recorded_outside_a_transaction(write):
    with pytest.raises(RuntimeError, match="outside a transaction"):
        write(trails.an_actor())


def test_facts_are_kept_as_references():
    batch = uuid4()
    with transaction.atomic():
        audit.record(
            "a", actor=trails.an_actor(), batch=batch, how=Look.LIST, on=date(2026, 3, 2), n=3
        )
        [entry] = entries()
    assert entry.facts == {"batch": str(batch), "how": "look.list", "on": "2026-03-02", "n": 3}


@transaction.atomic
def act(number: int, **entry: Any) -> None:
    make_change(number)
    audit.record("a", actor=trails.an_actor(), **entry)


@transaction.atomic
def act_too_late(number: int) -> None:
    audit.record("a", actor=trails.an_actor())
    make_change(number)


def test_no_trail_no_change(a_change):
    with pytest.raises(IntegrityError):
        act(1, division=-1)
    assert changes() == 0


def test_what_cannot_stand_in_the_trail_stops_the_change(a_change):
    with pytest.raises(TypeError, match="object cannot stand"):
        act(1, child=object())
    assert changes() == 0


def test_no_change_no_trail(a_change):
    make_change(1)
    with pytest.raises(IntegrityError):
        act_too_late(1)
    with transaction.atomic():
        assert not entries().exists()
