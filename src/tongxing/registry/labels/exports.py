"""Words for exported lists."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxing.registry.values.exports import ExportPurpose

PURPOSES: Mapping[str, str | Promise] = {
    ExportPurpose.HOME_VISITS: _("Planning home visits"),
    ExportPurpose.REPORT_UP: _("Report to the level above"),
    ExportPurpose.COMPARISON: _("Comparison with a department"),
    ExportPurpose.MEETING: _("Meeting or case conference"),
    ExportPurpose.INSPECTION: _("Inspection or audit"),
    ExportPurpose.OTHER: pgettext_lazy("purpose", "Other"),
}
