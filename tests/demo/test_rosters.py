"""The lists are real files, and every promised defect really stands where the key says."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from unicodedata import normalize

import pytest

from tests.demo.reading import ReadBack, read_back
from tongxing.demo.answer_key import AnswerKey, RosterFile
from tongxing.demo.defects import ACCEPTED, CONFLICT, HELD, NOT_A_ROW, Defect, Planted
from tongxing.demo.name_tables import RARE_GIVEN
from tongxing.demo.places import HULI
from tongxing.demo.rosters import write_rosters
from tongxing.demo.values import Child
from tongxing.kernel.identity import Kind, examine

NUMBER = (
    "公民身份号码",
    "身份证件号",
    "身份证号",
    "身份证号码",
    "证件号码",
    "幼儿身份证号",
    "儿童身份证号",
)
NAME = ("姓名", "学生姓名", "幼儿姓名", "儿童姓名", "参保人姓名")
BIRTH = ("出生日期", "出生年月日", "出生年月")
HUKOU = ("户籍所在地", "户籍地", "户口所在地", "户籍地址")
ADULT = ("监护人姓名", "家长姓名", "户主姓名")
ADDRESS = ("现居住地址", "现住地址", "现居住地详细地址", "现住址", "家庭现住址", "家庭住址")
PHONE = ("联系电话", "监护人联系电话", "监护人电话", "家长电话", "家长联系电话")
TOWNSHIP = (
    "现居住地街道（镇）", "现住街道", "现居住乡镇（街道）", "现住街道（镇）", "现住乡镇（街道）",
    "所属街道", "所属乡镇", "街道（镇）", "街道", "乡镇（街道）",
)  # fmt: skip


class Seen:
    """One planted row as it stands in its file, beside the child it is about."""

    def __init__(self, read: ReadBack, plant: Planted, child: Child) -> None:
        self.read, self.plant, self.child = read, plant, child
        self.row = read.row(plant.row)

    def cell(self, headings: tuple[str, ...]) -> object:
        return self.read.cell(self.plant.row, *headings)

    def text(self, headings: tuple[str, ...]) -> str:
        return str(self.cell(headings) or "")

    @property
    def number(self) -> str:
        return self.text(NUMBER)

    def kind(self) -> Kind:
        return examine(self.number, allow_fictional=True).kind


def _has_true_number(seen: Seen) -> bool:
    read = examine(seen.number, allow_fictional=True)
    return read.number == seen.child.identity_number and read.dressed


LOOKS: Mapping[Defect, Callable[[Seen], bool]] = {
    Defect.NUMERIC_CELL: lambda seen: isinstance(seen.cell(NUMBER), int | float),
    Defect.SCIENTIFIC_TEXT: lambda seen: seen.number.endswith("E+17"),
    Defect.ENDS_IN_000: lambda seen: seen.kind() is Kind.TRUNCATED,
    Defect.MASKED_NUMBER: lambda seen: seen.kind() is Kind.MASKED,
    Defect.MASKED_NAME: lambda seen: "*" in seen.text(NAME),
    Defect.BAD_CHECK_CHARACTER: lambda seen: seen.kind() is Kind.BAD_CHECK,
    Defect.DIGIT_LOST: lambda seen: len(seen.number) == 17,
    Defect.GUARDIANS_NUMBER: lambda seen: (
        seen.number in {adult.identity_number for adult in seen.child.guardians}
    ),
    Defect.TWINS_NUMBER: lambda seen: (
        seen.kind() is Kind.VALID and seen.number != seen.child.identity_number
    ),
    Defect.PLACEHOLDER_NUMBER: lambda seen: seen.kind() in {Kind.PLACEHOLDER, Kind.TRUNCATED},
    Defect.FULL_WIDTH_NUMBER: lambda seen: _has_true_number(seen) and "９９" in seen.number,
    Defect.BLANKS_IN_NUMBER: lambda seen: _has_true_number(seen) and len(seen.number) == 19,
    Defect.APOSTROPHE: lambda seen: _has_true_number(seen) and seen.number.startswith("'"),
    Defect.LOWER_X: lambda seen: _has_true_number(seen) and seen.number.endswith("x"),
    Defect.CROSS_FOR_X: lambda seen: _has_true_number(seen) and seen.number[-1] in "×Ⅹ",
    Defect.NAME_SPACED: lambda seen: re.sub(r"\s", "", seen.text(NAME)) == seen.child.name,
    Defect.MIDDLE_DOT_VARIANT: lambda seen: "·" in seen.child.name and "·" not in seen.text(NAME),
    Defect.RARE_CHARACTER_LOST: lambda seen: bool(re.search("[?□]", seen.text(NAME))),
    Defect.TRADITIONAL_NAME: lambda seen: (
        seen.text(NAME)[0] != seen.child.name[0] and seen.text(NAME)[1:] == seen.child.name[1:]
    ),
    Defect.HOMOPHONE_NAME: lambda seen: (
        seen.text(NAME) != seen.child.name and len(seen.text(NAME)) == len(seen.child.name)
    ),
    Defect.BIRTH_CONTRADICTS_NUMBER: lambda seen: seen.number == seen.child.identity_number,
    Defect.SEX_CONTRADICTS_NUMBER: lambda seen: (
        seen.text(("性别",)) in ({"2", "女", "女性"} if _is_boy(seen) else {"1", "男", "男性"})
    ),
    Defect.IMPOSSIBLE_DATE: lambda seen: seen.text(BIRTH).endswith("-02-30"),
    Defect.AGE_FOR_BIRTH_DATE: lambda seen: seen.text(BIRTH).endswith("岁") and not seen.number,
    Defect.FIXED_CUT_DATE: lambda seen: "以后出生" in seen.text(BIRTH),
    Defect.LUNAR_DATE: lambda seen: seen.text(BIRTH).startswith("农历"),
    Defect.EXCEL_SERIAL: lambda seen: isinstance(seen.cell(BIRTH), int),
    Defect.OLD_DIVISION_NAME: lambda seen: (
        seen.child.hukou is not None and seen.text(HUKOU) != seen.child.hukou.text
    ),
    Defect.ADDRESS_WITHOUT_STREET: lambda seen: (
        seen.child.residence.township.name not in seen.text(ADDRESS)
    ),
    Defect.BLANK_CELLS: lambda seen: None in seen.row,
    Defect.SHARED_PHONE: lambda seen: seen.text(PHONE).startswith("199009000"),
    Defect.PHONE_NONE: lambda seen: seen.text(PHONE) == "无",
    Defect.PHONE_CHANGED: lambda seen: seen.text(PHONE).startswith("199009"),
    Defect.GUARDIAN_WITHOUT_NAME: lambda seen: (
        {"爸爸", "妈妈", "爷爷", "奶奶", "叔叔", "姑姑"} & set(map(str, seen.row)) != set()
    ),
    Defect.FIFTEEN_DIGIT_GUARDIAN: lambda seen: any(
        re.fullmatch(r"99\d{13}", str(cell)) for cell in seen.row
    ),
    Defect.LEFT_BEHIND_AND_MIGRANT: lambda seen: {"2", "双方外出"} & set(seen.row) != set(),
    Defect.YES_NO_MIXED: lambda seen: seen.text(("是否办理居住证",)) in {"√", "Y", "有", "是", "×"},
    Defect.NO_NAME_NO_NUMBER: lambda seen: not seen.number and not seen.text(NAME),
    Defect.HIDDEN_ROW: lambda seen: seen.plant.row in seen.read.hidden_rows,
    Defect.TWO_TOWNSHIPS: lambda seen: seen.text(TOWNSHIP) != seen.child.residence.township.name,
}


def _is_boy(seen: Seen) -> bool:
    return int(seen.child.identity_number[16]) % 2 == 1


def _rows_with(defect: Defect, rosters, key, children) -> Iterator[Seen]:
    paths = {file.path.name: file.path for file in rosters}
    for plant in key.planted:
        if plant.defect is defect:
            yield Seen(read_back(paths[plant.file]), plant, children[plant.child])


@pytest.mark.parametrize("defect", LOOKS)
def test_the_defect_stands_where_the_key_says(
    defect: Defect, rosters: list[RosterFile], key: AnswerKey, children: dict[str, Child]
):
    rows = list(_rows_with(defect, rosters, key, children))
    assert rows
    wrong = [(seen.plant, seen.row) for seen in rows if not LOOKS[defect](seen)]
    assert wrong == []


def _digits_of(written: object) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", str(written))]


def _ways_to_write(born: date | None) -> list[list[int]]:
    assert born is not None
    return [[born.year, born.month, born.day], [int(f"{born:%Y%m%d}")]]


def test_a_date_in_another_format_is_the_same_date(rosters, key, children):
    for seen in _rows_with(Defect.DATE_FORMAT, rosters, key, children):
        assert _digits_of(seen.cell(BIRTH)) in _ways_to_write(seen.child.birth_date)


def test_a_contradicting_birth_date_is_another_date(rosters, key, children):
    for seen in _rows_with(Defect.BIRTH_CONTRADICTS_NUMBER, rosters, key, children):
        written = seen.cell(BIRTH)
        day = written.date() if isinstance(written, datetime) else written
        assert _digits_of(day) not in _ways_to_write(seen.child.birth_date)


def _said(row: tuple[object, ...]) -> list[object]:
    """The row without its serial number and its formula, which differ from line to line."""
    return [cell for cell in row[1:] if not str(cell).startswith("=")]


def test_a_duplicate_row_repeats_a_row_of_the_same_list(rosters, key, children):
    for seen in _rows_with(Defect.DUPLICATE_ROW, rosters, key, children):
        same = [row for row in seen.read.rows if _said(row) == _said(seen.row)]
        assert len(same) == 2


def test_totals_footers_headings_and_blank_rows_are_there(rosters, key):
    paths = {file.path.name: file.path for file in rosters}
    found: Counter[Defect] = Counter()
    for plant in key.planted:
        if plant.expected_class != NOT_A_ROW:
            continue
        row = read_back(paths[plant.file]).row(plant.row)
        found[plant.defect] += {
            Defect.TOTALS_ROW: row[0] == "合计",
            Defect.FOOTER_ROW: row[0] == "填表人：",
            Defect.REPEATED_HEADING: row[0] == "序号",
            Defect.BLANK_ROW: not any(row),
        }[plant.defect]
    assert found == {
        Defect.TOTALS_ROW: 9,
        Defect.FOOTER_ROW: 6,
        Defect.REPEATED_HEADING: 3,
        Defect.BLANK_ROW: 6,
    }


def test_school_rosters_have_titles_merged_headings_formulas_and_hidden_parts(rosters):
    for file in rosters:
        if file.source != "education":
            continue
        read = read_back(file.path)
        assert read.head == 4
        assert read.merged >= 8
        assert read.hidden_sheets == ("代码表",)
        assert len(read.hidden_rows) == 3
        assert str(read.cell(read.head + 1, "年龄")).startswith("=DATEDIF(")


def test_lists_come_in_the_encodings_offices_use(rosters):
    by_source = {file.source: file.path.read_bytes() for file in rosters if file.place == HULI}
    assert by_source["police"].startswith(b"\xef\xbb\xbf")
    assert by_source["kindergarten"].decode("gb18030").startswith("湖里区在园流动幼儿名册")
    with pytest.raises(UnicodeDecodeError):
        by_source["kindergarten"].decode("utf-8")


def test_codes_stand_in_one_place_and_labels_in_the_others(rosters):
    sexes = {
        file.place: {read_back(file.path).cell(row, "性别") for row in range(8, 120)}
        for file in rosters
        if file.source == "police"
    }
    assert list(sexes.values()) == [{"1", "2"}, {"男", "女"}, {"男性", "女性"}]


def test_there_are_seven_lists_a_place_of_a_size_that_can_be_imported_in_a_minute(rosters):
    assert len(rosters) == 21
    assert len({(file.place, file.source) for file in rosters}) == 21
    assert 6_000 <= sum(file.rows for file in rosters) <= 8_500


def test_lists_come_in_the_order_in_which_they_were_made(rosters):
    for place in {file.place for file in rosters}:
        days = [file.as_of for file in rosters if file.place == place]
        assert days == sorted(days)


def test_every_data_row_is_counted_and_known(rosters, key, children):
    for file in rosters:
        assert len(key.lines[file.path.name]) == file.rows
        assert set(key.lines[file.path.name].values()) <= children.keys()


def test_every_child_stands_in_some_list(key, children):
    named = {child for lines in key.lines.values() for child in lines.values()}
    assert named == children.keys()


def test_a_row_without_a_plant_shows_the_child_as_it_is(rosters, key, children):
    spoilt = {(plant.file, plant.row) for plant in key.planted}
    for file in rosters:
        read = read_back(file.path)
        for row, child_id in key.lines[file.path.name].items():
            if (file.path.name, row) in spoilt:
                continue
            child = children[child_id]
            number = child.document.number if child.document else child.identity_number
            assert read.cell(row, *NAME) == child.name
            assert (read.cell(row, *NUMBER) or "") == number


def test_no_written_identity_number_has_a_real_province(rosters):
    like_a_number = re.compile(r"(?<!\d)(\d{17}[\dXx]|\d{15})(?!\d)")
    for file in rosters:
        for row in read_back(file.path).rows:
            for cell in row:
                for found in like_a_number.findall(normalize("NFKC", str(cell))):
                    placeholder = len(set(found)) == 1 or found.startswith("123456")
                    assert found.startswith("99") or placeholder


def test_rare_characters_survive_the_journey(rosters, key, children):
    spoilt = {(plant.file, plant.row) for plant in key.planted}
    rare = frozenset("".join(RARE_GIVEN)) - frozenset("雨彤子")
    shown = {
        file.path.suffix
        for file in rosters
        for row, child in key.lines[file.path.name].items()
        if (file.path.name, row) not in spoilt and not rare.isdisjoint(children[child].name)
        if not rare.isdisjoint(str(read_back(file.path).cell(row, *NAME)))
    }
    assert shown == {".csv", ".xlsx"}


def test_a_spoilt_row_has_one_fate(key):
    fates: dict[tuple[str, int], set[tuple[str, ...]]] = {}
    for plant in key.planted:
        if plant.row:
            fates.setdefault((plant.file, plant.row), set()).add(plant.expected_class)
    assert all(len(fate - {ACCEPTED}) <= 1 for fate in fates.values())
    assert not any(HELD in fate and len(fate) > 1 for fate in fates.values())


def test_about_three_rows_in_a_hundred_are_held(rosters, key):
    held = {(plant.file, plant.row) for plant in key.planted if plant.expected_class == HELD}
    assert 0.02 < len(held) / sum(file.rows for file in rosters) < 0.05


def test_a_conflict_is_planted_only_on_a_child_seen_before(rosters, key):
    order = [file.path.name for file in rosters]
    for plant in key.planted:
        if plant.expected_class == CONFLICT and plant.defect is Defect.HOMOPHONE_NAME:
            earlier = order[: order.index(plant.file)]
            assert any(plant.child in key.lines[file].values() for file in earlier)


def test_writing_twice_gives_the_same_files(town, rosters, tmp_path):
    again = write_rosters(town, tmp_path)
    assert [file.path.name for file in again] == [file.path.name for file in rosters]
    for first, second in zip(rosters, again, strict=True):
        assert first.path.read_bytes() == second.path.read_bytes()
    keys = [file.path.with_name("answer_key.json").read_text() for file in (rosters[0], again[0])]
    assert keys[0] == keys[1]
