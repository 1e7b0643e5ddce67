"""The seven kinds of department list: their columns, fashions, members and order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tongxing.demo.places import HULI, KUNDULUN, PLACES, YAODU
from tongxing.demo.sheets import Encoding, Heading
from tongxing.demo.values import Child, HukouKind, Stage
from tongxing.demo.words import DateFashion, Fashion

_ORDER = (KUNDULUN, HULI, YAODU)


class Source(StrEnum):
    """Who keeps the list; in the order in which a county brings the lists in."""

    POLICE = "police"
    EDUCATION = "education"
    KINDERGARTEN = "kindergarten"
    HEALTH = "health"
    INSURANCE = "insurance"
    DPF = "dpf"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Column:
    """A field and what its heading is in Kundulun, Huli and Yaodu ("" = the list lacks it)."""

    field: str
    headings: tuple[str, str, str]
    group: str = ""
    width: int = 12

    def heading(self, place: int) -> Heading:
        text = self.headings[_ORDER.index(place)]
        note = "请按文本格式填写18位号码" if self.field == "id_no" else ""
        return Heading(text, self.group, self.width, note)

    def stands_in(self, place: int) -> bool:
        return bool(self.headings[_ORDER.index(place)])


def _column(field: str, *headings: str, group: str = "", width: int = 12) -> Column:
    kundulun, huli, yaodu = headings if len(headings) == 3 else headings * 3
    return Column(field, (kundulun, huli, yaodu), group, width)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One kind of list. `share` of the members who belong into it stand in it."""

    source: Source
    title_zh: str
    title_en: str
    columns: Sequence[Column]
    belongs: Callable[[Child], bool]
    share: float
    days_old: int
    dates: tuple[DateFashion, DateFashion, DateFashion]
    encoding: Encoding | None = None
    titles: tuple[int, int, int] = (0, 0, 0)
    sort_by: str = "township"

    def columns_in(self, place: int) -> list[Column]:
        return [column for column in self.columns if column.stands_in(place)]

    def titles_in(self, place: int) -> int:
        return self.titles[_ORDER.index(place)]

    def dates_in(self, place: int) -> DateFashion:
        return self.dates[_ORDER.index(place)]


FASHIONS: Mapping[int, Fashion] = {
    KUNDULUN: Fashion.CODES,
    HULI: Fashion.LABELS,
    YAODU: Fashion.EVERYDAY,
}

_PUPIL_STAGES = frozenset({Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR, Stage.VOCATIONAL})


# In Huli only some schools have reported so far; elsewhere all have.
_HULI_SCHOOLS = frozenset(
    PLACES[HULI].name + school
    for school in (*PLACES[HULI].primaries[:4], *PLACES[HULI].juniors[:2])
)


def _is_pupil(child: Child) -> bool:
    """A pupil from elsewhere, in a school that reports."""
    school = child.schooling
    if school is None or school.stage not in _PUPIL_STAGES:
        return False
    if child.hukou_kind is HukouKind.LOCAL:
        return False
    return child.place != HULI or school.school in _HULI_SCHOOLS


def _goes_to_kindergarten(child: Child) -> bool:
    return child.schooling is not None and child.schooling.stage is Stage.KINDERGARTEN


def _is_registered(child: Child) -> bool:
    """The police register people whose hukou is elsewhere, mostly those from other counties."""
    if child.hukou is None or child.hukou.township is not None:
        return False
    return child.birth_date is not None


