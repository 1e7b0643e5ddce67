"""A child entered by hand."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tongxing.registry.labels import ethnicities, facts, people, records
from tongxing.registry.values.changes import NewChild, NewGuardian
from tongxing.registry.values.children import HukouKnown, MovedWith, Sex, Source
from tongxing.registry.web.forms.fields import DayField, PartialDateField, PlaceField

_RELATIONS = [
    ("", _("Choose")),
    *((code, people.RELATIONS[code]) for code in people.USUAL_RELATIONS),
]
_HAND_SOURCES = (Source.SURVEY, Source.FAMILY, Source.CIVIL_AFFAIRS, Source.HOTLINE)
_OFF: dict[str, Any] = {"autocomplete": "off"}
SECTIONS = (
    (
        "child",
        _("The child"),
        ("name", "sex", "born", "identity_number", "identity_missing_reason"),
    ),
    ("place", _("Residence"), ("division", "address", "lived_since", "moved_with")),
    ("hukou", _("Hukou and group"), ("hukou", "hukou_text", "ethnicity")),
    ("adult", _("Guardian"), ("guardian_name", "guardian_relation", "guardian_phone", "carer")),
    ("school", _("Schooling"), ("school", "stage", "grade")),
    ("record", _("About this entry"), ("source", "as_of", "seen", "remarks")),
)


class RegisterForm(forms.Form):
    """Only name and place must be known; everything else may still be asked."""

    name = forms.CharField(label=_("Name"), max_length=50, widget=forms.TextInput(attrs=_OFF))
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[("", _("Not known")), *people.SEXES.items()]
    )
    born = PartialDateField(label=_("Birth date"), required=False)
    identity_number = forms.CharField(
        label=_("Identity number"),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs=_OFF),
    )
    identity_missing_reason = forms.CharField(
        label=_("Why there is no number"), required=False, max_length=100
    )
    division = PlaceField(label=_("Place"))
    address = forms.CharField(
        label=_("Address"), required=False, max_length=200, widget=forms.TextInput(attrs=_OFF)
    )
    lived_since = PartialDateField(label=_("Living here since"), required=False)
    moved_with = forms.ChoiceField(
        label=_("Moved with"),
        required=False,
        choices=[("", _("Not known")), *people.MOVED_WITH.items()],
    )
    hukou = forms.ChoiceField(
        label=_("Hukou"),
        required=False,
        choices=[(key, word) for key, word in people.HUKOU.items()],
    )
    hukou_text = forms.CharField(
        label=_("Hukou place"),
        required=False,
        max_length=100,
        help_text=_("Province, city and county, for example 四川省达州市渠县."),
    )
    ethnicity = forms.ChoiceField(
        label=_("Ethnicity"),
        required=False,
        choices=[("", _("Not known")), *ethnicities.ETHNICITIES.items()],
    )
    guardian_name = forms.CharField(label=_("Name"), required=False, max_length=50)
    guardian_relation = forms.ChoiceField(
        label=_("Relation to the child"), required=False, choices=_RELATIONS
    )
    guardian_phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", **_OFF}),
    )
    carer = forms.BooleanField(label=_("Looks after the child day by day"), required=False)
    school = forms.CharField(label=_("School or kindergarten"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=_("Stage"), required=False, choices=[("", _("Not known")), *facts.STAGES.items()]
    )
    grade = forms.IntegerField(label=_("Grade"), required=False, min_value=1, max_value=12)
    source = forms.ChoiceField(
        label=_("Known from"), choices=[(each, records.SOURCES[each]) for each in _HAND_SOURCES]
    )
    as_of = DayField(label=_("On which day"))
    seen = forms.BooleanField(
        label=_("I saw the child or spoke with the family on that day"), required=False
    )
    remarks = forms.CharField(
        label=_("Remarks"),
        required=False,
        max_length=500,
        help_text=_("No words that label the child or the family."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    confirmed = forms.BooleanField(
        label=_("I looked at that file: this is another child"), required=False
    )

    def __init__(
        self,
        *args: Any,
        places: list[tuple[str, list[tuple[int, str]]]],
        resolve: Callable[[str], int | None],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].offer(places)  # type: ignore[attr-defined]
        self.resolve = resolve

    def sections(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        """The fields in the order in which people ask for them."""
        return [(key, title, [self[name] for name in names]) for key, title, names in SECTIONS]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        text = said.get("hukou_text", "")
        said["hukou_division"] = self.resolve(text) if text else None
        if text and said["hukou_division"] is None:
            message = _("No such place was found. Write province, city and county in full.")
            self.add_error("hukou_text", ValidationError(message))
        if text and not said.get("hukou"):
            said["hukou"] = HukouKnown.REGISTERED.value
        return said

    def new_child(self) -> NewChild:
        said = self.cleaned_data
        return NewChild(
            name=said["name"],
            sex=Sex(said["sex"]),
            born=said["born"],
            identity_number=said["identity_number"].strip(),
            identity_missing_reason=said["identity_missing_reason"],
            division=said["division"],
            address=said["address"],
            lived_since=said["lived_since"],
            moved_with=MovedWith(said["moved_with"]),
            hukou=HukouKnown(said["hukou"]),
            hukou_division=said["hukou_division"],
            hukou_text=said["hukou_text"],
            ethnicity=said["ethnicity"],
            school=said["school"],
            stage=said["stage"],
            grade=said["grade"],
            source=Source(said["source"]),
            as_of=said["as_of"],
            seen=said["seen"],
            remarks=said["remarks"],
            guardians=self._guardians(),
        )

    def _guardians(self) -> tuple[NewGuardian, ...]:
        said = self.cleaned_data
        if not said["guardian_name"]:
            return ()
        return (
            NewGuardian(
                name=said["guardian_name"],
                relation=said["guardian_relation"],
                phone=said["guardian_phone"].replace(" ", "").replace("-", ""),
                is_actual_carer=True if said["carer"] else None,
            ),
        )


def blank_entry(today: date, division: int | None) -> dict[str, Any]:
    """What a new form begins with."""
    return {"as_of": today, "source": Source.SURVEY.value, "division": division}
