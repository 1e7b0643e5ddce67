"""A list is taken back: the register is as it was, apart from what somebody worked on since."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.access.factories import actor_like
from tests.factories.children import AT, HULI, a_guardian, a_number, everywhere, fresh
from tests.factories.rosters import (
    OFFICER,
    a_row,
    batch_of,
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
from tongxing.registry.actions import children, refusals, rosters, undoing
from tongxing.registry.models import Child, Clue
from tongxing.registry.values.changes import Correction
from tongxing.registry.values.changes import Field as Corrected
from tongxing.registry.values.rosters import BatchState, Decision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "read_in_process")]

BORN = date(2016, 3, 7)
EARLY = date(2025, 3, 1)
FULL = {
    "现住街道（镇）": "湖里街道",
    "现住址": "湖里街道兴隆路3号",
    "户口所在地": "四川省达州市渠县",
    "来本地居住日期": "2023-09-01",
    "共同居住监护人": "父母双方",
    "监护人姓名": "陈建国",
    "与学生关系": "父亲",
    "联系电话": "19900000001",
    "学校名称": "听涛小学",
    "家庭困难情况": "低保",
}


def corrected(child: UUID, reason: str = "上门核实") -> None:
    """Somebody changes the child's file by hand."""
    with scopes.acting_as(OFFICER):
        revision = Child.objects.get(pk=child).revision
        correction = Correction(
            changes={Corrected.ADDRESS: f"改正{revision}"}, base_revision=revision, reason=reason
        )
        children.correct(child_id=child, correction=correction, by=OFFICER, at=AT)


def child_of(batch: UUID, number: int = 1) -> UUID:
    child = rows_of(batch)[number - 1].child_id
    assert child is not None
    return child


def bare(row: dict[str, Any]) -> dict[str, Any]:
    """The row with nothing but who the child is."""
    return {title: value for title, value in row.items() if title not in FULL}