POLICE = Listing(
    source=Source.POLICE,
    title_zh="流动未成年人居住登记信息",
    title_en="Residence registration of minors",
    belongs=_is_registered,
    share=0.76,
    days_old=40,
    dates=(DateFashion.COMPACT, DateFashion.ISO, DateFashion.ISO),
    encoding=Encoding.UTF8_BOM,
    sort_by="registered_on",
    columns=(
        _column("serial", "序号"),
        _column("name", "姓名"),
        _column("sex", "性别"),
        _column("ethnicity", "民族"),
        _column("id_no", "公民身份号码", "公民身份号码", "身份证号码"),
        _column("birth", "出生日期"),
        _column("hukou_place", "户籍所在地", "户籍所在地", "户籍地"),
        _column("hukou_code", "户籍地区划代码", "", "户籍地区划代码"),
        _column("hukou_address", "户籍地详址"),
        _column("township", "现居住地街道（镇）", "现住街道", "现居住乡镇（街道）"),
        _column("community", "社区（村）"),
        _column("address", "现居住地址", "现住地址", "现居住地详细地址"),
        _column("lived_since", "来本区居住日期", "来现住地日期", "来本地日期"),
        _column("came_to_city", "", "来厦日期", ""),
        _column("reason", "居住事由"),
        _column("moved_with", "随同居住监护人", "共同居住监护人", "同住监护人"),
        _column("guardian_name", "监护人姓名"),
        _column("guardian_relation", "监护人与本人关系", "监护人关系", "与儿童关系"),
        _column("guardian_id", "监护人身份号码", "监护人公民身份号码", "监护人身份证号码"),
        _column("guardian_phone", "联系电话", "监护人联系电话", "联系电话"),
        _column("permit", "是否办理居住证"),
        _column("permit_issued_on", "居住证签发日期"),
        _column("registered_on", "登记日期"),
    ),
)

_PUPIL, _HUKOU, _SCHOOL = "学生信息", "户籍信息", "就读信息"
_HOME, _GUARDIAN, _FLAGS = "居住信息", "监护人信息", "标识信息"
EDUCATION = Listing(
    source=Source.EDUCATION,
    title_zh="随迁子女学籍名册",
    title_en="Pupils whose hukou is elsewhere",
    belongs=_is_pupil,
    share=0.97,
    days_old=35,
    dates=(DateFashion.COMPACT, DateFashion.CELL, DateFashion.DOTS),
    titles=(2, 2, 2),
    sort_by="school",
    columns=(
        _column("serial", "序号", width=6),
        _column("pupil_number", "学籍号", group=_PUPIL, width=20),
        _column("name", "姓名", "学生姓名", "姓名", group=_PUPIL),
        _column("sex", "性别", group=_PUPIL, width=6),
        _column("ethnicity", "民族", group=_PUPIL, width=8),
        _column("id_type", "身份证件类型", group=_PUPIL),
        _column("id_no", "身份证件号", "身份证件号", "身份证号", group=_PUPIL, width=22),
        _column("birth", "出生日期", group=_PUPIL),
        _column("age", "年龄", group=_PUPIL, width=6),
        _column("hukou_kind", "户口性质", group=_HUKOU),
        _column("hukou_place", "户口所在地", group=_HUKOU, width=30),
        _column("hukou_code", "户口所在地代码", "户口所在地代码", "", group=_HUKOU),
        _column("school", "学校名称", "就读学校", "学校名称", group=_SCHOOL, width=24),
        _column("grade", "年级", group=_SCHOOL, width=8),
        _column("class", "班级", group=_SCHOOL, width=14),
        _column("entered", "入学年月", group=_SCHOOL),
        _column("boards", "是否寄宿", group=_SCHOOL, width=8),
        _column("township", "现住街道（镇）", "现住街道", "现住乡镇（街道）", group=_HOME),
        _column("address", "现住址", "现住址", "现居住地址", group=_HOME, width=40),
        _column("lived_since", "来本区居住日期", "来现住地居住日期", "来本地居住日期", group=_HOME),
        _column("moved_with", "共同居住监护人", group=_HOME),
        _column("guardian_name", "姓名", "监护人姓名", "姓名", group=_GUARDIAN),
        _column("guardian_relation", "与学生关系", group=_GUARDIAN),
        _column(
            "guardian_id", "身份证件号", "监护人身份证件号", "身份证号", group=_GUARDIAN, width=22
        ),
        _column("guardian_phone", "联系电话", group=_GUARDIAN, width=14),
        _column("left_behind", "是否留守儿童", group=_FLAGS),
        _column("migrant_worker_child", "是否进城务工人员随迁子女", group=_FLAGS),
        _column("orphan", "是否孤儿", group=_FLAGS),
        _column("disabled", "是否残疾", group=_FLAGS),
        _column("remarks", "备注", width=18),
    ),
)

