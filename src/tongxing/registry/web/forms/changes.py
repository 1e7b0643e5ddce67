"""What a person types to change one record."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tongxing.registry.labels import ethnicities, people, records
from tongxing.registry.values.changes import Away, Correction, Field, HukouMove, Move
from tongxing.registry.values.children import ExitReason
from tongxing.registry.web.forms.fields import DayField, PartialDateField, PlaceField, Reason

Groups = list[tuple[str, list[tuple[int, str]]]]
Resolve = Callable[[str], int | None]


class CorrectForm(forms.Form):
    """Every field of the person with its present value; secret ones stay empty and mean "as is"."""

    base_revision = forms.IntegerField(widget=forms.HiddenInput)
    # The values that were shown, sealed: only what the person changed is a correction.
    was = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=50)
    former_name = forms.CharField(label=_("Former name"), required=False, max_length=50)
    sex = forms.ChoiceField(
        label=_("Sex"),
        required=False,
        choices=[("", _("Not known")), *people.SEXES.items()],
    )
    birth = PartialDateField(label=_("Birth date"), required=False)
    ethnicity = forms.ChoiceField(
        label=_("Ethnicity"),
        required=False,
        choices=[("", _("Not known")), *ethnicities.ETHNICITIES.items()],
    )
    nationality = forms.CharField(label=_("Nationality or region"), required=False, max_length=50)
    identity_number = forms.CharField(
        label=_("New identity number"),
        required=False,
        max_length=24,
        help_text=_("Leave it empty to keep what is recorded."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    identity_missing_reason = forms.CharField(
        label=_("Why there is no number"), required=False, max_length=100
    )
    address = forms.CharField(
        label=_("New address"),
        required=False,
        max_length=200,
        help_text=_("Leave it empty to keep what is recorded."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    moved_with = forms.ChoiceField(
        label=_("Moved with"),
        required=False,
        choices=[("", _("Not known")), *people.MOVED_WITH.items()],
    )
    remarks = forms.CharField(
        label=_("New remarks"),
        required=False,
        max_length=500,
        help_text=_("Replaces the present remarks. No words that label the child or the family."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = Reason()

    def correction(self, was: Mapping[Field, str]) -> Correction:
        """The fields that differ from what was shown; secret ones were shown empty."""
        said = self.cleaned_data
        return Correction(
            changes={
                field: said[field.value]
                for field in Field
                if said[field.value] != was.get(field, "")
            },
            reason=said["reason"],
            base_revision=said["base_revision"],
        )


class VerifyForm(forms.Form):
    on = DayField(label=_("Day of the visit or call"))


class HelpForm(forms.Form):
    on = DayField(label=_("Day on which the family asked"))


class ContactForm(forms.Form):
    reason = Reason(label=_("What was tried"), help_text="")


class StayForm(forms.Form):
    since = PartialDateField(
        label=_("Living here since"), help_text=_("As exactly as the family remembers.")
    )


class MoveForm(forms.Form):
    """A new residence inside the area of the post."""

    to = PlaceField(label=_("New place"))
    on = DayField(label=_("Living there since"))
    address = forms.CharField(
        label=_("New address"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = Reason(required=False, label=_("Remark"), help_text="")

    def __init__(self, *args: Any, places: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(places)  # type: ignore[attr-defined]

    def move(self) -> Move:
        return Move(**self.cleaned_data)


class HukouForm(forms.Form):
    """The hukou place in words; `resolve` finds its division."""

    registered = forms.ChoiceField(
        label=_("Hukou"),
        choices=[("yes", _("Registered")), ("no", _("Not registered anywhere yet"))],
        widget=forms.RadioSelect,
    )
    written = forms.CharField(
        label=_("Hukou place"),
        required=False,
        max_length=100,
        help_text=_("Province, city and county, for example 四川省达州市渠县."),
    )
    on = DayField(
        label=_("Moved there on"),
        required=False,
        help_text=_("Leave it empty when only the place was written wrongly."),
    )
    reason = Reason()

    def __init__(self, *args: Any, resolve: Resolve, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.resolve = resolve

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        registered = said.get("registered") == "yes"
        said["place"] = self.resolve(said["written"]) if said.get("written") else None
        if registered and said["place"] is None:
            self.add_error("written", ValidationError(_UNKNOWN_PLACE))
        return said

    def move(self) -> HukouMove:
        said = self.cleaned_data
        registered = said["registered"] == "yes"
        return HukouMove(
            registered=registered,
            place=said["place"] if registered else None,
            written=said["written"] if registered else "",
            on=said["on"],
            reason=said["reason"],
        )


_UNKNOWN_PLACE = _("No such place was found. Write province, city and county in full.")


class AbsenceForm(forms.Form):
    since = DayField(label=_("Away since"))
    until = DayField(label=_("Back on"), required=False, help_text=_("Empty while still away."))
    reason = forms.CharField(
        label=_("Where and why"),
        required=False,
        max_length=100,
        help_text=_("For example: at the grandparents' over the holidays."),
    )

    def away(self) -> Away:
        return Away(**self.cleaned_data)


class CloseForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Why the record is closed"),
        choices=[("", _("Choose a reason")), *records.EXITS.items()],
    )
    on = DayField(label=_("On which day"))
    note = Reason(required=False, label=_("Remark"), help_text=_("Needed for “other”."))

    def exit_reason(self) -> ExitReason:
        return ExitReason(self.cleaned_data["why"])


class ReopenForm(forms.Form):
    back_since = DayField(
        label=_("Back since"),
        required=False,
        help_text=_("Leave it empty when the record was closed by mistake."),
    )
    reason = Reason()


class ConfirmForm(forms.Form):
    """That one field is right as it stands."""

    field = forms.ChoiceField(choices=list(records.FIELDS.items()))
    reason = Reason()


class RevealForm(forms.Form):
    reason = Reason(help_text=_("Your name, the time, the field and this reason are kept."))
