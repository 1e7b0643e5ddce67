from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from tests.audit import trails
from tongxing.audit import actions as audit
from tongxing.audit import queries
from tongxing.audit.values import Event, Look, TrailFilter, Whose

EVERYTHING = TrailFilter()


@pytest.fixture
def reading(trail) -> Iterator[None]:
    """A transaction that may read the whole trail."""
    with transaction.atomic():
        queries.reading_everything()
        yield


def an_event(kind: str, *, by: str = "王晓明", role: str = "COUNTY_OFFICER", **of: Any) -> None:
    audit.record(kind, actor=trails.an_actor(by, role=role), **of)


def opened(by: str, children: list[UUID], *, role: str = "COUNTY_OFFICER") -> None:
    audit.record_looks(
        actor=trails.an_actor(by, role=role),
        children=[(child, trails.KUNDULUN) for child in children],
        fields=["basics"],
        purpose="care",
        how=Look.FILE,
    )


def kinds(filters: TrailFilter, **paging: Any) -> list[str]:
    return [line.kind for line in queries.trail(filters, **paging)]


def test_the_newest_entries_come_first_page_by_page(reading):
    for number in range(5):
        an_event(f"k{number}")

    first = queries.trail(EVERYTHING, limit=2)

    assert [line.kind for line in first] == ["k4", "k3"]
    assert kinds(EVERYTHING, before=first[-1].id, limit=2) == ["k2", "k1"]


def test_the_trail_is_narrowed_by_person_child_kind_and_place(reading):
    child = uuid4()
    an_event("registry.child.corrected", child_id=child)
    an_event("registry.child.closed", by="赵丽")
    an_event("access.signed_in", division=trails.HULI)
    opened("赵丽", [child])

    assert kinds(TrailFilter(name="赵丽")) == ["look.file", "registry.child.closed"]
    assert kinds(TrailFilter(account="account of 王晓明")) == [
        "access.signed_in",
        "registry.child.corrected",
    ]
    assert kinds(TrailFilter(child_id=child)) == ["look.file", "registry.child.corrected"]
    assert kinds(TrailFilter(kind="access.signed_in")) == ["access.signed_in"]
    assert kinds(TrailFilter(kind="registry.child.")) == [
        "registry.child.closed",
        "registry.child.corrected",
    ]
    assert kinds(TrailFilter(kind="look.")) == ["look.file"]
    assert kinds(TrailFilter(division=350200000000)) == ["access.signed_in"]
    assert kinds(TrailFilter(name="赵丽", kind="access.signed_in")) == []


def test_a_period_is_days_in_shanghai_counted_by_the_servers_clock(reading):
    an_event("a", at=datetime(2020, 1, 1, tzinfo=UTC))
    today = (datetime.now(UTC) + timedelta(hours=8)).date()
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)

    assert kinds(TrailFilter(since=yesterday, until=tomorrow)) == ["a"]
    assert kinds(TrailFilter(since=tomorrow + timedelta(days=1))) == []
    assert kinds(TrailFilter(until=yesterday - timedelta(days=1))) == []


def test_the_administrators_trail_holds_what_two_administrators_did_and_no_child(reading):
    an_event("access.account.opened", role="SYSTEM_ADMIN")
    an_event("access.post.granted", role="SECURITY_ADMIN")
    an_event("audit.trail.read", role="AUDIT_ADMIN")
    an_event("registry.child.corrected")
    an_event("registry.child.closed", role="SYSTEM_ADMIN", child_id=uuid4())

    assert kinds(replace(EVERYTHING, whose=Whose.ADMINISTRATORS)) == [
        "access.post.granted",
        "access.account.opened",
    ]


def test_who_looked_at_a_child_is_told_with_what_was_seen_and_why(reading):
    child = uuid4()
    opened("王晓明", [child])
    audit.record_refused(actor=trails.an_actor("赵丽"), child_id=child, purpose="help", route="r")
    opened("王晓明", [uuid4()])
    an_event("registry.child.corrected", child_id=child)

    refused, seen = queries.looks_at(child)

    assert (refused.actor_name, refused.how, refused.granted) == ("赵丽", Look.REFUSED, False)
    assert (refused.purpose, refused.route) == ("help", "r")
    assert (seen.actor_name, seen.how, seen.granted) == ("王晓明", Look.FILE, True)
    assert (seen.fields, seen.purpose) == (("basics",), "care")
    assert [line.kind for line in queries.entries_about(child)] == ["registry.child.corrected"]


