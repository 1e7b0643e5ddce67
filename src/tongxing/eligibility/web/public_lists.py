"""Service lists for everybody: families, neighbours, other offices. No sign-in."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from tongxing.access.queries import divisions
from tongxing.eligibility import law
from tongxing.eligibility.labels import service_lists as labels
from tongxing.eligibility.queries import service_lists as queries
from tongxing.eligibility.values.service_lists import IN_FORCE, ListState
from tongxing.eligibility.web import list_lines
from tongxing.eligibility.web.presenters import pack_name, said
from tongxing.kernel.errors import Unknown
from tongxing.rulebook import Text
from tongxing.rulebook.floor import compare
from tongxing.web.gates import anyone, signed_in
from tongxing.web.pages import page
from tongxing.web.requests import AnyRequest, Request


@anyone
@require_GET
def lists(request: AnyRequest) -> HttpResponse:
    """Every published list, and the slots of those whose text nobody has loaded."""
    today = timezone.localdate()
    rows = queries.published()
    names = divisions.division_names([row.division for row in rows])
    context = {
        "published": [
            {"list": row, "title": said(Text(**row.title)), "place": names.get(row.division, "")}
            for row in rows
            if row.valid_from and row.valid_from <= today
        ],
        "from_packs": [
            {"pack": name, "place": pack_name(name), "list": each, "title": said(each.title)}
            for name, pack in law.packs().items()
            for each in pack.lists[:1]
            if each.pack == name
        ],
    }
    return _read(request, "eligibility/lists/public.html", context)


@anyone
@require_GET
def of_place(request: AnyRequest, list_id: UUID) -> HttpResponse:
    """A list published here, as families read it; printable."""
    found = queries.version(list_id)
    today = timezone.localdate()
    if found.state not in {*IN_FORCE, ListState.SUPERSEDED} or found.valid_from is None:
        raise Unknown()
    pack = queries.pack_at(found.division, on=max(today, found.valid_from))
    names = divisions.division_names([found.division])
    context = {
        "title": said(Text(**found.title)),
        "place": names.get(found.division, ""),
        "since": found.valid_from,
        "until": found.valid_to,
        "approved": found.approved_at,
        "domains": list_lines.domains(queries.as_list(found, on=today), pack, changes={}),
    }
    return _read(request, "eligibility/lists/read.html", context)


@anyone
@require_GET
def of_pack(request: AnyRequest, pack_id: str) -> HttpResponse:
    """The list that came with a pack; an empty slot says why it is empty."""
    if pack_id not in law.packs() or not law.packs()[pack_id].lists:
        raise Unknown()
    pack = law.packs()[pack_id]
    own = pack.lists[0]
    if own.pack != pack_id:
        raise Unknown()
    context = {
        "title": said(own.title),
        "place": said(pack.names),
        "since": own.valid_from,
        "until": own.valid_to,
        "source": own.source,
        "note": said(own.source.note),
        "domains": list_lines.domains(own, pack, changes={}),
    }
    return _read(request, "eligibility/lists/read.html", context)


@signed_in
@require_GET
def side_by_side(request: Request) -> HttpResponse:
    """Two lists of packs against each other: what the lower one keeps, changes and adds."""
    today = timezone.localdate()
    loaded = {
        name: pack
        for name, pack in law.packs().items()
        if pack.lists and pack.lists[0].pack == name and pack.lists[0].loaded
    }
    lower, upper = request.GET.get("lower", ""), request.GET.get("upper", "")
    context: dict[str, object] = {
        "choices": [(name, said(pack.names)) for name, pack in loaded.items()],
        "lower": lower,
        "upper": upper,
    }
    if lower in loaded and upper in loaded:
        one, other = loaded[lower].lists[0], loaded[upper].lists[0]
        floor = compare(one, other, names=(lower, upper), law=loaded[lower], on=today)
        context |= {
            "floor": str(labels.FLOORS[floor.status]),
            "floor_tone": labels.FLOOR_TONES[floor.status],
            "gaps": list_lines.gaps(floor, other, []),
            "domains": list_lines.domains(one, loaded[lower], changes=floor.changes),
        }
    return page(request, "eligibility/lists/compare.html", context, fragment="results")


def _read(request: AnyRequest, template: str, context: Mapping[str, object]) -> HttpResponse:
    """A page for everybody: in the frame of those who are signed in, plain for all others."""
    layout = "web/base.html" if request.actor else "web/base_plain.html"
    return page(request, template, {"layout": layout, **context})
