"""Headings under titles, over two rows, in everybody's own words."""

import pytest

from tests.registry.rules.lines import rows
from tongxing.exchange.spreadsheets import Block
from tongxing.registry.rules.fields import FIELDS, Field, words_of
from tongxing.registry.rules.headers import Mapping, fingerprint, propose
from tongxing.registry.rules.vocabulary import recognise

CHILD = ("1", "王小明", "男", "2015-01-02", "990203201501020018")


def fields(found: Mapping) -> dict[int, str]:
    return {column: mapped.field.value for column, mapped in found.columns.items()}


def test_headings_in_the_first_row():
    found = propose(rows(("序号", "学生姓名", "性别", "出生年月日", "公民身份号码"), CHILD))
    assert fields(found) == {0: "list_no", 1: "name", 2: "sex", 3: "birth_date", 4: "id_no"}
    assert (found.header_first, found.header_last) == (1, 1)
    assert found.missing == ()


def test_title_rows_above_the_headings_are_passed_over():
    head = rows(
        ("昆都仑区2026年秋季学期随迁子女花名册",),
        ("填报单位：（盖章）", None, None, "填报日期：2026年10月"),
        ("序号", "姓名", "性别", "出生日期", "身份证号"),
        CHILD,
    )
    found = propose(head)
    assert found.header_last == 3
    assert fields(found)[1] == "name"


def test_two_line_headings_with_merged_groups():
    head = rows(
        ("序号", "儿童基本信息", None, None, "监护人信息", None, None, "备注"),
        (None, "姓名", "性别", "身份证号", "姓名", "与儿童关系", "联系电话", None),
        ("1", "王小明", "男", "990203201501020018", "王大明", "父亲", "19900001111", None),
    )
    merged = [Block(1, 1, 1, 3), Block(1, 4, 1, 6), Block(1, 0, 2, 0), Block(1, 7, 2, 7)]
    found = propose(head, merged)
    assert (found.header_first, found.header_last) == (1, 2)
    assert fields(found) == {
        0: "list_no",
        1: "name",
        2: "sex",
        3: "id_no",
        4: "guardian_name",
        5: "guardian_relation",
        6: "guardian_phone",
        7: "remarks",
    }
    assert found.headings[4] == "监护人信息 / 姓名"


def test_groups_are_carried_to_the_right_when_merges_are_not_known():
    head = rows(
        ("姓名", "监护人信息", None, None, "学校"),
        (None, "姓名", "身份证号", "电话", None),
        ("王小明", "王大明", "990203198805060110", "19900001111", "第一小学"),
    )
    assert fields(propose(head)) == {
        0: "name",
        1: "guardian_name",
        2: "guardian_id_no",
        3: "guardian_phone",
        4: "school_name",
    }


def test_a_title_merged_over_the_whole_width_is_no_group():
    head = rows(("随迁子女名单", None, None), ("姓名", "性别", "身份证号"), ("王小明", "男", None))
    found = propose(head, [Block(1, 0, 1, 2)])
    assert (found.header_first, found.header_last) == (2, 2)


def test_an_unknown_thing_of_another_person_is_not_the_childs():
    head = rows(
        ("姓名", "监护人信息", None), (None, "姓名", "出生日期"), ("王小明", "王大明", "1988")
    )
    found = propose(head, [Block(1, 1, 1, 2)])
    assert 2 not in found.columns
    assert found.unmatched == {2: "监护人信息 / 出生日期"}


def test_a_second_column_of_the_same_field_is_named_and_left_out():
    found = propose(rows(("姓名", "身份证号", "身份证号码"), ("王小明", "1", "2")))
    assert found.duplicates == {Field.ID_NO: (2,)}
    assert 2 not in found.columns


def test_the_surer_heading_wins_over_the_general_one():
    found = propose(rows(("姓名", "联系电话", "监护人电话"), ("王小明", "1", "2")))
    assert fields(found)[2] == "guardian_phone"
    assert found.duplicates == {Field.GUARDIAN_PHONE: (1,)}


def test_no_headings_at_all_leaves_every_column_to_the_person():
    found = propose(rows(CHILD, CHILD))
    assert found.header_last == 0
    assert found.columns == {}
    assert set(found.headings) == {0, 1, 2, 3, 4}
    assert found.missing == (Field.NAME, Field.ID_NO)


