"""Divisions: the tree, search by name, pinyin or code, and what became of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from tongxing.access import queries
from tongxing.access.actions import divisions as actions
from tongxing.access.values.roles import Capability
from tongxing.access.web import presenters
from tongxing.access.web.forms.places import SearchForm, SuccessionForm, VillageForm
from tongxing.kernel.divisions import NATION, Level, short
from tongxing.kernel.errors import Refusal
from tongxing.web.gates import needs, signed_in
from tongxing.web.pages import page, redirect
from tongxing.web.requests import Request
from tongxing.web.tables import Column, heads
from tongxing.web.values import Node

COLUMNS = [
    Column("name", pgettext_lazy("place", "Name")),
    Column("code", gettext_lazy("Code")),
    Column("level", gettext_lazy("Level")),
    Column("kind", gettext_lazy("Kind")),
]


@signed_in
@require_GET
def divisions(request: Request) -> HttpResponse:
    """Search results, or the branch of the tree in which the actor works."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "form": form,
        "found": presenters.divisions(queries.find_divisions(text)) if text else None,
        "tree": [] if text else _tree(request.actor.division),
        "heads": heads(request, COLUMNS),
    }
    return page(request, "access/divisions.html", context, fragment="results")


@signed_in
@require_GET
def division(request: Request, code: int) -> HttpResponse:
    row = queries.division(code)
    path = queries.path_of(code)
    context = {
        "division": presenters.division(row),
        "crumbs": presenters.crumbs(path),
        "below": presenters.divisions(queries.children_of(code)),
        "heads": heads(request, COLUMNS),
        "successions": queries.successions_of(code),
        "may_change": _may_change(request, code),
        "may_add_village": _may_change(request, code) and row.level is Level.TOWNSHIP,
    }
    return page(request, "access/division.html", context)


@needs(Capability.DIVISIONS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_village(request: Request, code: int) -> HttpResponse:
    township = queries.division(code)
    begin = {"code": short(code)[:9], "valid_from": timezone.localdate()}
    form = VillageForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_village(**form.cleaned_data, by=request.actor, at=timezone.now())
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("The village has been added."))
            return redirect(request, "access:division", added)
    context = {"form": form, "township": township}
    status = 422 if form.errors else 200
    return page(request, "access/add_village.html", context, status=status)


@needs(Capability.DIVISIONS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_successor(request: Request, code: int) -> HttpResponse:
    old = queries.division(code)
    form = SuccessionForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.succeed(old=code, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refusal as refusal:
            form.add_error("new", str(refusal))
        else:
            messages.success(request, _("The change of division has been noted."))
            return redirect(request, "access:division", code)
    status = 422 if form.errors else 200
    return page(request, "access/add_successor.html", {"form": form, "old": old}, status=status)


def _tree(code: int) -> list[Node]:
    path = queries.path_of(code) if code else []
    levels = [queries.children_of(NATION)]
    for step in path:
        levels.append(queries.children_of(step.code))
    return presenters.tree_of(path, levels)


def _may_change(request: Request, code: int) -> bool:
    area = request.actor.area
    inside = area is None or code in area
    return request.actor.may(Capability.DIVISIONS_MANAGE) and inside
