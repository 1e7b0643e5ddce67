"""Words for clues and needs."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxing.registry.values.children import ClueKind, ClueState
from tongxing.registry.values.clues import Need

Words = str | Promise

KINDS: Mapping[str, Words] = {
    ClueKind.NEIGHBOUR: _("Seen or heard of nearby"),
    ClueKind.SELF_DECLARATION: _("Declared by the family itself"),
    ClueKind.HOTLINE: _("Call to a hotline"),
    ClueKind.UNACCOMPANIED: _("A child alone"),
    ClueKind.DEPARTMENT: _("Hint from a department"),
    ClueKind.MISSING_FROM_LIST: _("Missing from a later list"),
}
STATES: Mapping[str, Words] = {
    ClueState.NEW: pgettext_lazy("clue", "New"),
    ClueState.ASSIGNED: pgettext_lazy("clue", "Being looked into"),
    ClueState.FOUND: pgettext_lazy("clue", "Child found"),
    ClueState.NOT_FOUND: pgettext_lazy("clue", "Nobody found"),
    ClueState.MOVED: pgettext_lazy("clue", "Moved on"),
    ClueState.DUPLICATE: pgettext_lazy("clue", "Known already"),
    ClueState.REJECTED: pgettext_lazy("clue", "Not followed"),
}
STATE_TONES: Mapping[str, str] = {
    ClueState.NEW: "warn",
    ClueState.ASSIGNED: "info",
    ClueState.FOUND: "good",
    ClueState.DUPLICATE: "good",
}
NEEDS: Mapping[str, Words] = {
    Need.SCHOOLING: pgettext_lazy("need", "School or kindergarten"),
    Need.HEALTH: _("Doctor, vaccination, insurance"),
    Need.LIVING: _("Money for daily life"),
    Need.HOUSING: pgettext_lazy("need", "Housing"),
    Need.PAPERS: _("Hukou, permit, papers"),
    Need.CARE: _("Somebody to look after the child"),
    Need.OTHER: pgettext_lazy("need", "Something else"),
}
