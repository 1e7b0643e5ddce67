"""The verdict page: migrant child or not, under which text, why, and until when."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from tongxing.eligibility.queries import verdicts as queries
from tongxing.eligibility.web import presenters
from tongxing.registry import doors
from tongxing.registry.values.children import Purpose
from tongxing.web.gates import needs
from tongxing.web.pages import page
from tongxing.web.requests import Request


@needs("verdicts.see")
@require_GET
def verdict(request: Request, child_id: UUID) -> HttpResponse:
    """Every population's verdict for today or for another day."""
    now = timezone.now()
    child = doors.open_child(
        child_id,
        actor=request.actor,
        purpose=Purpose.VERIFICATION,
        fields=["basics", "residence", "hukou"],
        route="eligibility:verdict",
        at=now,
    )
    on = _day(request.GET.get("on", ""), timezone.localdate(now))
    context = {
        "child": child,
        "on": on,
        "today": timezone.localdate(now),
        "cards": presenters.cards(queries.explained(child_id, on=on)),
        "stored": [
            (each, presenters.population_name(each.population), presenters.pack_name(each.pack))
            for each in queries.stored(child_id)
        ],
    }
    return page(request, "eligibility/verdict.html", context, fragment="results")


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text) if text else today
    except ValueError:
        return today
