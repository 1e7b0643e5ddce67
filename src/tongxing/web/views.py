"""Pages that belong to no package: home, help, display settings, the component catalogue."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from tongxing.kernel.divisions import NATION
from tongxing.web import catalogue, display, home
from tongxing.web.gates import anyone, signed_in
from tongxing.web.help import hotlines_for
from tongxing.web.pages import SeeOther, page
from tongxing.web.requests import Request, actor_of


@signed_in
@require_GET
def home_page(request: Request) -> HttpResponse:
    groups = home.cards_for(request.actor)
    context = {"groups": groups, "quiet": not any(groups.values())}
    return page(request, "web/home.html", context)


@anyone
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    division = actor.division if actor else NATION
    lines = hotlines_for(division, display.language_of(request))
    return page(request, "web/help.html", {"hotlines": lines, "layout": _layout(request)})


@anyone
@require_GET
def display_page(request: HttpRequest) -> HttpResponse:
    return page(request, "web/display.html", {"layout": _layout(request)})


@anyone
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    response = SeeOther(display.way_back(request))
    asked = request.POST.get("language", "")
    if asked in dict(settings.LANGUAGES):
        display.keep_language(response, asked)
    return response


@anyone
@require_POST
def set_large_type(request: HttpRequest) -> HttpResponse:
    response = SeeOther(display.way_back(request))
    display.keep_large_type(response, large=request.POST.get("large") == "1")
    return response


@anyone
@require_GET
def components_page(request: HttpRequest) -> HttpResponse:
    if not settings.TONGXING_COMPONENTS_PAGE:
        raise Http404
    context = {**catalogue.everything(request), "layout": _layout(request)}
    return page(request, "web/components.html", context, fragment=_known_fragment(request))


def _layout(request: HttpRequest) -> str:
    return "web/base.html" if actor_of(request) else "web/base_plain.html"


def _known_fragment(request: HttpRequest) -> str:
    return "progress" if request.GET.get("part") == "progress" else "results"
