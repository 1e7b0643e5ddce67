"""Who acts in these tests, and what the trail says afterwards."""

from dataclasses import replace
from typing import Any

from django.test import Client

from tests.access.factories import actor_like, an_account
from tests.factories.children import AT, HULI
from tongxing.access import scopes
from tongxing.access.values.roles import Role
from tongxing.audit.models import Entry

OFFICER = actor_like(Role.COUNTY_OFFICER, HULI)
NOW: dict[str, Any] = {"by": OFFICER, "at": AT}


def browser_of(role: Role, area: int = HULI) -> Client:
    """A browser in which somebody with a new post has signed in."""
    browser = Client()
    browser.force_login(an_account(role=role, area=area), backend=_BACKEND)
    return browser


_BACKEND = "django.contrib.auth.backends.ModelBackend"


def events(child: Any) -> list[Entry]:
    """What the trail says about the child, oldest first."""
    with scopes.acting_as(replace(OFFICER, audit_area=OFFICER.area)):
        return list(Entry.objects.filter(child_id=child.pk).order_by("id"))
