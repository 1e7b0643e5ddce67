"""Sentences of the audit trail about lists."""

from django.utils.translation import gettext_lazy as _

from tongxing.audit import labels

SENTENCES = {
    "registry.roster.received": _("sent a list"),
    "registry.roster.unreadable": _("sent a list that cannot be read (%(code)s)"),
    "registry.roster.mapped": _("checked the columns of a list"),
    "registry.roster.staged": _("had %(read)s rows of a list read"),
    "registry.roster.rows_shown": _("looked at rows of a list"),
    "registry.roster.decided": _("decided %(rows)s rows of a list"),
    "registry.roster.commit_begun": _("let a list into the register"),
    "registry.roster.chunk_committed": _("%(children)s children of a list entered the register"),
    "registry.roster.committed": _("a list is in the register: %(new)s new, %(changed)s changed"),
    "registry.roster.discarded": _("put a list aside: %(reason)s"),
    "registry.roster.undo_begun": _("took a list back: %(reason)s"),
    "registry.roster.undone": _("a list was taken back; %(left)s records stay as they are"),
}


def describe() -> None:
    """Hand the words to the trail; called once when the package is ready."""
    for kind, sentence in SENTENCES.items():
        labels.describe(kind, sentence)
