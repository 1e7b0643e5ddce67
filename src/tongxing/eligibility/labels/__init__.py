"""What the populations are called."""

from django.utils.translation import gettext_lazy as _

from tongxing.eligibility.values import Population

POPULATIONS = {
    Population.LOCAL: _("Survey population here"),
    Population.NATIONAL: _("Survey population, national definition"),
    Population.STATISTICAL: _("Statistical population"),
    Population.SELF_REQUEST: _("Asked for help after crossing a township border"),
}
EXPLANATIONS = {
    Population.LOCAL: _("Decides about this place's lists, services and reports."),
    Population.NATIONAL: _("Decides about the national system and reports to higher levels."),
    Population.STATISTICAL: _("Children who left their home township; counted, not listed."),
    Population.SELF_REQUEST: _("Served as a priority child on request; not counted as migrant."),
}
