"""The fields that a column of a roster can hold."""

from enum import StrEnum

from tongxing.exchange.spreadsheets.values import Words


class Field(StrEnum):
    """What a column says; the value is the name used in mappings and lines."""

    LIST_NO = "list_no"
    NAME = "name"
    FORMER_NAME = "former_name"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    AGE = "age"
    ID_TYPE = "id_type"
    ID_NO = "id_no"
    ID_MISSING_REASON = "id_missing_reason"
    ETHNICITY = "ethnicity"
    NATIONALITY = "nationality"
    HUKOU_CODE = "hukou_code"
    HUKOU_PLACE = "hukou_place"
    HUKOU_ADDRESS = "hukou_address"
    HUKOU_KIND = "hukou_kind"
    RESIDENCE_CODE = "residence_code"
    RESIDENCE_PLACE = "residence_place"
    RESIDENCE_TOWNSHIP = "residence_township"
    RESIDENCE_COMMUNITY = "residence_community"
    RESIDENCE_ADDRESS = "residence_address"
    GRID_CODE = "grid_code"
    DWELLING = "dwelling"
    LIVED_SINCE = "lived_since"
    CITY_SINCE = "city_since"
    MOVED_WITH = "moved_with"
    GUARDIAN_NAME = "guardian_name"
    GUARDIAN_RELATION = "guardian_relation"
    GUARDIAN_ID_NO = "guardian_id_no"
    GUARDIAN_PHONE = "guardian_phone"
    GUARDIAN_WORK_PLACE = "guardian_work_place"
    GUARDIAN2_NAME = "guardian2_name"
    GUARDIAN2_RELATION = "guardian2_relation"
    GUARDIAN2_ID_NO = "guardian2_id_no"
    GUARDIAN2_PHONE = "guardian2_phone"
    GUARDIAN2_WORK_PLACE = "guardian2_work_place"
    FATHER_NAME = "father_name"
    FATHER_ID_NO = "father_id_no"
    FATHER_PHONE = "father_phone"
    FATHER_WORK_PLACE = "father_work_place"
    MOTHER_NAME = "mother_name"
    MOTHER_ID_NO = "mother_id_no"
    MOTHER_PHONE = "mother_phone"
    MOTHER_WORK_PLACE = "mother_work_place"
    SCHOOL_NAME = "school_name"
    SCHOOL_CODE = "school_code"
    STAGE = "stage"
    GRADE = "grade"
    CLASS_NAME = "class_name"
    PUPIL_RECORD_NO = "pupil_record_no"
    ATTENDS = "attends"
    BOARDS = "boards"
    LEFT_BEHIND = "left_behind"
    ACCOMPANYING = "accompanying"
    MIGRANT_WORKER_CHILD = "migrant_worker_child"
    ONLY_CHILD = "only_child"
    HAS_PERMIT = "has_permit"
    PERMIT_NO = "permit_no"
    PERMIT_UNTIL = "permit_until"
    PERMIT_ISSUED_ON = "permit_issued_on"
    PERMIT_ISSUED_BY = "permit_issued_by"
    INSURED = "insured"
    INSURED_PLACE = "insured_place"
    INSURANCE_YEAR = "insurance_year"
    INSURANCE_KIND = "insurance_kind"
    DISABLED = "disabled"
    DISABILITY_CERTIFICATE_NO = "disability_certificate_no"
    DISABILITY_CLASS = "disability_class"
    DISABILITY_GRADE = "disability_grade"
    VACCINATION_FILE = "vaccination_file"
    VACCINATION_PLACE = "vaccination_place"
    HEALTH = "health"
    ILLNESS = "illness"
    HARDSHIP = "hardship"
    DIBAO = "dibao"
    LOW_INCOME = "low_income"
    TEKUN = "tekun"
    ORPHAN = "orphan"
    DE_FACTO_UNSUPPORTED = "de_facto_unsupported"
    HELP_WANTED = "help_wanted"
    HOUSEHOLD_NO = "household_no"
    REMARKS = "remarks"


ESSENTIAL = (Field.NAME, Field.ID_NO)

