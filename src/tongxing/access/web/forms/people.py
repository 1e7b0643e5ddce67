from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tongxing.access import labels
from tongxing.access.values.accounts import EntryCheck, NewAccount, NewPost
from tongxing.access.values.roles import Role
from tongxing.access.web.forms.places import DivisionField
from tongxing.kernel.divisions import area_of


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **more)


class AccountForm(forms.Form):
    """A new person. The identity number is only hashed: one person, one account."""

    person_name = forms.CharField(label=_("Name"), max_length=40)
    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        help_text=_("3 to 40 small letters, digits, dots or hyphens."),
    )
    identity_number = forms.CharField(
        label=_("Identity number"),
        max_length=18,
        help_text=_("Proves that one person has one account. It is not stored in readable form."),
    )
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)

    def account(self) -> NewAccount:
        typed = self.cleaned_data
        return NewAccount(
            username=typed["username"].strip().lower(),
            person_name=typed["person_name"],
            identity_number=typed["identity_number"],
            phone=typed["phone"],
        )


class PostForm(forms.Form):
    """A new post of an organisation; without a code its area is the organisation's."""

    role = forms.ChoiceField(label=_("Role"))
    title = forms.CharField(label=_("Title"), max_length=60)
    division = DivisionField(
        label=_("Division code of the area"),
        required=False,
        help_text=_("Empty: the whole area of the organisation."),
    )
    valid_from = _day(label=_("Valid from"))
    contract_until = _day(label=_("Contract ends on"), required=False)

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, labels.ROLES[role]) for role in roles]
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=choices)
        self.order_fields(["role", "title", "division", "valid_from", "contract_until"])

    def post(self, organisation_id: UUID) -> NewPost:
        typed = self.cleaned_data
        return NewPost(
            role=Role(typed["role"]),
            organisation_id=organisation_id,
            title=typed["title"],
            area=area_of(typed["division"]) if typed["division"] else None,
            valid_from=typed["valid_from"],
            contract_until=typed["contract_until"],
        )


class GrantForm(forms.Form):
    """Ask that somebody holds a post."""

    username = forms.CharField(label=_("User name of the person"), max_length=40)
    since = _day(label=_("From"))
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class EntryCheckForm(forms.Form):
    """The answer to an entry check."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[("", "—"), *((each.value, labels.ENTRY_CHECKS[each]) for each in EntryCheck)],
    )
    on = _day(label=_("Answered on"))


class EndForm(forms.Form):
    """Leaving a post: from which day, and why."""

    on = _day(label=_("Last day is before"), required=False)
    reason = forms.CharField(required=False, max_length=300)