class TestTheRegisterIsAsBefore:
    def test_after_a_list_of_new_children(self):
        committed([a_row(FULL)])
        before = register()
        batch = committed([a_row(FULL) for _ in range(3)])
        assert undo(batch) == 0
        assert register() == before
        assert batch_of(batch).state == BatchState.UNDONE

    @pytest.mark.parametrize(
        ("source", "change"),
        [
            ("police", {"民族": "蒙古族", "性别": "男"}),
            ("village", {"现住街道（镇）": "殿前街道", "来本地居住日期": "2025-05-01"}),
            ("village", {"现住街道（镇）": "殿前街道"}),
            ("police", {"来本地居住日期": "2022-01-01"}),
            ("police", {"户口所在地": "福建省漳州市漳浦县"}),
            ("education", {"学校名称": "海韵小学", "家庭困难情况": "无"}),
            ("village", {"现住址": "湖里街道华光路1号", "共同居住监护人": "母亲"}),
            ("health", {"监护人姓名": "李秀兰", "与学生关系": "母亲"}),
            ("education", {"联系电话": "19900000002", "居住证号": "X99020001"}),
            ("village", {"共同居住监护人": "无", "是否主动提出帮扶需求": "是"}),
        ],
    )
    def test_after_a_list_that_changed_children(self, source, change):
        row = a_row(FULL)
        committed([row], as_of=EARLY)
        committed([a_row(FULL)], source="civil_affairs")
        before = register()
        batch = committed([row | change], source=source)
        assert fates(batch) == ["changed"]
        assert register() != before
        assert undo(batch) == 0
        assert register() == before

    def test_after_gaps_were_filled(self):
        bare = {"姓名": "林晓雨", "性别": "女", "身份证件号": None, "出生日期": "2016年3月"}
        first = committed([bare], as_of=EARLY)
        before = register()
        number = a_number(BORN, male=False)
        said = {"出生日期": "2016-03-07", "身份证件号": number}
        batch = staged([a_row(FULL) | bare | said])
        decide(batch, Decision.SAME_CHILD, 1)
        commit(batch)
        assert fresh(child_of(first)).identity_number == number
        assert undo(batch) == 0
        assert register() == before
        # The number is free again, and known to nobody.
        assert fates(staged([a_row({"身份证件号": number, "性别": "女"})])) == ["new"]

    def test_when_two_lists_overlap_and_the_newer_goes_first(self):
        row, other = a_row(FULL), a_row(FULL)
        start = register()
        first = committed([row, other], as_of=EARLY)
        between = register()
        change = {"学校名称": "海韵小学", "现住街道（镇）": "殿前街道", "民族": "蒙古族"}
        second = committed([row | change, other, a_row(FULL)], source="village")
        assert undo(second) == 0
        assert register() == between
        assert undo(first) == 0
        assert register() == start

    def test_when_two_lists_overlap_and_the_older_goes_first(self):
        row, other, same = a_row(FULL), a_row(FULL), a_row(FULL)
        start = register()
        first = committed([row, other, same], as_of=EARLY)
        second = committed([row | {"学校名称": "海韵小学"}, same, a_row(FULL)])
        names = {fresh(child_of(first, number)).name for number in (1, 3)}
        # The newer list names two of them: they stay, and are counted.
        assert undo(first) == 2
        with everywhere():
            living = Child.objects.filter(withdrawn_at__isnull=True)
            assert names < set(living.values_list("name", flat=True))
            assert living.count() == 3
        # With it the last word about them goes.
        assert undo(second) == 0
        assert register() == start

    def test_when_the_newer_list_only_says_otherwise(self):
        row = a_row(FULL)
        start = register()
        first = committed([row], source="village", as_of=EARLY)
        child = fresh(child_of(first))
        second = committed([{**bare(row), "共同居住监护人": "母亲"}], source="health")
        assert [each["replaces"] for each in rows_of(second)[0].differences] == [False]
        assert undo(first) == 1
        assert fresh(child.pk).withdrawn_at is None
        assert undo(second) == 0
        assert register() == start

    def test_when_a_person_said_that_the_newer_list_means_the_child(self):
        row = a_row(FULL)
        start = register()
        first = committed([row], as_of=EARLY)
        second = staged([bare(row) | {"身份证件号": None}], source="health")
        decide(second, Decision.SAME_CHILD, 1)
        commit(second)
        assert undo(first) == 1
        assert undo(second) == 0
        assert register() == start

    def test_when_three_lists_changed_one_child(self):
        row = a_row(FULL)
        start = register()
        batches = [committed([row], as_of=EARLY)]
        states = [register()]
        for day, school in ((date(2025, 4, 1), "海韵小学"), (date(2025, 5, 1), "晨帆小学")):
            change = {"学校名称": school, "共同居住监护人": "母亲" if day.month == 4 else "父亲"}
            batches.append(committed([row | change], as_of=day))
            states.append(register())
        for batch, before in zip(reversed(batches), [*reversed(states[:-1]), start], strict=True):
            assert undo(batch) == 0
            assert register() == before

    def test_when_two_rows_changed_one_child(self):
        row = a_row(FULL)
        first = committed([row], as_of=EARLY)
        before = register()
        damaged = {"身份证件号": "990102201603070000", "学校名称": "海韵小学"}
        batch = staged([row | {"班级": "一班"}, row | damaged])
        decide(batch, Decision.SAME_CHILD, 2)
        commit(batch)
        assert rows_of(batch)[1].child_id == child_of(first)
        assert undo(batch) == 0
        assert register() == before

    def test_after_chunks_were_taken_back_one_by_one(self, settings):
        settings.TONGXING_CHUNK_ROWS = 2
        rows = [a_row(FULL) for _ in range(5)]
        committed(rows[:3], as_of=EARLY)
        before = register()
        batch = committed([row | {"学校名称": "海韵小学"} for row in rows])
        assert fates(batch) == ["changed"] * 3 + ["new"] * 2
        assert undo(batch) == 0
        assert register() == before
        assert steps(batch).count("registry.roster.chunk_undone") == 3


class TestWhatIsLeft:
    def test_a_new_child_somebody_worked_on_stays_and_is_counted(self):
        batch = committed([a_row(FULL), a_row(FULL)])
        kept, gone = child_of(batch, 1), child_of(batch, 2)
        corrected(kept)
        assert undo(batch) == 1
        assert fresh(kept).withdrawn_at is None
        assert fresh(gone).withdrawn_at == AT

    def test_a_changed_child_somebody_worked_on_stays_as_it_is(self):
        row = a_row(FULL)
        first = committed([row], as_of=EARLY)
        batch = committed([row | {"共同居住监护人": "母亲"}])
        child = child_of(first)
        corrected(child)
        before = register()["child"]
        assert undo(batch) == 1
        assert register()["child"] == before

    def test_work_before_the_list_does_not_count(self):
        row = a_row(FULL)
        first = committed([row], as_of=EARLY)
        corrected(child_of(first))
        before = register()
        batch = committed([row | {"共同居住监护人": "母亲"}])
        assert undo(batch) == 0
        assert register() == before

    def test_a_change_by_hand_between_two_lists_keeps_the_first_ones_change(self):
        row = a_row(FULL)
        committed([row], as_of=EARLY)
        first = committed([row | {"共同居住监护人": "母亲"}], as_of=date(2025, 4, 1))
        corrected(child_of(first))
        before = register()
        second = committed([row | {"共同居住监护人": "父亲"}], as_of=date(2025, 5, 1))
        assert undo(second) == 0
        assert register() == before
        assert undo(first) == 1
        assert register()["child"] == before["child"]

    def test_a_guardian_added_by_hand_keeps_the_child(self):
        batch = committed([a_row(FULL)])
        a_guardian(fresh(child_of(batch)), name="王奶奶")
        assert undo(batch) == 1


