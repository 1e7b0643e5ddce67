"""What can be wrong with a row, and how grave it is.

reject: the row cannot be a child. hold: a person decides before it may enter. note: the row goes
on, the doubtful value is left out (or kept as written), and the note stays with it.
"""

from enum import StrEnum
from typing import NamedTuple

from tongxing.exchange.spreadsheets.values import Words


class Severity(StrEnum):
    NOTE = "note"
    HOLD = "hold"
    REJECT = "reject"


class Problem(NamedTuple):
    """One kind of trouble, with a sentence in both languages."""

    code: str
    severity: Severity
    words: Words


class Finding(NamedTuple):
    """A problem at its place: which field, which column (from 0), what the cell says."""

    problem: Problem
    field: str | None
    column: int | None
    written: str

    def as_dict(self) -> dict[str, str | int | None]:
        return {
            "code": self.problem.code,
            "severity": self.problem.severity.value,
            "field": self.field,
            "column": self.column,
            "written": self.written,
        }


_SENTENCES: dict[Severity, dict[str, tuple[str, str]]] = {
    Severity.REJECT: {
        "no_name_no_number": (
            "这一行既没有姓名，也没有身份证件号码。",
            "The row has neither a name nor an identity number.",
        ),
        "totals_row": ("这一行是合计，不是儿童。", "The row is a total, not a child."),
        "footer_row": (
            "这一行是填表说明或签章，不是儿童。",
            "The row is a note or a signature line, not a child.",
        ),
        "repeated_heading": ("这一行是重复的表头。", "The row repeats the headings."),
        "example_row": ("这一行是填写示例。", "The row is an example of how to fill in the form."),
        "masked_row": (
            "姓名和身份证件号码都被遮盖（*），无法使用。请来源单位提供完整数据。",
            "Both name and identity number are masked (*). Ask the source for complete data.",
        ),
        "error_row": (
            "姓名和身份证件号码都是出错的公式。请来源单位更正。",
            "Name and identity number are both failed formulas. Ask the source to correct them.",
        ),
    },
    Severity.HOLD: {
        "id_numeric_cell": (
            "身份证件号码被存成了数字，末尾几位已经丢失。请来源单位把该列设为文本后重报。",
            "The identity number was stored as a number and has lost its last digits. "
            "Ask the source to format the column as text and send it again.",
        ),
        "id_truncated": (
            "身份证件号码以 000 结尾或为科学计数法，很可能被表格软件截断。",
            "The identity number ends in 000 or is in scientific notation: "
            "a spreadsheet program has probably cut it off.",
        ),
        "id_masked": ("身份证件号码被遮盖（*）。", "The identity number is masked (*)."),
        "id_bad_check": (
            "身份证件号码的校验码不对，至少有一位写错。",
            "The check character of the identity number is wrong: "
            "at least one character is mistyped.",
        ),
        "id_wrong_length": (
            "身份证件号码的位数不对。",
            "The identity number does not have the right number of characters.",
        ),
        "id_placeholder": (
            "身份证件号码是占位用的数字，不是真实号码。",
            "The identity number is a placeholder, not a real number.",
        ),
        "id_impossible_date": (
            "身份证件号码里的出生日期不存在。",
            "The birth date inside the identity number does not exist.",
        ),
        "id_unknown_region": (
            "身份证件号码开头的地区代码不存在。",
            "The region at the beginning of the identity number does not exist.",
        ),
        "id_fictional": (
            "身份证件号码是演示用的虚构号码。",
            "The identity number is a fictional one, made for demonstrations.",
        ),
        "id_first_generation": (
            "这是 15 位旧身份证号码，儿童不会有这种号码。",
            "This is an old identity number of 15 digits, which no child can have.",
        ),
        "id_school_made": (
            "这是学籍编号（以 G 或 L 开头），不是身份证件号码。",
            "This is a pupil number (it begins with G or L), not an identity number.",
        ),
        "id_guardians_number": (
            "儿童的身份证件号码与监护人的相同。",
            "The child has the same identity number as a guardian.",
        ),
        "id_of_an_adult": (
            "身份证件号码属于一位成年人，可能填了监护人的号码。",
            "The identity number belongs to an adult; it may be a guardian's.",
        ),
        "birth_date_contradicts_id": (
            "出生日期与身份证件号码不一致。",
            "The birth date contradicts the identity number.",
        ),
        "sex_contradicts_id": (
            "性别与身份证件号码不一致。",
            "The sex contradicts the identity number.",
        ),
        "birth_date_unreadable": ("出生日期无法识别。", "The birth date cannot be read."),
        "birth_date_ambiguous": (
            "出生日期的年月日顺序不明确。",
            "It is unclear which part of the birth date is the day and which the month.",
        ),
        "birth_date_lunar": (
            "出生日期是农历，需要核实公历日期。",
            "The birth date is in the lunar calendar; the solar date must be verified.",
        ),
        "age_without_birth_date": (
            "只写了年龄，没有出生日期。",
            "Only an age is given, not a birth date.",
        ),
        "birth_date_fixed_cut": (
            "出生日期一栏写的是时间范围，不是日期。",
            "The birth date column holds a range, not a date.",
        ),
        "birth_date_in_future": ("出生日期晚于今天。", "The birth date lies in the future."),
        "name_missing": ("没有姓名。", "The name is missing."),
        "name_masked": (
            "姓名被遮盖（*、某、×）。",
            "The name is masked (*, 某 or ×).",
        ),
        "name_damaged": (
            "姓名里有无法显示的字符，可能是生僻字丢失。",
            "The name contains unreadable characters; a rare character may have been lost.",
        ),
        "name_placeholder": (
            "姓名一栏填的不是姓名。",
            "What stands in the name column is not a name.",
        ),
        "sex_unknown_word": ("性别无法识别。", "The sex cannot be read."),
        "cell_error": (
            "关键信息所在的单元格是出错的公式。",
            "A cell with essential information is a failed formula.",
        ),
    },
    Severity.NOTE: {
        "normalised": (
            "去掉了全角字符、空格或不可见字符。",
            "Full-width, blank or invisible characters were removed.",
        ),
        "id_letter_lower": (
            "身份证件号码末位的字母已统一为大写 X。",
            "The letter at the end of the identity number was made a capital X.",
        ),
        "id_stated_missing": (
            "写明没有身份证件号码。",
            "The list says that there is no identity number.",
        ),
        "id_other_document": (
            "填的不是居民身份证号码，按其他证件登记。",
            "The number is not a resident identity number; it is kept as another document.",
        ),
        "birth_date_partial": (
            "出生日期不完整，只有年份或年月。",
            "The birth date is incomplete: only the year or the month is given.",
        ),
        "birth_date_from_id": (
            "出生日期一栏无法采用，按身份证件号码登记。",
            "The birth date as given cannot be used; the one in the identity number was taken.",
        ),
        "age_out_of_range": (
            "按出生日期，年龄不在 0 至 17 岁之间。",
            "By the birth date, the age is not between 0 and 17.",
        ),
        "age_disagrees": (
            "所填年龄与出生日期不符，以出生日期为准。",
            "The age given does not fit the birth date; the birth date counts.",
        ),
        "name_with_remark": (
            "姓名后的括号内容已作为备注，未并入姓名。",
            "What stands in brackets after the name was not taken as part of it.",
        ),
        "guardian_id_invalid": (
            "监护人的身份证件号码不能使用，未录入。",
            "The guardian's identity number cannot be used and was left out.",
        ),
        "guardian_name_is_relation": (
            "监护人姓名一栏填的是称谓，需要补充姓名。",
            "The guardian's name is given as a relation only; the name is still needed.",
        ),
        "guardian_name_unusable": (
            "监护人姓名被遮盖或无法识别，未录入。",
            "The guardian's name is masked or unreadable and was left out.",
        ),
        "guardian_relation_unknown": (
            "监护人与儿童的关系无法识别，按原文保留。",
            "The guardian's relation to the child cannot be read; it is kept as written.",
        ),
        "phone_placeholder": (
            "电话是占位内容，未录入。",
            "The phone number is a placeholder and was left out.",
        ),
        "phone_unlikely": (
            "电话号码不像真实号码，未录入。",
            "The phone number is unlikely and was left out.",
        ),
        "phone_masked": (
            "电话号码被遮盖，未录入。",
            "The phone number is masked and was left out.",
        ),
        "phone_several": (
            "电话一栏有多个号码，只录入第一个可用的。",
            "There are several phone numbers; the first usable one was taken.",
        ),
        "ethnicity_unknown": ("民族无法识别，未录入。", "The ethnicity cannot be read."),
        "ethnicity_alias": (
            "民族用的是旧称，已按现行代码登记。",
            "The ethnicity is given by an old name; the present code was taken.",
        ),
        "date_unreadable": ("日期无法识别，未录入。", "The date cannot be read."),
        "date_in_future": ("日期晚于今天，请核实。", "The date lies in the future; check it."),
        "yes_no_unknown": (
            "“是否”一栏的内容无法识别，未录入。",
            "It is neither a yes nor a no and was left out.",
        ),
        "code_unknown": (
            "代码或选项无法识别，未录入。",
            "The code or word is not known and was left out.",
        ),
        "division_code_unknown": (
            "行政区划代码不正确，未录入。",
            "The division code is not valid and was left out.",
        ),
        "stage_unknown": ("学段无法识别。", "The stage of schooling cannot be read."),
        "grade_unknown": ("年级无法识别，按原文保留。", "The grade is kept as written."),
        "hardship_unknown_word": (
            "困难类型中有无法识别的内容，按原文保留。",
            "Part of the hardship is not known; it is kept as written.",
        ),
        "certificate_unlikely": (
            "残疾人证号不符合编码规则，按原文保留。",
            "The disability certificate number does not follow the rule; it is kept as written.",
        ),
        "left_behind_and_migrant": (
            "既标为留守儿童又标为随迁子女，需要核实。",
            "The child is marked both as left behind and as accompanying; verify it.",
        ),
        "hidden_row": ("这一行在原表中是隐藏的。", "The row is hidden in the original sheet."),
        "value_error": (
            "单元格是出错的公式，未录入。",
            "The cell is a failed formula and was left out.",
        ),
        "number_unreadable": ("数字无法识别，未录入。", "The number cannot be read."),
    },
}

PROBLEMS: dict[str, Problem] = {
    code: Problem(code, severity, Words(*sentences))
    for severity, by_code in _SENTENCES.items()
    for code, sentences in by_code.items()
}


def problem(code: str) -> Problem:
    return PROBLEMS[code]


def words_of_problem(code: str) -> Words:
    """The sentence for people. Raises KeyError for a code that no rule gives."""
    return PROBLEMS[code].words
