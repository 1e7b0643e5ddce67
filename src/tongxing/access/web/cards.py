"""What access has to say on the home page."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxing.access import doors
from tongxing.access.queries.accounts import open_grants
from tongxing.access.queries.organisations import vacant_posts
from tongxing.access.values.roles import Capability
from tongxing.kernel.actors import Actor
from tongxing.web.home import Card, CardKind, Line, card
from tongxing.web.values import Tone

_SHOWN = 5


@card(order=70)
def requests_for_posts(actor: Actor) -> Card | None:
    """The security administrator's own work."""
    if not actor.may(Capability.POSTS_GRANT):
        return None
    waiting = open_grants()
    if not waiting:
        return None
    return Card(
        title=_("Requests for posts"),
        number=waiting,
        tone=Tone.WARN,
        url=reverse("access:grants"),
        icon="user-check",
        kind=CardKind.HELD,
        note=_("Each waits for your confirmation."),
    )


@card(order=71)
def uncovered_posts(actor: Actor) -> Card | None:
    """Posts that nobody holds: the children there have nobody."""
    if not actor.may(Capability.POSTS_REQUEST):
        return None
    vacant = vacant_posts(within=doors.kept_area(actor), on=timezone.localdate())
    if not vacant:
        return None
    lines = tuple(
        Line(text=f"{row.organisation} {row.title}", url=reverse("access:post", args=[row.id]))
        for row in vacant[:_SHOWN]
    )
    return Card(
        title=_("Vacant posts"),
        number=len(vacant),
        tone=Tone.BAD,
        url=reverse("access:organisations"),
        icon="user-question",
        kind=CardKind.DUE,
        lines=lines,
    )
