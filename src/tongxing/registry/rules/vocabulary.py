"""How people head their columns: one expression per field, over headings without their dress.

`normal` takes off width, blanks, brackets and punctuation before an expression sees a heading.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from tongxing.registry.rules.fields import Field

SURE = 1.0
WITHOUT_BRACKETS = 0.95
GROUPED = 0.9
GENERAL = 0.8
LOOSE = 0.6

_CHILD = (
    r"(?:儿童|学生|幼儿|孩子|小孩|子女|未成年人|本人|被监护人|参保人员?|随迁子女|流动儿童|残疾人|"
    r"少儿|"
    r"婴幼儿|婴儿|宝宝|新生儿|适龄儿童|留守儿童|困境儿童|个人|人员|登记人|申请人|受种者|"
    r"child(?:ren)?s?|pupils?|students?)?的?"
)
_GUARDIAN = (
    r"(?:第一|法定|主要|现|实际)?(?:监护人|家长|抚养人|照料人|照护人|看护人)(?:1|一)?的?|"
    r"guardians?|parents?"
)
_SECOND = r"(?:第二监护人|监护人(?:2|二)|家长(?:2|二)|第二家长)的?|secondguardians?|guardian2"
_FATHER = r"(?:生?父亲?|爸爸)的?|fathers?"
_MOTHER = r"(?:生?母亲?|妈妈)的?|mothers?"
_NAME = r"(?:姓名|名字|name|fullname)"
_ID = (
    r"(?:(?:公民|居民)?身份(?:证件?)?(?:号码?|证号码?)|(?:公民|居民)?身份证件?|(?:有效)?证件号码?|"
    r"id(?:card|entity)?(?:no|number)?|identity(?:card)?(?:no|number)?)"
)
_PHONE = r"(?:联系|手机|移动|固定)?(?:电话|手机)(?:号码?)?|联系方式|phone(?:no|number)?|mobile|tel"
_WORK = r"(?:现?工作|务工|就业)(?:单位|地点?|地址|场所)|单位|work(?:place|unit)|employer"
_HUKOU = r"(?:户籍|户口)"
_LIVING = r"(?:现|目前|实际|当前)?(?:居住|住|常住)"
_WHETHER = r"(?:是否|有无|是否为|是否属于|是否是)?"

_PERSONS: tuple[tuple[str, str], ...] = (
    ("guardian2", _SECOND),
    ("guardian", _GUARDIAN),
    ("father", _FATHER),
    ("mother", _MOTHER),
)
_ABOUT_PERSONS: tuple[tuple[str, str], ...] = (
    ("name", f"(?:{_NAME})"),
    ("id_no", f"(?:{_ID})"),
    ("phone", f"(?:{_PHONE})"),
    ("work_place", f"(?:{_WORK})"),
)

_EXPRESSIONS: dict[Field, str] = {
    Field.LIST_NO: r"序号|编号|顺序号|no|number|seq|serial(?:no|number)?",
    Field.NAME: rf"{_CHILD}{_NAME}|姓名",
    Field.FORMER_NAME: r"曾用名|又名|formername",
    Field.SEX: rf"{_CHILD}性别|sex|gender",
    Field.BIRTH_DATE: (
        rf"{_CHILD}(?:出生(?:日期|年月日?|时间)|生日|dateofbirth|birthdate|dob|birthday)"
    ),
    Field.AGE: rf"{_CHILD}(?:周岁|实足)?年龄|周岁|岁数|age",
    Field.ID_TYPE: (
        rf"{_CHILD}(?:身份)?证件(?:类型|类别|种类)|idtype|(?:kind|"
        r"type)ofid(?:entity)?(?:document)?"
    ),
    Field.ID_NO: rf"{_CHILD}{_ID}",
    Field.ID_MISSING_REASON: r"无(?:身份)?证件?(?:号码?)?(?:原因|理由)|无户口原因",
    Field.ETHNICITY: rf"{_CHILD}民族|ethnicity|ethnicgroup|nation",
    Field.NATIONALITY: r"国籍(?:或?地区)?|nationality",
    Field.HUKOU_CODE: (
        rf"{_HUKOU}(?:所在)?(?:地|地址)?(?:行政)?(?:区划)?(?:代码|编码)|hukou(?:place)?code"
    ),
    Field.HUKOU_PLACE: (
        rf"{_CHILD}{_HUKOU}(?:所在|登记)?(?:地区?|省市县区?|县区?|区划)|户籍|hukou(?:place)?"
    ),
    Field.HUKOU_ADDRESS: (
        rf"{_CHILD}{_HUKOU}(?:所在地|登记|地|所在)?的?(?:详细|具体)?(?:地址|住址|址)|hukouaddress"
    ),
    Field.HUKOU_KIND: rf"{_HUKOU}(?:性质|类型|类别)|hukoukind",
    Field.RESIDENCE_CODE: (
        rf"{_LIVING}地?(?:址|所在地)?(?:行政)?(?:区划)?(?:代码|编码)|residencecode"
    ),
    Field.RESIDENCE_TOWNSHIP: (
        rf"(?:{_LIVING}地?|所属|所在)?(?:街道或?乡镇|乡镇或?街道|街道|乡镇|镇街|镇办|"
        r"苏木)(?:名称)?"
    ),
    Field.RESIDENCE_COMMUNITY: (
        rf"(?:{_LIVING}地?|所属|所在)?(?:社区或?村居?|村或?社区|社区|村居|村委会|居委会|村|"
        r"嘎查)(?:名称)?"
    ),
    Field.RESIDENCE_ADDRESS: (
        rf"{_CHILD}(?:家庭)?(?:{_LIVING})(?:地|所)?的?(?:详细|具体)?(?:地址|住址|址)|"
        r"家庭(?:详细)?(?:地址|住址)|(?:详细|常住)?(?:地址|住址)|现址|residenceaddress|address"
    ),
    Field.RESIDENCE_PLACE: (
        rf"{_CHILD}{_LIVING}(?:所在)?地(?:区)?|流入地|residence|placeofresidence"
    ),
    Field.GRID_CODE: r"(?:所属|所在)?网格(?:编?号|代码|编码|名称)?|gridcode",
    Field.DWELLING: r"(?:住房|居住|房屋)(?:情况|类型|性质|方式)|dwelling",
    # Where the stay counts for the whole city, its first day is another one (XM-0.1).
    Field.CITY_SINCE: (
        r"(?:来|到|首次来|来到)(?:本市|[厦包临京沪深穗])(?:居住|生活)?(?:起始)?(?:日期|时间|年月)|"
        r"livinginthecitysince"
    ),
    Field.LIVED_SINCE: (
        r"(?:来|到|至|流入|迁入|来到)(?:本地|现住地|现居住地|当地|本区|本县|本辖区|辖区|"
        r"居住地)?"
        r"(?:居住|生活)?(?:起始)?(?:日期|时间|年月)|"
        rf"{_LIVING}(?:地)?(?:起始|开始|登记)?(?:日期|时间|起始日|年月)|居住起始(?:日期|时间)|"
        r"(?:livedhere|living(?:here)?)?since"
    ),
    Field.MOVED_WITH: (
        r"(?:随谁|跟随何?人?|随何人)(?:迁移|流动|居住|生活|来)?|(?:随同?|共同|同住|一起|"
        r"随行)(?:居住|生活|流动|迁移)?的?监护人|"
        r"共同居住人|movedwith"
    ),
    Field.GUARDIAN_RELATION: (
        rf"(?:{_GUARDIAN})?(?:与|和|是)?(?:该?儿童|学生|幼儿|孩子|本人|小孩|子女|未成年人|"
        r"被监护人)的?关系|"
        rf"(?:{_GUARDIAN})(?:与其)?关系|"
        r"监护关系|亲属关系|(?:relation(?:ship)?(?:tochild|ofguardian)?)|"
        r"guardiansrelation(?:tothechild)?"
    ),
    Field.GUARDIAN2_RELATION: rf"(?:{_SECOND})(?:与|和|是)?(?:儿童|学生|幼儿|孩子|本人)?的?关系",
    Field.SCHOOL_NAME: (
        r"(?:所在|就读|在读|现就读|就学)?(?:学校|幼儿园|园所|学校或?幼儿园|学校园所)(?:名称)?|"
        r"就读(?:单位|院校)|school(?:name)?"
    ),
    Field.SCHOOL_CODE: r"学校(?:标识码?|代码|编码)|schoolcode",
    Field.STAGE: r"(?:就读|所在)?学段|(?:就学|就读|受教育)(?:阶段|情况|状况)|stage",
    Field.GRADE: r"(?:所在|就读|现)?年级|grade",
    Field.CLASS_NAME: r"(?:所在|就读)?班级?(?:名称)?|class(?:name)?",
    Field.PUPIL_RECORD_NO: (
        r"(?:全国)?学籍(?:号码?|编号|主号|辅号)|学号|pupil(?:record)?(?:no|number)"
    ),
    Field.ATTENDS: rf"{_WHETHER}(?:在校|在学|在读|就学|入学|入园|在园)(?:状态)?|attends(?:school)?",
    Field.BOARDS: rf"{_WHETHER}(?:寄宿|住校|住宿)(?:生)?|boards(?:atschool)?",
    Field.LEFT_BEHIND: rf"{_WHETHER}(?:农村)?留守(?:儿童)?(?:情况|类型)?|left-?behind(?:child)?",
    Field.MIGRANT_WORKER_CHILD: (
        rf"{_WHETHER}(?:进城)?务工(?:人员|农民)?(?:的)?(?:随迁)?子女|migrantworkerchild"
    ),
    Field.ACCOMPANYING: rf"{_WHETHER}(?:随迁子女|随迁|流动儿童)|accompanying(?:pupil)?",
    Field.ONLY_CHILD: rf"{_WHETHER}独生子女|onlychild",
    Field.HAS_PERMIT: (
        rf"{_WHETHER}(?:已)?(?:办理?|持有?|领取?|办?有)?了?居住证(?:情况|办理情况)?|"
        r"hasresidencepermit|residencepermit"
    ),
    Field.PERMIT_NO: r"居住证(?:件)?(?:编?号码?|编码)|residencepermit(?:no|number)",
    Field.PERMIT_UNTIL: (
        r"居住证(?:有效|签注)?(?:期|期限|期至|有效期至|截止日期|到期日?期?|有效期限?|"
        r"签注有效期至?)|permitvaliduntil|validuntil"
    ),
    Field.PERMIT_ISSUED_ON: r"居住证(?:签发|发证|办理|办证|领取)(?:日期|时间)|permitissuedon",
    Field.PERMIT_ISSUED_BY: r"居住证(?:签发|发证|办理)(?:机关|单位|地点?)|permitissuedby",
    Field.INSURED: (
        rf"{_WHETHER}(?:参加?|购买|缴纳|享有)(?:了)?(?:城乡)?(?:居民)?(?:基本)?(?:医疗?保险?|"
        rf"医保)|{_WHETHER}参保|"
        r"(?:医保)?参保(?:状态|情况)|insured|medicalinsurance"
    ),
    Field.INSURED_PLACE: r"(?:医保)?参保(?:地区?|所在地|统筹区|机构)|insured(?:in|place)",
    Field.INSURANCE_YEAR: r"(?:医保)?(?:参保|缴费|保险)(?:年度|年份)|insuranceyear|yearofinsurance",
    Field.INSURANCE_KIND: (
        r"(?:参保)?险种(?:类型)?|(?:参保|医保|保险)(?:类型|类别|种类)|insurancekind"
    ),
    Field.DISABLED: rf"{_WHETHER}(?:残疾|残疾儿童|身体残疾|持有?残疾人?证)|disabled",
    Field.DISABILITY_CERTIFICATE_NO: (
        r"残疾人?证(?:件)?(?:编?号码?|编码)?|disabilitycertificate(?:no|number)?"
    ),
    Field.DISABILITY_CLASS: r"残疾(?:类别|类型|种类)|disability(?:class|kind|type)",
    Field.DISABILITY_GRADE: r"残疾(?:等级|级别|程度)|disabilitygrade",
    Field.VACCINATION_FILE: (
        rf"{_WHETHER}(?:建立?|办理?|有|持有?)(?:了)?(?:预防)?接种(?:证|卡|档案?)|vaccinationfile"
    ),
    Field.VACCINATION_PLACE: (
        r"(?:预防)?(?:接种|建档|建证)(?:单位|机构|地点?|门诊)|vaccination(?:place|clinic)"
    ),
    Field.HEALTH: r"(?:身体)?健康(?:状况|情况|状态)|身体状况|health",
    Field.ILLNESS: rf"{_WHETHER}(?:患有?)?(?:重大疾病|重病|大病|慢性病)(?:名称|情况)?|病种|illness",
    Field.HARDSHIP: (
        r"(?:家庭)?困难(?:类型|类别|情况|原因|程度)|(?:救助|困境|保障)(?:类型|类别|情况)|"
        r"家庭经济(?:情况|状况)|困境儿童类型|hardship"
    ),
    Field.DIBAO: (
        rf"{_WHETHER}(?:享受)?(?:城乡)?(?:低保|最低生活保障)(?:家庭|对象|户|儿童)?(?:成员)?|dibao"
    ),
    Field.LOW_INCOME: rf"{_WHETHER}(?:低收入|低保边缘)(?:家庭|户)?(?:成员)?|lowincome",
    Field.TEKUN: rf"{_WHETHER}特困(?:供养|救助)?(?:人员|儿童)?|tekun",
    Field.ORPHAN: rf"{_WHETHER}孤儿|orphan",
    Field.DE_FACTO_UNSUPPORTED: rf"{_WHETHER}(?:事实)?(?:无人抚养)(?:儿童)?|defactounsupported",
    Field.HELP_WANTED: (
        rf"{_WHETHER}(?:主动)?(?:提出|申请)?(?:救助|帮扶|求助)+(?:需求|意愿|诉求)?|helpwanted|"
        r"asksforhelp"
    ),
    Field.HOUSEHOLD_NO: r"户号|家庭(?:编号|户号)|户(?:编号|口簿号)|household(?:no|number)",
    Field.REMARKS: r"备注|说明|其他说明|remarks?|notes?|comments?",
}  # fmt: skip
# What these say depends on the rest of the list, so another column with a clearer heading wins.
_GENERAL: dict[Field, str] = {
    Field.GUARDIAN_PHONE: _PHONE,
    Field.GUARDIAN_RELATION: r"与监护人的?关系|关系",
    Field.RESIDENCE_ADDRESS: r"(?:家庭|通讯|联系)(?:地址|住址)|住地|家庭所在地",
    Field.CLASS_NAME: r"班",
    Field.LIST_NO: r"号",
}
_LOOSE: tuple[tuple[Field, str], ...] = (
    (Field.ID_NO, r"^(?!.*(?:监护|家长|父|母|爸|妈|残疾|居住证|学籍)).*身份证"),
    (Field.GUARDIAN_ID_NO, r"(?:监护人|家长).*身份证"),
    (Field.GUARDIAN_PHONE, r"(?:监护人|家长).*(?:电话|手机|联系方式)"),
    (Field.GUARDIAN_NAME, r"(?:监护人|家长).*姓名"),
    (Field.NAME, r"^(?!.*(?:监护|家长|父|母|爸|妈|联系|学校|户主)).*姓名"),
    (Field.BIRTH_DATE, r"^(?!.*(?:监护|家长|父|母)).*出生(?:日期|年月)"),
    (Field.HUKOU_ADDRESS, r"^(?!.*代码)(?:户籍|户口).*地址"),
    (Field.LIVED_SINCE, r"(?:来|到|迁入|流入).*(?:时间|日期)"),
    (Field.RESIDENCE_ADDRESS, r"^(?!.*代码)(?:现|居)住.*地址"),
    (Field.SCHOOL_NAME, r"就读.*(?:学校|幼儿园)"),
)
_BRACKETED = re.compile(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]")
_DRESS = re.compile(
    r"[\s\u00a0\u00ad\u200b-\u200f\u2060\ufeff*※★☆●:：;；,，、.。/\\|'\"“”‘’"
    r"()（）\[\]【】〔〕<>《》?？!！_—–]+"
)
_GROUP_TAIL = re.compile(r"(?:的)?(?:基本|主要|相关|登记)?(?:信息|情况|资料|登记|一栏|栏)$")


class Heading(NamedTuple):
    """What a heading is taken for, and how surely."""

    field: Field
    confidence: float


def _person_expressions() -> dict[Field, str]:
    return {
        Field(f"{person}_{about}"): f"(?:{who})(?:{what})"
        for person, who in _PERSONS
        for about, what in _ABOUT_PERSONS
    } | {
        Field.FATHER_NAME: rf"(?:{_FATHER}){_NAME}|父亲",
        Field.MOTHER_NAME: rf"(?:{_MOTHER}){_NAME}|母亲",
        Field.GUARDIAN_NAME: rf"(?:{_GUARDIAN}){_NAME}|监护人|家长",
        Field.GUARDIAN2_NAME: rf"(?:{_SECOND}){_NAME}|第二监护人",
    }


_SURE = [
    (field, re.compile(expression))
    for field, expression in (_EXPRESSIONS | _person_expressions()).items()
]
_GENERALLY = [(field, re.compile(expression)) for field, expression in _GENERAL.items()]
_LOOSELY = [(field, re.compile(expression)) for field, expression in _LOOSE]


def normal(heading: str) -> str:
    """The heading without width, blanks, brackets and punctuation; latin letters small."""
    return _DRESS.sub("", normalize("NFKC", heading)).lower()


@lru_cache(maxsize=4096)
def recognise(heading: str) -> Heading | None:
    """The field that a heading names, or None. What stands in brackets counts only if it helps."""
    bare = normal(heading)
    if not bare or len(bare) > 40:
        return None
    if found := _surely(bare):
        return Heading(found, SURE)
    outside = normal(_BRACKETED.sub("", normalize("NFKC", heading)))
    if outside != bare and outside and (found := _surely(outside)):
        return Heading(found, WITHOUT_BRACKETS)
    return _perhaps(outside or bare)


def recognise_in_group(group: str, heading: str) -> Heading | None:
    """The field of a heading that stands below a common one: 监护人信息 above 姓名."""
    of_whom = _GROUP_TAIL.sub("", normal(_BRACKETED.sub("", group)))
    own = recognise(heading)
    if not of_whom:
        return own
    if found := _surely(of_whom + normal(heading)):
        return Heading(found, GROUPED)
    if any(re.fullmatch(who, of_whom) for _, who in _PERSONS):
        # 监护人信息 above 监护人姓名: the heading says by itself whose name it is.
        says_whose = any(re.match(who, normal(heading)) for _, who in _PERSONS)
        return own if says_whose else None
    return own


def names_something(text: str) -> bool:
    """Whether the text is a heading, or the common heading of several columns about a person."""
    found = recognise(text)
    if found and found.confidence >= GROUPED:
        return True
    of_whom = _GROUP_TAIL.sub("", normal(text))
    return any(re.fullmatch(who, of_whom) for _, who in _PERSONS) if of_whom else False


def _surely(bare: str) -> Field | None:
    return next((field for field, shape in _SURE if shape.fullmatch(bare)), None)


def _perhaps(bare: str) -> Heading | None:
    for field, shape in _GENERALLY:
        if shape.fullmatch(bare):
            return Heading(field, GENERAL)
    for field, shape in _LOOSELY:
        if shape.search(bare):
            return Heading(field, LOOSE)
    return None
