"""What happens around every request, from the outside in."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from tongxing.kernel.errors import Refusal, Unknown
from tongxing.web import display, errors, gates, health

Answer = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Answers GET /healthz before sessions, languages and host checks cost anything."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz" and request.method in {"GET", "HEAD"}:
            return health.report()
        return self.get_response(request)


class HeadersMiddleware:
    """Numbers the request and tells browsers what not to keep and not to allow."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["TONGXING_REQUEST_ID"] = uuid4().hex[:12]
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Request-ID"] = errors.request_id(request)
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = (
            "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"
        )
        return response


class LanguageMiddleware:
    """Speaks the language this browser chose."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = display.language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response


class RefusalsMiddleware:
    """Keeps undeclared views closed, and turns our own words of refusal into HTTP's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        return gates.check(request, view)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Unknown | PermissionDenied):
            raise Http404 from exception
        if isinstance(exception, Refusal):
            return errors.refused(request, exception)
        return None
