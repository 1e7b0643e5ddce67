"""Names, identity numbers, guardians, phones: damage is named, dress is taken off, nothing is
repaired."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registry.rules.lines import BOY, FATHER, GIRL, codes_of, line, number
from tongxing.exchange.spreadsheets import CellError


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("王小明", "王小明"),
        ("王　明", "王明"),
        (" 王 明 ", "王明"),
        ("王\u200b明\ufeff", "王明"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("李㛃", "李㛃"),
        ("王𬭩", "王𬭩"),
        ("欧阳娜娜美", "欧阳娜娜美"),
        ("Anna Maria", "Anna Maria"),
    ],
)
def test_names_keep_their_characters_and_lose_their_dress(written, kept):
    read = line(name=written)
    assert read["values"]["name"] == kept
    assert read["state"] == "usable"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("王*明", "name_masked"),
        ("王**", "name_masked"),
        ("张某某", "name_masked"),
        ("张某", "name_masked"),
        ("李××", "name_masked"),
        ("王XX", "name_masked"),
        ("王?", "name_damaged"),
        ("王□明", "name_damaged"),
        ("王\ue123", "name_damaged"),
        ("王\ufffd明", "name_damaged"),
        ("王小明1", "name_damaged"),
        ("王明、李雷", "name_placeholder"),
        ("姓名", "name_placeholder"),
        ("新生儿", "name_placeholder"),
        ("王", "name_placeholder"),
        (CellError("#N/A"), "cell_error"),
    ],
)
def test_names_that_cannot_be_used_hold_the_row(written, code):
    read = line(name=written, id_no=BOY)
    assert read["state"] == "held"
    assert code in codes_of(read)


def test_what_stands_in_brackets_is_not_part_of_the_name():
    read = line(name="王小明（小名：毛毛）")
    assert read["values"]["name"] == "王小明"
    assert codes_of(read) == ["name_with_remark"]
    assert read["problems"][0]["written"] == "王小明（小名：毛毛）"


def test_a_row_without_a_name_but_with_a_number_is_held():
    read = line(name=None, id_no=BOY)
    assert (read["state"], codes_of(read)) == ("held", ["name_missing"])


def test_a_good_number_gives_birth_date_and_sex_and_says_so():
    read = line(id_no=BOY)
    assert read["values"]["id_no"] == BOY
    assert read["values"]["birth_date"] == "2015-01-02"
    assert read["values"]["sex"] == "male"
    assert set(read["derived"]) == {"birth_date", "sex"}
    assert read["state"] == "usable"


FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@pytest.mark.parametrize(
    "dress",
    [
        lambda bare: bare.translate(FULL_WIDTH),
        lambda bare: f"'{bare}",
        lambda bare: f"{bare[:6]} {bare[6:14]} {bare[14:]}",
        lambda bare: f"{bare[:6]}\u00a0{bare[6:]}",
        lambda bare: f"\u200b{bare}\u200b",
    ],
)
def test_the_dress_of_a_number_is_taken_off_and_noted(dress):
    read = line(id_no=dress(BOY))
    assert read["values"]["id_no"] == BOY
    assert codes_of(read) == ["normalised"]
    assert read["problems"][0]["written"] == dress(BOY)


def number_with_x() -> str:
    return next(
        found for order in range(1, 99, 2) if (found := number(order=f"{order:03}"))[-1] == "X"
    )


def test_a_small_x_is_made_a_capital_and_noted():
    read = line(id_no=number_with_x().lower())
    assert read["values"]["id_no"] == number_with_x()
    assert codes_of(read) == ["id_letter_lower"]


@pytest.mark.parametrize("cross", ["×", "Ⅹ", "х"])
def test_crosses_for_an_x_are_read_as_x(cross):
    assert line(id_no=number_with_x()[:17] + cross)["values"]["id_no"] == number_with_x()


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (9.90203201501020e17, "id_numeric_cell"),
        (990203201501020018, "id_numeric_cell"),
        ("9.90203E+17", "id_truncated"),
        ("990203201501020000", "id_truncated"),
        ("990203********0018", "id_masked"),
        (BOY[:17] + ("0" if BOY[17] != "0" else "1"), "id_bad_check"),
        ("990203201513450018", "id_impossible_date"),
        ("99020320150102", "id_wrong_length"),
        (BOY + "1", "id_wrong_length"),
        ("990203150102001", "id_first_generation"),
        ("000000000000000000", "id_placeholder"),
        ("123456789012345678", "id_placeholder"),
        (f"G{BOY}", "id_school_made"),
        (number(region="890203"), "id_unknown_region"),
        (CellError("#N/A"), "cell_error"),
        (number(born="19880506"), "id_of_an_adult"),
    ],
)
def test_damaged_numbers_hold_the_row_and_are_not_taken(cell, code):
    read = line(id_no=cell)
    assert read["state"] == "held"
    assert code in codes_of(read)
    assert "id_no" not in read["values"]


def test_nothing_follows_from_somebody_elses_number():
    read = line(id_no=FATHER, guardian_id_no=FATHER, birth_date="2015-01-02", sex="女")
    assert codes_of(read) == ["id_guardians_number"]
    assert (read["values"]["birth_date"], read["values"]["sex"]) == ("2015-01-02", "female")
    adult = line(id_no=FATHER, birth_date="2015-01-02")
    assert codes_of(adult) == ["id_of_an_adult"]
    assert adult["values"]["birth_date"] == "2015-01-02"
    assert "sex" not in adult["values"]


def test_a_grown_up_whose_number_and_birth_date_agree_is_only_noted():
    read = line(id_no=FATHER, birth_date="1988-05-06")
    assert (read["state"], codes_of(read)) == ("usable", ["age_out_of_range"])
    assert read["values"]["id_no"] == FATHER


def test_fictional_numbers_are_refused_outside_demonstrations():
    read = line(id_no=BOY, fictional=False)
    assert (read["state"], codes_of(read)) == ("held", ["id_fictional"])


@pytest.mark.parametrize("cell", [None, "", " ", "-", "/"])
def test_no_number_is_normal(cell):
    read = line(id_no=cell)
    assert (read["state"], read["problems"]) == ("usable", [])


@pytest.mark.parametrize("cell", ["无", "暂无", "未办理"])
def test_a_number_that_is_said_to_be_missing_is_only_noted(cell):
    assert codes_of(line(id_no=cell)) == ["id_stated_missing"]


def test_other_documents_are_kept_apart():
    read = line(id_no="H1234567", id_type="香港")
    assert read["values"]["document_no"] == "H1234567"
    assert read["values"]["id_type"] == "hongkong_macau"
    assert "id_no" not in read["values"]
    assert read["state"] == "usable"


def test_a_sex_that_contradicts_the_number_holds_the_row():
    read = line(id_no=GIRL, sex="男")
    assert (read["state"], codes_of(read)) == ("held", ["sex_contradicts_id"])
    assert (read["values"]["sex"], read["values"]["sex_stated"]) == ("female", "male")


def test_the_guardians_number_in_the_childs_column():
    read = line(id_no=FATHER, guardian_id_no=FATHER)
    assert read["state"] == "held"
    assert "id_no" not in read["values"]
    twin = line(id_no=BOY, guardian_id_no=BOY)
    assert "id_guardians_number" in codes_of(twin)


@given(st.integers(0, 16), st.integers(0, 9), st.dates())
def test_a_single_mistyped_digit_never_enters_as_the_childs_number(at, digit, born):
    right = number(born=f"{born:%Y%m%d}".rjust(8, "0"))
    wrong = right[:at] + str(digit) + right[at + 1 :]
    read = line(id_no=wrong)
    assert read["values"].get("id_no", right) == right


def test_guardians_from_their_own_columns():
    read = line(
        guardian_name="王大明",
        guardian_relation="爷爷",
        guardian_id_no=FATHER,
        guardian_phone="199 0000 1111",
        guardian_work_place="第一建筑公司",
    )
    assert read["guardians"] == [
        {
            "name": "王大明",
            "id_no": FATHER,
            "phone": "19900001111",
            "work_place": "第一建筑公司",
            "relation": "61",
            "relation_written": "爷爷",
            "source": "guardian",
        }
    ]


def test_father_and_mother_have_their_relation_by_their_columns():
    read = line(father_name="王大明", mother_name="李丽", mother_phone="19900001112")
    assert [(adult["relation"], adult["source"]) for adult in read["guardians"]] == [
        ("51", "father"),
        ("52", "mother"),
    ]


def test_the_guardian_who_is_also_named_as_father_is_one_person():
    read = line(guardian_name="王大明", father_name="王大明", father_phone="19900001111")
    assert read["guardians"] == [
        {"name": "王大明", "source": "guardian", "relation": "51", "phone": "19900001111"}
    ]


def test_an_empty_father_is_nobody():
    assert line(father_name=None, father_phone="无")["guardians"] == []


def test_a_kinship_word_in_the_names_place_keeps_the_relation_and_asks_for_the_name():
    read = line(guardian_name="爷爷", guardian_phone="19900001111")
    [adult] = read["guardians"]
    assert (adult["relation"], adult["relation_written"]) == ("61", "爷爷")
    assert "name" not in adult
    assert codes_of(read) == ["guardian_name_is_relation"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("51", "51"),
        ("父亲", "51"),
        ("妈妈", "52"),
        ("母女", "52"),
        ("姥姥", "64"),
        ("外公", "63"),
        ("继父", "57"),
        ("其他亲属", "97"),
    ],
)
def test_relations_by_code_and_by_word(written, code):
    [adult] = line(guardian_name="王大明", guardian_relation=written)["guardians"]
    assert adult["relation"] == code


@pytest.mark.parametrize("written", ["儿子", "干爹", "老板"])
def test_a_relation_in_no_table_is_kept_as_written(written):
    read = line(guardian_name="王大明", guardian_relation=written)
    assert "relation" not in read["guardians"][0]
    assert read["guardians"][0]["relation_written"] == written
    assert codes_of(read) == ["guardian_relation_unknown"]


def test_a_guardians_bad_number_is_left_out_without_holding_the_child():
    read = line(guardian_name="王大明", guardian_id_no="123")
    assert read["state"] == "usable"
    assert codes_of(read) == ["guardian_id_invalid"]
    assert "id_no" not in read["guardians"][0]


def test_a_guardians_old_number_is_accepted_in_its_new_form():
    old = FATHER[:6] + FATHER[8:17]
    assert line(guardian_name="王大明", guardian_id_no=old)["guardians"][0]["id_no"] == FATHER


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("19900001111", "19900001111"),
        (19900001111.0, "19900001111"),
        ("199-0000-1111", "19900001111"),
        ("199 0000 1111", "19900001111"),
        ("+86 19900001111", "19900001111"),
        ("8619900001111", "19900001111"),
        ("１９９００００１１１１", "19900001111"),
        ("0472-5123456", "04725123456"),
        ("（0472）5123456", "04725123456"),
        ("5123456", "5123456"),
    ],
)
def test_phones_in_many_dresses(written, digits):
    read = line(guardian_phone=written)
    assert read["guardians"][0]["phone"] == digits


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("无", "phone_placeholder"),
        ("11111111111", "phone_placeholder"),
        ("12345678901", "phone_placeholder"),
        ("199****1111", "phone_masked"),
        ("1990000111", "phone_unlikely"),
        ("没带手机", "phone_unlikely"),
    ],
)
def test_phones_that_are_none(written, code):
    read = line(guardian_phone=written)
    assert codes_of(read) == [code]
    assert read["guardians"] == []


def test_two_phones_in_one_cell_give_the_first_usable_one():
    read = line(guardian_phone="12345/19900001111、19900002222")
    assert read["guardians"][0]["phone"] == "19900001111"
    assert codes_of(read) == ["phone_several"]
