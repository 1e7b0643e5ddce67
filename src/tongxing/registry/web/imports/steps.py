"""The steps of a list: sent, columns checked, reviewed, committed, perhaps taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tongxing.registry.actions import inspecting, rosters, showing, undoing
from tongxing.registry.queries import batches
from tongxing.registry.rules.headers import Mapping
from tongxing.registry.values.rosters import WORKING, BatchState, Fate
from tongxing.registry.web.imports import presenters, words
from tongxing.registry.web.imports.forms import ColumnsForm, UploadForm, upload_defaults
from tongxing.web.gates import needs
from tongxing.web.pages import page, redirect
from tongxing.web.requests import Request

IMPORT = "rosters.import"
COMMIT = "rosters.commit"
UNDO = "rosters.undo"


@needs(IMPORT)
@require_GET
def history(request: Request) -> HttpResponse:
    """The lists of this place, newest first."""
    lines = presenters.batch_lines(batches.latest(request.actor))
    return page(request, "registry/imports/history.html", {"lines": lines})


@needs(IMPORT)
@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """Send a list."""
    places = presenters.places_of(request.actor)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        places=places,
        initial=upload_defaults(request.actor.division, timezone.localdate()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            batch = rosters.receive(upload=form.upload(), by=request.actor, at=timezone.now())
        except rosters.RosterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(request, "imports:batch", batch.pk)
    status = 422 if form.is_bound else 200
    return page(request, "registry/imports/upload.html", {"form": form}, status=status)


@needs(IMPORT)
@require_GET
def batch(request: Request, batch_id: UUID) -> HttpResponse:
    """A list, at the step where it stands."""
    found = batches.batch_of(batch_id, actor=request.actor)
    context = _frame(found)
    line = context["line"]
    if line.state is BatchState.INSPECTED:
        return redirect(request, "imports:columns", batch_id)
    if line.state in WORKING:
        return page(request, "registry/imports/working.html", context)
    if line.state is BatchState.UNREADABLE:
        return page(request, "registry/imports/unreadable.html", context | _failure(found.failure))
    return page(request, "registry/imports/review.html", context | _reviewed(request, found))


@needs(IMPORT)
@require_GET
def progress(request: Request, batch_id: UUID) -> HttpResponse:
    """How far the worker is; when it is done the page moves on."""
    found = batches.batch_of(batch_id, actor=request.actor)
    if BatchState(found.state) not in WORKING:
        return redirect(request, "imports:batch", batch_id)
    return page(request, "registry/imports/working.html", _frame(found), fragment="progress")


@needs(IMPORT)
@require_http_methods(["GET", "POST"])
def columns(request: Request, batch_id: UUID) -> HttpResponse:
    """Check how the columns are read, with the first rows beside them."""
    found = batches.batch_of(batch_id, actor=request.actor)
    mapping = Mapping.from_dict(found.mapping)
    language = get_language() or "zh-hans"
    form = ColumnsForm(request.POST or None, mapping=mapping, language=language)
    if request.method == "POST" and form.is_valid():
        corrected = form.corrected().as_dict()
        rosters.map_columns(
            batch_id=batch_id, mapping=corrected, by=request.actor, at=timezone.now()
        )
        return redirect(request, "imports:batch", batch_id)
    rows = inspecting.preview(batch=found)
    context = _frame(found) | {
        "form": form,
        "columns": presenters.columns(mapping, form, rows),
        "workbook": found.workbook,
        "facts": found.workbook.get("facts", {}),
    }
    status = 422 if form.is_bound else 200
    return page(request, "registry/imports/columns.html", context, status=status)


@needs(COMMIT)
@require_POST
def commit(request: Request, batch_id: UUID) -> HttpResponse:
    """Let the reviewed rows in."""
    accepted = request.POST.get("shrink_accepted") == "yes"
    rosters.begin_commit(
        batch_id=batch_id, shrink_accepted=accepted, by=request.actor, at=timezone.now()
    )
    return redirect(request, "imports:batch", batch_id)


@needs(UNDO)
@require_POST
def undo(request: Request, batch_id: UUID) -> HttpResponse:
    """Take the whole list back."""
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, _("Please say why the list is taken back."))
        return redirect(request, "imports:batch", batch_id)
    undoing.begin_undo(batch_id=batch_id, reason=reason, by=request.actor, at=timezone.now())
    return redirect(request, "imports:batch", batch_id)


@needs(IMPORT)
@require_POST
def discard(request: Request, batch_id: UUID) -> HttpResponse:
    """Put a list aside that never entered the register."""
    reason = request.POST.get("reason", "").strip()
    rosters.discard(batch_id=batch_id, reason=reason, by=request.actor, at=timezone.now())
    messages.success(request, _("The list was put aside. Nothing of it is in the register."))
    return redirect(request, "imports:history")


def _reviewed(request: Request, found: Any) -> dict[str, Any]:
    wanted = request.GET.get("fate", "")
    fate = Fate(wanted) if wanted in set(Fate) else presenters.first_fate(found)
    code = request.GET.get("code", "")
    problems = batches.problem_counts(found.pk)
    after = request.GET.get("after", "0")
    rows = batches.rows(found.pk, fate=fate, code=code, after=int(after) if after.isdigit() else 0)
    showing.note_rows_shown(batch_id=found.pk, rows=len(rows), fate=fate, by=request.actor)
    return {
        "review": presenters.review(found, fate, problems),
        "rows": presenters.row_lines(rows, Mapping.from_dict(found.mapping)),
        "code": code,
        "next_after": rows[-1].number if len(rows) == batches.PAGE_ROWS else None,
        "undecided": any(not row.decision and row.applied_at is None for row in rows),
        "waiting": batches.waiting(found.pk),
        "decided_since": batches.decided_since(found.pk),
        "may_commit": request.actor.may(COMMIT),
        "may_undo": request.actor.may(UNDO),
        "reviewing": found.state == BatchState.REVIEW,
        "stopped": found.state == BatchState.STOPPED,
        "committed": found.state == BatchState.COMMITTED,
    }


def _failure(failure: dict[str, Any]) -> dict[str, Any]:
    chinese = (get_language() or "zh").startswith("zh")
    first, second = ("zh", "en") if chinese else ("en", "zh")
    return {"sentence": failure.get(first, ""), "other_sentence": failure.get(second, "")}


def _frame(found: Any) -> dict[str, Any]:
    """What every step of a list shows above itself."""
    return {
        "batch": found,
        "line": presenters.batch_lines([found])[0],
        "steps": [str(step) for step in words.STEPS],
        "step": _step(found.state),
    }


def _step(state: str) -> int:
    """Where a list stands among: sent, columns, review, register."""
    steps = {
        BatchState.RECEIVED: 1,
        BatchState.UNREADABLE: 1,
        BatchState.INSPECTED: 2,
        BatchState.STAGING: 3,
        BatchState.REVIEW: 3,
        BatchState.STOPPED: 3,
    }
    return steps.get(BatchState(state), 4)
