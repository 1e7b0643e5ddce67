"""The verdicts on a child's file: the answers in short, with the way to their reasons."""

from collections import Counter
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxing.eligibility.queries import entitlements
from tongxing.eligibility.queries import verdicts as queries
from tongxing.eligibility.values import Population
from tongxing.eligibility.web import presenters
from tongxing.registry.web.slots import Panel
from tongxing.web.requests import Request

SHOWN = (Population.LOCAL, Population.NATIONAL)


def verdicts(child_id: UUID, request: Request) -> Panel | None:
    """Today's verdicts under the place's own text and under the national one."""
    if not request.actor.may("verdicts.see"):
        return None
    found = queries.explained(child_id, on=timezone.localdate())
    cards = presenters.cards({population: found[population] for population in SHOWN})
    return Panel(
        key="verdicts",
        title=_("Migrant child or not"),
        template="eligibility/panel.html",
        context={"cards": cards, "child_id": child_id},
        icon="gavel",
        url=reverse("eligibility:verdict", args=[child_id]),
    )


def entitled(child_id: UUID, request: Request) -> Panel | None:
    """How many promises hold for the child, and how many wait for a fact."""
    if not request.actor.may("verdicts.see"):
        return None
    _pack, _facts, found = entitlements.offers_of(child_id, on=timezone.localdate())
    answers = Counter(offer.verdict.answer.word for offer in found)
    return Panel(
        key="entitlements",
        title=_("Entitlements"),
        template="eligibility/entitled_panel.html",
        context={"answers": answers, "child_id": child_id},
        icon="heart-handshake",
        url=reverse("eligibility:entitlements", args=[child_id]),
    )
