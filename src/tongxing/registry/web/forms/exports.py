"""Why a list leaves the system."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tongxing.registry.labels.exports import PURPOSES
from tongxing.registry.values.exports import ExportPurpose
from tongxing.registry.web.forms.fields import Reason


class ExportForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("What the list is for"),
        choices=[("", _("Choose a purpose")), *PURPOSES.items()],
    )
    reason = Reason(
        required=False,
        label=_("Reason in words"),
        help_text=_("Needed for more than 50 children and for “other”. Kept in the audit trail."),
    )

    def chosen(self) -> ExportPurpose:
        return ExportPurpose(self.cleaned_data["purpose"])
