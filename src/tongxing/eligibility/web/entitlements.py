"""What one child is entitled to: the page, its forms, and the same as JSON."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tongxing.eligibility.actions import entitlements as actions
from tongxing.eligibility.labels import service_lists as labels
from tongxing.eligibility.queries import entitlements as queries
from tongxing.eligibility.values.entitlements import (
    RESTRICTED,
    Answered,
    Delivered,
    DeliveryState,
    Given,
)
from tongxing.eligibility.web import list_lines
from tongxing.eligibility.web.presenters import ConditionLine, condition_line, pack_name, said
from tongxing.registry import doors
from tongxing.registry.values.children import Purpose
from tongxing.rulebook import Pack
from tongxing.rulebook.law import AskableFact
from tongxing.rulebook.offers import Offer, Route
from tongxing.web.gates import needs
from tongxing.web.pages import page, redirect
from tongxing.web.requests import Request

SEE, EDIT = "verdicts.see", "children.edit"
_FIELDS = ("basics", "residence", "hukou", "schooling", "hardship", "disability")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLine:
    """One entitlement in words."""

    id: str
    letter: str
    content: str
    answer: str
    conditions: list[ConditionLine]
    missing: list[str]
    accepts: str
    decides: str
    pays: str
    mode: str
    departments: str
    papers: list[str]
    clause: str
    kept_from: str
    changes_on: date | None
    changes_to: str
    delivered: Delivered | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLines:
    """A service with its promises; the best answer among them stands in its head."""

    title: str
    answer: str
    lines: list[OfferLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A fact that is missing, and how many promises wait for it."""

    name: str
    text: str
    ask: str
    words: list[tuple[str, str]]
    waiting: int
    answerable: bool


@needs(SEE)
@require_GET
def entitlements(request: Request, child_id: UUID) -> HttpResponse:
    """Every entitlement with its answer, reasons, way and clause, today or on another day."""
    today = timezone.localdate()
    on = _day(request.GET.get("on", ""), today)
    child = _opened(request, child_id)
    pack, _facts, found = queries.offers_of(child_id, on=on)
    delivered = queries.deliveries_of(child_id)
    services = _services(found, pack, delivered)
    context = {
        "child": child,
        "on": on,
        "today": today,
        "pack": pack_name(pack.id),
        "services": [each for each in services if each.answer != "no"],
        "others": [each for each in services if each.answer == "no"],
        "counts": _counts(found),
        "questions": _questions(found, pack),
        "ahead": _ahead(found),
        "may_edit": request.actor.may(EDIT) and on == today,
    }
    return page(request, "eligibility/entitlements.html", context, fragment="results")


@needs(SEE)
@require_GET
def as_json(request: Request, child_id: UUID) -> JsonResponse:
    """Verdicts, entitlements and duties in the form of `tongxing policy explain --json`."""
    _opened(request, child_id)
    on = _day(request.GET.get("on", ""), timezone.localdate())
    options = {"ensure_ascii": False}
    return JsonResponse(queries.in_json(child_id, on=on), json_dumps_params=options)


@needs(EDIT)
@require_POST
def declare(request: Request, child_id: UUID) -> HttpResponse:
    """Answer a question of the rules."""
    answered = Answered(
        child_id=child_id,
        name=request.POST.get("name", ""),
        answer=request.POST.get("answer", ""),
        as_of=timezone.localdate(),
        said_by=request.POST.get("said_by", "").strip()[:50],
    )
    actions.declare(answered=answered, by=request.actor, at=timezone.now())
    messages.success(request, _("Kept. What depends on it has been worked out anew."))
    return redirect(request, "eligibility:entitlements", child_id)


@needs(EDIT)
@require_POST
def deliver(request: Request, child_id: UUID) -> HttpResponse:
    """Received, or declined by the family."""
    state = request.POST.get("state", "")
    given = Given(
        child_id=child_id,
        entitlement=request.POST.get("entitlement", ""),
        state=DeliveryState.DECLINED if state == "declined" else DeliveryState.DELIVERED,
        on=_day(request.POST.get("on", ""), timezone.localdate()),
        note=request.POST.get("note", "").strip()[:200],
    )
    actions.deliver(given=given, by=request.actor, at=timezone.now())
    messages.success(request, _("Recorded. You can take it back here."))
    return redirect(request, "eligibility:entitlements", child_id)


