from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxing.access import labels
from tongxing.access.queries import division_of_text
from tongxing.access.values.organisations import Department, NewOrganisation, OrganisationKind
from tongxing.kernel.divisions import Area, area_of
from tongxing.kernel.errors import Unknown

_EMPTY = [("", "—")]


class SearchForm(forms.Form):
    """A search box; anything typed is allowed and nothing is required."""

    q = forms.CharField(label=_("Search"), required=False, max_length=60)


class DivisionField(forms.CharField):
    """A division code of 2 to 12 digits; gives the 12-digit code."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return division_of_text(typed).code
        except Unknown as error:
            raise forms.ValidationError(_("There is no division with this code.")) from error


class VillageForm(forms.Form):
    """A village or community of a known township."""

    code = forms.RegexField(
        r"^[0-9]{12}$",
        label=_("Code"),
        help_text=_("Twelve digits; the first nine are those of the township."),
    )
    name = forms.CharField(label=pgettext_lazy("place", "Name"), max_length=60)
    valid_from = forms.DateField(
        label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean_code(self) -> int:
        return int(self.cleaned_data["code"])


class SuccessionForm(forms.Form):
    """What a division became."""

    new = DivisionField(label=_("Code of the successor"))
    on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}))


class OrganisationFilterForm(SearchForm):
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", pgettext_lazy("kind", "Any")), *labels.ORGANISATION_KINDS.items()],
    )

    def kind_asked(self) -> OrganisationKind | None:
        asked = self.cleaned_data.get("kind")
        return OrganisationKind(asked) if asked else None


class OrganisationForm(forms.Form):
    """A new organisation. Without last code its area is the whole division."""

    name = forms.CharField(label=pgettext_lazy("place", "Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(labels.ORGANISATION_KINDS.items()))
    department = forms.ChoiceField(
        label=_("Department"), required=False, choices=[*_EMPTY, *labels.DEPARTMENTS.items()]
    )
    division = DivisionField(label=_("Division code"))
    area_from = DivisionField(
        label=_("Area: first division"),
        required=False,
        help_text=_("Only for bodies whose area is not a whole division, such as zones."),
    )
    area_to = DivisionField(label=_("Area: last division"), required=False)
    valid_from = forms.DateField(
        label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        first, last = typed.get("area_from"), typed.get("area_to")
        if bool(first) != bool(last):
            self.add_error("area_to", _("Give both ends of the area, or none."))
        elif first and last and area_of(last).hi <= first:
            self.add_error("area_to", _("The last division comes before the first."))
        return typed

    def organisation(self) -> NewOrganisation:
        typed = self.cleaned_data
        first, last = typed["area_from"], typed["area_to"]
        return NewOrganisation(
            name=typed["name"],
            kind=OrganisationKind(typed["kind"]),
            department=Department(typed["department"]) if typed["department"] else None,
            division=typed["division"],
            area=Area(first, area_of(last).hi) if first else None,
            valid_from=typed["valid_from"],
        )
