"""Reviewed rows enter the register: once, as decided, and only as far as it still lets them."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.access.factories import actor_like
from tests.factories.children import AT, HULI, HULI_STREET, a_number, everywhere, fresh
from tests.factories.rosters import (
    AS_OF,
    OFFICER,
    a_row,
    batch_of,
    codes,
    commit,
    committed,
    decide,
    digest,
    facts_of,
    fates,
    register,
    rows_of,
    staged,
    steps,
    undo,
)
from tests.registry.people import events
from tongxing.access import scopes
from tongxing.access.values.roles import Role
from tongxing.registry.actions import children, committing, entering, insertion, rosters, updating
from tongxing.registry.models import Child, Clue, Enrolment, RosterRow
from tongxing.registry.values.changes import Correction
from tongxing.registry.values.changes import Field as Corrected
from tongxing.registry.values.rosters import BatchState, Decision, Fate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "read_in_process")]

BORN = date(2016, 3, 7)
DAMAGED = "990102201603070000"


def names_in_register() -> list[str]:
    with everywhere():
        living = Child.objects.filter(withdrawn_at__isnull=True)
        return sorted(living.values_list("name", flat=True))


class TestEntering:
    def test_a_new_child_comes_with_all_the_row_says(self):
        row = a_row(
            {
                "户口所在地": "四川省达州市渠县",
                "现住街道（镇）": "湖里街道",
                "现住址": "湖里区湖里街道兴隆路3号502室",
                "来本地居住日期": "2023年9月",
                "共同居住监护人": "母亲",
                "监护人姓名": "李秀兰",
                "与学生关系": "母亲",
                "联系电话": "19900000001",
                "学校名称": "听涛小学",
                "年级": "三年级",
                "居住证号": "X99020001",
                "家庭困难情况": "低保",
            }
        )
        batch = committed([row])
        child = fresh(_child_of(batch))
        assert (child.name, child.identity_number) == (row["姓名"], row["身份证件号"])
        assert (child.division, child.hukou_division) == (HULI_STREET, 511725000000)
        assert (child.moved_with, child.state) == ("mother", "to_verify")
        assert (child.source, child.as_of, child.batch_id) == ("education", AS_OF, batch)
        assert facts_of(child.pk, "residencespell", "place", "since", "since_latest") == [
            (HULI_STREET, date(2023, 9, 1), date(2023, 9, 30))
        ]
        assert facts_of(child.pk, "guardian", "name", "phone", "is_legal_guardian") == [
            ("李秀兰", "19900000001", True)
        ]
        assert facts_of(child.pk, "enrolment", "school", "grade") == [("听涛小学", 3)]
        assert facts_of(child.pk, "permit", "has_permit", "number") == [(True, "X99020001")]
        assert facts_of(child.pk, "hardship", "kinds") == [(["dibao"],)]

    def test_committing_twice_changes_nothing(self):
        batch = committed([a_row(), a_row({"监护人姓名": "李秀兰"})])
        before = digest()
        commit(batch)
        assert digest() == before
        assert batch_of(batch).state == BatchState.COMMITTED

    @pytest.mark.clause("CN-2.2")
    def test_the_clean_rows_can_be_used_while_the_others_wait(self):
        good, doubtful = a_row(), a_row({"身份证件号": DAMAGED})
        batch = committed([good, doubtful])
        assert names_in_register() == [good["姓名"]]
        assert [row.decision for row in rows_of(batch)] == ["", ""]
        assert batch_of(batch).counts["held"] == 1

    def test_a_child_alone_makes_somebody_look(self):
        batch = committed([a_row({"共同居住监护人": "无"}), a_row({"共同居住监护人": "父母双方"})])
        with everywhere():
            clue = Clue.objects.get(batch_id=batch)
        assert (clue.kind, clue.state, clue.child_id) == (
            "unaccompanied",
            "new",
            rows_of(batch)[0].child_id,
        )
        assert clue.due_on == date(2025, 9, 2)

    def test_a_child_that_is_alone_by_now_makes_somebody_look(self):
        row = a_row({"共同居住监护人": "父母双方"})
        committed([row], as_of=date(2025, 3, 1))
        batch = committed([row | {"共同居住监护人": "无"}])
        with everywhere():
            assert Clue.objects.get(batch_id=batch).kind == "unaccompanied"

    def test_a_family_that_asks_for_help_is_dated_by_the_list(self):
        batch = committed([a_row({"是否主动提出帮扶需求": "是"}), a_row()], source="village")
        asked = [fresh(row.child_id).asked_for_help_on for row in rows_of(batch) if row.child_id]
        assert asked == [AS_OF, None]

    def test_rows_left_out_stay_out(self):
        batch = staged([a_row(), a_row()])
        decide(batch, Decision.LEAVE_OUT, 1)
        commit(batch)
        assert names_in_register() == [rows_of(batch)[1].line["child"]["name"]]
        assert fates(batch) == ["new", "new"]


class TestChanging:
    ROW = {"现住街道（镇）": "湖里街道", "来本地居住日期": "2023-09-01", "学校名称": "听涛小学"}

    def test_facts_go_on_beside_what_they_replace(self):
        row = a_row(self.ROW)
        batch = committed([row], as_of=date(2025, 3, 1))
        committed([row | {"学校名称": "海韵小学"}])
        child = _child_of(batch)
        assert facts_of(child, "enrolment", "school", "as_of") == [("海韵小学", AS_OF)]
        with everywhere():
            old = Enrolment.objects.get(child_id=child, school="听涛小学")
        assert old.superseded_on == AS_OF
        assert [event.kind for event in events(Child(pk=child))] == [
            "registry.child.updated_from_list"
        ]

    def test_a_move_ends_the_stay_and_begins_the_next(self):
        row = a_row(self.ROW)
        batch = committed([row], source="village", as_of=date(2025, 3, 1))
        committed(
            [row | {"现住街道（镇）": "殿前街道", "来本地居住日期": "2025-05-01"}], source="village"
        )
        child = fresh(_child_of(batch))
        elsewhere = child.division
        assert elsewhere != HULI_STREET
        assert facts_of(child.pk, "residencespell", "place", "since", "until") == [
            (HULI_STREET, date(2023, 9, 1), date(2025, 5, 1)),
            (elsewhere, date(2025, 5, 1), None),
        ]
        assert facts_of(child.pk, "enrolment", "division") == [(elsewhere,)]

    def test_the_street_inside_the_known_county_does_not_reset_the_clock(self):
        row = a_row({"来本地居住日期": "2023-09-01"})
        batch = committed([row], as_of=date(2025, 3, 1))
        committed([row | {"现住街道（镇）": "湖里街道", "来本地居住日期": None}], source="health")
        assert facts_of(_child_of(batch), "residencespell", "place", "since", "until") == [
            (HULI_STREET, date(2023, 9, 1), None)
        ]

    def test_another_place_since_the_same_day_corrects_the_stay(self):
        row = a_row(self.ROW)
        batch = committed([row], as_of=date(2025, 3, 1))
        committed([row | {"现住街道（镇）": "殿前街道"}], source="village")
        stays = facts_of(_child_of(batch), "residencespell", "since", "until")
        assert stays == [(date(2023, 9, 1), None)]

    def test_a_stay_dated_better_is_still_the_same_stay(self):
        row = a_row(self.ROW)
        batch = committed([row], as_of=date(2025, 3, 1))
        police = {"来本地居住日期": "2023-02-01"}
        committed([row | police], source="police", as_of=date(2025, 4, 1))
        # The next list of the school repeats its old word: the police's stands.
        committed([row], as_of=date(2025, 8, 1), again=True)
        assert facts_of(_child_of(batch), "residencespell", "since", "source") == [
            (date(2023, 2, 1), "police")
        ]

    def test_a_stay_is_not_dated_into_an_earlier_one(self):
        row = a_row(self.ROW)
        batch = committed([row], source="village", as_of=date(2025, 3, 1))
        moved = row | {"现住街道（镇）": "殿前街道", "来本地居住日期": "2025-05-01"}
        committed([moved], source="village", as_of=date(2025, 6, 1))
        before = facts_of(_child_of(batch), "residencespell", "place", "since", "until")
        later = committed([moved | {"来本地居住日期": "2024-01-01"}], source="police")
        assert batch_of(later).state == BatchState.COMMITTED
        assert facts_of(_child_of(batch), "residencespell", "place", "since", "until") == before

    def test_a_hukou_that_nobody_knew_is_known_from_the_start(self):
        row = a_row()
        batch = committed([row], as_of=date(2025, 3, 1))
        committed([row | {"户口所在地": "四川省达州市渠县"}], source="health")
        assert facts_of(_child_of(batch), "hukouspell", "place", "since") == [(511725000000, None)]

    def test_another_hukou_is_a_change_on_the_lists_day(self):
        row = a_row({"户口所在地": "四川省达州市渠县"})
        batch = committed([row], as_of=date(2025, 3, 1))
        committed([row | {"户口所在地": "福建省漳州市漳浦县"}], source="police")
        child = fresh(_child_of(batch))
        assert child.hukou_division == 350623000000
        assert facts_of(child.pk, "hukouspell", "place", "since") == [
            (350623000000, AS_OF),
            (511725000000, None),
        ]

    def test_another_phone_is_another_statement_about_the_adult(self):
        row = a_row({"监护人姓名": "陈建国", "与学生关系": "父亲", "联系电话": "19900000001"})
        batch = committed([row], as_of=date(2025, 3, 1))
        committed([row | {"联系电话": "19900000002"}])
        assert facts_of(_child_of(batch), "guardian", "name", "phone") == [
            ("陈建国", "19900000001"),
            ("陈建国", "19900000002"),
        ]

    def test_nothing_is_replaced_that_staff_corrected_after_the_review(self):
        row = a_row({"共同居住监护人": "父母双方"})
        first = committed([row], as_of=date(2025, 3, 1))
        batch = staged([row | {"共同居住监护人": "母亲", "学校名称": "海韵小学"}])
        child = _child_of(first)
        with scopes.acting_as(OFFICER):
            correction = Correction(
                changes={Corrected.MOVED_WITH: "father"}, base_revision=1, reason="上门核实"
            )
            children.correct(child_id=child, correction=correction, by=OFFICER, at=AT)
        commit(batch)
        assert fresh(child).moved_with == "father"
        assert facts_of(child, "enrolment", "school") == [("海韵小学",)]

    def test_a_row_whose_child_was_taken_back_meanwhile_is_asked_about(self):
        row = a_row({"学校名称": "听涛小学"})
        same = a_row()
        first = committed([row, same])
        batch = staged([row | {"学校名称": "海韵小学"}, same, a_row()])
        assert fates(batch) == ["changed", "unchanged", "new"]
        undo(first)
        commit(batch)
        assert fates(batch) == ["held", "held", "new"]
        assert {code for each in rows_of(batch)[:2] for code in codes(each)} == {
            "child_gone_meanwhile"
        }
        assert decide(batch, Decision.ACCEPT, 1, 2) == 2
        commit(batch)
        assert len(names_in_register()) == 3


class TestDeciding:
    def _held(self, **change: Any) -> tuple[UUID, dict[str, Any]]:
        row = a_row({"身份证件号": DAMAGED, **change})
        return staged([row, a_row()]), row

    def test_name_time_and_reason_stay_with_the_row(self):
        batch, _row = self._held()
        assert decide(batch, Decision.ACCEPT, 1, reason="户口簿原件已看") == 1
        row = rows_of(batch)[0]
        assert (row.decision, row.decided_by, row.decided_at, row.reason) == (
            "accept",
            OFFICER.name,
            AT,
            "户口簿原件已看",
        )
        assert steps(batch)[-1] == "registry.roster.decided"

    def test_accepted_rows_enter_without_the_damaged_number(self):
        batch, row = self._held()
        decide(batch, Decision.ACCEPT, 1)
        commit(batch)
        child = fresh(_child_of(batch))
        assert (child.name, child.identity_number, child.born_from) == (row["姓名"], "", BORN)
        assert rows_of(batch)[0].applied_at == AT

    def test_a_number_in_doubt_may_be_left_out(self):
        against = {"出生日期": "2015-03-07", "性别": "女"}
        batch = staged([a_row(against), a_row(against)])
        decide(batch, Decision.ACCEPT_WITHOUT_NUMBER, 1)
        decide(batch, Decision.ACCEPT, 2)
        commit(batch)
        without, with_number = (fresh(row.child_id) for row in rows_of(batch) if row.child_id)
        assert (without.identity_number, without.identity_index) == ("", None)
        assert (without.born_from, without.sex) == (date(2015, 3, 7), "female")
        # Whoever takes the number takes what it says.
        assert (with_number.born_from, with_number.sex) == (BORN, "male")

    def test_the_same_child_gets_its_gaps_filled_and_nothing_else(self):
        row = a_row({"身份证件号": None, "监护人姓名": "陈建国", "共同居住监护人": "母亲"})
        first = committed([row])
        number = a_number(BORN)
        said = {"身份证件号": number, "共同居住监护人": "父亲", "现住址": "湖里街道兴隆路3号"}
        batch = staged([row | said | {"学校名称": "听涛小学"}], source="health")
        decide(batch, Decision.SAME_CHILD, 1)
        commit(batch)
        child = fresh(_child_of(first))
        assert (child.identity_number, child.address) == (number, "湖里街道兴隆路3号")
        assert child.moved_with == "mother"
        assert facts_of(child.pk, "enrolment", "school") == [("听涛小学",)]
        assert len(names_in_register()) == 1
        kept = {each["field"]: each["replaces"] for each in rows_of(batch)[0].differences}
        assert kept["moved_with"] is False
        # Next month nobody is asked again.
        later = [row | said | {"学校名称": "听涛小学"}]
        assert fates(staged(later, source="health", again=True)) == ["unchanged"]

    def test_another_child_is_a_child_of_its_own(self):
        row = a_row({"身份证件号": None})
        committed([row])
        batch = staged([row | {"班级": "二班"}])
        decide(batch, Decision.OTHER_CHILD, 1)
        commit(batch)
        assert names_in_register() == [row["姓名"], row["姓名"]]

    def test_another_child_with_a_number_that_is_taken_waits_again(self):
        row = a_row()
        first = committed([row])
        batch = staged([row | {"姓名": "陈另一"}])
        decide(batch, Decision.OTHER_CHILD, 1)
        commit(batch)
        found = rows_of(batch)[0]
        assert (found.fate, found.decision, found.applied_at) == ("held", "", None)
        assert "entered_meanwhile" in codes(found)
        assert found.likely_child_id == _child_of(first)
        assert names_in_register() == [row["姓名"]]

    def test_a_row_decided_late_enters_by_committing_again_and_once(self):
        batch, row = self._held()
        commit(batch)
        before = digest()
        assert decide(batch, Decision.ACCEPT, 1) == 1
        commit(batch)
        commit(batch)
        assert names_in_register().count(row["姓名"]) == 1
        assert digest() != before
        assert steps(batch).count("registry.roster.chunk_committed") == 2

    def test_a_row_left_out_may_be_let_in_later(self):
        batch = staged([a_row(), a_row()])
        decide(batch, Decision.LEAVE_OUT, 1)
        commit(batch)
        assert decide(batch, Decision.ACCEPT, 1) == 1
        commit(batch)
        assert len(names_in_register()) == 2

    def test_what_is_in_the_register_cannot_be_decided_any_more(self):
        batch, _row = self._held()
        commit(batch)
        with pytest.raises(rosters.NothingOpen):
            decide(batch, Decision.LEAVE_OUT, 2)
        decide(batch, Decision.ACCEPT, 1)
        commit(batch)
        with pytest.raises(rosters.NothingOpen):
            decide(batch, Decision.LEAVE_OUT, 1)

    def test_all_at_once_takes_what_makes_sense(self):
        rows = [
            a_row({"身份证件号": DAMAGED}),
            a_row({"姓名": None}),
            a_row(),
            a_row({"姓名": "陈" * 99}),
        ]
        batch = staged(rows)
        assert decide(batch, Decision.ACCEPT, 1, 2, 3, 4) == 2
        with pytest.raises(rosters.NothingOpen):
            decide(batch, Decision.SAME_CHILD, 1, 2, 3, 4)
        commit(batch)
        assert len(names_in_register()) == 2

    def test_only_who_may_commit_may_decide(self):
        batch, _row = self._held()
        clerk = actor_like(Role.DEPARTMENT_CLERK, HULI)
        with pytest.raises(rosters.NotForYourPost):
            decide(batch, Decision.ACCEPT, 1, by=clerk)

    def test_a_child_said_to_live_elsewhere_lives_here_when_it_is_accepted(self):
        batch = staged([a_row({"现居住地代码": "150203001000"})])
        decide(batch, Decision.ACCEPT, 1)
        commit(batch)
        assert fresh(_child_of(batch)).division == HULI


class TestMeanwhile:
    """Two lists were compared with the same register, and one entered first."""

    def test_the_same_number_waits(self):
        row = a_row()
        first, second = staged([row]), staged([row, a_row()], source="health")
        commit(first)
        commit(second)
        found = rows_of(second)[0]
        assert (found.fate, codes(found)) == ("held", {"entered_meanwhile"})
        assert found.likely_child_id == _child_of(first)
        assert batch_of(second).counts["held"] == 1
        assert len(names_in_register()) == 2
        decide(second, Decision.SAME_CHILD, 1)
        commit(second)
        assert len(names_in_register()) == 2

    def test_the_same_person_without_a_number_waits(self):
        row = a_row({"身份证件号": None, "监护人姓名": "陈建国", "联系电话": "19900000001"})
        first, second = staged([row]), staged([row, a_row()], source="health")
        commit(first)
        commit(second)
        assert codes(rows_of(second)[0]) == {"perhaps_known_child"}
        assert len(names_in_register()) == 2

    def test_the_same_person_with_and_without_a_number_waits(self):
        row = a_row()
        first, second = staged([row | {"身份证件号": None}]), staged([row], source="health")
        commit(first)
        commit(second)
        assert codes(rows_of(second)[0]) == {"perhaps_known_child"}

    def test_an_accepted_row_is_asked_about_again_when_somebody_new_may_be_it(self):
        row = a_row()
        batch = staged([row | {"身份证件号": DAMAGED}])
        decide(batch, Decision.ACCEPT, 1)
        committed([row], source="health")
        commit(batch)
        found = rows_of(batch)[0]
        assert (found.decision, found.applied_at) == ("", None)
        assert "perhaps_known_child" in codes(found)
        decide(batch, Decision.OTHER_CHILD, 1)
        commit(batch)
        assert len(names_in_register()) == 2

    def test_a_number_in_a_township_out_of_sight_waits_without_saying_whose(self):
        row = a_row({"现住街道（镇）": "殿前街道"})
        committed([row])
        supervisor = replace(actor_like(Role.CHILD_SUPERVISOR, HULI_STREET), division=HULI_STREET)
        batch = staged([row | {"现住街道（镇）": None}], by=supervisor, division=HULI_STREET)
        commit(batch, by=supervisor)
        found = rows_of(batch)[0]
        assert (found.fate, codes(found)) == ("held", {"entered_meanwhile"})
        assert found.likely_child_id is None


class TestRowsTheDatabaseRefuses:
    def test_one_bad_row_is_set_aside_and_the_others_enter(self):
        batch = staged([a_row() for _ in range(9)])
        with everywhere():
            bad = RosterRow.objects.get(batch_id=batch, number=6)
            bad.line["child"]["sex"] = "neither"
            bad.save(update_fields=["line"])
        commit(batch)
        assert fates(batch) == [*["new"] * 5, "held", *["new"] * 3]
        assert codes(rows_of(batch)[5]) == {"could_not_enter"}
        assert len(names_in_register()) == 8
        assert batch_of(batch).counts["held"] == 1

    def test_no_trail_no_change(self, monkeypatch):
        batch = staged([a_row()])
        before = digest()
        with scopes.acting_as(OFFICER):
            rosters.begin_commit(
                batch_id=batch, shrink_accepted=False, by=OFFICER, at=AT, by_worker=False
            )

        def broken(*_args: object, **_facts: object) -> None:
            raise RuntimeError("the trail cannot be written")

        monkeypatch.setattr("tongxing.audit.actions.record", broken)
        with pytest.raises(RuntimeError):
            committing.commit(batch_id=batch, by=OFFICER, at=AT)
        monkeypatch.undo()
        assert digest() == before
        committing.commit(batch_id=batch, by=OFFICER, at=AT)
        assert len(names_in_register()) == 1

    def test_the_two_words_for_who_enters_agree(self):
        """The set-wise statement and the ORM's condition choose the same rows."""
        batch = staged(
            [a_row(), a_row(), a_row({"身份证件号": DAMAGED}), a_row({"身份证件号": DAMAGED})]
        )
        decide(batch, Decision.LEAVE_OUT, 1)
        decide(batch, Decision.ACCEPT, 3)
        for again in (False, True):
            work = entering.ChunkWork(
                batch=batch_of(batch),
                number=0,
                kinds=[],
                again=again,
                others_entered=False,
                by=OFFICER,
                at=AT,
            )
            with scopes.acting_as(OFFICER):
                by_orm = {row.number for row in work._entering(0, 10)}
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"SELECT number FROM registry_rosterrow r WHERE {insertion.ENTERING}",
                        {"batch": batch, "chunk": 0, "first": 0, "last": 10, "again": again},
                    )
                    by_sql = {number for (number,) in cursor.fetchall()}
            assert by_orm == by_sql == ({3} if again else {2, 3})


def test_a_job_that_runs_again_finds_nothing_to_do():
    batch = committed([a_row()])
    before = register()
    with pytest.raises(rosters.NotNow):
        committing.commit(batch_id=batch, by=OFFICER, at=AT)
    assert register() == before


def test_the_likely_child_is_found_by_its_number_in_this_area_only():
    row = a_row()
    batch = committed([row])
    found = rows_of(batch)[0]
    with scopes.acting_as(OFFICER):
        assert updating.child_with_number_of(found) == found.child_id
    with scopes.acting_as(actor_like(Role.COUNTY_OFFICER, 150203000000)):
        assert updating.child_with_number_of(found) is None
    assert Fate(found.fate) is Fate.NEW


def _child_of(batch: UUID) -> UUID:
    child = rows_of(batch)[0].child_id
    assert child is not None
    return child
