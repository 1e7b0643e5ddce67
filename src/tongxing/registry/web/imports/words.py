"""What lists, fates, problems and decisions are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tongxing.registry.labels import ethnicities, facts, people
from tongxing.registry.rules.problems import words_of_problem
from tongxing.registry.values.children import Source
from tongxing.registry.values.rosters import BatchState, Decision, Fate

SOURCES = [
    (Source.EDUCATION.value, _("Education bureau: pupils")),
    (Source.KINDERGARTEN.value, _("Education bureau: kindergartens")),
    (Source.SURVEY.value, _("Village or community survey")),
    (Source.POLICE.value, _("Public security: residence registration")),
    (Source.HEALTH.value, _("Health: vaccination and health management")),
    (Source.INSURANCE.value, _("Medical insurance bureau")),
    (Source.DPF.value, _("Disabled persons' federation")),
    (Source.CIVIL_AFFAIRS.value, _("Civil affairs")),
]
SOURCE_NAMES = dict(SOURCES)

STATES = {
    BatchState.RECEIVED: _("being opened"),
    BatchState.INSPECTED: _("columns to check"),
    BatchState.STAGING: _("being read"),
    BatchState.REVIEW: _("ready for review"),
    BatchState.STOPPED: _("stopped: much shorter than last time"),
    BatchState.COMMITTING: _("entering the register"),
    BatchState.COMMITTED: _("in the register"),
    BatchState.UNDOING: _("being taken back"),
    BatchState.UNDONE: _("taken back"),
    BatchState.UNREADABLE: _("cannot be read"),
    BatchState.DISCARDED: _("put aside"),
}
STEPS = (_("Sent"), _("Columns"), _("Review"), _("In the register"))
STATE_TONES = {
    BatchState.REVIEW: "info",
    BatchState.INSPECTED: "info",
    BatchState.STOPPED: "warn",
    BatchState.COMMITTED: "good",
    BatchState.UNREADABLE: "bad",
}

FATES = {
    Fate.HELD: pgettext_lazy("rows of a list", "Held"),
    Fate.CHANGED: pgettext_lazy("rows of a list", "Changed"),
    Fate.NEW: pgettext_lazy("rows of a list", "New"),
    Fate.DUPLICATE: pgettext_lazy("rows of a list", "Repeated"),
    Fate.REJECTED: pgettext_lazy("rows of a list", "Not usable"),
    Fate.UNCHANGED: pgettext_lazy("rows of a list", "Unchanged"),
}
FATE_HINTS = {
    Fate.HELD: _("A person decides before these rows enter. Nothing is repaired silently."),
    Fate.CHANGED: _("Known children with news. The values below enter when you commit."),
    Fate.NEW: _("Children the register does not have yet. They enter when you commit."),
    Fate.DUPLICATE: _("The same child stands in the list more than once."),
    Fate.REJECTED: _("These rows are no children or cannot be read; they never enter."),
    Fate.UNCHANGED: _("The list says what the register already has, or what it said before."),
}

DECISIONS = [
    (Decision.ACCEPT.value, _("Take the row as it is: a child of its own")),
    (
        Decision.ACCEPT_WITHOUT_NUMBER.value,
        _("Take the child, but leave the identity number out until it is known"),
    ),
    (Decision.SAME_CHILD.value, _("It is the known child: fill the gaps of that file")),
    (Decision.OTHER_CHILD.value, _("It is not the known child: a child of its own")),
    (Decision.LEAVE_OUT.value, _("Leave the row out")),
]
DECISION_NAMES = dict(DECISIONS)

_QUESTIONS = {
    "same_number_other_name": _(
        "The register has this identity number under another name. Which of the two is right?"
    ),
    "perhaps_known_child": _(
        "Probably a child the register already has: same name, same birth date, but no number "
        "that proves it."
    ),
    "repeated_with_differences": _("The list names this child twice and says different things."),
    "left_the_register": _(
        "This is a child whose file was closed because it went away. Is it back? Reopen the file "
        "first."
    ),
    "lives_outside": _("According to the row the child lives outside the area of the list."),
    "entered_meanwhile": _("Another list brought a child with this number in meanwhile."),
    "child_gone_meanwhile": _(
        "The known child was taken back or moved away after the list was compared. Decide anew."
    ),
    "could_not_enter": _("The database refused this row. Look at its values one by one."),
    "repeats_row": _("Repeats an earlier row of the list."),
}

FIELD_NAMES = {
    "name": _("Name"),
    "sex": _("Sex"),
    "birth": _("Birth date"),
    "ethnicity": _("Ethnicity"),
    "hukou": _("Hukou place"),
    "residence": _("Residence"),
    "moved_with": _("Moved with"),
    "identity_number": _("Identity number"),
    "address": _("Address"),
    "lived_since": _("Living here since"),
    "asked_for_help": _("Family asked for help on"),
    "guardians": _("Guardian"),
    **facts.KINDS,
}
_VALUES: Mapping[str, Mapping[str, str | Promise]] = {
    "sex": people.SEXES,
    "ethnicity": ethnicities.ETHNICITIES,
    "moved_with": people.MOVED_WITH,
    "hukou": people.HUKOU,
}


def of_value(field: str, value: str) -> str:
    """What a code of the register means; everything else stays as it is."""
    return str(_VALUES.get(field, {}).get(value, value))


def of_problem(code: str) -> str:
    """One sentence about what is wrong, in the reader's language."""
    if code in _QUESTIONS:
        return str(_QUESTIONS[code])
    words = words_of_problem(code)
    return words.zh if (get_language() or "zh").startswith("zh") else words.en
