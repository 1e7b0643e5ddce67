"""Signing in and out, and the steps between a right password and the first page."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tongxing.access import devices, pending
from tongxing.access.actions import sessions
from tongxing.access.errors import SignInLocked
from tongxing.access.queries.accounts import demo_accounts
from tongxing.access.web import presenters, signing_in
from tongxing.access.web.forms.own import SignInForm
from tongxing.kernel.errors import Refusal
from tongxing.web.gates import anyone
from tongxing.web.pages import page, redirect
from tongxing.web.requests import AnyRequest


@anyone
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: AnyRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(request, _onward(request))
    if request.method != "POST":
        return _sign_in_page(request, _empty_form(request), status=200)
    form = SignInForm(request.POST, shows_password=settings.TONGXING_DEMO)
    if not form.is_valid():
        return _sign_in_page(request, form, status=422)
    typed = form.cleaned_data
    try:
        token = signing_in.attempt(
            request, username=typed["username"], password=typed["password"], at=timezone.now()
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        locked = isinstance(refusal, SignInLocked)
        return _sign_in_page(request, form, status=429 if locked else 422)
    response = redirect(request, _onward(request))
    devices.remember(response, token)
    return response


@anyone
@require_POST
def sign_out(request: AnyRequest) -> HttpResponse:
    if request.actor:
        sessions.end(by=request.actor, at=timezone.now())
    logout(request)
    response = redirect(request, "access:sign_in")
    # The browser forgets pages it kept for the back button. Cookies stay: one tells the device.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _onward(request: HttpRequest) -> str:
    """Where a person who gave the right password goes: an open step, the page asked for, home."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if step := pending.step_of(request):
        return reverse(step)
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else reverse(settings.LOGIN_REDIRECT_URL)


def _empty_form(request: HttpRequest) -> SignInForm:
    initial = {"next": request.GET.get("next", "")}
    if settings.TONGXING_DEMO and (chosen := request.GET.get("as", "")):
        initial |= {"username": chosen, "password": settings.TONGXING_DEMO_PASSWORD}
    return SignInForm(initial=initial, shows_password=settings.TONGXING_DEMO)


def _sign_in_page(request: HttpRequest, form: SignInForm, *, status: int) -> HttpResponse:
    context = {
        "form": form,
        "demo_groups": presenters.demo_groups(demo_accounts()),
        "demo_password": settings.TONGXING_DEMO_PASSWORD,
        "next": form["next"].value() or "",
    }
    return page(request, "access/sign_in.html", context, status=status)
