"""The law as this site has it: packs, their numbers, and where each is written."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from tongxing.eligibility import law
from tongxing.eligibility.web import presenters
from tongxing.web.gates import signed_in
from tongxing.web.pages import page
from tongxing.web.requests import Request


@signed_in
@require_GET
def packs(request: Request) -> HttpResponse:
    """Every pack of the site; the one of the reader's place first."""
    own = law.packs().for_division(request.actor.division).id
    lines = [
        {
            "id": pack.id,
            "name": presenters.said(pack.names),
            "version": pack.version[:12],
            "own": pack.id == own,
            "documents": [
                (presenters.said(document.title), document.number, document.valid_from)
                for document in pack.documents.values()
            ],
            "extends": " ← ".join(map(presenters.pack_name, pack.lineage)),
        }
        for pack in law.packs().values()
    ]
    lines.sort(key=lambda line: (not line["own"], str(line["id"])))
    return page(request, "eligibility/packs.html", {"packs": lines})


@signed_in
@require_GET
def pack(request: Request, pack_id: str) -> HttpResponse:
    """One pack's numbers in force today, with clause and quotation."""
    today = timezone.localdate()
    found = law.parameters_of(pack_id, today)
    context = {
        "pack": law.packs()[pack_id],
        "name": presenters.said(law.packs()[pack_id].names),
        "parameters": [presenters.parameter_line(each, pack_id) for each in found],
    }
    return page(request, "eligibility/pack.html", context)