KINDERGARTEN = Listing(
    source=Source.KINDERGARTEN,
    title_zh="在园流动幼儿名册",
    title_en="Kindergarten children whose hukou is elsewhere",
    belongs=_goes_to_kindergarten,
    share=0.92,
    days_old=30,
    dates=(DateFashion.ISO, DateFashion.SLASHES, DateFashion.HAN),
    encoding=Encoding.GB18030,
    titles=(0, 1, 0),
    sort_by="school",
    columns=(
        _column("serial", "序号"),
        _column("school", "幼儿园名称", "所在幼儿园", "幼儿园名称"),
        _column("class", "班级"),
        _column("name", "幼儿姓名"),
        _column("sex", "性别"),
        _column("ethnicity", "民族"),
        _column("id_no", "身份证号", "幼儿身份证号", "身份证号码"),
        _column("birth", "出生年月日", "出生日期", "出生年月日"),
        _column("hukou_place", "户籍所在地", "户口所在地", "户籍地址"),
        _column("township", "现住街道", "现住街道", "现住乡镇（街道）"),
        _column("address", "家庭现住址", "家庭住址", "家庭现住址"),
        _column("lived_since", "来本区时间", "来现住地时间", "来本地时间"),
        _column("moved_with", "跟随何人居住", "共同居住监护人", "跟随何人居住"),
        _column("guardian_name", "家长姓名", "监护人姓名", "家长姓名"),
        _column("guardian_relation", "与幼儿关系"),
        _column("guardian_id", "家长身份证号", "监护人身份证号", "家长身份证号"),
        _column("guardian_phone", "家长电话", "监护人电话", "家长联系电话"),
        _column("entered_day", "入园日期"),
        _column("remarks", "备注"),
    ),
)

HEALTH = Listing(
    source=Source.HEALTH,
    title_zh="0-6岁流动儿童健康管理与预防接种名单",
    title_en="Health files and vaccination, 0–6 years",
    belongs=lambda child: child.vaccination is not None,
    share=0.88,
    days_old=25,
    dates=(DateFashion.ISO, DateFashion.CELL, DateFashion.COMPACT),
    titles=(1, 1, 1),
    sort_by="clinic",
    columns=(
        _column("serial", "序号", width=6),
        _column("clinic", "建档机构", "接种单位", "建档机构", width=30),
        _column("vaccination_number", "儿童编码", width=18),
        _column("name", "儿童姓名"),
        _column("sex", "性别", width=6),
        _column("birth", "出生日期"),
        _column("id_no", "身份证号", "儿童身份证号", "身份证号", width=22),
        _column("ethnicity", "民族", width=8),
        _column("hukou_place", "户籍地址", "户籍地", "户籍所在地", width=30),
        _column("residence_kind", "居住属性", width=8),
        _column("township", "所属街道", "所属街道", "所属乡镇"),
        _column("community", "社区（村）"),
        _column("address", "现住址", width=40),
        _column("lived_since", "迁入日期", "来现住地日期", "迁入日期"),
        _column("mother_name", "母亲姓名"),
        _column("mother_id", "母亲身份证号", width=22),
        _column("father_name", "父亲姓名"),
        _column("guardian_phone", "联系电话", width=14),
        _column("last_dose", "最近接种日期"),
        _column("doses_due", "应种未种剂次", width=8),
        _column("remarks", "备注", width=18),
    ),
)

INSURANCE = Listing(
    source=Source.INSURANCE,
    title_zh="未成年人参保名单",
    title_en="Minors enrolled in medical insurance",
    belongs=lambda child: child.insured_year is not None and child.insured_here,
    share=0.76,
    days_old=20,
    dates=(DateFashion.ISO, DateFashion.COMPACT, DateFashion.CELL),
    sort_by="township",
    columns=(
        _column("serial", "序号", width=6),
        _column("name", "参保人姓名", "姓名", "参保人姓名"),
        _column("id_type", "证件类型"),
        _column("id_no", "证件号码", "身份证号码", "证件号码", width=22),
        _column("sex", "性别", width=6),
        _column("birth", "出生日期"),
        _column("insurance_kind", "险种类型", width=22),
        _column("insured_place", "参保地", width=18),
        _column("insured_year", "参保年度", width=8),
        _column("insured_state", "参保状态"),
        _column("guardian_name", "监护人姓名", "户主姓名", "监护人姓名"),
        _column("guardian_id", "监护人证件号码", "户主证件号码", "监护人证件号码", width=22),
        _column("guardian_phone", "联系电话", width=14),
        _column("township", "街道（镇）", "街道", "乡镇（街道）"),
        _column("community", "社区（村）"),
    ),
)

