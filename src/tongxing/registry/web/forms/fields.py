"""Fields that several forms of the register share."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tongxing.registry.rules.lines import interval_of

_PARTIAL = re.compile(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?|年)?")


class DayField(forms.DateField):
    """One day, chosen from the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


class PartialDateField(forms.CharField):
    """A day, or only the month or the year: 2015-03-07, 2015-03, 2015年3月, 2015."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"placeholder": _("2015-03-07, 2015-03 or 2015"), "inputmode": "numeric"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return ""
        found = _PARTIAL.fullmatch(text)
        if found is None:
            raise ValidationError(_("Write a day, a month or a year: 2015-03-07, 2015-03 or 2015."))
        year, *rest = found.groups()
        parts = [year, *(part.zfill(2) for part in rest if part)]
        written = "-".join(parts)
        try:
            interval_of(written)
        except ValueError as error:
            raise ValidationError(_("There is no such day.")) from error
        return written


class PlaceField(forms.TypedChoiceField):
    """A village or township of the actor's area, from `queries.areas.choices`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)

    def offer(self, groups: list[tuple[str, list[tuple[int, str]]]]) -> None:
        """Let people choose among these places; a single one is chosen already."""
        blank: list[Any] = [("", _("Choose a place"))]
        self.choices = blank + [(name, found) for name, found in groups]


class Reason(forms.CharField):
    """Why; kept in the trail."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Reason"))
        kwargs.setdefault("help_text", _("The reason is kept in the audit trail."))
        widget = forms.Textarea(attrs={"rows": 2, "maxlength": 500})
        super().__init__(widget=widget, max_length=500, **kwargs)