@needs(EDIT)
@require_POST
def withdraw(request: Request, child_id: UUID) -> HttpResponse:
    """Take the last word about an entitlement back."""
    actions.withdraw_delivery(
        child_id=child_id,
        entitlement=request.POST.get("entitlement", ""),
        by=request.actor,
        at=timezone.now(),
    )
    return redirect(request, "eligibility:entitlements", child_id)


def _opened(request: Request, child_id: UUID) -> Any:
    return doors.open_child(
        child_id,
        actor=request.actor,
        purpose=Purpose.VERIFICATION,
        fields=list(_FIELDS),
        route="eligibility:entitlements",
        at=timezone.now(),
    )


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text) if text else today
    except ValueError:
        return today


def _services(
    found: Iterable[Offer], pack: Pack, delivered: dict[str, Delivered]
) -> list[ServiceLines]:
    """Promises of one item together, in the order of the list."""
    grouped = groupby(found, key=lambda offer: (offer.item or offer.verdict.rule, offer.title))
    return [_service(list(offers), pack, delivered) for _key, offers in grouped]


def _service(found: list[Offer], pack: Pack, delivered: dict[str, Delivered]) -> ServiceLines:
    lines = [_line(offer, pack, delivered.get(offer.verdict.rule)) for offer in found]
    answers = {line.answer for line in lines}
    best = next(answer for answer in ("yes", "cannot_tell", "no") if answer in answers)
    return ServiceLines(title=said(found[0].title), answer=best, lines=lines)


def _line(offer: Offer, pack: Pack, delivered: Delivered | None) -> OfferLine:
    verdict = offer.verdict
    decisive = set(verdict.reasons)
    route = offer.route
    return OfferLine(
        id=verdict.rule,
        letter=offer.letter,
        content=said(offer.content),
        answer=verdict.answer.word,
        conditions=[condition_line(each) for each in verdict.conditions if each.code in decisive],
        missing=[said(pack.facts[fact.name].label) for fact in verdict.missing],
        accepts=_place(route, "accepts"),
        decides=_place(route, "decides"),
        pays=_place(route, "pays"),
        mode=str(labels.MODES[route.mode]) if route and route.mode else "",
        departments=list_lines.names(offer.departments, pack),
        papers=[said(paper) for paper in offer.papers],
        clause=offer.source.clause,
        kept_from=pack_name(offer.kept_from) if offer.kept_from else "",
        changes_on=verdict.changes_on,
        changes_to=verdict.changes_to.word if verdict.changes_to is not None else "",
        delivered=delivered,
    )


def _place(route: Route | None, role: str) -> str:
    return str(labels.PLACES[getattr(route, role)]) if route else ""


def _counts(found: Iterable[Offer]) -> dict[str, int]:
    answers = [offer.verdict.answer.word for offer in found]
    return {answer: answers.count(answer) for answer in ("yes", "cannot_tell", "no")}


def _questions(found: Iterable[Offer], pack: Pack) -> list[Question]:
    """The facts to ask for, those first for which most promises wait."""
    waiting: dict[str, int] = {}
    for offer in found:
        for fact in offer.verdict.missing:
            waiting[fact.name] = waiting.get(fact.name, 0) + 1
    ordered = sorted(waiting.items(), key=lambda entry: (-entry[1], entry[0]))
    return [_question(pack.facts[name], count) for name, count in ordered]


def _question(fact: AskableFact, waiting: int) -> Question:
    yes_no = [("yes", str(gettext_lazy("yes"))), ("no", str(gettext_lazy("no")))]
    return Question(
        name=fact.name,
        text=said(fact.question),
        ask=said(fact.ask),
        words=[(word, said(text)) for word, text in fact.words.items()] or yes_no,
        waiting=waiting,
        answerable=fact.declared and fact.name not in RESTRICTED,
    )


def _ahead(found: Iterable[Offer]) -> list[tuple[date, list[tuple[str, str]]]]:
    """What birthdays and dates will change: day by day, which promise becomes what."""
    turns: dict[date, list[tuple[str, str]]] = {}
    for offer in found:
        day, turned = offer.verdict.changes_on, offer.verdict.changes_to
        if day is not None and turned is not None:
            turns.setdefault(day, []).append((said(offer.content), turned.word))
    return sorted(turns.items())[:8]
