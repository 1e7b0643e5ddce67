"""Words, codes and numbers: what is in no table is a note, never a default."""

from typing import Any

import pytest

from tests.registry.rules.lines import codes_of, line
from tongxing.exchange.spreadsheets import CellError
from tongxing.registry.rules.cells import bare, plain, text_of
from tongxing.registry.rules.fields import Field
from tongxing.registry.rules.problems import PROBLEMS, Severity, words_of_problem


def said(field: str, cell: Any):
    cells: dict[str, Any] = {field: cell}
    return line(**cells)["values"].get(field)


def test_every_problem_has_a_plain_sentence_in_both_languages():
    for code, problem in PROBLEMS.items():
        assert words_of_problem(code) == problem.words
        assert problem.words.zh.endswith("。")
        assert problem.words.en.endswith(".")
        assert problem.severity in Severity


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("x", "x"),
        (3.0, "3"),
        (3.5, "3.5"),
        (13900001111.0, "13900001111"),
        (True, "是"),
        (None, ""),
        (CellError("#N/A"), "#N/A"),
    ],
)
def test_cells_as_they_would_be_typed(cell, text):
    assert text_of(cell) == text


def test_a_number_beyond_fifteen_digits_does_not_pretend_to_be_exact():
    assert text_of(1.5020320150102e17) == "1.5020320150102e+17"


@pytest.mark.parametrize(
    ("dressed", "undressed"),
    [
        ("幸福\u200b路\u00a01号", "幸福路 1号"),
        ("　幸福路　1号 ", "幸福路 1号"),
        ("幸福路（西）", "幸福路（西）"),
        ("a\n b", "a b"),
    ],
)
def test_free_text_loses_what_nobody_typed_and_keeps_chinese_marks(dressed, undressed):
    assert bare(dressed) == undressed


def test_words_for_looking_up_are_narrow_and_small():
    assert plain("Ｙ ｅｓ") == "yes"
    assert plain("'1 ") == "1"
    assert plain("是\ufeff") == "是"


@pytest.mark.parametrize(
    "cell", ["是", "有", "√", "✓", "Y", "yes", "1", 1, 1.0, True, "已办理", " 是 "]
)
def test_yes(cell):
    assert said("has_permit", cell) is True


@pytest.mark.parametrize("cell", ["否", "无", "×", "x", "N", "0", 0, 0.0, False, "未办", "没有"])
def test_no(cell):
    assert said("has_permit", cell) is False


@pytest.mark.parametrize("cell", ["", " ", "-", "/", "不详", "未知", None])
def test_blank_is_neither_yes_nor_no(cell):
    read = line(has_permit=cell)
    assert "has_permit" not in read["values"]
    assert read["problems"] == []


@pytest.mark.parametrize("cell", ["可能", "2", "是否", "审批中"])
def test_an_unknown_word_is_never_a_default(cell):
    read = line(has_permit=cell)
    assert "has_permit" not in read["values"]
    assert codes_of(read) == ["yes_no_unknown"]
    assert read["problems"][0]["written"] == cell
    assert read["state"] == "usable"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("汉", "01"),
        ("汉族", "01"),
        ("01", "01"),
        (1.0, "01"),
        ("蒙古族", "02"),
        ("维吾尔", "05"),
        ("基诺族", "56"),
        ("56", "56"),
        ("其他", "97"),
    ],
)
def test_ethnic_groups_by_name_and_by_code(cell, code):
    assert said("ethnicity", cell) == code


@pytest.mark.parametrize(("old", "code"), [("毛难族", "36"), ("崩龙族", "46")])
def test_old_names_of_ethnic_groups_are_resolved_with_a_note(old, code):
    read = line(ethnicity=old)
    assert read["values"]["ethnicity"] == code
    assert codes_of(read) == ["ethnicity_alias"]


@pytest.mark.parametrize(
    ("cell", "sex"),
    [
        ("男", "male"),
        ("1", "male"),
        (1.0, "male"),
        ("男性", "male"),
        ("女", "female"),
        ("2", "female"),
        ("女孩", "female"),
        ("F", "female"),
    ],
)
def test_sex_by_code_and_label(cell, sex):
    assert said("sex", cell) == sex


def test_sex_not_stated_and_sex_unreadable_are_different():
    assert line(sex="0")["state"] == "usable"
    assert "sex" not in line(sex="9")["values"]
    assert codes_of(line(sex="先生")) == ["sex_unknown_word"]


@pytest.mark.parametrize(
    ("cell", "grade", "stage"),
    [
        ("三年级", 3, "primary"),
        ("3年级", 3, "primary"),
        ("小学三年级", 3, "primary"),
        (3.0, 3, "primary"),
        ("三（2）班", 3, "primary"),
        ("初二", 8, "junior"),
        ("初中一年级", 7, "junior"),
        ("八年级", 8, "junior"),
        ("高一", 10, "senior"),
        ("高三年级", 12, "senior"),
        ("职高二", 11, "vocational"),
        ("中专一年级", 10, "vocational"),
        ("大班", -1, "kindergarten"),
        ("小班", -3, "kindergarten"),
        ("中一班", None, None),
        ("2023级", None, None),
    ],
)
def test_grades_as_schools_write_them(cell, grade, stage):
    values = line(grade=cell)["values"]
    assert (values.get("grade"), values.get("stage")) == (grade, stage)
    assert values["grade_written"] == text_of(cell)


def test_a_stated_stage_is_not_overwritten_by_the_grade():
    read = line(grade="一年级", stage="特殊教育")
    assert read["values"]["stage"] == "special"
    assert read["derived"] == []


@pytest.mark.parametrize(
    ("cell", "key", "value"),
    [
        ("150203", "hukou_division", 150203000000),
        (150203.0, "hukou_division", 150203000000),
        ("150203001", "hukou_division", 150203001000),
        ("150203001002", "hukou_division", 150203001002),
        ("内蒙古自治区包头市", "hukou_place", "内蒙古自治区包头市"),
    ],
)
def test_places_by_code_or_by_name(cell, key, value):
    assert line(hukou_place=cell)["values"][key] == value


@pytest.mark.parametrize("cell", ["1502", "990203", "150203x", "12345678901234"])
def test_division_codes_that_are_none(cell):
    read = line(hukou_code=cell)
    assert codes_of(read) == ["division_code_unknown"]
    assert "hukou_division" not in read["values"]


def test_township_and_community_columns_make_one_place():
    read = line(residence_township="昆工路街道", residence_community="幸福社区")
    assert read["values"]["residence_place"] == "昆工路街道幸福社区"


@pytest.mark.parametrize(
    ("cell", "moved_with"),
    [
        ("父母双方", "both"),
        ("随父亲", "father"),
        ("妈妈", "mother"),
        ("爷爷奶奶", "other_guardian"),
        ("无（独自）", "nobody"),
    ],
)
def test_with_whom_a_child_moved(cell, moved_with):
    assert said("moved_with", cell) == moved_with


def test_a_lists_own_codes_are_read_only_when_somebody_said_what_they_mean():
    assert codes_of(line(moved_with="3")) == ["code_unknown"]
    read = line(moved_with="3", codes={Field.MOVED_WITH: {"3": "mother"}})
    assert read["values"]["moved_with"] == "mother"
    sexes = line(sex="甲", codes={Field.SEX: {"甲": "male"}})
    assert sexes["values"]["sex"] == "male"


@pytest.mark.parametrize(
    ("cell", "left_behind"),
    [
        ("0", "no"),
        ("1", "one_parent"),
        ("2", "both_parents"),
        ("否", "no"),
        ("是", "yes"),
        ("双亲留守", "both_parents"),
    ],
)
def test_left_behind_as_schools_code_it(cell, left_behind):
    assert said("left_behind", cell) == left_behind


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [
        ("低保", ["dibao"]),
        ("低保、重病", ["dibao", "serious_illness"]),
        ("事实无人抚养儿童", ["de_facto_unsupported"]),
        ("无", []),
        ("边缘易致贫户", ["poverty_relapse_watch"]),
    ],
)
def test_kinds_of_hardship(cell, kinds):
    assert said("hardship", cell) == kinds


def test_an_unknown_hardship_is_kept_as_written():
    read = line(hardship="父亲服刑")
    assert read["values"]["hardship"] == ["other"]
    assert read["values"]["hardship_written"] == "父亲服刑"
    assert codes_of(read) == ["hardship_unknown_word"]


def test_yes_and_no_columns_of_hardship_are_put_together():
    values = line(dibao="是", orphan="否", hardship="重病")["values"]
    assert values["hardship"] == ["serious_illness", "dibao"]
    assert values["not_hardship"] == ["orphan"]
    assert "dibao" not in values


def test_a_disability_certificate_tells_class_and_grade():
    read = line(disability_certificate_no="99020320150102001832")
    assert read["values"]["disability_class"] == 3
    assert read["values"]["disability_grade"] == 2
    assert set(read["derived"]) == {"disability_class", "disability_grade"}
    assert codes_of(line(disability_certificate_no="12345")) == ["certificate_unlikely"]


@pytest.mark.parametrize(
    ("cell", "kind"), [("肢体", 4), ("智力残疾", 5), ("7", 7), ("多重残疾", 7)]
)
def test_kinds_of_disability(cell, kind):
    assert said("disability_class", cell) == kind


@pytest.mark.parametrize(("cell", "grade"), [("一级", 1), ("4", 4), ("Ⅱ级", 2), ("三", 3)])
def test_grades_of_disability(cell, grade):
    assert said("disability_grade", cell) == grade


@pytest.mark.parametrize(
    ("cell", "insured"), [("正常参保", True), ("停保", False), ("未参保", False), ("是", True)]
)
def test_states_of_insurance(cell, insured):
    assert said("insured", cell) is insured


def test_years_of_insurance():
    assert said("insurance_year", "2026年度") == 2026
    assert said("insurance_year", 2026.0) == 2026
    assert codes_of(line(insurance_year="去年")) == ["number_unreadable"]


def test_a_failed_formula_is_left_out_with_a_note():
    read = line(school_name=CellError("#REF!"), has_permit=CellError("#N/A"))
    assert codes_of(read) == ["value_error", "value_error"]
    assert read["state"] == "usable"


@pytest.mark.parametrize(("cell", "age"), [("8岁", 8), (8.0, 8), ("8", 8)])
def test_ages(cell, age):
    assert said("age", cell) == age
