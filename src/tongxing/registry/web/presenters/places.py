"""The tree of places beside a list."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import Level, area_of, level_of
from tongxing.registry.queries import areas
from tongxing.web.values import Node


def tree(actor: Actor, selected: int | None) -> list[Node]:
    """Choices from the actor's own place down to the selected one; the rest opens on demand."""
    if actor.area is None or level_of(actor.division) >= Level.VILLAGE:
        return []
    path = areas.path_to(actor.division)
    label = _("All of %(place)s") % {"place": path[-1].name} if path else _("All")
    return [
        Node(key="", label=label, selected=selected is None),
        *branches(actor.division, actor=actor, selected=selected),
    ]


def branches(
    code: int, *, actor: Actor, selected: int | None = None, as_links: bool = False
) -> list[Node]:
    """The places right below `code`."""
    return [
        _node(place, actor=actor, selected=selected, as_links=as_links)
        for place in areas.below(code, actor=actor)
    ]


def _node(place: areas.Place, *, actor: Actor, selected: int | None, as_links: bool) -> Node:
    deeper = level_of(place.code) < Level.VILLAGE
    holds = selected is not None and selected != place.code and selected in area_of(place.code)
    url = f"{reverse('registry:children')}?division={place.code}" if as_links else ""
    return Node(
        key=str(place.code),
        label=place.name,
        url=url,
        selected=selected == place.code,
        open=holds,
        children=branches(place.code, actor=actor, selected=selected) if holds else (),
        more_url=reverse("registry:places", args=[place.code]) if deeper else "",
    )
