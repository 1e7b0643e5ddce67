"""Every row of a list meets exactly one fate, and the right one."""

from datetime import date
from typing import Any

import pytest

from tests.factories.children import (
    HULI_STREET,
    HULI_VILLAGE,
    a_child,
    a_guardian,
    a_number,
    a_stay,
    fresh,
)
from tests.factories.rosters import (
    a_row,
    batch_of,
    codes,
    commit,
    committed,
    decide,
    facts_of,
    fates,
    rows_of,
    staged,
    undo,
    workbook,
)
from tongxing.registry.actions import staging
from tongxing.registry.actions.sorting import Sorter
from tongxing.registry.values.children import ChildState, ExitReason
from tongxing.registry.values.rosters import Decision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "read_in_process")]

BORN = date(2016, 3, 7)
Row = dict[str, Any]


def test_unknown_children_are_new_and_read_is_the_sum():
    batch = staged([a_row(), a_row(), {"姓名": "合计", "性别": "2人"}])
    assert fates(batch) == ["new", "new", "rejected"]
    assert batch_of(batch).counts == {
        "read": 3,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "duplicate": 0,
        "held": 0,
        "rejected": 1,
    }


def test_rows_that_the_reader_delivered_and_the_table_lacks_stop_the_list(monkeypatch):
    real = Sorter.sort

    def losing_one(self: Any, said: list[dict[str, Any]]) -> Any:
        return real(self, said[:-1])

    monkeypatch.setattr(Sorter, "sort", losing_one)
    with pytest.raises(staging.RowsMissing):
        staged([a_row(), a_row()])


def test_a_list_read_again_brings_nothing_new():
    rows = [
        a_row(
            {
                "现住街道（镇）": "湖里街道",
                "现住址": "湖里区湖里街道兴隆路3号502室",
                "户口所在地": "四川省达州市渠县",
                "来本地居住日期": "2023-09-01",
                "共同居住监护人": "父母双方",
                "监护人姓名": "陈建国",
                "与学生关系": "父亲",
                "联系电话": "19900000001",
                "学校名称": "听涛小学",
                "年级": "三年级",
                "是否办理居住证": "是",
                "居住证号": "X99020001",
                "家庭困难情况": "低保、残疾",
            }
        )
    ]
    committed(rows)
    again = staged(rows, again=True)
    assert fates(again) == ["unchanged"]
    assert rows_of(again)[0].differences == []


DAMAGE: list[tuple[Row, str]] = [
    ({"身份证件号": 990102201603070000}, "id_numeric_cell"),
    ({"身份证件号": "990102201603070000"}, "id_truncated"),
    ({"身份证件号": "9.90102E+17"}, "id_truncated"),
    ({"身份证件号": "990102********0012"}, "id_masked"),
    ({"身份证件号": "990102201603070012"}, "id_bad_check"),
    ({"身份证件号": "99010220160307001"}, "id_wrong_length"),
    ({"身份证件号": "111111111111111111"}, "id_placeholder"),
    ({"出生日期": "2015-03-07"}, "birth_date_contradicts_id"),
    ({"性别": "女"}, "sex_contradicts_id"),
    ({"姓名": "陈**"}, "name_masked"),
    ({"姓名": "陈?琪"}, "name_damaged"),
    ({"身份证件号": None, "出生日期": "农历二月初八"}, "birth_date_lunar"),
]


def test_damage_is_held_and_never_repaired():
    batch = staged([a_row() | damage for damage, _why in DAMAGE])
    for row, (damage, why) in zip(rows_of(batch), DAMAGE, strict=True):
        assert row.fate == "held", damage
        assert why in codes(row), damage
        assert row.child_id is None


def test_blank_never_overwrites():
    said = {
        "现住街道（镇）": "湖里街道",
        "现住址": "湖里街道兴隆路3号",
        "户口所在地": "四川省达州市渠县",
        "来本地居住日期": "2023-09-01",
        "共同居住监护人": "母亲",
        "学校名称": "听涛小学",
        "年级": "三年级",
        "班级": "三（2）班",
        "家庭困难情况": "低保",
    }
    blanks = ["", "  ", "不详", "—", None]
    children = [a_row(said) for _blank in blanks]
    committed(children)
    emptied = [
        child | dict.fromkeys(said, blank) | {"性别": blank, "出生日期": blank}
        for child, blank in zip(children, blanks, strict=True)
    ]
    batch = staged([*emptied, a_row(said)], as_of=date(2025, 8, 30))
    assert fates(batch) == [*["unchanged"] * len(blanks), "new"]


