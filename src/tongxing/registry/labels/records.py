"""Words for the record itself: states, sources, answers, fields, filters."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxing.registry.values.changes import Field, Secret
from tongxing.registry.values.children import ChildState, ExitReason, Purpose, Source
from tongxing.registry.values.lists import Verification
from tongxing.registry.values.standings import Answer, Population

Words = str | Promise

STATES: Mapping[str, Words] = {
    ChildState.TO_VERIFY: pgettext_lazy("state of a record", "To be verified"),
    ChildState.ACTIVE: pgettext_lazy("state of a record", "Verified"),
    ChildState.SUSPENDED: pgettext_lazy("state of a record", "Out of contact"),
    ChildState.OUT: pgettext_lazy("state of a record", "Closed"),
}
STATE_TONES: Mapping[str, str] = {
    ChildState.TO_VERIFY: "info",
    ChildState.ACTIVE: "good",
    ChildState.SUSPENDED: "warn",
    ChildState.OUT: "neutral",
}
EXITS: Mapping[str, Words] = {
    ExitReason.TURNED_16: _("Turned 16"),
    ExitReason.MOVED_AWAY: _("Moved away"),
    ExitReason.RETURNED_TO_HUKOU: _("Returned to the hukou place"),
    ExitReason.HUKOU_MOVED_HERE: _("Hukou moved here"),
    ExitReason.STAY_NO_LONGER_MET: _("No longer lives here long enough"),
    ExitReason.DUPLICATE: _("Entered twice"),
    ExitReason.ENTERED_BY_MISTAKE: _("Entered by mistake"),
    ExitReason.DIED: _("Died"),
    ExitReason.OTHER: pgettext_lazy("reason for closing", "Other"),
}
SOURCES: Mapping[str, Words] = {
    Source.SURVEY: _("Village or community survey"),
    Source.EDUCATION: _("Education bureau"),
    Source.KINDERGARTEN: _("Kindergarten records"),
    Source.POLICE: _("Public security"),
    Source.HEALTH: _("Health commission"),
    Source.INSURANCE: _("Medical insurance bureau"),
    Source.DPF: _("Disabled persons' federation"),
    Source.CIVIL_AFFAIRS: _("Civil affairs"),
    Source.FAMILY: _("The family"),
    Source.HOTLINE: _("Hotline"),
    Source.STAFF: _("Staff correction"),
}
PURPOSES: Mapping[str, Words] = {
    Purpose.CARE: pgettext_lazy("purpose", "care and service"),
    Purpose.VERIFICATION: pgettext_lazy("purpose", "verification"),
    Purpose.COMPARISON: pgettext_lazy("purpose", "comparison"),
    Purpose.CORRECTION: pgettext_lazy("purpose", "correction"),
    Purpose.EXPORT: pgettext_lazy("purpose", "export"),
    Purpose.AUDIT: pgettext_lazy("purpose", "audit"),
}
POPULATIONS: Mapping[str, Words] = {
    Population.LOCAL: _("Survey population here"),
    Population.NATIONAL: _("Survey population, national definition"),
    Population.STATISTICAL: _("Statistical population"),
}
SHORT_POPULATIONS: Mapping[str, Words] = {
    Population.LOCAL: pgettext_lazy("population", "Here"),
    Population.NATIONAL: pgettext_lazy("population", "National"),
    Population.STATISTICAL: pgettext_lazy("population", "Statistics"),
}
ANSWERS: Mapping[str, Words] = {
    Answer.YES: pgettext_lazy("answer", "Yes"),
    Answer.NO: pgettext_lazy("answer", "No"),
    Answer.CANNOT_TELL: pgettext_lazy("answer", "Cannot tell"),
    Answer.NOT_WORKED_OUT: pgettext_lazy("answer", "Not worked out yet"),
}
VERIFICATIONS: Mapping[str, Words] = {
    Verification.OVERDUE: _("Overdue"),
    Verification.SOON: _("Due within 30 days"),
}
FIELDS: Mapping[str, Words] = {
    Field.NAME: _("Name"),
    Field.FORMER_NAME: _("Former name"),
    Field.SEX: _("Sex"),
    Field.BIRTH: _("Birth date"),
    Field.ETHNICITY: _("Ethnicity"),
    Field.NATIONALITY: _("Nationality or region"),
    Field.IDENTITY_NUMBER: _("Identity number"),
    Field.IDENTITY_MISSING_REASON: _("Why there is no number"),
    Field.ADDRESS: _("Address"),
    Field.MOVED_WITH: _("Moved with"),
    Field.REMARKS: _("Remarks"),
    "hukou": _("Hukou place"),
    "residence": _("Residence"),
    "lived_since": _("Living here since"),
    "asked_for_help": _("Family asked for help on"),
}
SECRETS: Mapping[str, Words] = {
    Secret.IDENTITY_NUMBER: _("Identity number"),
    Secret.ADDRESS: _("Address"),
    Secret.REMARKS: _("Remarks"),
    Secret.GUARDIAN_NUMBER: _("Guardian's identity number"),
    Secret.GUARDIAN_PHONE: _("Guardian's phone"),
}
_UNUSABLE_NUMBERS: Mapping[str, Words] = {
    "missing": _("nothing was entered"),
    "numeric_cell": _("a spreadsheet damaged it"),
    "truncated": _("its last digits are cut off"),
    "masked": _("parts of it are hidden"),
    "placeholder": _("it only fills the field"),
    "bad_check": _("the check digit is wrong, so a digit was mistyped"),
    "bad_date": _("it holds a birth date that does not exist"),
    "bad_province": _("it begins with a place that does not exist"),
    "fictional": _("it is an invented number"),
    "wrong_length": _("it does not have 18 characters"),
    "other_document": _("it belongs to another kind of document"),
}


def unusable_number(kind: str) -> str:
    return str(_UNUSABLE_NUMBERS.get(kind, kind))


# Facts without which a policy cannot tell, by the names the policies give them.
_MISSING: dict[str, Words] = {
    "birth_date": _("Birth date"),
    "hukou_division": _("Hukou place"),
    "hukou_detail": _("Hukou place, more exactly"),
    "hukou_since": _("Date of the hukou transfer"),
    "earlier_hukou": _("Former hukou place"),
    "hukou_registration": _("Household registration"),
    "residence": _("Residence"),
    "residence_detail": _("Residence, more exactly"),
    "residence_since": _("Living here since"),
    "residence_until": _("End of the former residence"),
    "absence_dates": _("Dates of the absence"),
    "companions": _("With whom the child lives"),
    "guardian_basis": _("Basis of guardianship"),
    "asks_for_help_on": _("Date of the request for help"),
    "central_urban_districts": _("Central urban districts of the city"),
    "zone_mapping": _("County of the development zone"),
}


def name_missing(names: Mapping[str, Words]) -> None:
    """Say what missing facts are called; whoever knows the policies knows their facts."""
    _MISSING.update(names)


def missing(code: str) -> str:
    return str(_MISSING.get(code, code))


def missing_choices() -> list[tuple[str, str]]:
    """Every missing fact that can be asked for, for a filter."""
    return [(code, str(words)) for code, words in _MISSING.items()]
