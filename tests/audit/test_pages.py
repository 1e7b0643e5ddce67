"""The auditor's pages, asked for by a reader whose area the database holds him to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from tests.audit import trails
from tongxing.access import scopes
from tongxing.audit import actions as audit
from tongxing.audit import queries
from tongxing.audit.values import Look, TrailFilter
from tongxing.audit.web import views
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import area_of
from tongxing.kernel.errors import Unknown

pytestmark = pytest.mark.usefixtures("trail", "own_words")


def an_auditor(*capabilities: str) -> Actor:
    return trails.an_actor(
        "陈审计",
        role="AUDITOR",
        audit_area=area_of(trails.KUNDULUN),
        capabilities=frozenset(capabilities or ["audit.read"]),
    )


def ask(
    view: Callable[[Any], HttpResponse], actor: Actor, *, fragment: bool = False, **query: str
) -> HttpResponse:
    request: Any = RequestFactory().get("/audit/", query)
    if fragment:
        request.META["HTTP_HX_REQUEST"] = "true"
    request.actor = actor
    request.htmx = HtmxDetails(request)
    with transaction.atomic():
        scopes.use(actor)
        return view(request)


def rows(response: HttpResponse) -> list[list[str]]:
    page = BeautifulSoup(response.content, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")]
        for row in page.select("tbody tr")
    ]


def committed(write) -> None:
    with transaction.atomic():
        write()


def test_each_row_says_who_did_what_to_which_child_and_where():
    child = uuid4()
    committed(
        lambda: audit.record_look(
            actor=trails.an_actor(),
            child_id=child,
            division=150203001000,
            fields=["division", "period"],
            purpose="care",
        )
    )

    [[_, who, what, about, place]] = rows(ask(views.trail, an_auditor()))

    assert who == "王晓明 COUNTY_OFFICER · 昆都仑区民政局"
    assert what == "opened the child's file: division, period, for care"
    assert about == f"…{str(child)[-8:]}"
    assert place == "150203001"


def test_the_auditor_of_one_county_sees_nothing_of_another():
    committed(lambda: audit.record("a.kundulun", actor=trails.an_actor()))
    committed(lambda: audit.record("a.huli", actor=trails.an_actor(division=trails.HULI)))

    assert [row[2] for row in rows(ask(views.trail, an_auditor()))] == ["a.kundulun"]


def test_reading_the_trail_leaves_an_entry_with_the_names_of_the_filters():
    ask(views.trail, an_auditor(), name="王晓明", child=str(uuid4()), since="")

    with transaction.atomic():
        queries.reading_everything()
        [entry] = queries.trail(TrailFilter())
    assert (entry.kind, entry.actor_name) == ("audit.trail.read", "陈审计")
    assert entry.facts["filters"] == ["person", "child"]
    assert entry.subject_type == "child"


def test_without_a_period_the_page_shows_the_last_thirty_days():
    committed(lambda: audit.record("a.old", actor=trails.an_actor()))
    with trails.unguarded() as owner:
        owner.execute("UPDATE audit_entry SET recorded_at = now() - interval '40 days'")

    assert rows(ask(views.trail, an_auditor(), since="")) != []
    assert "a.old" not in str(rows(ask(views.trail, an_auditor())))


def test_a_time_told_late_is_shown_beside_the_time_of_arrival():
    committed(lambda: audit.record("a.late", actor=trails.an_actor(), at=trails.AT))
    [[time, *_]] = rows(ask(views.trail, an_auditor()))
    assert "arrived" in time


def test_filters_that_make_no_sense_are_told_and_do_no_harm():
    response = ask(views.trail, an_auditor(), division="1502031", child="no", after="x")
    assert response.status_code == 422
    assert "A division code has 2, 4, 6, 9 or 12 digits." in response.content.decode()


def test_older_entries_are_a_page_away():
    committed(lambda: audit.record_many(trails.some_events(60), actor=trails.an_actor()))
    response = ask(views.trail, an_auditor())
    page = BeautifulSoup(response.content, "html.parser")
    [link] = page.select("a[rel=next]")
    older = str(link["href"]).removeprefix("?after=")

    assert len(rows(response)) == 50
    # The first page's own entry is newer than both pages.
    assert len(rows(ask(views.trail, an_auditor(), after=older))) == 10


def test_htmx_gets_the_table_alone_and_it_is_part_of_the_page():
    committed(lambda: audit.record("a", actor=trails.an_actor()))
    fragment = ask(views.trail, an_auditor(), fragment=True).content.decode()
    assert fragment.strip().startswith('<div id="results">')
    assert "<html" not in fragment


def test_the_head_of_the_page_tells_how_the_trail_stands():
    before = ask(views.trail, an_auditor()).content.decode()
    trails.write(3)
    trails.seal_all(datetime.now(UTC))
    audit.verify_and_record(datetime.now(UTC))
    after = ask(views.trail, an_auditor()).content.decode()

    assert "Not verified yet" in before
    assert "The trail is complete and unchanged." in after
    assert "no. 1" in after


def test_a_damaged_trail_is_told_at_the_head_of_the_page():
    trails.write(3)
    trails.seal_all()
    with trails.unguarded() as owner:
        owner.execute("UPDATE audit_entry SET kind = 'x'")
    audit.verify_and_record(trails.AT + timedelta(days=1))

    text = ask(views.trail, an_auditor()).content.decode()

    assert "tampered with" in text
    assert "3 damaged places; the first: entry" in text
    assert "under seal 1 of 2026-03-02 16:00:00: an entry was changed" in text


def test_the_audit_administrator_reads_what_administrators_did_and_no_look_at_a_child():
    for role in ("SYSTEM_ADMIN", "SECURITY_ADMIN", "COUNTY_OFFICER"):
        by = trails.an_actor(role, role=role)
        committed(lambda by=by: audit.record(f"access.{by.role}", actor=by))
    committed(
        lambda: audit.record_look(
            actor=trails.an_actor(role="SYSTEM_ADMIN"),
            child_id=uuid4(),
            division=trails.KUNDULUN,
            fields=[],
            purpose="care",
        )
    )
    reader = an_auditor("audit.read_admins")

    told = [row[2] for row in rows(ask(views.administrators, reader))]

    assert told == ["access.SECURITY_ADMIN", "access.SYSTEM_ADMIN"]


@pytest.mark.parametrize(
    ("view", "capability"),
    [
        (views.trail, "audit.read_admins"),
        (views.trail, "children.see"),
        (views.openers, "audit.read_admins"),
        (views.administrators, "audit.read"),
    ],
)
def test_each_page_is_closed_without_its_capability(view, capability: str):
    with pytest.raises(Unknown):
        ask(view, an_auditor(capability))


def test_persons_who_opened_unusually_many_files_are_marked():
    for name, count in (("甲", 2), ("乙", 3), ("丙", 33)):
        committed(
            lambda name=name, count=count: audit.record_looks(
                actor=trails.an_actor(name),
                children=[(uuid4(), trails.KUNDULUN) for _ in range(count)],
                fields=["basics"],
                purpose="care",
                how=Look.FILE,
            )
        )

    told = rows(ask(views.openers, an_auditor()))

    assert [(row[0].split()[0], row[2]) for row in told] == [
        ("丙", "33 unusual"),
        ("乙", "3"),
        ("甲", "2"),
    ]


def test_a_page_of_looks_is_one_row_with_the_number_of_children():
    committed(
        lambda: audit.record_looks(
            actor=trails.an_actor(),
            children=[(uuid4(), trails.KUNDULUN) for _ in range(50)],
            fields=["division"],
            purpose="care",
        )
    )

    [[_, _, what, child, _]] = rows(ask(views.trail, an_auditor()))

    assert what == "saw the child in a list: division, for care 50 children"
    assert child == ""
