from collections.abc import Iterable
from datetime import timedelta

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongxing.audit import labels
from tongxing.audit.values import TrailFilter, Whose
from tongxing.kernel import divisions

USUAL_DAYS = 30
ALL_LOOKS = "look."


class DivisionField(forms.CharField):
    """A division code as people write it: 2, 4, 6, 9 or 12 digits."""

    def clean(self, value: str) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return divisions.parse(text)
        except ValueError as error:
            raise forms.ValidationError(
                _("A division code has 2, 4, 6, 9 or 12 digits.")
            ) from error


def _kinds() -> Iterable[tuple[str, str]]:
    yield "", str(_("Everything"))
    yield ALL_LOOKS, str(_("Every look at a child"))
    yield from labels.kinds()


class TrailForm(forms.Form):
    """Which part of the trail to show; it is sent with GET and may be left empty."""

    name = forms.CharField(label=_("Person"), required=False, max_length=100)
    account = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    child = forms.UUIDField(label=_("Number of the child's file"), required=False)
    kind = forms.ChoiceField(label=_("What happened"), required=False, choices=_kinds)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    division = DivisionField(label=_("Division code"), required=False, max_length=12)

    def __init__(self, asked: QueryDict) -> None:
        data = asked.copy()
        # Without a period every search would read the whole trail; emptied on purpose, it may.
        if "since" not in data:
            data["since"] = (timezone.localdate() - timedelta(days=USUAL_DAYS)).isoformat()
        super().__init__(data)

    def filters(self, whose: Whose) -> TrailFilter:
        """What was asked, as far as it could be read."""
        known = self.cleaned_data
        return TrailFilter(
            whose=whose,
            account=known.get("account", ""),
            name=known.get("name", ""),
            child_id=known.get("child"),
            kind=known.get("kind", ""),
            since=known.get("since"),
            until=known.get("until"),
            division=known.get("division"),
        )
