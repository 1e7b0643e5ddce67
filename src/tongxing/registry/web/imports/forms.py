"""What people type about a list, turned into values. Nothing here knows the database."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongxing.registry.rules.fields import Field, words_of
from tongxing.registry.rules.headers import Mapping
from tongxing.registry.values.rosters import Decision, Upload
from tongxing.registry.web.imports import words


class UploadForm(forms.Form):
    """A list and what its sender says about it."""

    division = forms.TypedChoiceField(label=_("Place the list is about"), coerce=int)
    source = forms.ChoiceField(label=_("Who made the list"), choices=words.SOURCES)
    as_of = forms.DateField(
        label=_("The day the list speaks of"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Usually the day of the export, as the title of the list says."),
    )
    file = forms.FileField(
        label=_("The list (xlsx, xls or csv)"),
        help_text=_("Up to 100,000 rows. Send the file as it is; nothing is changed in it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )
    again = forms.BooleanField(label=_("Read the file although it was read before"), required=False)

    def __init__(self, *args: Any, places: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].choices = places  # type: ignore[attr-defined]

    def upload(self) -> Upload:
        said = self.cleaned_data
        return Upload(
            division=said["division"],
            source=said["source"],
            file_name=said["file"].name,
            content=said["file"].read(),
            as_of=said["as_of"],
            again=said["again"],
        )


class ColumnsForm(forms.Form):
    """One choice for each column of the list."""

    def __init__(self, *args: Any, mapping: Mapping, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mapping = mapping
        choices = [("", _("not read")), *_field_choices(language)]
        for column, heading in sorted(mapping.headings.items()):
            mapped = mapping.columns.get(column)
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=heading,
                choices=choices,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
                initial=mapped.field.value if mapped else "",
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        chosen = [value for value in said.values() if value]
        twice = {value for value in chosen if chosen.count(value) > 1}
        for value in sorted(twice):
            name = words_of(Field(value)).zh
            self.add_error(None, _("Two columns are read as “%(field)s”.") % {"field": name})
        if Field.NAME.value not in chosen:
            self.add_error(None, _("No column is read as the child's name."))
        return said

    def corrected(self) -> Mapping:
        mapping = self.mapping
        for column in self.mapping.headings:
            value = self.cleaned_data.get(f"column_{column}")
            mapping = mapping.with_column(column, Field(value) if value else None)
        return mapping


class DecisionForm(forms.Form):
    """A decision about chosen rows, or about all of a class."""

    decision = forms.TypedChoiceField(choices=words.DECISIONS, coerce=Decision)
    reason = forms.CharField(max_length=500)
    everything = forms.BooleanField(required=False)
    fate = forms.CharField(required=False)
    code = forms.CharField(required=False)
    number = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        given = [(value, value) for value in data.getlist("number") if value.isdigit()]
        self.fields["number"].choices = given  # type: ignore[attr-defined]


def upload_defaults(division: int, today: date) -> dict[str, Any]:
    """What a clerk would choose anyway."""
    return {"division": division, "as_of": today}


def _field_choices(language: str) -> list[tuple[str, str]]:
    chinese = language.startswith("zh")
    return [(field.value, words_of(field).zh if chinese else words_of(field).en) for field in Field]
