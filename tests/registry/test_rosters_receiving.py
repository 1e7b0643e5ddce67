"""A list arrives: kept with its hash, recognised when it comes twice, its columns remembered."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from tests.access.factories import actor_like
from tests.factories.children import AT, HULI, KUNDULUN
from tests.factories.rosters import (
    OFFICER,
    a_row,
    batch_of,
    commit,
    committed,
    fates,
    mapped,
    received,
    staged,
    steps,
    upload,
    workbook,
)
from tongxing.access import scopes
from tongxing.access.values.roles import Role
from tongxing.keys import files
from tongxing.registry.actions import inspecting, rosters, staging
from tongxing.registry.models import RosterBatch, RosterMapping
from tongxing.registry.queries import batches, originals
from tongxing.registry.rules.fields import Field
from tongxing.registry.rules.headers import Mapping
from tongxing.registry.values.rosters import BatchState, Fate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions")]
KUNDULUN_OFFICER = actor_like(Role.COUNTY_OFFICER, KUNDULUN)


class TestReceiving:
    def test_the_file_is_kept_sealed_with_its_hash(self):
        content = workbook([a_row()])
        batch = batch_of(received(content))
        assert batch.file_sha256 == hashlib.sha256(content).hexdigest()
        assert batch.file_bytes == len(content)
        name = originals.name_of(batch.pk)
        assert files.content_of(name, context=originals.CONTEXT) == content
        assert content[:4] not in files._path(name).read_bytes()
        assert steps(batch.pk) == ["registry.roster.received"]

    def test_the_same_file_twice_is_recognised(self):
        content = workbook([a_row()])
        first = received(content)
        with pytest.raises(rosters.SameFileAgain) as refusal:
            received(content)
        assert refusal.value.facts["batch_id"] == str(first)
        assert received(content, again=True) != first

    def test_after_it_was_put_aside_or_taken_back_it_is_welcome(self):
        content = workbook([a_row()])
        first = received(content)
        with scopes.acting_as(OFFICER):
            rosters.discard(batch_id=first, reason="传错了", by=OFFICER, at=AT)
        assert received(content) != first

    @pytest.mark.parametrize(
        ("change", "refusal"),
        [
            ({"division": KUNDULUN}, rosters.OutsideYourArea),
            ({"division": 350200000000}, rosters.OutsideYourArea),
            ({"source": "staff"}, rosters.UnknownSource),
            ({"source": "gossip"}, rosters.UnknownSource),
            ({"as_of": date(2025, 9, 2)}, rosters.FutureDay),
        ],
    )
    def test_what_cannot_be_is_refused(self, change, refusal):
        with pytest.raises(refusal):
            received([a_row()], **change)
        with scopes.acting_as(OFFICER):
            assert batches.latest(OFFICER) == []

    def test_too_big_a_file_is_refused(self, settings):
        settings.TONGXING_ROSTER_MAX_BYTES = 100
        with pytest.raises(rosters.TooBig):
            received(b"x" * 101)
        batch_of(received(b"x" * 100))

    @pytest.mark.parametrize("role", [Role.CHILD_DIRECTOR, Role.CITY_OFFICER, Role.AUDITOR])
    def test_only_posts_that_take_lists_in_may(self, role):
        with pytest.raises(rosters.NotForYourPost):
            received([a_row()], by=actor_like(role, HULI))

    def test_a_clerk_may_send_a_list_but_not_let_it_in(self):
        clerk = actor_like(Role.DEPARTMENT_CLERK, HULI)
        batch = staged([a_row()], by=clerk)
        with pytest.raises(rosters.NotForYourPost):
            commit(batch, by=clerk)
        assert batch_of(batch).state == BatchState.REVIEW


class TestScope:
    def test_a_list_of_another_county_is_unknown(self):
        batch = staged([a_row()])
        with scopes.acting_as(KUNDULUN_OFFICER):
            assert batches.latest(KUNDULUN_OFFICER) == []
            with pytest.raises(batches.NoSuchRoster):
                batches.batch(batch)
            with pytest.raises(batches.NoSuchRoster):
                rosters.begin_commit(
                    batch_id=batch, shrink_accepted=True, by=KUNDULUN_OFFICER, at=AT
                )
            with pytest.raises(batches.NoSuchRoster):
                rosters.discard(batch_id=batch, reason="x", by=KUNDULUN_OFFICER, at=AT)
            assert batches.numbers(batch, fate=Fate.NEW) == []


class TestColumns:
    HEADINGS = ("姓名", "性别", "身份证件号", "出生日期", "孩子他爸")

    def _list(self) -> bytes:
        return workbook([a_row({"孩子他爸": "陈建国"})], self.HEADINGS)

    def test_a_correction_is_remembered_for_the_source_and_its_headings(self):
        first = received(self._list())
        inspecting.inspect(batch_id=first, by=OFFICER, at=AT)
        proposed = Mapping.from_dict(batch_of(first).mapping)
        assert 4 not in proposed.columns
        corrected = proposed.with_column(4, Field.FATHER_NAME).as_dict()
        with scopes.acting_as(OFFICER):
            rosters.map_columns(
                batch_id=first, mapping=corrected, by=OFFICER, at=AT, by_worker=False
            )
        again, elsewhere = received(self._list()), received(self._list(), source="health")
        for batch_id in (again, elsewhere):
            inspecting.inspect(batch_id=batch_id, by=OFFICER, at=AT)
        assert Mapping.from_dict(batch_of(again).mapping).columns[4].field is Field.FATHER_NAME
        assert 4 not in Mapping.from_dict(batch_of(elsewhere).mapping).columns

    def test_looking_again_is_no_step_back(self):
        batch = staged([a_row()])
        with pytest.raises(rosters.NotNow):
            inspecting.inspect(batch_id=batch, by=OFFICER, at=AT)
        assert batch_of(batch).state == BatchState.REVIEW

    def test_another_sheet_is_a_reason_to_look_again(self):
        batch = staged([a_row()])
        inspecting.inspect(batch_id=batch, by=OFFICER, at=AT, sheet="名单")
        assert batch_of(batch).state == BatchState.INSPECTED

    def test_the_preview_shows_the_first_rows_and_stores_none(self):
        row = a_row()
        batch = received([row])
        inspecting.inspect(batch_id=batch, by=OFFICER, at=AT)
        shown = inspecting.preview(batch=batch_of(batch))
        assert shown[0][:3] == [row["姓名"], "男", row["身份证件号"]]
        assert row["姓名"] not in str(batch_of(batch).workbook) + str(batch_of(batch).mapping)

    def test_staging_again_with_other_columns_begins_anew(self):
        batch = staged([a_row(), a_row()])
        with scopes.acting_as(OFFICER):
            mapping = Mapping.from_dict(RosterBatch.objects.get(pk=batch).mapping)
            without_name = mapping.with_column(0, None).as_dict()
            rosters.map_columns(
                batch_id=batch, mapping=without_name, by=OFFICER, at=AT, by_worker=False
            )
        staging.stage(batch_id=batch, by=OFFICER, at=AT)
        assert fates(batch) == ["held", "held"]
        with scopes.acting_as(OFFICER):
            assert RosterMapping.objects.count() == 1


class TestUnreadable:
    def test_a_broken_file_leaves_one_sentence_in_both_languages(self):
        batch = received(b"PK\x03\x04 this is no workbook at all")
        inspecting.inspect(batch_id=batch, by=OFFICER, at=AT)
        found = batch_of(batch)
        assert found.state == BatchState.UNREADABLE
        assert found.failure["zh"]
        assert found.failure["en"]
        assert steps(batch)[-1] == "registry.roster.unreadable"

    def test_a_lost_file_is_said_too(self):
        batch = received([a_row()])
        files._path(originals.name_of(batch)).unlink()
        inspecting.inspect(batch_id=batch, by=OFFICER, at=AT)
        assert batch_of(batch).failure["code"] == "not_found"


class TestShrinking:
    def test_more_than_ten_percent_fewer_stops_and_needs_a_word(self):
        committed([a_row() for _ in range(20)])
        batch = staged([a_row() for _ in range(17)])
        assert batch_of(batch).state == BatchState.STOPPED
        with pytest.raises(rosters.ListShrank) as refusal:
            commit(batch)
        assert refusal.value.facts == {"read": 17, "before": 20}
        commit(batch, shrink_accepted=True)
        assert batch_of(batch).state == BatchState.COMMITTED

    def test_ten_percent_fewer_goes_on_and_other_sources_do_not_count(self):
        committed([a_row() for _ in range(20)])
        assert batch_of(staged([a_row() for _ in range(18)])).state == BatchState.REVIEW
        other = staged([a_row()], source="health")
        assert batch_of(other).state == BatchState.REVIEW


def test_every_step_leaves_an_event():
    batch = committed([a_row(), a_row()])
    assert steps(batch) == [
        f"registry.roster.{step}"
        for step in (
            *("received", "inspected", "mapped", "staged"),
            *("commit_begun", "chunk_committed", "committed"),
        )
    ]


def test_no_trail_no_list(monkeypatch):
    def broken(*_args: object, **_facts: object) -> None:
        raise RuntimeError("the trail cannot be written")

    batch = staged([a_row()])
    monkeypatch.setattr("tongxing.audit.actions.record", broken)
    with pytest.raises(RuntimeError):
        received([a_row()])
    with pytest.raises(RuntimeError):
        commit(batch)
    with scopes.acting_as(OFFICER):
        assert [each.pk for each in batches.latest(OFFICER)] == [batch]
        assert batch_of(batch).state == BatchState.REVIEW


def test_who_sent_a_list_is_kept():
    upload_by_another = replace(upload([a_row()]), file_name="一年级.xlsx")
    with scopes.acting_as(OFFICER):
        batch = rosters.receive(upload=upload_by_another, by=OFFICER, at=AT)
    mapped(batch.pk)
    assert (batch.created_by_name, batch.file_name) == (OFFICER.name, "一年级.xlsx")