def test_an_empty_file_proposes_nothing():
    assert propose([]) == Mapping()


def test_the_relation_to_the_head_of_the_household_is_not_guessed():
    assert recognise("与户主关系") is None
    assert recognise("户主姓名") is None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("姓  名", Field.NAME),
        ("姓名*", Field.NAME),
        ("儿童姓名（必填）", Field.NAME),
        ("被监护人姓名", Field.NAME),
        ("家长姓名", Field.GUARDIAN_NAME),
        ("身份证\n号码", Field.ID_NO),
        ("身份证件号（18位）", Field.ID_NO),
        ("监护人身份证号", Field.GUARDIAN_ID_NO),
        ("父亲姓名", Field.FATHER_NAME),
        ("母亲联系电话", Field.MOTHER_PHONE),
        ("出生日期(格式：YYYY-MM-DD)", Field.BIRTH_DATE),
        ("户籍地行政区划代码", Field.HUKOU_CODE),
        ("户口所在地", Field.HUKOU_PLACE),
        ("户籍详细地址", Field.HUKOU_ADDRESS),
        ("现居住地址", Field.RESIDENCE_ADDRESS),
        ("所属街道（乡镇）", Field.RESIDENCE_TOWNSHIP),
        ("来本地居住时间", Field.LIVED_SINCE),
        ("随谁迁移", Field.MOVED_WITH),
        ("就读学校", Field.SCHOOL_NAME),
        ("学籍号", Field.PUPIL_RECORD_NO),
        ("是否留守儿童", Field.LEFT_BEHIND),
        ("是否进城务工人员随迁子女", Field.MIGRANT_WORKER_CHILD),
        ("是否办理居住证", Field.HAS_PERMIT),
        ("居住证有效期至", Field.PERMIT_UNTIL),
        ("参保地", Field.INSURED_PLACE),
        ("残疾人证号", Field.DISABILITY_CERTIFICATE_NO),
        ("残疾等级", Field.DISABILITY_GRADE),
        ("是否事实无人抚养儿童", Field.DE_FACTO_UNSUPPORTED),
        ("Child's name", Field.NAME),
        ("Date of birth", Field.BIRTH_DATE),
        ("ID number", Field.ID_NO),
        ("Guardian's phone", Field.GUARDIAN_PHONE),
        ("Ｎａｍｅ", Field.NAME),
    ],
)
def test_headings_in_peoples_own_words(heading, field):
    found = recognise(heading)
    assert found is not None
    assert found.field is field


def test_every_field_has_a_name_in_both_languages_that_its_own_heading_rule_knows():
    assert set(FIELDS) == set(Field)
    for field in Field:
        found = recognise(words_of(field).zh)
        assert found is not None, field
        assert found.field is field


def test_the_same_headings_have_the_same_fingerprint():
    assert fingerprint(["姓名", "性别"]) == fingerprint([" 姓 名*", "性别：\n"])
    assert fingerprint(["姓名", "性别"]) != fingerprint(["性别", "姓名"])


def test_a_persons_correction_moves_the_field():
    found = propose(rows(("姓名", "编码", "性别"), ("王小明", "1", "男")))
    corrected = found.with_column(1, Field.ID_NO).with_column(2, None)
    assert fields(corrected) == {0: "name", 1: "id_no"}
    assert corrected.with_column(0, Field.ID_NO).columns.keys() == {0}


def test_a_remembered_mapping_is_taken_over_wherever_the_headings_stand():
    first = propose(rows(("姓名", "编码", "性别"), ("王小明", "1", "男")))
    known = first.with_column(1, Field.ID_NO).with_codes(Field.SEX, {"A": "male"}).as_dict()
    later = propose(rows(("标题",), ("姓名", "编码", "性别"), ("李雷", "2", "A")), (), known)
    assert later.header_last == 2
    assert fields(later) == {0: "name", 1: "id_no", 2: "sex"}
    assert later.codes == {Field.SEX: {"A": "male"}}


def test_a_mapping_survives_being_written_down():
    found = propose(rows(("姓名", "身份证号", "证件号码", "怪列"), ("王小明", "1", "2", "3")))
    again = Mapping.from_dict(found.with_codes(Field.SEX, {"A": "male"}).as_dict())
    assert again == found.with_codes(Field.SEX, {"A": "male"})
    assert again.unmatched == {2: "证件号码", 3: "怪列"}
