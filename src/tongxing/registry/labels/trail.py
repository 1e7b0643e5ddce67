"""Sentences of the audit trail about the register."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxing.audit import labels
from tongxing.registry.labels import clues, exports
from tongxing.registry.labels.records import EXITS, FIELDS, PURPOSES, SECRETS, SOURCES

SENTENCES = {
    "registry.child.registered": _("entered the child by hand, as stated by %(source)s"),
    "registry.child.corrected": _("corrected %(fields)s"),
    "registry.child.confirmed": _("confirmed %(fields)s as it stands"),
    "registry.child.revealed": _("had %(fields)s shown in full"),
    "registry.child.moved": _("recorded a move on %(on)s"),
    "registry.child.hukou_changed": _("recorded a change of hukou on %(on)s"),
    "registry.child.hukou_corrected": _("corrected the hukou place"),
    "registry.child.stay_dated": _("recorded since when the child has lived here"),
    "registry.child.absence_noted": _("recorded days away since %(since)s"),
    "registry.child.verified": _("verified the record on %(on)s"),
    "registry.child.asked_for_help": _("recorded that the family asked for help on %(on)s"),
    "registry.child.contact_lost": _("recorded that contact is lost"),
    "registry.child.closed": _("closed the record on %(on)s: %(why)s"),
    "registry.child.reopened": _("reopened the record"),
    "registry.child.updated_from_list": _("took over %(fields)s from the list of %(source)s"),
    "registry.children.exported": _("exported %(rows)s children for %(purpose)s"),
    "registry.child.printed": _("printed the child's file"),
    "registry.clue.reported": _("reported a clue"),
    "registry.clue.read": _("read a clue"),
    "registry.clue.assigned": _("had a clue looked into"),
    "registry.clue.resolved": _("closed a clue: %(outcome)s"),
    "registry.clue.contact_revealed": _("had the contact of a clue shown"),
}
GROUPS = {
    "basics": pgettext_lazy("group of fields", "name and birth"),
    "identity": pgettext_lazy("group of fields", "masked identity number"),
    "residence": pgettext_lazy("group of fields", "residence"),
    "hukou": pgettext_lazy("group of fields", "hukou"),
    "guardians": pgettext_lazy("group of fields", "guardians"),
    "schooling": pgettext_lazy("group of fields", "schooling"),
    "permit": pgettext_lazy("group of fields", "residence permit"),
    "insurance": pgettext_lazy("group of fields", "insurance"),
    "health": pgettext_lazy("group of fields", "health"),
    "disability": pgettext_lazy("group of fields", "disability certificate"),
    "hardship": pgettext_lazy("group of fields", "assistance"),
    "clues": pgettext_lazy("group of fields", "clues"),
    "history": pgettext_lazy("group of fields", "history"),
    "enrolment": pgettext_lazy("group of fields", "schooling"),
    "lived_since": pgettext_lazy("group of fields", "beginning of the stay"),
    "asked_for_help": pgettext_lazy("group of fields", "request for help"),
}


def describe() -> None:
    """Hand the words to the trail; called once when the package is ready."""
    for kind, sentence in SENTENCES.items():
        labels.describe(kind, sentence)
    labels.name_fields(
        {
            **SOURCES,
            **EXITS,
            **clues.STATES,
            **exports.PURPOSES,
            **FIELDS,
            **SECRETS,
            **GROUPS,
        }
    )
    labels.name_purposes(PURPOSES)
