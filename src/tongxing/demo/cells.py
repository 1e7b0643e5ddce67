"""What stands in each column of each list when nobody makes a mistake."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tongxing.demo import words
from tongxing.demo.name_tables import ETHNICITIES
from tongxing.demo.places import PLACES
from tongxing.demo.sheets import Cell, Formula
from tongxing.demo.values import (
    Child,
    Guardian,
    Hardship,
    HukouKind,
    MovedWith,
    NoNumber,
    Relation,
    Stage,
)
from tongxing.demo.words import DateFashion, Fashion


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One child in one list: what is true, which adult is named, how this office writes."""

    child: Child
    adult: Guardian
    fashion: Fashion
    dates: DateFashion
    as_of: date
    birth_column: str = ""


def _day(entry: Entry, day: date | None) -> Cell:
    return words.written_date(day, entry.dates)


def _yes(entry: Entry, yes: bool) -> str:
    return words.yes_no(yes, entry.fashion)


def _id_type(entry: Entry) -> Cell:
    document = entry.child.document
    if document:
        return document.kind
    if entry.child.no_number:
        return None
    return "1" if entry.fashion is Fashion.CODES else "居民身份证"


def _id_number(entry: Entry) -> Cell:
    document = entry.child.document
    return document.number if document else entry.child.identity_number or None


def _hukou_place(entry: Entry) -> Cell:
    return entry.child.hukou.text if entry.child.hukou else None


def _hukou_code(entry: Entry) -> Cell:
    hukou = entry.child.hukou
    if hukou is None:
        return None
    return f"{hukou.division:012d}" if hukou.township else f"{hukou.division // 10**6:06d}"


def _hukou_address(entry: Entry) -> Cell:
    hukou = entry.child.hukou
    return f"{hukou.text}{hukou.detail}" if hukou else None


def _hukou_kind(entry: Entry) -> Cell:
    hukou = entry.child.hukou
    if hukou is None:
        return None
    return "农业" if hukou.rural else "非农业"


def _grade(entry: Entry) -> Cell:
    school = entry.child.schooling
    return words.grade(school) if school else None


def _class(entry: Entry) -> Cell:
    school = entry.child.schooling
    return f"{words.grade(school)}（{school.class_no}）班" if school else None


def _entered(entry: Entry) -> Cell:
    school = entry.child.schooling
    return f"{school.entered:%Y-%m}" if school else None


def _boards(entry: Entry) -> Cell:
    school = entry.child.schooling
    return _yes(entry, school.boards) if school else None


def _left_behind(entry: Entry) -> Cell:
    return "0" if entry.fashion is Fashion.CODES else "否"


def _migrant_worker_child(entry: Entry) -> Cell:
    """The narrow flag of the pupil record: from a village, in the compulsory stage."""
    child = entry.child
    compulsory = child.schooling and child.schooling.stage in {Stage.PRIMARY, Stage.JUNIOR}
    rural = child.hukou is not None and child.hukou.rural
    return _yes(entry, bool(compulsory and rural))


def _age(entry: Entry) -> Cell:
    """A formula, as offices write it; the stored value is the age on the list's day."""
    day = f"DATE({entry.as_of.year},{entry.as_of.month},{entry.as_of.day})"
    formula = f'=DATEDIF({entry.birth_column}{{row}},{day},"Y")'
    return Formula(formula, entry.child.age(entry.as_of))


def _insured_place(entry: Entry) -> Cell:
    place = PLACES[entry.child.place]
    return f"{place.city}{place.name}"


def _insured_answer(entry: Entry) -> Cell:
    return _yes(entry, entry.child.insured_year is not None)


def _parent_name(relation: Relation) -> Callable[[Entry], Cell]:
    def cell(entry: Entry) -> Cell:
        adult = entry.child.guardian(relation)
        return adult.name if adult else None

    return cell


def _mothers_number(entry: Entry) -> Cell:
    mother = entry.child.guardian(Relation.MOTHER)
    return mother.identity_number if mother else None


def _residence_kind(entry: Entry) -> Cell:
    return "常住" if entry.child.hukou_kind is HukouKind.LOCAL else "流动"


def _registered_on(entry: Entry) -> Cell:
    came = entry.child.residence.lived_since
    return _day(entry, min(entry.as_of, came + timedelta(days=20)) if came else entry.as_of)


def _reason(entry: Entry) -> Cell:
    if entry.child.moved_with is MovedWith.NOBODY:
        return "务工"
    return "投靠亲属" if entry.child.moved_with is MovedWith.RELATIVE else "随迁"


def _remarks(entry: Entry) -> Cell:
    match entry.child.no_number:
        case NoNumber.NO_HUKOU:
            return "未落户，无身份证号"
        case NoNumber.NOT_APPLIED:
            return "身份证号待补"
        case NoNumber.UNKNOWN_BIRTH:
            return "出生日不详，待核实"
        case _:
            return None


