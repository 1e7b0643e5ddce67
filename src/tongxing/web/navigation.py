"""The places of the left-hand navigation; each package registers its own when it is ready."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from tongxing.kernel.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One place. `capability` None means: everybody who is signed in."""

    label: str | Promise
    url_name: str
    icon: str
    capability: str | None = None
    order: int = 50
    section: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A `NavItem` as one person sees it on one page."""

    label: str
    url: str
    icon: str
    section: str
    current: bool


@dataclass(frozen=True, slots=True)
class Search:
    """Where the search box in the header leads; `method` post keeps the words out of addresses."""

    url_name: str
    capability: str
    method: str = "get"


_items: dict[str, NavItem] = {}
_searches: list[Search] = []


def register(item: NavItem) -> None:
    """Add a place; the same URL name registered twice is one place."""
    _items[item.url_name] = item


def use_search(url_name: str, capability: str, *, method: str = "get") -> None:
    """Let the search box send its words there as `q`."""
    _searches[:] = [Search(url_name, capability, method)]


def places(actor: Actor, request: HttpRequest) -> list[Place]:
    """What this person may go to, in order, with the place of the present page marked."""
    mine = [item for item in _items.values() if _open_to(item.capability, actor)]
    urls = {item.url_name: reverse(item.url_name) for item in mine}
    current = _nearest(request.path, list(urls.values()))
    return [
        Place(
            label=str(item.label),
            url=urls[item.url_name],
            icon=item.icon,
            section=str(item.section),
            current=urls[item.url_name] == current,
        )
        for item in sorted(mine, key=lambda item: (item.order, item.url_name))
    ]


def search_for(actor: Actor) -> Search | None:
    """What this person may search; None when there is nothing."""
    return next((one for one in _searches if _open_to(one.capability, actor)), None)


def _open_to(capability: str | None, actor: Actor) -> bool:
    return capability is None or actor.may(capability)


def _nearest(path: str, urls: list[str]) -> str:
    above = [url for url in urls if url == path or (url != "/" and path.startswith(url))]
    return max(above, key=len, default="")
