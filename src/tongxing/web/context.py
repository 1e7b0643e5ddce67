"""What the frame around every page needs to know."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils import dateformat, timezone
from django.utils.translation import get_language

from tongxing.kernel.actors import Actor
from tongxing.web import display, posts
from tongxing.web.navigation import Place, Search, places, search_for
from tongxing.web.requests import actor_of


@dataclass
class Shell:
    """The frame of one page; nothing is worked out before a template asks for it."""

    request: HttpRequest

    @cached_property
    def actor(self) -> Actor | None:
        return actor_of(self.request)

    @cached_property
    def navigation(self) -> list[Place]:
        return places(self.actor, self.request) if self.actor else []

    @cached_property
    def search(self) -> Search | None:
        return search_for(self.actor) if self.actor else None

    @property
    def search_query(self) -> str:
        return self.request.GET.get("q", "")

    @cached_property
    def post(self) -> str:
        """The person's post in words."""
        return posts.describe(self.actor) if self.actor else ""

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @property
    def html_language(self) -> str:
        return "zh-Hans" if self.language == "zh-hans" else self.language

    @property
    def large_type(self) -> bool:
        return display.wants_large_type(self.request)

    @property
    def product(self) -> str:
        return str(settings.PRODUCT_NAME)

    @property
    def today(self) -> date:
        return timezone.localdate()

    @property
    def weekday(self) -> str:
        return dateformat.format(self.today, "l")

    @property
    def demo(self) -> bool:
        return bool(settings.TONGXING_DEMO)

    @property
    def path(self) -> str:
        """Where switches of language and type size come back to."""
        return self.request.get_full_path() if self.request.method == "GET" else "/"


def shell(request: HttpRequest) -> dict[str, Shell]:
    return {"shell": Shell(request)}
