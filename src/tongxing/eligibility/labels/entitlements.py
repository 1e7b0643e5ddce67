"""What the trail says about entitlements."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "eligibility.fact.declared": _("A question of the rules was answered: %(fact)s"),
    "eligibility.entitlement.delivered": _("Entitlement %(entitlement)s was received"),
    "eligibility.entitlement.declined": _("Entitlement %(entitlement)s was declined"),
    "eligibility.entitlement.withdrawn": _("The record about %(entitlement)s was taken back"),
}
