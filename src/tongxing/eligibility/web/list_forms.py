"""What a person types to keep a service list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongxing.eligibility import drafts
from tongxing.eligibility.drafts import Content
from tongxing.eligibility.labels.service_lists import DOMAINS
from tongxing.eligibility.values.service_lists import EntitlementText, ItemText
from tongxing.eligibility.web.presenters import said
from tongxing.rulebook import Pack

_WORDS = forms.Textarea(attrs={"rows": 2})
NEW = "new"


class ItemForm(forms.Form):
    """One item: for whom, what it is, who is responsible, and each promise by its letter."""

    title_zh = forms.CharField(label=_("Name (Chinese)"), max_length=100)
    title_en = forms.CharField(label=_("Name (English)"), max_length=200, required=False)
    target_zh = forms.CharField(label=_("For whom (Chinese)"), max_length=200)
    target_en = forms.CharField(label=_("For whom (English)"), max_length=300, required=False)
    departments = forms.MultipleChoiceField(
        label=_("Departments responsible"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        item: Content | None,
        pack: Pack,
        struck: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        self.struck = tuple(struck)
        self.item = item or {"entitlements": {}}
        kwargs.setdefault("initial", {}).update(_initial(self.item))
        super().__init__(*args, **kwargs)
        departments = self.fields["departments"]
        assert isinstance(departments, forms.MultipleChoiceField)  # noqa: S101 - declared above
        departments.choices = _departments(pack)
        for letter, each in self.item["entitlements"].items():
            self._add_words(
                letter, str(_("Promise %(letter)s")) % {"letter": letter}, each["content"]
            )
        self._add_words(NEW, str(_("One more promise")), {"zh": "", "en": ""}, required=False)

    def _add_words(
        self, letter: str, label: str, content: dict[str, str], *, required: bool = True
    ) -> None:
        for language, name in (("zh", _("Chinese")), ("en", _("English"))):
            self.fields[f"{letter}_{language}"] = forms.CharField(
                label=f"{label} ({name})",
                max_length=300,
                required=required and language == "zh",
                initial=content[language],
                widget=_WORDS,
            )

    def text(self) -> ItemText:
        """The item as typed; a promise added gets the next free letter."""
        said_of = self.cleaned_data
        letters = [*self.item["entitlements"]]
        found = [self._promise(letter, letter) for letter in letters]
        if said_of.get(f"{NEW}_zh"):
            letter = drafts.next_letter([*letters, *self.struck])
            found.append(self._promise(NEW, letter))
        return ItemText(
            title_zh=said_of["title_zh"],
            title_en=said_of["title_en"],
            target_zh=said_of["target_zh"],
            target_en=said_of["target_en"],
            departments=tuple(said_of["departments"]),
            entitlements=tuple(found),
            conditions=tuple(said_of.get("conditions", ())),
            domain=said_of.get("domain", ""),
        )

    def _promise(self, key: str, letter: str) -> EntitlementText:
        return EntitlementText(
            letter=letter,
            content_zh=self.cleaned_data[f"{key}_zh"],
            content_en=self.cleaned_data.get(f"{key}_en", ""),
        )


class NewItemForm(ItemForm):
    """An item of this place's own: it also says its domain and its target by conditions."""

    domain = forms.ChoiceField(
        label=_("Domain"), choices=[(d.value, t) for d, t in DOMAINS.items()]
    )
    conditions = forms.MultipleChoiceField(
        label=_("Who qualifies: all of these"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, item=None, pack=pack, **kwargs)
        conditions = self.fields["conditions"]
        assert isinstance(conditions, forms.MultipleChoiceField)  # noqa: S101 - declared above
        conditions.choices = _conditions(pack)
        self.fields[f"{NEW}_zh"].required = True


class TitleForm(forms.Form):
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=100)
    title_en = forms.CharField(label=_("Title (English)"), max_length=200, required=False)


class PublishForm(forms.Form):
    valid_from = forms.DateField(
        label=_("In force from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), min_length=4, max_length=500)


def _initial(item: Content) -> dict[str, Any]:
    if "title" not in item:
        return {}
    return {
        "title_zh": item["title"]["zh"],
        "title_en": item["title"]["en"],
        "target_zh": item["target"]["zh"],
        "target_en": item["target"]["en"],
        "departments": item["departments"],
    }


def _departments(pack: Pack) -> list[tuple[str, str]]:
    bodies = ((name, dated.values[-1]) for name, dated in pack.bodies.items())
    found = [(name, body) for name, body in bodies if body and body.kind.value == "department"]
    return [(name, said(body.label)) for name, body in found if body.until is None]


def _conditions(pack: Pack) -> list[tuple[str, str]]:
    found = ((name, dated.values[-1]) for name, dated in pack.conditions.items())
    return [(name, said(condition.label)) for name, condition in found if condition]
