"""People: accounts, requests for posts, appointments."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tongxing.access import doors, passwords
from tongxing.access.actions import accounts as actions
from tongxing.access.actions import appointments, grants
from tongxing.access.queries import accounts as queries
from tongxing.access.values.accounts import AccountState, EntryCheck
from tongxing.access.values.roles import Capability
from tongxing.access.web import presenters
from tongxing.access.web.forms.people import AccountForm, EndForm, EntryCheckForm, GrantForm
from tongxing.access.web.forms.places import SearchForm
from tongxing.kernel.errors import Refusal
from tongxing.web.gates import needs, signed_in
from tongxing.web.pages import page, redirect
from tongxing.web.requests import Request
from tongxing.web.tables import Column, Pages, heads

PEOPLE = [
    Column("person", gettext_lazy("Person")),
    Column("posts", gettext_lazy("Posts")),
    Column("state", gettext_lazy("Account")),
    Column("seen", gettext_lazy("Last seen")),
]

ROLES = [
    Column("role", gettext_lazy("Role")),
    Column("level", gettext_lazy("Level")),
    Column("may", gettext_lazy("May do")),
    Column("sees", gettext_lazy("Opens children's files")),
]
DECIDED = [
    Column("person", gettext_lazy("Person")),
    Column("post", gettext_lazy("Post")),
    Column("asked", gettext_lazy("Asked by")),
    Column("decided", gettext_lazy("Decided by")),
]


@needs(Capability.ORGANISATIONS_SEE)
@require_GET
def people(request: Request) -> HttpResponse:
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    everybody = request.actor.may(Capability.ACCOUNTS_MANAGE)
    rows = queries.accounts(
        within=None if everybody else doors.kept_area(request.actor),
        on=timezone.localdate(),
        text=text,
        after=request.GET.get("after", ""),
    )
    more = rows[-1].username if len(rows) == queries.PAGE else None
    context = {
        "form": form,
        "rows": presenters.accounts(rows),
        "heads": heads(request, PEOPLE),
        "pages": Pages(previous=None, next=more, shown=len(rows)),
        "may_open": everybody,
    }
    return page(request, "access/people.html", context, fragment="results")


@needs(Capability.ORGANISATIONS_SEE)
@require_GET
def person(request: Request, account_id: UUID) -> HttpResponse:
    form = EntryCheckForm(initial={"on": timezone.localdate()})
    return _person_page(request, account_id, form, status=200)


@needs(Capability.ACCOUNTS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: Request) -> HttpResponse:
    """The first password is made here, shown once, and must be changed at the first sign-in."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = passwords.first_password()
        try:
            actions.create(
                new=form.account(), password=password, by=request.actor, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _show_password(request, form.account().username, password)
    status = 422 if form.errors else 200
    return page(request, "access/open_account.html", {"form": form}, status=status)


@needs(Capability.ACCOUNTS_MANAGE)
@require_POST
def reset_password(request: Request, account_id: UUID) -> HttpResponse:
    row, _held = doors.open_account(account_id, actor=request.actor, on=timezone.localdate())
    password = passwords.first_password()
    actions.reset_password(
        account_id=account_id, password=password, by=request.actor, at=timezone.now()
    )
    return _show_password(request, row.username, password)


@needs(Capability.ACCOUNTS_MANAGE)
@require_POST
def close_account(request: Request, account_id: UUID) -> HttpResponse:
    actions.close(account_id=account_id, by=request.actor, at=timezone.now())
    messages.success(request, _("The account is closed; its sessions have ended."))
    return redirect(request, "access:person", account_id)


@needs(Capability.ACCOUNTS_MANAGE)
@require_POST
def reopen_account(request: Request, account_id: UUID) -> HttpResponse:
    now = timezone.now()
    actions.reopen(account_id=account_id, on=timezone.localdate(now), by=request.actor, at=now)
    messages.success(request, _("The account is open again."))
    return redirect(request, "access:person", account_id)


@needs(Capability.POSTS_REQUEST)
@require_POST
def request_grant(request: Request, post_id: UUID) -> HttpResponse:
    row = doors.open_post(post_id, actor=request.actor, on=timezone.localdate())
    form = GrantForm(request.POST)
    if form.is_valid():
        try:
            grants.request_by_username(
                **form.cleaned_data, post_id=post_id, by=request.actor, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The security administrator has been asked."))
            return redirect(request, "access:grants")
    context = {"form": form, "post": presenters.post(row)}
    return page(request, "access/request_grant.html", context, status=422)


@needs(Capability.ORGANISATIONS_SEE)
@require_GET
def grants_list(request: Request) -> HttpResponse:
    rows = queries.grants(within=doors.kept_area(request.actor))
    shown = presenters.grants(rows, own_id=request.actor.account_id)
    context = {
        "waiting": [each for each in shown if each["is_open"]],
        "decided": [each for each in shown if not each["is_open"]],
        "heads": heads(request, DECIDED),
        "may_decide": request.actor.may(Capability.POSTS_GRANT),
    }
    return page(request, "access/grants.html", context)


@needs(Capability.POSTS_GRANT)
@require_POST
def confirm_grant(request: Request, grant_id: UUID) -> HttpResponse:
    grants.confirm(grant_id=grant_id, by=request.actor, at=timezone.now())
    messages.success(request, _("The appointment is made."))
    return redirect(request, "access:grants")


@needs(Capability.POSTS_GRANT)
@require_POST
def refuse_grant(request: Request, grant_id: UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    grants.refuse(grant_id=grant_id, reason=reason, by=request.actor, at=timezone.now())
    messages.success(request, _("The request is refused."))
    return redirect(request, "access:grants")


@needs(Capability.POSTS_REQUEST)
@require_POST
def withdraw_grant(request: Request, grant_id: UUID) -> HttpResponse:
    grants.withdraw(grant_id=grant_id, by=request.actor, at=timezone.now())
    messages.success(request, _("The request is withdrawn."))
    return redirect(request, "access:grants")


@needs(Capability.POSTS_REQUEST, Capability.POSTS_GRANT)
@require_POST
def end_appointment(request: Request, appointment_id: UUID) -> HttpResponse:
    form = EndForm(request.POST)
    typed = form.cleaned_data if form.is_valid() else {}
    now = timezone.now()
    appointments.end(
        appointment_id=appointment_id,
        on=typed.get("on") or timezone.localdate(now),
        reason=typed.get("reason", ""),
        by=request.actor,
        at=now,
    )
    messages.success(request, _("The appointment has ended."))
    return redirect(request, "access:organisations")


@needs(Capability.POSTS_REQUEST)
@require_POST
def record_entry_check(request: Request, account_id: UUID, appointment_id: UUID) -> HttpResponse:
    form = EntryCheckForm(request.POST)
    if not form.is_valid():
        return _person_page(request, account_id, form, status=422)
    appointments.record_entry_check(
        appointment_id=appointment_id,
        answer=EntryCheck(form.cleaned_data["answer"]),
        on=form.cleaned_data["on"],
        by=request.actor,
        at=timezone.now(),
    )
    messages.success(request, _("The entry check has been noted."))
    return redirect(request, "access:person", account_id)


@signed_in
@require_GET
def roles(request: Request) -> HttpResponse:
    context = {"roles": presenters.roles(), "heads": heads(request, ROLES)}
    return page(request, "access/roles.html", context)


def _person_page(
    request: Request, account_id: UUID, form: EntryCheckForm, *, status: int
) -> HttpResponse:
    row, held = doors.open_account(account_id, actor=request.actor, on=timezone.localdate())
    shown = [
        {"post": presenters.post(each.post), "holder": presenters.holder(each.holder)}
        for each in held
    ]
    context = {
        "account": presenters.account(row),
        "held": shown,
        "may_keep": request.actor.may(Capability.ACCOUNTS_MANAGE),
        "may_check": request.actor.may(Capability.POSTS_REQUEST),
        "resting": row.state in {AccountState.DISABLED, AccountState.DORMANT},
        "check_form": form,
    }
    return page(request, "access/person.html", context, status=status)


def _show_password(request: Request, username: str, password: str) -> HttpResponse:
    context = {"username": username, "password": password}
    return page(request, "access/first_password.html", context)
