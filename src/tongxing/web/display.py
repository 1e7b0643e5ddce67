"""How one browser wants to see the pages: language and size of type, each kept in a cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

LARGE_TYPE_COOKIE = "tongxing_large_type"
_YEAR = 365 * 24 * 3600


def wants_large_type(request: HttpRequest) -> bool:
    return request.COOKIES.get(LARGE_TYPE_COOKIE) == "1"


def language_of(request: HttpRequest) -> str:
    """The language this browser chose; Chinese for everybody who did not choose.

    The browser's own Accept-Language does not count: a shared office computer with an English
    browser still belongs to a Chinese office.
    """
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def keep_large_type(response: HttpResponse, *, large: bool) -> None:
    if large:
        _keep(response, LARGE_TYPE_COOKIE, "1")
    else:
        response.delete_cookie(LARGE_TYPE_COOKIE)


def keep_language(response: HttpResponse, language: str) -> None:
    _keep(response, settings.LANGUAGE_COOKIE_NAME, language)


def way_back(request: HttpRequest) -> str:
    """The page the form was on, when that is one of ours; else the home page."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if ours else "/"


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