class TestWhoWins:
    """Both ways for each pair: the trusted source replaces, the other keeps a difference."""

    PAIRS: list[tuple[str, str, Row, str, bool]] = [
        ("education", "police", {"民族": "蒙古族"}, "ethnicity", True),
        ("education", "village", {"共同居住监护人": "母亲"}, "moved_with", True),
        ("village", "education", {"共同居住监护人": "母亲"}, "moved_with", False),
        ("education", "village", {"现住街道（镇）": "殿前街道"}, "residence", True),
        ("village", "education", {"现住街道（镇）": "殿前街道"}, "residence", False),
        ("education", "health", {"现住街道（镇）": "殿前街道"}, "residence", False),
    ]
    ROW = {"民族": "汉族", "现住街道（镇）": "湖里街道", "共同居住监护人": "父母双方"}

    @pytest.mark.parametrize("first", ["education", "village"])
    def test_by_trust(self, first):
        pairs = [pair for pair in self.PAIRS if pair[0] == first]
        children = [a_row(self.ROW) for _pair in pairs]
        committed(children, source=first, as_of=date(2025, 8, 1))
        for child, (_first, second, change, field, replaces) in zip(children, pairs, strict=True):
            found = rows_of(staged([child | change], source=second))[0]
            said = {each["field"]: each["replaces"] for each in found.differences}
            assert (found.fate, said) == ("changed", {field: replaces})

    def _differences(self, first: str, second: str, change: Row, day: date) -> Any:
        row = a_row(self.ROW)
        committed([row], source=first, as_of=date(2025, 8, 1))
        found = rows_of(staged([row | change], source=second, as_of=day))[0]
        return found.fate, {each["field"]: each["replaces"] for each in found.differences}

    def test_a_source_corrects_itself_when_its_list_is_not_older(self):
        change = {"共同居住监护人": "母亲"}
        fate, found = self._differences("education", "education", change, date(2025, 8, 1))
        assert (fate, found) == ("changed", {"moved_with": True})
        fate, found = self._differences("education", "education", change, date(2025, 7, 31))
        assert (fate, found) == ("changed", {"moved_with": False})

    def test_an_older_word_about_the_place_never_goes_before_a_newer_one(self):
        change = {"现住街道（镇）": "殿前街道"}
        fate, found = self._differences("education", "village", change, date(2025, 7, 1))
        assert (fate, found) == ("changed", {"residence": False})

    def test_a_visit_counts_for_ninety_days(self):
        row = a_row({"现住街道（镇）": "湖里街道"})
        committed([row], source="village", as_of=date(2025, 4, 1))
        other = row | {"现住街道（镇）": "殿前街道"}
        soon = staged([other], source="police", as_of=date(2025, 6, 30))
        late = staged([other], source="police", as_of=date(2025, 7, 1), again=True)
        assert [each["replaces"] for each in rows_of(soon)[0].differences] == [False]
        assert [each["replaces"] for each in rows_of(late)[0].differences] == [True]

    def test_staff_stands_against_every_list(self):
        child = a_child(
            HULI_STREET,
            name="周明宇",
            moved_with="mother",
            provenance={"moved_with": ["staff", "2025-08-01"]},
        )
        row = a_row({"共同居住监护人": "父母双方"})
        row |= {"姓名": "周明宇", "身份证件号": child.identity_number}
        batch = staged([row], source="village")
        assert rows_of(batch)[0].differences == [
            {"field": "moved_with", "before": ["mother"], "after": ["both"], "replaces": False}
        ]


class TestNoNewsTwice:
    """What a list may not replace waits in the child's file; next month it is no news."""

    def test_the_same_word_of_the_same_source_is_news_once(self):
        row = a_row({"共同居住监护人": "父母双方", "现住址": "湖里街道兴隆路3号"})
        committed([row], source="village", as_of=date(2025, 8, 1))
        other = row | {"共同居住监护人": "母亲", "现住址": "湖里街道华光路8号"}
        assert fates(committed([other])) == ["changed"]
        assert fates(staged([other | {"性别": None}])) == ["unchanged"]
        assert fates(staged([other | {"共同居住监护人": "父亲"}])) == ["changed"]
        assert fates(staged([other | {"现住址": "湖里街道华光路9号"}])) == ["changed"]
        assert fates(staged([other], source="health", again=True)) == ["changed"]

    def test_what_a_person_let_in_was_told_too(self):
        row = a_row({"现住址": "湖里街道兴隆路3号"})
        committed([row], source="village", as_of=date(2025, 8, 1))
        other = row | {"现住址": "湖里街道华光路8号"}
        asked = staged([other | {"身份证件号": None}])
        decide(asked, Decision.SAME_CHILD, 1)
        commit(asked)
        assert rows_of(asked)[0].differences[0]["mark"]
        assert fates(staged([other])) == ["unchanged"]

    def test_a_list_that_was_taken_back_told_nobody(self):
        row = a_row({"共同居住监护人": "父母双方"})
        committed([row], source="village", as_of=date(2025, 8, 1))
        other = row | {"共同居住监护人": "母亲"}
        undo(committed([other]))
        assert fates(staged([other], again=True)) == ["changed"]

    def test_a_list_that_never_entered_told_nobody(self):
        row = a_row({"共同居住监护人": "父母双方"})
        committed([row], source="village", as_of=date(2025, 8, 1))
        other = row | {"共同居住监护人": "母亲"}
        staged([other])
        assert fates(staged([other], again=True)) == ["changed"]


class TestExactness:
    """Better known is no contradiction; worse known is nothing."""

    def test_a_child_known_to_the_month_may_be_the_child_known_to_the_day(self):
        batch = committed([a_row() | {"身份证件号": None, "出生日期": "2016年3月"}])
        name = rows_of(batch)[0].line["child"]["name"]
        row = a_row() | {"姓名": name, "身份证件号": None}
        child = rows_of(batch)[0].child_id
        assert child is not None
        assert (fresh(child).born_from, fresh(child).born_until) == (
            date(2016, 3, 1),
            date(2016, 3, 31),
        )
        found = rows_of(staged([row], source="health"))[0]
        # No number and no common guardian: a person says whether it is the same child.
        assert codes(found) == {"perhaps_known_child"}
        assert found.likely_child_id == child

    def test_a_month_says_nothing_against_a_day_in_it(self):
        number = a_number(BORN)
        row = a_row() | {"身份证件号": number}
        committed([row])
        assert fates(staged([row | {"出生日期": "2016年3月"}])) == ["unchanged"]

    def test_the_county_says_nothing_against_a_street_in_it(self):
        row = a_row({"户口所在地": "四川省达州市渠县"})
        committed([row])
        assert fates(staged([row | {"户口所在地": "四川省达州市"}], source="police")) == [
            "unchanged"
        ]

    def test_the_street_inside_the_known_county_is_no_move(self):
        row = a_row({"来本地居住日期": "2023-09-01"})
        first = committed([row], source="police")
        batch = committed([row | {"现住街道（镇）": "湖里街道"}], source="health")
        assert fates(batch) == ["changed"]
        child = rows_of(first)[0].child_id
        assert child is not None
        assert fresh(child).division == HULI_STREET


class TestSameChild:
    """Who is whom: never by guess."""

    def test_two_valid_numbers_are_two_children_however_alike(self):
        row = a_row({"监护人姓名": "陈建国", "联系电话": "19900000001"})
        committed([row])
        twin = row | {"身份证件号": a_number(BORN)}
        assert fates(staged([twin])) == ["new"]
        assert fates(staged([row | {"身份证件号": a_number(BORN)}, twin])) == ["new", "new"]

    def test_twins_with_one_number_are_asked_about(self):
        row = a_row()
        committed([row])
        found = rows_of(staged([row | {"姓名": "陈另一"}]))[0]
        assert (found.fate, codes(found)) == ("held", {"same_number_other_name"})
        pair = rows_of(
            staged(
                [
                    a_row() | {"身份证件号": (n := a_number(BORN))},
                    a_row() | {"身份证件号": n},
                ]
            )
        )
        assert [each.fate for each in pair] == ["new", "held"]
        assert codes(pair[1]) == {"repeated_with_differences"}

    def test_a_name_written_otherwise_is_the_same_name(self):
        row = a_row() | {"姓名": "阿依古丽·买买提"}
        committed([row])
        for written in ("阿依古丽•买买提", "阿依古丽．买买提", "阿依古丽 · 买买提"):
            assert fates(staged([row | {"姓名": written}])) == ["unchanged"]

    def test_without_a_number_name_birth_and_guardian_are_enough(self):
        row = a_row({"监护人姓名": "陈建国", "联系电话": "19900000001"})
        committed([row | {"身份证件号": None}])
        assert fates(staged([row | {"身份证件号": None, "班级": "二班"}])) == ["changed"]

    def test_without_a_guardian_in_common_it_is_asked(self):
        row = a_row({"监护人姓名": "陈建国", "联系电话": "19900000001"})
        first = committed([row | {"身份证件号": None}])
        other = row | {"身份证件号": None, "监护人姓名": "陈国强", "联系电话": "19900000002"}
        found = rows_of(staged([other]))[0]
        assert (found.fate, codes(found)) == ("held", {"perhaps_known_child"})
        assert found.likely_child_id == rows_of(first)[0].child_id

    def test_a_number_where_there_was_none_is_asked(self):
        row = a_row({"监护人姓名": "陈建国", "联系电话": "19900000001"})
        committed([row | {"身份证件号": None}])
        found = rows_of(staged([row]))[0]
        assert (found.fate, codes(found)) == ("held", {"perhaps_known_child"})

    def test_a_damaged_row_says_whom_it_may_be(self):
        row = a_row()
        first = committed([row])
        found = rows_of(staged([row | {"身份证件号": "990102201603070000"}]))[0]
        assert codes(found) == {"id_truncated", "perhaps_known_child"}
        assert found.likely_child_id == rows_of(first)[0].child_id

    def test_a_child_whose_file_was_closed_is_asked_about(self):
        child = a_child(
            HULI_VILLAGE,
            name="吴雨泽",
            state=ChildState.OUT,
            exit_reason=ExitReason.MOVED_AWAY,
            exited_on=date(2025, 6, 1),
        )
        row = a_row() | {"姓名": "吴雨泽", "身份证件号": child.identity_number}
        found = rows_of(staged([row]))[0]
        assert (found.fate, codes(found)) == ("held", {"left_the_register"})

    def test_a_child_of_sixteen_in_a_list_is_nothing_to_ask_about(self):
        child = a_child(
            HULI_VILLAGE,
            name="吴雨泽",
            state=ChildState.OUT,
            exit_reason=ExitReason.TURNED_16,
            exited_on=date(2025, 6, 1),
        )
        row = a_row() | {"姓名": "吴雨泽", "身份证件号": child.identity_number}
        assert fates(staged([row])) == ["unchanged"]


class TestRepeatedRows:
    """One child twice in one list."""

    def test_the_same_number_and_name_is_a_duplicate_and_says_of_which_row(self):
        row = a_row()
        batch = staged([a_row(), row, row])
        assert fates(batch) == ["new", "new", "duplicate"]
        assert {"code": "repeats_row", "row": 3} in rows_of(batch)[2].problems

    def test_with_a_number_once_and_without_once_is_never_two_children(self):
        row = a_row({"监护人姓名": "陈建国", "联系电话": "19900000001"})
        without = row | {"身份证件号": None}
        assert fates(staged([row, without])) == ["new", "duplicate"]
        assert fates(staged([without, row])) == ["new", "held"]

    def test_without_numbers_and_guardians_it_is_asked(self):
        row = a_row() | {"身份证件号": None}
        batch = staged([row, row])
        assert fates(batch) == ["new", "held"]
        assert codes(rows_of(batch)[1]) == {"repeated_with_differences"}

    def test_a_row_without_birth_date_is_asked_about_when_the_name_was_there(self):
        row = a_row()
        vague = {"姓名": row["姓名"], "性别": "男", "身份证件号": None, "出生日期": None}
        assert fates(staged([row, vague])) == ["new", "held"]
        assert fates(staged([vague, row])) == ["new", "held"]

    def test_two_rows_that_are_one_known_child_change_it_once(self):
        row = a_row({"监护人姓名": "陈建国", "联系电话": "19900000001"})
        committed([row])
        by_number = row | {"班级": "一班", "监护人姓名": None, "联系电话": None}
        by_person = row | {"身份证件号": None, "班级": "二班"}
        batch = staged([by_number, by_person])
        assert fates(batch) == ["changed", "held"]
        other = staged([by_person, a_row(), by_number | {"出生日期": None}])
        assert fates(other) == ["changed", "new", "held"]


