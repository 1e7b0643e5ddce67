"""Pages and toasts for everything that did not work."""

import sys
from typing import Any

from django.db.utils import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from psycopg_pool import PoolTimeout

from tongxing.kernel.errors import Refusal
from tongxing.web.requests import actor_of, wants_fragment

_RETRY_SECONDS = "15"


def request_id(request: HttpRequest) -> str:
    """The number people read to us on the telephone; logs carry the same."""
    return str(request.META.get("TONGXING_REQUEST_ID", ""))


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """409 with the sentence and the code of the refusal."""
    context = {"message": str(refusal), "code": refusal.code}
    if wants_fragment(request):
        return _toast(request, "409", context)
    return _framed(request, "409", context)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _bare(request, "400")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return _bare(request, "403")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return not_found(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The same page for what does not exist and for what this person may not know about."""
    if wants_fragment(request):
        return _toast(request, "404", {})
    return _framed(request, "404", {})


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the reason is that the database cannot be reached."""
    if not _database_is_away(sys.exc_info()[1]):
        return _bare(request, "500")
    response = _bare(request, "503")
    response["Retry-After"] = _RETRY_SECONDS
    return response


def _framed(request: HttpRequest, status: str, context: dict[str, Any]) -> HttpResponse:
    layout = "web/base.html" if actor_of(request) else "web/base_plain.html"
    content = {"layout": layout, **context}
    return render(request, f"web/errors/{status}.html", content, status=int(status))


def _bare(request: HttpRequest, status: str) -> HttpResponse:
    """An answer that needs no session, no account and no database."""
    context = {"request_id": request_id(request)}
    if wants_fragment(request):
        return _toast(request, status, context)
    text = render_to_string(f"web/errors/{status}.html", context)
    return HttpResponse(text, status=int(status))


def _toast(request: HttpRequest, status: str, context: dict[str, Any]) -> HttpResponse:
    content = {"status": status, "request_id": request_id(request), **context}
    text = render_to_string("web/errors/toast.html", content)
    response = HttpResponse(text, status=int(status))
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "beforeend"
    return response


def _database_is_away(exception: BaseException | None) -> bool:
    """Connection errors carry no SQL state, class 08, or 57P (the server is going down)."""
    if isinstance(exception, PoolTimeout):
        return True
    if not isinstance(exception, DatabaseError):
        return False
    state = getattr(exception.__cause__, "sqlstate", None)
    return type(exception).__name__ in {"OperationalError", "InterfaceError"} and (
        state is None or state.startswith(("08", "57P"))
    )
