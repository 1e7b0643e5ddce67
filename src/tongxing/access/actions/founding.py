"""The first day of a site: three people, three administrations, nobody above them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxing.access import rules
from tongxing.access.actions import accounts, grants
from tongxing.access.errors import AlreadyFounded, PowersApart
from tongxing.access.models import Organisation, Post
from tongxing.access.values.accounts import Administrator
from tongxing.access.values.organisations import OrganisationKind
from tongxing.access.values.roles import ADMINISTRATORS
from tongxing.audit import actions as audit
from tongxing.kernel.actors import SYSTEM
from tongxing.kernel.ids import uuid7


@transaction.atomic
def found_site(
    *, operator: str, division: int, administrators: Sequence[Administrator], at: datetime
) -> dict[str, UUID]:
    """Appoint the three administrators, once in the life of a site. Returns accounts by role.

    Afterwards nobody gets a post without two people: this is the only door without a second key.
    """
    if {each.role for each in administrators} != ADMINISTRATORS or len(administrators) != 3:
        raise PowersApart()
    if Post.objects.filter(role__in=[role.value for role in ADMINISTRATORS]).exists():
        raise AlreadyFounded()
    site = _operator(operator, division, at)
    founded = {each.role.value: _appoint(each, site, at) for each in administrators}
    audit.record(
        "access.site.founded",
        actor=SYSTEM,
        at=at,
        subject_type="organisation",
        subject_id=site.pk,
        division=division,
        accounts=list(founded.values()),
    )
    return founded


def _operator(name: str, division: int, at: datetime) -> Organisation:
    area = rules.WHOLE_SITE
    return Organisation.objects.create(
        id=uuid7(),
        name=name,
        kind=OrganisationKind.SITE_OPERATOR.value,
        division=division,
        area_lo=area.lo,
        area_hi=area.hi,
        valid_from=timezone.localdate(at),
    )


def _appoint(administrator: Administrator, site: Organisation, at: datetime) -> UUID:
    titles = {
        "SYSTEM_ADMIN": _("System administrator"),
        "SECURITY_ADMIN": _("Security administrator"),
        "AUDIT_ADMIN": _("Audit administrator"),
    }
    account = accounts.open_account(administrator.account, password=administrator.password, at=at)
    post = Post.objects.create(
        id=uuid7(),
        role=administrator.role.value,
        organisation=site,
        title=titles[administrator.role],
        area_lo=site.area_lo,
        area_hi=site.area_hi,
        valid_from=site.valid_from,
    )
    grants.appoint(account=account, post=post, since=site.valid_from)
    return account.pk
