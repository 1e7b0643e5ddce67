from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.utils.translation import gettext_lazy as _

from tongxing.audit import labels
from tongxing.audit.values import (
    Damage,
    Doubt,
    EntryLine,
    Finding,
    Outcome,
    Report,
)

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def some_words(own_words):
    labels.describe("child.corrected", _("corrected %(fields)s of the file (%(count)s)"))
    labels.name_fields({"school": "学校", "name": "姓名"})
    labels.name_purposes({"care": "关爱"})
    labels.name_roles({"AUDITOR": "审计员"})


def a_line(kind: str, **facts: object) -> EntryLine:
    return EntryLine(
        id=1,
        at=AT,
        recorded_at=AT,
        kind=kind,
        actor_account="a",
        actor_name="王晓明",
        actor_role="AUDITOR",
        organisation="",
        subject_type="",
        subject_id="",
        child_id=uuid4(),
        division=0,
        facts=facts,
        request_id="",
    )


def test_a_described_kind_is_told_with_its_facts_in_words():
    line = a_line("child.corrected", fields=["name", "school"], count=2)
    assert labels.sentence(line) == "corrected 姓名, 学校 of the file (2)"


def test_facts_that_are_missing_or_empty_leave_a_dash():
    assert labels.sentence(a_line("child.corrected", fields=[])) == "corrected — of the file (—)"


def test_a_kind_nobody_described_stands_for_itself():
    assert labels.sentence(a_line("child.moved")) == "child.moved"


def test_purposes_and_answers_are_told_in_words():
    labels.describe("looked", "for %(purpose)s, granted: %(granted)s")
    assert labels.sentence(a_line("looked", purpose="care", granted=True)) == (
        "for 关爱, granted: yes"
    )


def test_kinds_to_choose_from_leave_their_facts_open():
    assert ("child.corrected", "corrected … of the file (…)") in labels.kinds()


def test_unknown_codes_stand_for_themselves():
    assert labels.fields_in_words(["school", "shoe_size"]) == "学校, shoe_size"
    assert labels.purpose_in_words("curiosity") == "curiosity"
    assert (labels.role_in_words("AUDITOR"), labels.role_in_words("X")) == ("审计员", "X")


def test_places_are_named_by_whoever_knows_them():
    assert labels.divisions_in_words([0, 150203000000]) == {0: "", 150203000000: "150203"}
    labels.name_divisions(lambda codes: dict.fromkeys(codes, "包头市昆都仑区"))
    assert labels.divisions_in_words([150203000000])[150203000000] == "包头市昆都仑区"


def test_every_outcome_damage_and_doubt_has_words():
    assert set(labels.OUTCOMES) == set(Outcome)
    assert set(labels.DAMAGES) == set(Damage)
    assert set(labels.DOUBTS) == set(Doubt)


def test_a_damaged_place_is_told_with_entry_seal_and_minute():
    entry = Finding(damage=Damage.ENTRY_EDITED, seal=3, sealed_at=AT, entry=77)
    seal = Finding(damage=Damage.ANCHOR_MISSING, seal=4, sealed_at=AT)
    assert labels.finding_in_words(entry) == (
        "entry 77, under seal 3 of 2026-03-02 16:00:00: an entry was changed"
    )
    assert labels.finding_in_words(seal) == (
        "seal 4 of 2026-03-02 16:00:00: the anchor of a seal is missing"
    )


def test_a_verification_tells_what_it_went_through():
    report = Report(
        entries=120,
        seals=6,
        anchors=5,
        waiting=2,
        oldest_waiting=AT,
        last_sealed_at=AT,
        damaged=0,
        findings=(),
        doubts=(),
    )
    assert labels.counts_in_words(report) == (
        "120 sealed entries under 6 seals, 5 anchors; last sealed 2026-03-02 16:00:00; "
        "2 entries not yet sealed"
    )
