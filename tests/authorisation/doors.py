"""Browsers of everybody, and answers with everything taken out that changes by itself."""

import io
import re
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.test import Client

from tests.authorisation.personas import STRANGER, Persona, everybody, one_of_each_role
from tests.authorisation.town import account_ids
from tongxing.access.models import Account

Body = Mapping[str, object] | None
UNSTEADY = re.compile(
    r'(?:name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": ?"[^"]+"|nonce="[^"]+"'
    r"|X-CSRFToken[^,}]+|expires=[^;]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
)
# Cookies are renewed by the clock, whatever was asked for.
IGNORED_HEADERS = {"X-Request-ID", "Content-Length", "Set-Cookie"}


@dataclass(frozen=True)
class Answer:
    """What came back, as text."""

    status: int
    body: str
    headers: dict[str, str]

    @cached_property
    def everything(self) -> str:
        return "\n".join([self.body, *(f"{key}: {value}" for key, value in self.headers.items())])

    @cached_property
    def steady(self) -> tuple[int, str, tuple[tuple[str, str], ...]]:
        """The part of an answer in which what is denied and what is absent must not differ."""
        headers = {
            key: UNSTEADY.sub("…", value)
            for key, value in self.headers.items()
            if key not in IGNORED_HEADERS
        }
        headers["Content-Security-Policy"] = re.sub(
            r"nonce-[^']+", "…", headers.get("Content-Security-Policy", "")
        )
        return self.status, UNSTEADY.sub("…", self.body), tuple(sorted(headers.items()))


class Window(Client):
    """A browser window; unlike its parent it does not keep the contexts of all templates."""

    def request(self, **request: Any) -> Any:
        response = self.handler(self._base_environ(**request))  # type: ignore[attr-defined]
        self.cookies.update(response.cookies)
        return response


class Visitors:
    """A browser for each account; a stranger has one without a session."""

    def __init__(self) -> None:
        self.personas = everybody()
        known = account_ids()
        self._windows = {persona: Window() for persona in self.personas}
        for persona, window in self._windows.items():
            if persona is not STRANGER:
                window.force_login(Account.objects.get(pk=known[persona.username]))
                window.get("/help/")  # the limits of the session begin here

    def named(self, username: str) -> Persona:
        return next(persona for persona in self.personas if persona.username == username)

    def window(self, persona: Persona) -> Window:
        return self._windows[persona]

    def another_window(self, persona: Persona, *, wants_tokens: bool = False) -> Window:
        """Of the same browser; `wants_tokens`: with the checks that real sites make."""
        window = Window(enforce_csrf_checks=wants_tokens)
        window.cookies = deepcopy(self._windows[persona].cookies)
        return window

    def send(self, method: str, persona: Persona, url: str, body: Body = None) -> Answer:
        return self.get(persona, url) if method == "GET" else self.post(persona, url, body)

    def get(self, persona: Persona, url: str, **headers: str) -> Answer:
        return answer_of(self.window(persona).get(url, headers=headers))

    def post(self, persona: Persona, url: str, body: Body = None) -> Answer:
        """Send, look at the answer, and take back what it did: each visitor finds the same town."""
        window = self.window(persona)
        cookies = deepcopy(window.cookies)
        with transaction.atomic():
            response = window.post(url, dict(body or {}))
            transaction.set_rollback(True)
        window.cookies = cookies
        return answer_of(response)


def acting(visitors: Visitors) -> list[Persona]:
    """One account of each role; strangers do not act."""
    return [each for each in one_of_each_role(visitors.personas) if each is not STRANGER]


def answer_of(response: Any) -> Answer:
    content = response.getvalue() if response.streaming else response.content
    cookies = [morsel.OutputString() for morsel in response.cookies.values()]
    headers = dict(response.headers) | ({"Set-Cookie": "; ".join(cookies)} if cookies else {})
    return Answer(response.status_code, _text(content), headers)


def _text(content: bytes) -> str:
    """The words of a page, or of every part of a workbook."""
    if not content.startswith(b"PK\x03\x04"):
        return content.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(content)) as workbook:
        return "\n".join(workbook.read(name).decode("utf-8") for name in workbook.namelist())