FIELDS: dict[Field, Words] = {
    Field.LIST_NO: Words("序号", "Number in the list"),
    Field.NAME: Words("儿童姓名", "Child's name"),
    Field.FORMER_NAME: Words("曾用名", "Former name"),
    Field.SEX: Words("性别", "Sex"),
    Field.BIRTH_DATE: Words("出生日期", "Birth date"),
    Field.AGE: Words("年龄", "Age"),
    Field.ID_TYPE: Words("身份证件类型", "Kind of identity document"),
    Field.ID_NO: Words("身份证件号码", "Identity number"),
    Field.ID_MISSING_REASON: Words("无证件原因", "Why there is no identity number"),
    Field.ETHNICITY: Words("民族", "Ethnicity"),
    Field.NATIONALITY: Words("国籍或地区", "Nationality"),
    Field.HUKOU_CODE: Words("户籍地代码", "Hukou place (code)"),
    Field.HUKOU_PLACE: Words("户籍地", "Hukou place"),
    Field.HUKOU_ADDRESS: Words("户籍详细地址", "Hukou address"),
    Field.HUKOU_KIND: Words("户口性质", "Kind of hukou"),
    Field.RESIDENCE_CODE: Words("居住地代码", "Residence (code)"),
    Field.RESIDENCE_PLACE: Words("居住地", "Residence"),
    Field.RESIDENCE_TOWNSHIP: Words("居住乡镇（街道）", "Township of residence"),
    Field.RESIDENCE_COMMUNITY: Words("居住村（社区）", "Village or community of residence"),
    Field.RESIDENCE_ADDRESS: Words("居住详细地址", "Residence address"),
    Field.GRID_CODE: Words("网格", "Grid"),
    Field.DWELLING: Words("住房情况", "Dwelling"),
    Field.LIVED_SINCE: Words("来本地居住日期", "Living here since"),
    Field.CITY_SINCE: Words("来本市日期", "Living in the city since"),
    Field.MOVED_WITH: Words("随谁迁移", "Moved with"),
    Field.GUARDIAN_NAME: Words("监护人姓名", "Guardian's name"),
    Field.GUARDIAN_RELATION: Words("监护人与儿童关系", "Guardian's relation to the child"),
    Field.GUARDIAN_ID_NO: Words("监护人身份证件号码", "Guardian's identity number"),
    Field.GUARDIAN_PHONE: Words("监护人电话", "Guardian's phone"),
    Field.GUARDIAN_WORK_PLACE: Words("监护人工作单位", "Guardian's work place"),
    Field.GUARDIAN2_NAME: Words("第二监护人姓名", "Second guardian's name"),
    Field.GUARDIAN2_RELATION: Words("第二监护人与儿童关系", "Second guardian's relation"),
    Field.GUARDIAN2_ID_NO: Words("第二监护人身份证件号码", "Second guardian's identity number"),
    Field.GUARDIAN2_PHONE: Words("第二监护人电话", "Second guardian's phone"),
    Field.GUARDIAN2_WORK_PLACE: Words("第二监护人工作单位", "Second guardian's work place"),
    Field.FATHER_NAME: Words("父亲姓名", "Father's name"),
    Field.FATHER_ID_NO: Words("父亲身份证件号码", "Father's identity number"),
    Field.FATHER_PHONE: Words("父亲电话", "Father's phone"),
    Field.FATHER_WORK_PLACE: Words("父亲工作单位", "Father's work place"),
    Field.MOTHER_NAME: Words("母亲姓名", "Mother's name"),
    Field.MOTHER_ID_NO: Words("母亲身份证件号码", "Mother's identity number"),
    Field.MOTHER_PHONE: Words("母亲电话", "Mother's phone"),
    Field.MOTHER_WORK_PLACE: Words("母亲工作单位", "Mother's work place"),
    Field.SCHOOL_NAME: Words("学校（幼儿园）名称", "School or kindergarten"),
    Field.SCHOOL_CODE: Words("学校代码", "School code"),
    Field.STAGE: Words("学段", "Stage of schooling"),
    Field.GRADE: Words("年级", "Grade"),
    Field.CLASS_NAME: Words("班级", "Class"),
    Field.PUPIL_RECORD_NO: Words("学籍号", "Pupil record number"),
    Field.ATTENDS: Words("是否在校", "Attends school"),
    Field.BOARDS: Words("是否寄宿", "Boards at school"),
    Field.LEFT_BEHIND: Words("是否留守儿童", "Left-behind child"),
    Field.ACCOMPANYING: Words("是否随迁子女", "Accompanying pupil"),
    Field.MIGRANT_WORKER_CHILD: Words("是否进城务工人员随迁子女", "Child of migrant workers"),
    Field.ONLY_CHILD: Words("是否独生子女", "Only child"),
    Field.HAS_PERMIT: Words("是否办理居住证", "Has a residence permit"),
    Field.PERMIT_NO: Words("居住证号", "Residence permit number"),
    Field.PERMIT_UNTIL: Words("居住证有效期至", "Residence permit valid until"),
    Field.PERMIT_ISSUED_ON: Words("居住证签发日期", "Residence permit issued on"),
    Field.PERMIT_ISSUED_BY: Words("居住证签发机关", "Residence permit issued by"),
    Field.INSURED: Words("是否参加医保", "Has medical insurance"),
    Field.INSURED_PLACE: Words("参保地", "Insured in"),
    Field.INSURANCE_YEAR: Words("参保年度", "Year of insurance"),
    Field.INSURANCE_KIND: Words("险种", "Kind of insurance"),
    Field.DISABLED: Words("是否残疾", "Disabled"),
    Field.DISABILITY_CERTIFICATE_NO: Words("残疾人证号", "Disability certificate number"),
    Field.DISABILITY_CLASS: Words("残疾类别", "Kind of disability"),
    Field.DISABILITY_GRADE: Words("残疾等级", "Grade of disability"),
    Field.VACCINATION_FILE: Words("是否建立预防接种证", "Has a vaccination file"),
    Field.VACCINATION_PLACE: Words("接种单位", "Vaccination clinic"),
    Field.HEALTH: Words("健康状况", "Health"),
    Field.ILLNESS: Words("重大疾病", "Serious illness"),
    Field.HARDSHIP: Words("困难类型", "Hardship"),
    Field.DIBAO: Words("是否低保", "Receives dibao"),
    Field.LOW_INCOME: Words("是否低收入（低保边缘）", "Low-income family"),
    Field.TEKUN: Words("是否特困", "Under tekun support"),
    Field.ORPHAN: Words("是否孤儿", "Orphan"),
    Field.DE_FACTO_UNSUPPORTED: Words("是否事实无人抚养", "De-facto unsupported"),
    Field.HELP_WANTED: Words("有无帮扶需求", "Asks for help"),
    Field.HOUSEHOLD_NO: Words("户号", "Household number"),
    Field.REMARKS: Words("备注", "Remarks"),
}


def words_of(field: Field) -> Words:
    """The field's name for the mapping page."""
    return FIELDS[field]
