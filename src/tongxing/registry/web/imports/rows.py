"""Rows of a list: looking at them, deciding them, sending the unusable ones back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tongxing.registry.actions import rosters, showing
from tongxing.registry.queries import batches, error_workbooks
from tongxing.registry.values.rosters import Fate
from tongxing.registry.web.imports import words
from tongxing.registry.web.imports.forms import DecisionForm
from tongxing.registry.web.imports.steps import COMMIT, IMPORT
from tongxing.web.gates import needs
from tongxing.web.pages import redirect
from tongxing.web.requests import Request

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(COMMIT)
@require_POST
def decide(request: Request, batch_id: UUID) -> HttpResponse:
    """Decide the chosen rows, or every waiting row of a class, with a reason."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose rows, a decision, and write a reason."))
        return redirect(request, "imports:batch", batch_id)
    said = form.cleaned_data
    numbers = said["number"]
    if said["everything"] and said["fate"] in set(Fate):
        numbers = batches.numbers(batch_id, fate=Fate(said["fate"]), code=said["code"])
    decided = rosters.decide(
        batch_id=batch_id,
        numbers=numbers,
        decision=said["decision"],
        reason=said["reason"],
        by=request.actor,
        at=timezone.now(),
    )
    messages.success(
        request,
        ngettext("%(count)s row was decided.", "%(count)s rows were decided.", decided)
        % {"count": decided},
    )
    return redirect(request, "imports:batch", batch_id)


@needs(IMPORT)
@require_GET
def error_workbook(request: Request, batch_id: UUID) -> HttpResponse:
    """The rows that cannot enter, with the reasons, for the source to correct."""
    found = batches.batch_of(batch_id, actor=request.actor)
    content = error_workbooks.workbook(found, sentence=words.of_problem)
    showing.note_rows_shown(batch_id=batch_id, rows=-1, fate=Fate.HELD, by=request.actor)
    answer = HttpResponse(content, content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="for-the-source-{batch_id}.xlsx"'
    return answer
