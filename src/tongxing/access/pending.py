"""What a person who gave the right password still has to do before being anybody."""

from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from tongxing.access import rules


class Step(StrEnum):
    """The URL names of the pages that take the step."""

    SECOND_FACTOR = "access:second_factor"
    PASSWORD = "access:change_password"  # noqa: S105 - the name of a page


def step_of(request: HttpRequest) -> Step | None:
    """The next step a signed-in person owes; until it is done there is no actor and no scope."""
    if settings.TONGXING_SECOND_FACTOR and not _verified(request):
        return Step.SECOND_FACTOR
    if _must_change(request, timezone.now()):
        return Step.PASSWORD
    return None


def _verified(request: HttpRequest) -> bool:
    is_verified = getattr(request.user, "is_verified", None)
    return bool(is_verified and is_verified())


def _must_change(request: HttpRequest, now: datetime) -> bool:
    if getattr(request.user, "must_change_password", False):
        return True
    changed = getattr(request.user, "password_changed_at", None)
    return rules.password_is_old(changed, at=now, days=settings.TONGXING_PASSWORD_DAYS)
