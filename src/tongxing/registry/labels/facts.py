"""Words for the typed facts and what stands in them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from tongxing.registry.values.children import FactKind
from tongxing.web import formats
from tongxing.web.labels import yes_no

Words = str | Promise

KINDS: Mapping[str, Words] = {
    FactKind.ENROLMENT: _("Schooling"),
    FactKind.PERMIT: _("Residence permit"),
    FactKind.INSURANCE: pgettext_lazy("kind of fact", "Medical insurance"),
    FactKind.HEALTH: pgettext_lazy("kind of fact", "Health"),
    FactKind.DISABILITY: _("Disability certificate"),
    FactKind.HARDSHIP: _("Assistance"),
}
STAGES: Mapping[str, Words] = {
    "kindergarten": _("Kindergarten"),
    "primary": _("Primary school"),
    "junior": _("Junior secondary school"),
    "senior": _("Senior secondary school"),
    "vocational": _("Vocational school"),
    "special": _("Special school"),
    "none": _("Not at school"),
}
_GRADES: Mapping[int, Words] = {
    -3: _("Kindergarten, first year"),
    -2: _("Kindergarten, second year"),
    -1: _("Kindergarten, third year"),
    1: _("Year 1"),
    2: _("Year 2"),
    3: _("Year 3"),
    4: _("Year 4"),
    5: _("Year 5"),
    6: _("Year 6"),
    7: _("Year 7"),
    8: _("Year 8"),
    9: _("Year 9"),
    10: _("Year 10"),
    11: _("Year 11"),
    12: _("Year 12"),
}
_DISABILITY_GRADES: Mapping[int, Words] = {
    1: _("Grade 1"),
    2: _("Grade 2"),
    3: _("Grade 3"),
    4: _("Grade 4"),
}
HARDSHIPS: Mapping[str, Words] = {
    "dibao": _("Minimum living allowance (dibao)"),
    "low_income": _("Low-income family"),
    "tekun": _("Support for persons in extreme difficulty (tekun)"),
    "orphan": _("Orphan's allowance"),
    "de_facto_unsupported": _("Allowance for children de facto without support"),
    "serious_illness": _("Serious illness"),
    "disabled": _("Disability"),
    "poverty_relapse_watch": _("Watched against return to poverty"),
    "wandering": _("Helped while wandering"),
    "other": pgettext_lazy("kind of assistance", "Other"),
}
DISABILITY_CLASSES: Mapping[int, Words] = {
    1: _("Sight"),
    2: _("Hearing"),
    3: _("Speech"),
    4: _("Body"),
    5: _("Intellect"),
    6: _("Mind"),
    7: _("Multiple"),
}
LEFT_BEHIND: Mapping[str, Words] = {
    "no": pgettext_lazy("left behind", "No"),
    "one_parent": _("One parent away"),
    "both_parents": _("Both parents away"),
    "yes": pgettext_lazy("left behind", "Yes"),
}
_INSURANCE_KINDS: Mapping[str, Words] = {
    "resident": _("Residents' insurance"),
    "employee": _("Employees' insurance"),
}
# In the order in which a file shows them.
COLUMNS: Mapping[str, Words] = {
    "school": _("School or kindergarten"),
    "stage": _("Stage"),
    "grade": _("Grade"),
    "class_name": _("Class"),
    "attends": _("Attends"),
    "boards": _("Boards"),
    "pupil_record": _("Pupil record number"),
    "school_code": _("School code"),
    "accompanying": _("Accompanying pupil (education's flag)"),
    "migrant_worker_child": _("Child of migrant workers (education's flag)"),
    "left_behind": _("Left behind (education's flag)"),
    "has_permit": _("Has a permit"),
    "valid_until": pgettext_lazy("permit", "Valid until"),
    "issued_by": _("Issued by"),
    "insured": _("Insured"),
    "year": pgettext_lazy("insurance", "Year"),
    "kind": _("Kind of insurance"),
    "insured_place": _("Insured at"),
    "insured_division": _("Insured at (code)"),
    "vaccination_file": _("Vaccination file"),
    "vaccination_place": _("Vaccination unit"),
    "state": _("General state"),
    "disabled": _("Has a certificate"),
    "disability_class": pgettext_lazy("disability", "Class"),
    "kinds": _("Receives or belongs to"),
    "denied": _("Expressly not"),
    "written": _("In the words of the list"),
}


def in_words(column: str, value: Any) -> str:
    """What stands in a column of a fact, for people."""
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, date):
        return formats.day(value)
    if column == "pupil_record":
        return _masked(str(value))
    if isinstance(value, list):
        joint = pgettext("between the words of a list", ", ")
        return joint.join(str(HARDSHIPS.get(each, each)) for each in value)
    return str(_coded(column, value))


def _masked(pupil_record: str) -> str:
    """National pupil record numbers are a letter and the identity number."""
    return pupil_record[:5] + "*" * max(len(pupil_record) - 5, 0)


def grade(number: int, *, of: str = "enrolment") -> str:
    """A grade of school, or of a disability."""
    words = _DISABILITY_GRADES if of == FactKind.DISABILITY else _GRADES
    return str(words.get(number, number))


_CODED: Mapping[str, Mapping[Any, Words]] = {
    "stage": STAGES,
    "left_behind": LEFT_BEHIND,
    "disability_class": DISABILITY_CLASSES,
    "kind": _INSURANCE_KINDS,
}


def _coded(column: str, value: Any) -> Words:
    return _CODED.get(column, {}).get(value, str(value))
