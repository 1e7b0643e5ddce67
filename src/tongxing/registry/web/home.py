"""What the register has for a person today: records to verify, questions, news, clues."""

from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxing.kernel.actors import Actor
from tongxing.registry import doors
from tongxing.registry.queries import clues
from tongxing.registry.rules.verification import DAYS_AHEAD
from tongxing.registry.values.lists import ChildFilter, Verification
from tongxing.registry.values.standings import Answer, Population
from tongxing.web.home import Card, CardKind, Line, card
from tongxing.web.values import Tone

DAYS_OF_NEWS = 7


def wire() -> None:
    """Put the register's cards on the home page."""
    card(order=10)(overdue)
    card(order=11)(unclear)
    card(order=12)(due_soon)
    card(order=13)(open_clues)
    card(order=40)(changed)


def overdue(actor: Actor) -> Card | None:
    return _counted(
        actor,
        ChildFilter(verification=Verification.OVERDUE),
        title=_("Records overdue for verification"),
        note=_("Nobody verified them for half a year."),
        icon="calendar-due",
        tone=Tone.BAD,
        kind=CardKind.DUE,
        query={"verification": Verification.OVERDUE},
    )


def due_soon(actor: Actor) -> Card | None:
    return _counted(
        actor,
        ChildFilter(verification=Verification.SOON),
        title=_("To be verified within %(days)d days") % {"days": DAYS_AHEAD},
        note="",
        icon="calendar",
        tone=Tone.INFO,
        kind=CardKind.DUE,
        query={"verification": Verification.SOON},
    )


def unclear(actor: Actor) -> Card | None:
    return _counted(
        actor,
        ChildFilter(population=Population.LOCAL, answer=Answer.CANNOT_TELL),
        title=_("A fact is missing"),
        note=_("For these children the policy cannot tell; one question to the family helps."),
        icon="user-question",
        tone=Tone.WARN,
        kind=CardKind.HELD,
        query={"population": Population.LOCAL, "answer": Answer.CANNOT_TELL},
    )


def changed(actor: Actor) -> Card | None:
    since = timezone.localdate() - timedelta(days=DAYS_OF_NEWS)
    return _counted(
        actor,
        ChildFilter(changed_since=since),
        title=_("New or changed in the last %(days)d days") % {"days": DAYS_OF_NEWS},
        note="",
        icon="activity",
        tone=Tone.NEUTRAL,
        kind=CardKind.CHANGED,
        query={"changed_since": since.isoformat(), "sort": "-changed"},
    )


def open_clues(actor: Actor) -> Card | None:
    """Clues that nobody has closed; late ones by number."""
    if not actor.may("clues.handle"):
        return None
    number, late = clues.open_ones(actor=actor, on=timezone.localdate())
    if not number:
        return None
    text = _("%(count)d overdue") % {"count": late}
    url = reverse("registry:clues")
    return Card(
        title=_("Open clues"),
        number=number,
        tone=Tone.BAD if late else Tone.INFO,
        url=url,
        icon="zoom-question",
        kind=CardKind.DUE,
        lines=(Line(text=text, url=url),) if late else (),
    )


def _counted(  # noqa: PLR0913 - the words of a card, all by name
    actor: Actor,
    wanted: ChildFilter,
    *,
    title: str,
    note: str,
    icon: str,
    tone: Tone,
    kind: CardKind,
    query: dict[str, str],
) -> Card | None:
    """A card that counts a list and opens it; nothing when the list is empty."""
    if not actor.may("children.see"):
        return None
    number, at_least = doors.count(wanted, actor=actor, at=timezone.now())
    if not number:
        return None
    more = _("There are more than %(count)d.") % {"count": number} if at_least else ""
    return Card(
        title=title,
        number=number,
        tone=tone,
        url=f"{reverse('registry:children')}?{urlencode(query)}",
        icon=icon,
        kind=kind,
        note=" ".join(part for part in (note, more) if part),
    )