class TestFactsOfOneSource:
    """Each list of a source supersedes the one before; any of them may be taken back."""

    SCHOOLS = ("听涛小学", "海韵小学", "晨帆小学")

    def _three(self) -> tuple[UUID, list[UUID]]:
        row = a_row(FULL)
        committed([row], source="village", as_of=date(2025, 1, 1))
        lists = [
            committed([row | {"学校名称": school}], as_of=date(2025, 2 + month, 1), again=True)
            for month, school in enumerate(self.SCHOOLS)
        ]
        return child_of(lists[0]), lists

    def _schools(self, child: UUID) -> list[str]:
        said = facts_of(child, "enrolment", "source", "school")
        return [school for source, school in said if source == "education"]

    @pytest.mark.parametrize(
        ("order", "left"),
        [
            ((2,), "海韵小学"),
            ((1,), "晨帆小学"),
            ((0,), "晨帆小学"),
            ((1, 2), "听涛小学"),
            ((0, 2), "海韵小学"),
            ((2, 0, 1), ""),
        ],
    )
    def test_the_last_word_that_is_left_stands(self, order, left):
        child, lists = self._three()
        for number in order:
            undo(lists[number])
        assert self._schools(child) == ([left] if left else [])


class TestAround:
    def test_it_needs_a_reason_and_the_right_post(self):
        batch = committed([a_row()])
        with scopes.acting_as(OFFICER), pytest.raises(refusals.NoReason):
            undoing.begin_undo(batch_id=batch, reason="  ", by=OFFICER, at=AT)
        with pytest.raises(rosters.NotForYourPost):
            undo(batch, by=actor_like(Role.CHILD_SUPERVISOR, HULI))

    def test_only_a_list_that_is_in_the_register_can_be_taken_back(self):
        batch = staged([a_row()])
        with pytest.raises(rosters.NotNow):
            undo(batch)
        commit(batch)
        undo(batch)
        with pytest.raises(rosters.NotNow):
            undo(batch)
        with pytest.raises(rosters.NotNow):
            commit(batch)

    def test_nothing_is_taken_back_unless_somebody_said_so(self):
        batch = committed([a_row()])
        before = register()
        with pytest.raises(rosters.NotNow):
            undoing.undo(batch_id=batch, by=OFFICER, at=AT)
        assert register() == before

    def test_it_leaves_a_trail(self, told):
        batch = committed([a_row()])
        child = child_of(batch)
        told.clear()
        undo(batch)
        assert steps(batch)[-3:] == [
            f"registry.roster.{step}" for step in ("undo_begun", "chunk_undone", "undone")
        ]
        assert told == [child]
        assert events(Child(pk=child)) == []

    def test_no_trail_nothing_taken_back(self, monkeypatch):
        batch = committed([a_row()])
        before = digest()
        with scopes.acting_as(OFFICER):
            undoing.begin_undo(batch_id=batch, reason="发错了", by=OFFICER, at=AT, by_worker=False)
        _break_trail(monkeypatch.setattr)
        with pytest.raises(RuntimeError):
            undoing.undo(batch_id=batch, by=OFFICER, at=AT)
        assert digest() == before

    def test_a_clue_that_only_the_list_gave_reason_for_is_closed(self):
        batch = committed([a_row({"共同居住监护人": "无"})])
        undo(batch)
        with everywhere():
            clue = Clue.objects.get(batch_id=batch)
        assert (clue.state, clue.closed_at) == ("rejected", AT)

    def test_the_same_file_may_be_sent_again_and_enters_again(self):
        row = a_row(FULL)
        batch = committed([row])
        before = register()
        undo(batch)
        again = committed([row])
        assert fates(again) == ["new"]
        assert [len(lines) for lines in register().values()] == [
            len(lines) for lines in before.values()
        ]


def _break_trail(patch: Callable[[str, object], None]) -> None:
    def broken(*_args: object, **_facts: object) -> None:
        raise RuntimeError("the trail cannot be written")

    patch("tongxing.audit.actions.record", broken)