DPF = Listing(
    source=Source.DPF,
    title_zh="持证残疾儿童名单",
    title_en="Children with a disability certificate",
    belongs=lambda child: child.disability is not None,
    share=1.0,
    days_old=15,
    dates=(DateFashion.DOTS, DateFashion.ISO, DateFashion.HAN),
    titles=(1, 1, 1),
    sort_by="township",
    columns=(
        _column("serial", "序号", width=6),
        _column("name", "姓名"),
        _column("sex", "性别", width=6),
        _column("id_no", "身份证号", width=22),
        _column("certificate", "残疾人证号", "残疾证号", "残疾人证号", width=24),
        _column("disability_kind", "残疾类别", width=8),
        _column("disability_grade", "残疾等级", width=8),
        _column("certified_on", "发证日期"),
        _column("hukou_place", "户籍地", width=30),
        _column("township", "现住街道（镇）", "现住街道", "现住乡镇（街道）"),
        _column("address", "现住址", width=40),
        _column("guardian_name", "监护人姓名"),
        _column("guardian_phone", "监护人电话", "联系电话", "监护人电话", width=14),
        _column("needs_rehabilitation", "是否有康复需求"),
        _column("remarks", "备注", width=18),
    ),
)

VILLAGE = Listing(
    source=Source.VILLAGE,
    title_zh="流动儿童监测摸排登记表",
    title_en="Survey by villages and communities",
    belongs=lambda _: True,
    share=0.26,
    days_old=7,
    dates=(DateFashion.DOTS, DateFashion.ISO, DateFashion.HAN),
    titles=(2, 2, 2),
    sort_by="township",
    columns=(
        _column("serial", "序号", width=6),
        _column("township", "街道（镇）", "街道", "乡镇（街道）"),
        _column("community", "社区（村）", "社区", "村（社区）"),
        _column("name", "儿童姓名", "姓名", "儿童姓名"),
        _column("sex", "性别", width=6),
        _column("ethnicity", "民族", width=8),
        _column("birth", "出生年月", "出生日期", "出生年月"),
        _column("id_no", "身份证号码", "身份证号码", "身份证号", width=22),
        _column("hukou_place", "户籍所在地", "户籍地", "户籍所在地", width=30),
        _column("address", "现居住地详细地址", "现居住地址", "现居住地详细地址", width=40),
        _column("lived_since", "到现居住地居住时间", "来现住地日期", "到现居住地居住时间"),
        _column("moved_with", "跟随何人流动", "跟随何人流动", "随谁流动"),
        _column("guardian_name", "监护人姓名"),
        _column("guardian_relation", "监护人与儿童关系", "与儿童关系", "与儿童关系"),
        _column("guardian_id", "监护人身份证号", width=22),
        _column("guardian_phone", "联系电话", "监护人电话", "联系电话", width=14),
        _column("school", "就读学校", "就读学校（幼儿园）", "就读学校", width=24),
        _column("grade", "年级", width=8),
        _column("permit", "是否办理居住证"),
        _column("insured", "是否参加医保", "是否参加居民医保", "是否参加医保"),
        _column("disabled", "是否残疾", width=8),
        _column("hardships", "家庭困难情况", "家庭困难类型", "家庭困难情况", width=14),
        _column("asks_for_help", "是否主动提出帮扶需求"),
        _column("left_behind", "是否留守儿童"),
        _column("remarks", "备注", width=18),
    ),
)

LISTINGS: tuple[Listing, ...] = (
    POLICE,
    EDUCATION,
    KINDERGARTEN,
    HEALTH,
    INSURANCE,
    DPF,
    VILLAGE,
)
