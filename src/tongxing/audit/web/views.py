from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tongxing.audit import doors
from tongxing.audit.values import Whose
from tongxing.audit.web import presenters
from tongxing.audit.web.forms import TrailForm
from tongxing.web.gates import needs
from tongxing.web.pages import page
from tongxing.web.requests import Request
from tongxing.web.tables import Column, Pages, heads
from tongxing.web.values import Tab

TRAIL = [
    Column("at", gettext_lazy("Time")),
    Column("who", gettext_lazy("Person")),
    Column("what", gettext_lazy("What happened")),
    Column("child", gettext_lazy("Child's file")),
    Column("division", gettext_lazy("Place")),
]
OPENERS = [
    Column("who", gettext_lazy("Person")),
    Column("organisation", gettext_lazy("Organisation")),
    Column("children", gettext_lazy("Children's files opened"), kind="number"),
]


@needs(doors.READ)
@require_GET
def trail(request: Request) -> HttpResponse:
    return _trail(request, Whose.EVERYBODY, title=_("Audit trail"), tabs=_tabs())


@needs(doors.READ_ADMINISTRATORS)
@require_GET
def administrators(request: Request) -> HttpResponse:
    """What the system and the security administrator did; no look at a child is among it."""
    return _trail(request, Whose.ADMINISTRATORS, title=_("Administrators' trail"), tabs=[])


@needs(doors.READ)
@require_GET
def openers(request: Request) -> HttpResponse:
    found = doors.read_openers(actor=request.actor, at=timezone.now())
    context = {
        "heads": heads(request, OPENERS),
        "rows": presenters.openers(found),
        "days": doors.WATCHED.days,
        "tabs": _tabs(),
    }
    return page(request, "audit/openers.html", context)


def _trail(request: Request, whose: Whose, *, title: str, tabs: list[Tab]) -> HttpResponse:
    form = TrailForm(request.GET)
    is_valid = form.is_valid()
    found = doors.read_trail(
        form.filters(whose),
        actor=request.actor,
        at=timezone.now(),
        before=_number(request.GET.get("after", "")),
    )
    older = str(found.older) if found.older else None
    context = {
        "title": title,
        "form": form,
        "heads": heads(request, TRAIL),
        "rows": presenters.rows(found.groups),
        "pages": Pages(previous=None, next=older, shown=len(found.groups)),
        "standing": presenters.standing(found.state, found.verification),
        "tabs": tabs,
    }
    status = 200 if is_valid else 422
    return page(request, "audit/trail.html", context, fragment="results", status=status)


def _tabs() -> list[Tab]:
    return [
        Tab(key="trail", label=_("Trail"), url=reverse("audit:trail")),
        Tab(key="openers", label=_("Most files opened"), url=reverse("audit:openers")),
    ]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
