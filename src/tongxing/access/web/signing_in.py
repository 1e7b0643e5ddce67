"""From a user name and a password to a session: the one place that calls django's login()."""

from datetime import datetime

from django.contrib.auth import authenticate, login
from django.http import HttpRequest
from django.utils import timezone

from tongxing.access import devices, labels
from tongxing.access.actions import sessions
from tongxing.access.errors import AccountResting, SignInFailed, SignInLocked
from tongxing.access.middleware import BEGAN, POST, SEEN, TOKEN
from tongxing.access.queries.actors import actor_of
from tongxing.access.queries.sign_in import knows_device, state_of
from tongxing.access.values.accounts import AccountState


def attempt(request: HttpRequest, *, username: str, password: str, at: datetime) -> str:
    """Sign in, or raise a Refusal. Returns the token that the browser is to be known by.

    A wrong name and a wrong password take the same steps and get the same answer.
    """
    token = devices.token_in(request)
    known = knows_device(username, token)
    devices.count_by_device(request, token=token, known=known)
    account = authenticate(request, username=username, password=password)
    if account is None:
        locked = devices.is_locked(request)
        sessions.failed(username=username, locked=locked, at=at)
        raise SignInLocked() if locked else SignInFailed()
    state = state_of(account.pk, on=timezone.localdate(at))
    if state is not AccountState.ACTIVE:
        raise AccountResting(state=labels.ACCOUNT_STATES[state])
    login(request, account)
    token = token or devices.new_token()
    actor = actor_of(account.pk)
    request.session[BEGAN] = request.session[SEEN] = at.timestamp()
    request.session[POST] = actor.post_id
    request.session[TOKEN] = sessions.begin(
        device=token, device_name=devices.name_of(request), by=actor, at=at
    )
    return token
