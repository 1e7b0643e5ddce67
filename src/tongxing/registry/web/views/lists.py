"""The register list: filters, search, places, export."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tongxing.registry import doors
from tongxing.registry.queries import areas, cursors
from tongxing.registry.queries.narrowing import looks_like_number
from tongxing.registry.values.children import Purpose
from tongxing.registry.values.exports import ROWS_WITHOUT_REASON
from tongxing.registry.web import workbooks
from tongxing.registry.web.forms.exports import ExportForm
from tongxing.registry.web.forms.filters import FilterForm
from tongxing.registry.web.presenters import lists, places
from tongxing.web.gates import needs
from tongxing.web.pages import page, redirect
from tongxing.web.requests import Request

SEE, EXPORT = "children.see", "children.export"
_SEARCHED = "registry.search"


@needs(SEE)
@require_GET
def children(request: Request) -> HttpResponse:
    """The children of this person's area, a page at a time."""
    if looks_like_number(request.GET.get("q", "")):
        return redirect(request, _address_of_search(request.GET, request.GET["q"]))
    text = searched_text(request.GET)
    form = FilterForm(request.GET)
    wanted = form.wanted(text)
    found = doors.listed(
        wanted,
        actor=request.actor,
        purpose=Purpose.CARE,
        route="registry:children",
        at=timezone.now(),
        window=lists.window_of(request),
    )
    context: dict[str, Any] = {
        "form": form,
        "token": _token(text),
        "place": areas.name_of(wanted.division) if wanted.division else "",
        "nodes": places.tree(request.actor, wanted.division),
        "lines": [lists.line(row) for row in found.rows],
        "heads": lists.heads_of(request),
        "pages": lists.pages_of(found),
        "chips": lists.chips(form, wanted, request.GET),
        "query": _kept(request.GET).urlencode(),
        "may_edit": request.actor.may("children.edit"),
        "may_export": request.actor.may(EXPORT),
    }
    return page(request, "registry/children.html", context, fragment="results")


@needs(SEE)
@require_POST
def search(request: Request) -> HttpResponse:
    """Take the words of a search out of the body, so that no name or number is in an address."""
    return redirect(request, _address_of_search(request.GET, request.POST.get("q", "")))


@needs(SEE)
@require_GET
def branch(request: Request, code: int) -> HttpResponse:
    """The places below one, for the tree beside the list."""
    as_links = not request.htmx
    nodes = places.branches(code, actor=request.actor, as_links=as_links)
    return page(request, "registry/places.html", {"nodes": nodes}, fragment="places")


@needs(EXPORT)
@require_http_methods(["GET", "POST"])
def export(request: Request) -> HttpResponse:
    """Ask what the list is for, then hand it over as a workbook."""
    wanted = FilterForm(request.GET).wanted(searched_text(request.GET))
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            rows = doors.exported(
                wanted,
                actor=request.actor,
                purpose=form.chosen(),
                reason=form.cleaned_data["reason"],
                at=at,
            )
        except doors.ExportRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            content = workbooks.of_children(
                rows, by=request.actor, purpose=form.chosen(), at=timezone.localtime(at)
            )
            return workbooks.response(content, at=timezone.localtime(at))
    total, at_least = doors.count(wanted, actor=request.actor, at=timezone.now())
    context = {
        "form": form,
        "total": total,
        "at_least": at_least,
        "limit": ROWS_WITHOUT_REASON,
        "chips": lists.chips(FilterForm(request.GET), wanted, request.GET),
        "query": request.GET.urlencode(),
    }
    status = 422 if form.is_bound else 200
    return page(request, "registry/export.html", context, fragment="export", status=status)


def searched_text(query: QueryDict) -> str:
    """The text that is searched: sealed in `s`, or plain in `q` when it is only a name."""
    if token := query.get("s", ""):
        found = cursors.unseal(token, (str,), context=_SEARCHED)
        return str(found[0]) if found else ""
    return query.get("q", "").strip()


def _address_of_search(query: QueryDict, text: str) -> str:
    rest = _kept(query)
    for name in ("q", "s"):
        rest.pop(name, None)
    if text.strip():
        rest["s"] = _token(text)
    return f"{reverse('registry:children')}?{rest.urlencode()}"


def _token(text: str) -> str:
    words = text.strip()[:60]
    return cursors.seal([words], context=_SEARCHED) if words else ""


def _kept(query: QueryDict) -> QueryDict:
    """The filters of an address that say something, without the place in the list."""
    rest = QueryDict(mutable=True)
    for name, value in query.items():
        if value and name not in {"after", "before"}:
            rest[name] = str(value)
    return rest
