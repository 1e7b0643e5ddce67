"""Who may call a view. A view that does not say so is closed to everybody.

@needs("children.see")
def children(request): ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from tongxing.web.pages import SeeOther
from tongxing.web.requests import actor_of, wants_fragment

View = TypeVar("View", bound=Callable[..., Any])
_MARK = "tongxing_gate"


@dataclass(frozen=True, slots=True)
class Gate:
    """Open to anyone, to everybody signed in, or to holders of one of some capabilities."""

    public: bool = False
    capabilities: frozenset[str] = frozenset()


def _marked(view: View, gate: Gate) -> View:
    setattr(view, _MARK, gate)
    return view


def needs(*capabilities: str) -> Callable[[View], View]:
    """Open the view to actors who hold at least one of `capabilities`."""
    gate = Gate(capabilities=frozenset(capabilities))
    return lambda view: _marked(view, gate)


def signed_in(view: View) -> View:
    return _marked(view, Gate())


def anyone(view: View) -> View:
    return _marked(view, Gate(public=True))


def gate_of(view: Callable[..., Any]) -> Gate | None:
    """The declaration a view carries; None when it carries none."""
    gate: Gate | None = getattr(view, _MARK, None)
    return gate


def check(request: HttpRequest, view: Callable[..., Any]) -> HttpResponse | None:
    """Let the request through (None), send it to the sign-in page, or raise Http404."""
    gate = gate_of(view)
    if gate is None:
        raise Http404
    if gate.public:
        return None
    actor = actor_of(request)
    if actor is None:
        return _to_sign_in(request)
    if gate.capabilities and not any(actor.may(one) for one in gate.capabilities):
        raise Http404
    return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else "/"
    url = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    if wants_fragment(request):
        return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
    return SeeOther(url)