def _disability_kind(entry: Entry) -> Cell:
    found = entry.child.disability
    if found is None:
        return None
    return str(found.kind) if entry.fashion is Fashion.CODES else words.DISABILITIES[found.kind]


def _disability_grade(entry: Entry) -> Cell:
    found = entry.child.disability
    if found is None:
        return None
    codes = entry.fashion is Fashion.CODES
    return str(found.grade) if codes else words.DISABILITY_GRADES[found.grade]


def _certificate(entry: Entry) -> Cell:
    found = entry.child.disability
    return found.certificate if found else None


def _certified_on(entry: Entry) -> Cell:
    found = entry.child.disability
    return _day(entry, found.issued_on) if found else None


def _needs_rehabilitation(entry: Entry) -> Cell:
    found = entry.child.disability
    return _yes(entry, found.needs_rehabilitation) if found else None


def _clinic(entry: Entry) -> Cell:
    file = entry.child.vaccination
    return file.clinic if file else None


def _vaccination_number(entry: Entry) -> Cell:
    file = entry.child.vaccination
    return file.file_number if file else None


def _last_dose(entry: Entry) -> Cell:
    file = entry.child.vaccination
    return _day(entry, min(file.last_dose_on, entry.as_of)) if file else None


def _doses_due(entry: Entry) -> Cell:
    file = entry.child.vaccination
    return file.doses_due if file else None


def _school(entry: Entry) -> Cell:
    school = entry.child.schooling
    return school.school if school else None


def _pupil_number(entry: Entry) -> Cell:
    school = entry.child.schooling
    return school.pupil_number if school else None


def _entered_day(entry: Entry) -> Cell:
    school = entry.child.schooling
    return _day(entry, school.entered) if school else None


def _insured_year(entry: Entry) -> Cell:
    return entry.child.insured_year


CELLS: Mapping[str, Callable[[Entry], Cell]] = {
    "serial": lambda _: None,
    "name": lambda entry: entry.child.name,
    "sex": lambda entry: words.sex(entry.child, entry.fashion),
    "ethnicity": lambda entry: words.ethnicity(
        entry.child.ethnicity, ETHNICITIES[entry.child.ethnicity], entry.fashion
    ),
    "id_type": _id_type,
    "id_no": _id_number,
    "birth": lambda entry: words.written_birth(entry.child, entry.dates),
    "age": _age,
    "hukou_place": _hukou_place,
    "hukou_code": _hukou_code,
    "hukou_address": _hukou_address,
    "hukou_kind": _hukou_kind,
    "township": lambda entry: entry.child.residence.township.name,
    "community": lambda entry: entry.child.residence.community,
    "address": lambda entry: entry.child.residence.address,
    "lived_since": lambda entry: _day(entry, entry.child.residence.lived_since),
    "came_to_city": lambda entry: _day(entry, entry.child.residence.came_to_city),
    "moved_with": lambda entry: words.company(entry.child),
    "guardian_name": lambda entry: entry.adult.name,
    "guardian_relation": lambda entry: words.relation(entry.adult, entry.fashion),
    "guardian_id": lambda entry: entry.adult.identity_number,
    "guardian_phone": lambda entry: entry.adult.phone,
    "father_name": _parent_name(Relation.FATHER),
    "mother_name": _parent_name(Relation.MOTHER),
    "mother_id": _mothers_number,
    "school": _school,
    "grade": _grade,
    "class": _class,
    "pupil_number": _pupil_number,
    "entered": _entered,
    "entered_day": _entered_day,
    "boards": _boards,
    "left_behind": _left_behind,
    "migrant_worker_child": _migrant_worker_child,
    "orphan": lambda entry: _yes(entry, Hardship.ORPHAN in entry.child.hardships),
    "disabled": lambda entry: _yes(entry, entry.child.disability is not None),
    "registered_on": _registered_on,
    "reason": _reason,
    "permit": lambda entry: _yes(entry, entry.child.permit_issued_on is not None),
    "permit_issued_on": lambda entry: _day(entry, entry.child.permit_issued_on),
    "insurance_kind": lambda _: "城乡居民基本医疗保险",
    "insured_place": _insured_place,
    "insured_year": _insured_year,
    "insured_state": lambda _: "正常参保",
    "insured": _insured_answer,
    "clinic": _clinic,
    "vaccination_number": _vaccination_number,
    "residence_kind": _residence_kind,
    "last_dose": _last_dose,
    "doses_due": _doses_due,
    "certificate": _certificate,
    "disability_kind": _disability_kind,
    "disability_grade": _disability_grade,
    "certified_on": _certified_on,
    "needs_rehabilitation": _needs_rehabilitation,
    "hardships": lambda entry: words.hardships(entry.child),
    "asks_for_help": lambda entry: _yes(entry, entry.child.asks_for_help),
    "remarks": _remarks,
}


def cell(entry: Entry, field: str) -> Cell:
    """The clean content of the column `field`."""
    return CELLS[field](entry)
