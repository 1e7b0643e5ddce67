"""Where lists show up: the navigation, and the home page of those who take them in."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongxing.kernel.actors import Actor
from tongxing.registry.labels import rosters
from tongxing.registry.queries import batches
from tongxing.web.home import Card, Line, card
from tongxing.web.navigation import NavItem, register


def wire() -> None:
    """Put lists into the navigation and on the home page."""
    register(
        NavItem(
            label=gettext_lazy("Lists taken in"),
            url_name="imports:history",
            icon="upload",
            capability="rosters.import",
            order=30,
        )
    )
    card(order=15)(held_rows)
    rosters.describe()


def held_rows(actor: Actor) -> Card | None:
    """Rows of lists that wait for a person."""
    if not actor.may("rosters.commit"):
        return None
    waiting = batches.lists_with_open_rows(actor)
    if not waiting:
        return None
    return Card(
        title=_("Rows waiting for a decision"),
        number=sum(count for _batch, count in waiting),
        tone="warn",
        url=reverse("imports:history"),
        icon="clipboard-list",
        kind="held",
        lines=tuple(
            Line(
                text=batch.file_name,
                url=f"{reverse('imports:batch', args=[batch.pk])}?fate=held",
                note=str(count),
            )
            for batch, count in waiting[:5]
        ),
    )
