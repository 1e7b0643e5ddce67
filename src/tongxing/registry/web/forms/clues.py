"""Reporting a clue and closing it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxing.registry.labels import clues
from tongxing.registry.values.children import ClueKind, ClueState
from tongxing.registry.values.clues import ClueReport, Need
from tongxing.registry.web.forms.fields import PlaceField, Reason

_BY_HAND = (
    ClueKind.NEIGHBOUR,
    ClueKind.SELF_DECLARATION,
    ClueKind.HOTLINE,
    ClueKind.UNACCOMPANIED,
    ClueKind.DEPARTMENT,
)


class ReportForm(forms.Form):
    """What somebody saw or said; whom to call is sealed at once."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(kind, clues.KINDS[kind]) for kind in _BY_HAND],
        widget=forms.RadioSelect,
        initial=ClueKind.NEIGHBOUR,
    )
    division = PlaceField(label=_("Where"))
    said = forms.CharField(
        label=_("What is known"),
        max_length=1000,
        help_text=_("Where, when, about how old. Only what helps to find the family."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    need = forms.ChoiceField(
        label=_("What the family needs"),
        required=False,
        choices=[("", _("Not said")), *clues.NEEDS.items()],
    )
    contact = forms.CharField(
        label=_("Whom to call"),
        required=False,
        max_length=100,
        help_text=_("Name and phone; kept sealed and shown only to those who look into it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, places: list[tuple[str, list[tuple[int, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].offer(places)  # type: ignore[attr-defined]

    def report(self) -> ClueReport:
        said = self.cleaned_data
        return ClueReport(
            division=said["division"],
            kind=ClueKind(said["kind"]),
            said=said["said"],
            contact=said["contact"],
            need=Need(said["need"]),
        )


class ResolveForm(forms.Form):
    """What came of a clue without a child at its end."""

    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=[
            (state, clues.STATES[state])
            for state in (ClueState.NOT_FOUND, ClueState.MOVED, ClueState.REJECTED)
        ],
        widget=forms.RadioSelect,
    )
    note = Reason(
        required=False, label=_("Remark"), help_text=_("Needed when the clue is not followed.")
    )

    def outcome_state(self) -> ClueState:
        return ClueState(self.cleaned_data["outcome"])


class ClueFilterForm(forms.Form):
    """Which clues a list shows; open ones unless something else is asked for."""

    state = forms.ChoiceField(
        label=pgettext_lazy("clue", "State"),
        required=False,
        choices=[
            ("", pgettext_lazy("clue", "Open")),
            *clues.STATES.items(),
            ("all", _("All, closed ones too")),
        ],
    )
    kind = forms.ChoiceField(
        label=_("What it is"),
        required=False,
        choices=[("", pgettext_lazy("clue", "Any")), *clues.KINDS.items()],
    )

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.is_valid()

    @property
    def state_asked(self) -> str:
        return str(self.cleaned_data.get("state", ""))

    @property
    def kind_asked(self) -> str:
        return str(self.cleaned_data.get("kind", ""))
