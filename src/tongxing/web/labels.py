"""Words, icons and form details that the components share."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    DateInput,
    FileInput,
    RadioSelect,
    Select,
)
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongxing.web import formats
from tongxing.web.values import Tone

NOT_RECORDED = gettext_lazy("Not recorded")

TONE_ICONS = {
    Tone.NEUTRAL: "point",
    Tone.INFO: "info-circle",
    Tone.GOOD: "circle-check",
    Tone.WARN: "alert-triangle",
    Tone.BAD: "alert-octagon",
    Tone.SEALED: "lock",
}
BUTTON_STYLES = {
    "": "btn-outline-secondary",
    "primary": "btn-primary",
    "danger": "btn-outline-danger",
    "quiet": "btn-ghost-secondary",
}


@dataclass(frozen=True, slots=True)
class VerdictWords:
    text: str | Promise
    tone: Tone
    icon: str


_VERDICTS = {
    "yes": VerdictWords(gettext_lazy("Yes"), Tone.GOOD, "circle-check"),
    "no": VerdictWords(gettext_lazy("No"), Tone.NEUTRAL, "circle-minus"),
    "cannot_tell": VerdictWords(gettext_lazy("Cannot tell"), Tone.WARN, "help-circle"),
}
_NOT_COMPUTED = VerdictWords(gettext_lazy("Not worked out yet"), Tone.NEUTRAL, "hourglass")


def verdict(answer: str | None) -> VerdictWords:
    """The words of one of the three answers; an answer we do not know is a mistake (KeyError)."""
    return _NOT_COMPUTED if answer is None else _VERDICTS[str(answer)]


def yes_no(value: bool | None) -> str:
    if value is None:
        return _("Unknown")
    return _("Yes") if value else _("No")


def done_on(day: date, *, late: bool) -> str:
    text = _("done late on %(day)s") if late else _("done on %(day)s")
    return text % {"day": formats.day(day)}


def drawing_of(bound: BoundField) -> dict[str, Any]:
    """What the template of a field needs: its kind, and its widget with classes.

    Django itself points the widget to `<id>_helptext` and `<id>_error`.
    """
    _ask_for_days_as_browsers_do(bound)
    kind = _kind_of(bound)
    classes = [_CLASSES.get(kind, ""), "is-invalid" if bound.errors else ""]
    named = " ".join(filter(None, classes))
    attributes: dict[str, str | bool] = {"class": named} if named else {}
    return {"field": bound, "kind": kind, "widget": bound.as_widget(attrs=attributes)}


_CLASSES = {
    "select": "form-select",
    "text": "form-control",
    "file": "form-control",
    "checkbox": "form-check-input",
}


def _ask_for_days_as_browsers_do(bound: BoundField) -> None:
    """A date picker, whose value browsers read only as 2026-03-14, whatever the language."""
    widget = bound.field.widget
    if isinstance(widget, DateInput):
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"


def _kind_of(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, FileInput):
        return "file"
    return "select" if isinstance(widget, Select) else "text"
