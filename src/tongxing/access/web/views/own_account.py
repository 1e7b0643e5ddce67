"""Pages about one's own account."""

from base64 import b32encode, b64encode
from io import BytesIO
from typing import Any
from uuid import UUID

import qrcode
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_otp import login as otp_login
from django_otp import match_token
from django_otp.util import random_hex
from qrcode.image.svg import SvgPathImage

from tongxing.access import labels
from tongxing.access.actions import own_account, sessions
from tongxing.access.errors import WrongCode
from tongxing.access.middleware import POST
from tongxing.access.queries.accounts import account, devices_of
from tongxing.access.queries.actors import actor_of, posts_of
from tongxing.access.queries.sign_in import has_second_factor
from tongxing.access.values.roles import ROLES, Role
from tongxing.access.web.forms.own import CodeForm, PasswordForm
from tongxing.kernel.errors import Refusal, Unknown
from tongxing.web.gates import anyone, signed_in
from tongxing.web.pages import page, redirect
from tongxing.web.requests import AnyRequest, Request

_WAITING = "authenticator"


@signed_in
@require_GET
def my_account(request: Request) -> HttpResponse:
    actor = request.actor
    role = Role(actor.role)
    context = {
        "account": account(UUID(actor.account_id), on=timezone.localdate()),
        "posts": posts_of(actor.account_id, current=actor.post_id),
        "role": labels.ROLES[role],
        "role_description": labels.ROLE_DESCRIPTIONS[role],
        "capabilities": [labels.CAPABILITIES[each] for each in sorted(ROLES[role].capabilities)],
        "devices": devices_of(actor.account_id),
        "second_factor": has_second_factor(UUID(actor.account_id)),
    }
    return page(request, "access/my_account.html", context)


@signed_in
@require_POST
def switch_post(request: Request) -> HttpResponse:
    """Go on from another of one's own posts; the session remembers which, not what it may do."""
    wanted = request.POST.get("post", "")
    actor = actor_of(request.actor.account_id, post_id=wanted)
    if actor.post_id != wanted:
        raise Unknown()
    request.session[POST] = wanted
    sessions.switch(to=actor, at=timezone.now())
    return redirect(request, settings.LOGIN_REDIRECT_URL)


@anyone
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: AnyRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect(request, "access:sign_in")
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _changed(request, form):
        messages.success(request, _("Your password has been changed."))
        return redirect(request, settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "forced": request.actor is None, "layout": _layout(request)}
    status = 422 if form.errors else 200
    return page(request, "access/change_password.html", context, status=status)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: AnyRequest) -> HttpResponse:
    """The code of the second factor; who has none yet sets one up here."""
    if not request.user.is_authenticated:
        return redirect(request, "access:sign_in")
    if not has_second_factor(UUID(str(request.user.pk))):
        return redirect(request, "access:enrol_second_factor")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = match_token(request.user, form.cleaned_data["code"])
        if device is not None:
            otp_login(request, device)
            return redirect(request, settings.LOGIN_REDIRECT_URL)
        form.add_error("code", str(WrongCode()))
    status = 422 if form.errors else 200
    return page(request, "access/second_factor.html", {"form": form}, status=status)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_second_factor(request: AnyRequest) -> HttpResponse:
    """A QR code for an authenticator and the first code from it."""
    if not _may_enrol(request):
        return redirect(request, "access:sign_in")
    account_id = UUID(str(request.user.pk))
    # Kept in the session until the first code proves it, so that looking stores nothing.
    secret = request.session.setdefault(_WAITING, random_hex(20))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            device = own_account.add_second_factor(
                account_id=account_id,
                secret=secret,
                code=form.cleaned_data["code"],
                at=timezone.now(),
            )
        except WrongCode as refusal:
            form.add_error("code", str(refusal))
        else:
            del request.session[_WAITING]
            otp_login(request, device)
            messages.success(request, _("The second factor is set up."))
            return redirect(request, settings.LOGIN_REDIRECT_URL)
    url = own_account.authenticator(account_id=account_id, secret=secret).config_url
    context = {
        "form": form,
        "picture": _qr(url),
        "layout": _layout(request),
        "secret": b32encode(bytes.fromhex(secret)).decode(),
    }
    status = 422 if form.errors else 200
    return page(request, "access/enrol_second_factor.html", context, status=status)


@signed_in
@require_POST
def forget_device(request: Request, device_id: UUID) -> HttpResponse:
    own_account.forget_device(
        device_id=device_id, account_id=UUID(request.actor.account_id), at=timezone.now()
    )
    messages.success(request, _("This browser is no longer known."))
    return redirect(request, "access:my_account")


def _may_enrol(request: AnyRequest) -> bool:
    """Somebody with a password alone must not replace an authenticator that exists."""
    if not request.user.is_authenticated:
        return False
    return request.actor is not None or not has_second_factor(UUID(str(request.user.pk)))


def _layout(request: AnyRequest) -> str:
    """Before there is an actor there is nothing to navigate to."""
    return "web/base.html" if request.actor else "web/base_plain.html"


def _changed(request: AnyRequest, form: PasswordForm) -> bool:
    typed = form.cleaned_data
    try:
        own_account.change_password(
            account_id=UUID(str(request.user.pk)),
            present=typed["present"],
            new=typed["new"],
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error("present" if "wrong" in refusal.code else "new", str(refusal))
        return False
    except ValidationError as faults:
        form.add_error("new", faults)
        return False
    _stay_signed_in(request)
    return True


def _stay_signed_in(request: Any) -> None:
    """Other sessions end with the old password; this one goes on under a new number."""
    request.user.refresh_from_db()
    update_session_auth_hash(request, request.user)


def _qr(url: str) -> str:
    """The picture as a data address, so that no SVG has to be trusted in a template."""
    drawn = BytesIO()
    qrcode.make(url, image_factory=SvgPathImage, box_size=12).save(drawn)
    return f"data:image/svg+xml;base64,{b64encode(drawn.getvalue()).decode()}"