def test_a_row_that_says_another_county_is_held():
    batch = staged([a_row({"现居住地代码": "150203001000"})])
    found = rows_of(batch)[0]
    assert (found.fate, codes(found)) == ("held", {"lives_outside"})


def test_hidden_rows_are_read_and_counted_as_hidden():
    batch = staged([a_row(), a_row()])
    assert [row.hidden for row in rows_of(batch)] == [False, False]


class TestFacts:
    """What a source says now, and what it said before and leaves blank now."""

    def test_a_shorter_list_takes_nothing_away(self):
        row = a_row(
            {"学校名称": "听涛小学", "年级": "三年级", "班级": "三（2）班", "是否寄宿": "是"}
        )
        committed([row])
        shorter = {key: row[key] for key in ("姓名", "性别", "身份证件号", "出生日期", "学校名称")}
        assert fates(staged([shorter, a_row()])) == ["unchanged", "new"]

    def test_a_new_school_ends_what_was_said_of_the_old_one(self):
        row = a_row({"学校名称": "听涛小学", "年级": "三年级", "班级": "三（2）班"})
        batch = committed([row])
        committed([row | {"学校名称": "海韵小学", "班级": None}])
        child = rows_of(batch)[0].child_id
        assert facts_of(child, "enrolment", "school", "grade", "class_name") == [
            ("海韵小学", 3, "")
        ]

    def test_an_older_list_is_no_news(self):
        row = a_row({"学校名称": "听涛小学"})
        committed([row], as_of=date(2025, 8, 20))
        older = row | {"学校名称": "海韵小学"}
        assert fates(staged([older], as_of=date(2025, 3, 1))) == ["unchanged"]

    def test_hardships_in_another_order_are_the_same(self):
        row = a_row({"家庭困难情况": "低保、残疾"})
        committed([row], source="village")
        again = staged([row | {"家庭困难情况": "残疾、低保"}], source="village")
        assert {each["field"] for each in rows_of(again)[0].differences} <= {"hardship"}


class TestAdults:
    """The people beside a known child."""

    ROW = {"监护人姓名": "陈建国", "与学生关系": "父亲", "联系电话": "19900000001"}

    SAID: list[tuple[Row, bool]] = [
        ({}, False),
        ({"联系电话": None}, False),
        ({"联系电话": "19900000002"}, True),
        ({"监护人姓名": "李秀兰", "与学生关系": "母亲"}, True),
        ({"监护人姓名": "陳建國", "联系电话": None}, False),
        ({"监护人姓名": None, "与学生关系": None}, False),
    ]

    def test_a_phone_alone_is_nobodys_mark(self):
        children = [a_row(self.ROW) for _said in self.SAID]
        committed(children)
        now = [child | said for child, (said, _news) in zip(children, self.SAID, strict=True)]
        batch = staged([*now, a_row(self.ROW)])
        for row, (said, news) in zip(rows_of(batch), self.SAID, strict=False):
            fields = {each["field"] for each in row.differences}
            assert fields == ({"guardians"} if news else set()), said


def test_rows_typed_as_formulas_or_errors_are_no_data():
    content = workbook([a_row() | {"姓名": "#N/A", "身份证件号": "#N/A"}])
    assert fates(staged(content)) in (["held"], ["rejected"])


def test_unreadable_names_are_held_with_their_length_kept_out_of_the_register():
    batch = staged([a_row() | {"姓名": "陈" * 4000}])
    assert fates(batch) == ["held"]


def test_a_stay_is_dated_by_whom_the_field_is_believed():
    child = a_child(HULI_STREET, name="郑诗涵")
    a_stay(child, date(2024, 9, 1))
    a_guardian(child)
    row = a_row({"来本地居住日期": "2023-02-01"})
    row |= {"姓名": "郑诗涵", "身份证件号": child.identity_number}
    police, health = (staged([row], source=source, again=True) for source in ("police", "health"))
    assert [each["replaces"] for each in rows_of(police)[0].differences] == [True]
    assert [each["replaces"] for each in rows_of(health)[0].differences] == [False]


def test_a_second_request_for_help_changes_nothing():
    row = a_row({"是否主动提出帮扶需求": "是"})
    committed([row], source="village", as_of=date(2025, 5, 1))
    later = staged([row], source="village", as_of=date(2025, 8, 1), again=True)
    assert fates(later) == ["unchanged"]
