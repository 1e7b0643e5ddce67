"""The filters of the register list, read leniently: what cannot be read is not asked for."""

from typing import Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxing.registry.labels import people, records
from tongxing.registry.values.children import ChildState, Sex, Source
from tongxing.registry.values.lists import IN_REGISTER, ChildFilter, Verification
from tongxing.registry.values.standings import Answer, Population
from tongxing.registry.web.forms.fields import DayField

EVERYTHING = "all"
T = TypeVar("T")


def _any(words: Any, label: Any) -> list[tuple[str, Any]]:
    return [("", label), *((key, word) for key, word in words.items() if key)]


class FilterForm(forms.Form):
    """What the list is narrowed by. The text asked for comes sealed, in another way."""

    division = forms.IntegerField(required=False, widget=forms.HiddenInput)
    population = forms.ChoiceField(
        label=_("Population"),
        required=False,
        choices=_any(records.POPULATIONS, pgettext_lazy("population", "Any")),
    )
    answer = forms.ChoiceField(
        label=_("Belongs to it"),
        required=False,
        choices=_any(records.ANSWERS, pgettext_lazy("answer", "Any")),
    )
    state = forms.ChoiceField(
        label=_("Record"),
        required=False,
        choices=[
            ("", pgettext_lazy("children", "In the register")),
            *records.STATES.items(),
            (EVERYTHING, _("All, closed ones too")),
        ],
    )
    verification = forms.ChoiceField(
        label=_("Verification"),
        required=False,
        choices=_any(records.VERIFICATIONS, pgettext_lazy("verification", "Any")),
    )
    school = forms.CharField(label=_("School"), required=False, max_length=60)
    age_from = forms.IntegerField(label=_("Age from"), required=False, min_value=0, max_value=18)
    age_to = forms.IntegerField(label=_("to"), required=False, min_value=0, max_value=18)
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=_any(people.SEXES, pgettext_lazy("sex", "Any"))
    )
    missing = forms.ChoiceField(label=_("Missing fact"), required=False)
    source = forms.ChoiceField(
        label=_("Brought in by"),
        required=False,
        choices=_any(records.SOURCES, pgettext_lazy("source", "Any")),
    )
    changed_since = DayField(label=_("Changed since"), required=False)

    def __init__(self, data: QueryDict, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [("", pgettext_lazy("missing fact", "Any")), *records.missing_choices()]
        self.fields["missing"].choices = choices  # type: ignore[attr-defined]
        self.is_valid()

    def wanted(self, text: str = "") -> ChildFilter:
        """The filter that the form asks for, together with the text that is searched."""
        said = self.cleaned_data
        population, answer = _standing(said)
        return ChildFilter(
            text=text,
            division=said.get("division"),
            population=population,
            answer=answer,
            states=_states(said.get("state", "")),
            verification=_one(Verification, said.get("verification")),
            school=said.get("school", ""),
            age_from=said.get("age_from"),
            age_to=said.get("age_to"),
            sex=_one(Sex, said.get("sex")),
            missing=said.get("missing", ""),
            source=_one(Source, said.get("source")),
            changed_since=said.get("changed_since"),
        )

    @property
    def has_more(self) -> bool:
        """Whether one of the filters that are folded away is in use."""
        folded = ("verification", "age_from", "age_to", "sex", "missing", "source", "changed_since")
        return any(self.cleaned_data.get(name) not in (None, "") for name in folded)


def _standing(said: dict[str, Any]) -> tuple[Population | None, Answer | None]:
    """One of the two is enough: "belongs" to the population, or the answer for the place's own."""
    population = _one(Population, said.get("population"))
    answer = _one(Answer, said.get("answer"))
    if population and answer is None:
        return population, Answer.YES
    if answer and population is None:
        return Population.LOCAL, answer
    return population, answer


def _states(asked: str) -> tuple[ChildState, ...]:
    if asked == EVERYTHING:
        return tuple(ChildState)
    return (ChildState(asked),) if asked else IN_REGISTER


def _one(kind: type[T], value: str | None) -> T | None:
    return kind(value) if value else None  # type: ignore[call-arg]
