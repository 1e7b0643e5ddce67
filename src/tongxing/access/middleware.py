"""Around every request: is the session alive, who is acting, and what may the database show?"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tongxing.access import labels, pending, rules, scopes
from tongxing.access.errors import NoCurrentPost
from tongxing.access.queries.actors import actor_of
from tongxing.access.values.accounts import SessionEnd, SessionFacts
from tongxing.audit.context import request_id
from tongxing.kernel.actors import Actor
from tongxing.web import errors

Answer = Callable[[HttpRequest], HttpResponse]

BEGAN, SEEN, TOKEN, POST = "began", "seen", "token", "post"
# A session is written at most once in this time, however many pages are read.
_NOTE_EVERY = timedelta(seconds=60)


class SessionLimitsMiddleware:
    """Ends sessions that slept too long, lived too long, or were replaced by another sign-in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = timezone.now()
            if BEGAN not in request.session:
                request.session[BEGAN] = request.session[SEEN] = now.timestamp()
            self._judge(request, now)
        return self.get_response(request)

    def _judge(self, request: HttpRequest, now: datetime) -> None:
        facts = SessionFacts(
            began=_moment(request, BEGAN),
            seen=_moment(request, SEEN),
            token=request.session.get(TOKEN, ""),
            account_token=getattr(request.user, "session_token", ""),
        )
        end = rules.end_of_session(
            facts,
            at=now,
            idle=timedelta(minutes=settings.TONGXING_IDLE_MINUTES),
            longest=timedelta(hours=settings.TONGXING_SESSION_HOURS),
            single=settings.TONGXING_ONE_SESSION,
        )
        if end:
            _sign_out(request, end)
        elif facts.seen is None or now - facts.seen > _NOTE_EVERY:
            request.session[SEEN] = now.timestamp()


class ActorMiddleware:
    """Puts the actor on the request and runs everything below in one transaction in its scope.

    Authority is read from the database each time, never from the session: a post that ended a
    second ago is gone. Rendering happens inside the transaction too; an answer of 500 and above
    takes everything back.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        named = request_id.set(errors.request_id(request))
        try:
            if not request.user.is_authenticated or pending.step_of(request):
                return self.get_response(request)
            return self._in_scope(request)
        finally:
            request_id.reset(named)

    def _in_scope(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            actor = _actor(request)
            if actor is None:
                return self.get_response(request)
            request.actor = actor  # type: ignore[attr-defined]
            scopes.use(actor)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response


def _actor(request: HttpRequest) -> Actor | None:
    try:
        return actor_of(str(request.user.pk), post_id=request.session.get(POST))
    except NoCurrentPost:
        _sign_out(request, SessionEnd.NO_POST)
        return None


def _sign_out(request: HttpRequest, why: SessionEnd) -> None:
    logout(request)
    messages.info(request, str(labels.SESSION_ENDS[why]))


def _moment(request: HttpRequest, key: str) -> datetime | None:
    seconds = request.session.get(key)
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
