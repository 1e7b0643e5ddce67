"""One way to answer a browser: the whole page, the fragment HTMX asked for, or go elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from tongxing.web.requests import asked_by_script, wants_fragment


class SeeOther(HttpResponseRedirectBase):
    """What was sent is done; look at the result there, with GET."""

    status_code = 303


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or only its partial `fragment` when HTMX asks for a part of the page."""
    partial = fragment if wants_fragment(request) else None
    name = f"{template}#{partial}" if partial else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def redirect(request: HttpRequest, to: str, *args: Any, **kwargs: Any) -> HttpResponse:
    """Send the browser to a URL name or path after a change; HTMX loads it as a whole page."""
    url = resolve_url(to, *args, **kwargs)
    return HttpResponseClientRedirect(url) if asked_by_script(request) else SeeOther(url)
