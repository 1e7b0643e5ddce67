"""What the entries that access writes into the trail are called."""

from django.utils.translation import gettext_lazy as _

from tongxing.access import labels, queries
from tongxing.audit import labels as audit

KINDS = {
    "access.signed_in": _("signed in"),
    "access.signed_out": _("signed out"),
    "access.sign_in_failed": _("a sign-in failed"),
    "access.post_switched": _("went on from another post"),
    "access.account.created": _("opened the account %(username)s"),
    "access.account.closed": _("closed an account"),
    "access.account.reopened": _("opened an account again"),
    "access.account.password_reset": _("gave an account a first password again"),
    "access.account.password_changed": _("changed the own password"),
    "access.account.second_factor_added": _("set up a second factor"),
    "access.account.device_forgotten": _("let a browser be forgotten"),
    "access.grant.requested": _("asked for an appointment from %(since)s"),
    "access.grant.confirmed": _("confirmed an appointment from %(since)s"),
    "access.grant.refused": _("refused an appointment"),
    "access.grant.withdrawn": _("withdrew the request for an appointment"),
    "access.appointment.ended": _("ended an appointment on %(on)s"),
    "access.appointment.checked": _("noted an entry check of %(on)s"),
    "access.post.created": _("added a post"),
    "access.post.ended": _("ended a post on %(on)s"),
    "access.organisation.founded": _("added the organisation %(name)s"),
    "access.organisation.closed": _("closed an organisation on %(on)s"),
    "access.organisation.zones_founded": _("added %(zones)s development zones"),
    "access.site.founded": _("founded the site with three administrators"),
    "access.division.added": _("added the village %(name)s"),
    "access.division.succeeded": _("noted that the division became %(successor)s on %(on)s"),
    "access.divisions.loaded": _(
        "read an edition of the divisions: %(added)s new, %(renamed)s renamed, %(ended)s ended"
    ),
}


def describe_own() -> None:
    for kind, words in KINDS.items():
        audit.describe(kind, words)
    audit.name_roles(labels.ROLES)
    audit.name_divisions(queries.division_names)
