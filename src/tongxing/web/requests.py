"""Requests as our views receive them."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from tongxing.kernel.actors import Actor


class AnyRequest(HttpRequest):
    """A request that may come from somebody who has not signed in."""

    actor: Actor | None
    htmx: HtmxDetails


class Request(HttpRequest):
    """A request from a signed-in person: what every view behind `needs` receives."""

    actor: Actor
    htmx: HtmxDetails


def actor_of(request: HttpRequest) -> Actor | None:
    """The actor that signing in put on the request; None where nobody did."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor


def asked_by_script(request: HttpRequest) -> bool:
    """Whether HTMX or our upload script waits for the answer, rather than the browser itself."""
    return bool(getattr(request, "htmx", None))


def wants_fragment(request: HttpRequest) -> bool:
    """Whether HTMX asks for a part of the page rather than the page."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return not (not htmx or htmx.boosted or htmx.history_restore_request)