def test_those_who_opened_most_files_are_measured_against_their_own_role(reading):
    since = datetime.now(UTC) - timedelta(days=7)
    for number in range(4):
        opened(f"主任{number}", [uuid4() for _ in range(10)], role="CHILD_DIRECTOR")
    opened("好奇", [uuid4() for _ in range(31)], role="CHILD_DIRECTOR")
    opened("勤快", [uuid4() for _ in range(40)], role="COUNTY_OFFICER")
    again = uuid4()
    opened("再看", [again], role="CITY_OFFICER")
    opened("再看", [again], role="CITY_OFFICER")
    audit.record_looks(
        actor=trails.an_actor("列表"),
        children=[(uuid4(), trails.KUNDULUN)] * 60,
        fields=["basics"],
        purpose="care",
    )

    told = {one.name: (one.children, one.unusual) for one in queries.busiest(since)}

    assert told["好奇"] == (31, True)
    assert told["勤快"] == (40, False)
    assert told["再看"] == (1, False)
    assert "列表" not in told
    assert list(told)[:2] == ["勤快", "好奇"]
    assert queries.busiest(datetime.now(UTC) + timedelta(days=1)) == []


def test_the_state_tells_how_far_sealing_and_anchoring_have_come(trail):
    assert queries.whole_state().last_seal is None
    trails.write(3)
    trails.seal_all()
    trails.write(2)

    state = queries.whole_state()

    assert state.last_seal is not None
    assert (state.last_seal.number, state.anchored, state.waiting) == (1, 1, 2)
    assert state.oldest_waiting is not None


def test_the_newest_verification_is_remembered(trail):
    assert queries.last_verification() is None
    trails.write(3)
    trails.seal_all()
    audit.verify_and_record(trails.AT)
    with trails.unguarded() as owner:
        owner.execute("DELETE FROM audit_entry WHERE id = (SELECT min(id) FROM audit_entry)")
    audit.verify_and_record(trails.AT + timedelta(days=1))

    line = queries.last_verification()

    assert line is not None
    assert (line.outcome, line.damaged, line.seals) == ("damaged", 1, 1)
    assert line.verified_at == trails.AT + timedelta(days=1)
    assert line.first_finding is not None
    assert (line.first_finding.damage, line.first_finding.seal) == ("entry_deleted", 1)
    assert line.first_finding.sealed_at == trails.AT


def test_many_events_are_written_in_one_statement(reading, django_assert_num_queries):
    events = [Event(f"k{number}", division=trails.HULI) for number in range(500)]
    with django_assert_num_queries(1):
        audit.record_many(iter(events), actor=trails.an_actor())
    assert len(queries.trail(EVERYTHING, limit=1000)) == 500


def a_page_of_looks(count: int) -> None:
    audit.record_looks(
        actor=trails.an_actor(),
        children=[(uuid4(), trails.KUNDULUN) for _ in range(count)],
        fields=["basics"],
        purpose="care",
    )


def grouped(**paging: Any) -> tuple[list[tuple[str, int]], int | None]:
    groups, older = queries.grouped_trail(EVERYTHING, **paging)
    return [(group.line.kind, group.entries) for group in groups], older


def test_the_looks_of_one_page_are_one_line_of_the_trail(reading):
    an_event("a")
    a_page_of_looks(50)
    an_event("b")
    a_page_of_looks(20)

    assert grouped() == ([("look.list", 20), ("b", 1), ("look.list", 50), ("a", 1)], None)


def test_pages_of_groups_follow_each_other_without_gap_or_overlap(reading):
    for number in range(5):
        an_event(f"k{number}")
        a_page_of_looks(10)

    first, older = grouped(limit=4)
    second, oldest = grouped(limit=4, before=older)
    third, end = grouped(limit=4, before=oldest)

    assert first == [("look.list", 10), ("k4", 1), ("look.list", 10), ("k3", 1)]
    assert second == [("look.list", 10), ("k2", 1), ("look.list", 10), ("k1", 1)]
    assert (third, end) == ([("look.list", 10), ("k0", 1)], None)


def test_a_window_full_of_looks_still_leads_to_older_entries(reading, monkeypatch):
    monkeypatch.setattr(queries, "WINDOW", 30)
    an_event("a")
    a_page_of_looks(50)

    first, older = grouped()
    second, _ = grouped(before=older)

    assert first == [("look.list", 30)]
    assert second == [("look.list", 20), ("a", 1)]
