"""Browsers that are known, so that wrong tries elsewhere do not lock their people out.

A browser gets a random token in a signed cookie when somebody signs in. Tries from a browser that
this account has used before are counted by themselves; all others of an account share one count.
So a stranger has five tries in half an hour however often the cookie is thrown away, and the
rightful person still gets in from the office.
"""

import secrets
from hashlib import sha256

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "tongxing_device"
_SALT = "tongxing.access.devices"
_YEAR = 365 * 24 * 3600
STRANGER = "strangers"


def token_in(request: HttpRequest) -> str:
    """The token of this browser, or "" when it has none that we signed."""
    return str(request.get_signed_cookie(COOKIE, "", salt=_SALT, max_age=_YEAR))


def new_token() -> str:
    return secrets.token_urlsafe(24)


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def remember(response: HttpResponse, token: str) -> None:
    """Leave the token in the browser for a year."""
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=_SALT,
        max_age=_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def count_by_device(request: HttpRequest, *, token: str, known: bool) -> None:
    """Make django-axes count this try under the device instead of what the browser calls itself."""
    AxesProxyHandler.update_request(request)
    device = hash_of(token)[:32] if known else STRANGER
    request.axes_user_agent = device  # type: ignore[attr-defined]


def is_locked(request: HttpRequest) -> bool:
    return bool(getattr(request, "axes_locked_out", False))


def answer_as_rendered(
    _request: HttpRequest, response: HttpResponse, _credentials: object
) -> HttpResponse:
    """The sign-in page has already said that it is locked; axes need not say it again."""
    return response


def name_of(request: HttpRequest) -> str:
    """What a person recognises a browser by: Chrome, Windows."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part)


_BROWSERS = (
    ("MicroMessenger", "WeChat"), ("Edg/", "Edge"), ("QIHU", "360"), ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("HarmonyOS", "HarmonyOS"), ("iPhone", "iPhone"),
    ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip
