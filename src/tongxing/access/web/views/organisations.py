"""Organisations and their posts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tongxing.access import doors, rules
from tongxing.access.actions import organisations as actions
from tongxing.access.actions import posts as post_actions
from tongxing.access.queries import organisations as queries
from tongxing.access.values.roles import Capability, Role
from tongxing.access.web import presenters
from tongxing.access.web.forms.people import GrantForm, PostForm
from tongxing.access.web.forms.places import OrganisationFilterForm, OrganisationForm
from tongxing.kernel.errors import Refusal
from tongxing.web.gates import needs
from tongxing.web.pages import page, redirect
from tongxing.web.requests import Request
from tongxing.web.tables import Column, Pages, heads

ORGANISATIONS = [
    Column("name", pgettext_lazy("place", "Name")),
    Column("kind", gettext_lazy("Kind")),
    Column("division", gettext_lazy("Division")),
    Column("posts", gettext_lazy("Posts"), kind="number"),
]
POSTS = [
    Column("title", gettext_lazy("Post")),
    Column("role", gettext_lazy("Role")),
    Column("area", gettext_lazy("Area")),
    Column("holder", gettext_lazy("Held by")),
]
HOLDERS = [
    Column("person", gettext_lazy("Person")),
    Column("since", gettext_lazy("From")),
    Column("until", gettext_lazy("Until")),
    Column("check", gettext_lazy("Entry check")),
]


@needs(Capability.ORGANISATIONS_SEE)
@require_GET
def organisations(request: Request) -> HttpResponse:
    form = OrganisationFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    own = doors.kept_area(request.actor)
    rows = queries.organisations(
        within=own,
        on=today,
        text=asked.get("q", ""),
        kind=form.kind_asked() if asked else None,
        after=_id(request.GET.get("after", "")),
    )
    vacant = queries.vacant_posts(within=own, on=today)
    more = str(rows[-1].id) if len(rows) == queries.PAGE else None
    context = {
        "form": form,
        "rows": presenters.organisations(rows),
        "heads": heads(request, ORGANISATIONS),
        "pages": Pages(previous=None, next=more, shown=len(rows)),
        "vacant": presenters.posts(vacant),
        "may_found": request.actor.may(Capability.ORGANISATIONS_MANAGE),
    }
    return page(request, "access/organisations.html", context, fragment="results")


@needs(Capability.ORGANISATIONS_SEE)
@require_GET
def organisation(request: Request, organisation_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    row = doors.open_organisation(organisation_id, actor=request.actor, on=today)
    context = {
        "organisation": presenters.organisation(row),
        "posts": presenters.posts(queries.posts_of_organisation(organisation_id, on=today)),
        "heads": heads(request, POSTS),
        "may_change": request.actor.may(Capability.ORGANISATIONS_MANAGE) and not row.valid_until,
    }
    return page(request, "access/organisation.html", context)


@needs(Capability.ORGANISATIONS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def found_organisation(request: Request) -> HttpResponse:
    begin = {"division": request.actor.division or "", "valid_from": timezone.localdate()}
    form = OrganisationForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.found(new=form.organisation(), by=request.actor, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The organisation has been added."))
            return redirect(request, "access:organisation", new)
    status = 422 if form.errors else 200
    return page(request, "access/found_organisation.html", {"form": form}, status=status)


@needs(Capability.ORGANISATIONS_MANAGE)
@require_POST
def close_organisation(request: Request, organisation_id: UUID) -> HttpResponse:
    now = timezone.now()
    actions.close(
        organisation_id=organisation_id, on=timezone.localdate(now), by=request.actor, at=now
    )
    messages.success(request, _("The organisation has been closed."))
    return redirect(request, "access:organisations")


@needs(Capability.ORGANISATIONS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def create_post(request: Request, organisation_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    row = doors.open_organisation(organisation_id, actor=request.actor, on=today)
    own = Role(request.actor.role)
    roles = [role for role in Role if rules.may_request(own, role)]
    form = PostForm(request.POST or None, roles=roles, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            new = post_actions.create(
                new=form.post(organisation_id), by=request.actor, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The post has been added."))
            return redirect(request, "access:post", new)
    context = {"form": form, "organisation": presenters.organisation(row)}
    status = 422 if form.errors else 200
    return page(request, "access/create_post.html", context, status=status)


@needs(Capability.ORGANISATIONS_SEE)
@require_GET
def post(request: Request, post_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    row = doors.open_post(post_id, actor=request.actor, on=today)
    context = {
        "post": presenters.post(row),
        "holders": presenters.holders(queries.holders_of(post_id)),
        "heads": heads(request, HOLDERS),
        "may_request": request.actor.may(Capability.POSTS_REQUEST) and row.holder is None,
        "may_end_appointment": request.actor.may(Capability.POSTS_REQUEST)
        or request.actor.may(Capability.POSTS_GRANT),
        "may_end_post": request.actor.may(Capability.ORGANISATIONS_MANAGE)
        and row.holder is None
        and row.valid_until is None,
        "grant_form": GrantForm(initial={"since": today}),
    }
    return page(request, "access/post.html", context)


@needs(Capability.ORGANISATIONS_MANAGE)
@require_POST
def end_post(request: Request, post_id: UUID) -> HttpResponse:
    now = timezone.now()
    row = doors.open_post(post_id, actor=request.actor, on=timezone.localdate(now))
    post_actions.end(post_id=post_id, on=timezone.localdate(now), by=request.actor, at=now)
    messages.success(request, _("The post has ended."))
    return redirect(request, "access:organisation", row.organisation_id)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
