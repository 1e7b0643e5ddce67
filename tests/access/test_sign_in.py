"""Signing in: who gets in, who is told what, and how long it lasts."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.access.factories import (
    EVERYWHERE,
    HULI,
    HULI_VILLAGE,
    KUNDULUN,
    PASSWORD,
    SINCE,
    a_person,
    a_post,
    an_account,
)
from tongxing.access import scopes
from tongxing.access.actions import grants
from tongxing.access.models import Account, Appointment, KnownDevice
from tongxing.access.values.roles import Role
from tongxing.audit.models import Entry

pytestmark = pytest.mark.django_db
SIGN_IN, HOME, ACCOUNT = "/sign-in/", "/", "/account/"


@pytest.fixture
def officer() -> Account:
    return an_account("huli.officer")


def sign_in(browser: Client, username: str = "huli.officer", password: str = PASSWORD, **more):
    return browser.post(SIGN_IN, {"username": username, "password": password, **more})


def fail(browser: Client, times: int, username: str = "huli.officer"):
    return [sign_in(browser, username, "wrong-Password.1") for _ in range(times)]


def test_the_right_password_opens_the_first_page(client, officer):
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (303, HOME)
    assert client.get(HOME).status_code == 200


def test_the_page_asked_for_comes_after_signing_in(client, officer):
    asked = client.get(ACCOUNT)
    assert asked.status_code == 303
    assert asked["Location"] == f"{SIGN_IN}?next=%2Faccount%2F"
    assert sign_in(client, next=ACCOUNT)["Location"] == ACCOUNT


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:1"])
def test_nobody_is_sent_to_another_site(client, officer, target):
    assert sign_in(client, next=target)["Location"] == HOME


def test_the_session_number_changes_at_sign_in(client, officer):
    client.get(SIGN_IN)
    client.cookies["tongxing_session"] = "chosen-by-somebody-else"
    sign_in(client)
    assert client.cookies["tongxing_session"].value != "chosen-by-somebody-else"


def body_of(response):
    """The page without the token that differs at every rendering and the name that was typed."""
    text = response.content.decode()
    for token in client_tokens(text):
        text = text.replace(token, "TOKEN")
    return text.replace("huli.officer", "NAME").replace("nobody.here", "NAME")


def client_tokens(text: str) -> list[str]:
    parts = text.split('name="csrfmiddlewaretoken" value="')[1:]
    parts += text.split('"X-CSRFToken": "')[1:] + text.split('nonce="')[1:]
    return [part.split('"')[0] for part in parts]


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(officer, settings):
    settings.TONGXING_DEMO = False
    known, unknown = Client(), Client()
    first = None
    for _ in range(6):
        first = sign_in(known, "huli.officer", "wrong-Password.1")
        second = sign_in(unknown, "nobody.here", "wrong-Password.1")
        assert first.status_code == second.status_code
        assert body_of(first) == body_of(second)
        differing = {"X-Request-ID", "Content-Length", "Set-Cookie"}
        assert set(first.headers) - differing == set(second.headers) - differing
    assert first is not None
    assert first.status_code == 429


def test_a_wrong_name_takes_the_same_steps(officer):
    """What takes the same steps takes the same time."""
    with CaptureQueriesContext(connection) as known:
        sign_in(Client(), "huli.officer", "wrong-Password.1")
    with CaptureQueriesContext(connection) as unknown:
        sign_in(Client(), "nobody.here", "wrong-Password.1")
    assert len(known) == len(unknown)


def test_a_closed_account_looks_like_a_wrong_password(client, officer):
    Account.objects.filter(pk=officer.pk).update(is_active=False)
    response = sign_in(client)
    assert response.status_code == 422
    assert response.wsgi_request.user.is_anonymous


def test_five_wrong_tries_lock_strangers_out(client, officer):
    answers = [response.status_code for response in fail(client, 6)]
    assert answers == [422, 422, 422, 422, 429, 429]
    assert sign_in(client).status_code == 429
    assert sign_in(Client()).status_code == 429


def test_throwing_the_cookie_away_does_not_help_a_stranger(officer):
    for _ in range(5):
        fail(Client(HTTP_USER_AGENT=f"browser {_}"), 1)
    assert sign_in(Client(HTTP_USER_AGENT="another")).status_code == 429


def test_a_known_device_still_gets_in_during_the_attack(officer):
    own = Client()
    sign_in(own)
    own.post("/sign-out/")
    fail(Client(), 8)
    assert sign_in(Client()).status_code == 429
    assert sign_in(own).status_code == 303


def test_a_known_device_is_locked_by_its_own_wrong_tries(officer):
    own = Client()
    sign_in(own)
    own.post("/sign-out/")
    fail(own, 5)
    assert sign_in(own).status_code == 429
    assert sign_in(Client()).status_code == 303


def test_a_forged_device_cookie_is_a_strangers(officer):
    own = Client()
    sign_in(own)
    token = own.cookies["tongxing_device"].value
    fail(Client(), 5)
    thief = Client()
    thief.cookies["tongxing_device"] = token[:-3] + "abc"
    assert sign_in(thief).status_code == 429


def test_a_lock_ends_after_half_an_hour(client, officer):
    fail(client, 5)
    with time_machine.travel(timezone.now() + timedelta(minutes=29), tick=False):
        assert sign_in(client).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        assert sign_in(client).status_code == 303


def test_no_password_is_kept_in_the_notes_of_wrong_tries(client, officer):
    fail(client, 1)
    attempt = AccessAttempt.objects.get()
    assert "wrong-Password" not in attempt.post_data
    assert "huli.officer" not in attempt.post_data


def test_signing_out_ends_the_session_and_clears_the_browser(client, officer):
    sign_in(client)
    response = client.post("/sign-out/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(ACCOUNT).status_code == 303
    assert client.get("/sign-out/").status_code == 405


def test_sign_in_and_out_are_in_the_trail(client, officer):
    fail(client, 1)
    sign_in(client)
    client.post("/sign-out/")
    with scopes.acting_as(scopes.system(EVERYWHERE)):
        kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    wanted = ["access.sign_in_failed", "access.signed_in", "access.signed_out"]
    assert [kind for kind in kinds if kind in wanted] == wanted


def test_an_idle_session_ends(client, officer, settings):
    sign_in(client)
    now = timezone.now()
    with time_machine.travel(now + timedelta(minutes=settings.TONGXING_IDLE_MINUTES + 1)):
        assert client.get(ACCOUNT).status_code == 303


def test_work_keeps_a_session_alive_until_its_longest_time(client, officer, settings):
    sign_in(client)
    now = timezone.now()
    for minutes in range(0, settings.TONGXING_SESSION_HOURS * 60, 20):
        with time_machine.travel(now + timedelta(minutes=minutes)):
            assert client.get(ACCOUNT).status_code == 200
    with time_machine.travel(now + timedelta(hours=settings.TONGXING_SESSION_HOURS, minutes=1)):
        assert client.get(ACCOUNT).status_code == 303


def test_a_second_sign_in_ends_the_first(officer, settings):
    settings.TONGXING_ONE_SESSION = True
    first, second = Client(), Client()
    sign_in(first)
    sign_in(second)
    assert first.get(ACCOUNT).status_code == 303
    assert second.get(ACCOUNT).status_code == 200


def test_a_first_password_is_changed_before_anything_else(client, officer, settings):
    Account.objects.filter(pk=officer.pk).update(must_change_password=True)
    assert sign_in(client, next=ACCOUNT)["Location"] == "/account/password/"
    assert client.get(ACCOUNT).status_code == 303
    typed = {"present": PASSWORD, "new": "Kai-Yuan.973x", "again": "Kai-Yuan.973x"}
    assert client.post("/account/password/", typed).status_code == 303
    assert client.get(ACCOUNT).status_code == 200


def test_an_old_password_is_changed(client, officer, settings):
    settings.TONGXING_PASSWORD_DAYS = 90
    old = timezone.now() - timedelta(days=91)
    Account.objects.filter(pk=officer.pk).update(password_changed_at=old)
    assert sign_in(client)["Location"] == "/account/password/"


def test_changing_the_password_ends_the_other_sessions(officer):
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    typed = {"present": PASSWORD, "new": "Kai-Yuan.973x", "again": "Kai-Yuan.973x"}
    here.post("/account/password/", typed)
    assert here.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 303


@pytest.mark.parametrize(
    "typed",
    [
        {"present": "wrong", "new": "Kai-Yuan.973x", "again": "Kai-Yuan.973x"},
        {"present": PASSWORD, "new": "Kai-Yuan.973x", "again": "other"},
        {"present": PASSWORD, "new": "short", "again": "short"},
        {"present": PASSWORD, "new": PASSWORD, "again": PASSWORD},
    ],
)
def test_a_bad_change_of_password_is_said_on_the_form(client, officer, typed):
    sign_in(client)
    response = client.post("/account/password/", typed)
    assert response.status_code == 422
    assert "error" in response.content.decode()


@pytest.mark.clause("XM-4.5")
def test_a_director_without_entry_check_does_not_get_in(client):
    director = a_person("huli.director")
    post = a_post(Role.CHILD_DIRECTOR, HULI_VILLAGE)
    appointment = grants.appoint(account=director, post=post, since=SINCE)
    assert sign_in(client, "huli.director").status_code == 422
    Appointment.objects.filter(pk=appointment.pk).update(entry_check="clear", entry_check_on=SINCE)
    assert sign_in(client, "huli.director").status_code == 303


def test_an_account_that_slept_too_long_does_not_get_in(client, officer):
    long_ago = timezone.localdate() - timedelta(days=91)
    Account.objects.filter(pk=officer.pk).update(last_seen_on=long_ago)
    assert sign_in(client).status_code == 422


def test_a_post_that_ended_is_gone_at_the_next_request(client, officer):
    sign_in(client)
    assert client.get(ACCOUNT).status_code == 200
    Appointment.objects.filter(account=officer).update(until=timezone.localdate())
    assert client.get(ACCOUNT).status_code == 303


def test_an_account_that_is_closed_is_out_at_the_next_request(client, officer):
    sign_in(client)
    Account.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get(ACCOUNT).status_code == 303


def test_a_password_changed_by_somebody_else_ends_the_session(client, officer):
    sign_in(client)
    Account.objects.filter(pk=officer.pk).update(password=make_password("Kai-Yuan.973x"))
    assert client.get(ACCOUNT).status_code == 303


def test_posts_are_switched_and_only_to_own_ones(client):
    person = a_person("two.posts")
    own = [a_post(Role.COUNTY_OFFICER, area) for area in (HULI, KUNDULUN)]
    for post in own:
        grants.appoint(account=person, post=post, since=SINCE)
    client.force_login(person)
    assert client.get(ACCOUNT).wsgi_request.actor.division == KUNDULUN
    assert client.post("/account/post/", {"post": str(own[0].pk)}).status_code == 303
    assert client.get(ACCOUNT).wsgi_request.actor.division == HULI
    foreign = a_post(Role.COUNTY_OFFICER, KUNDULUN)
    assert client.post("/account/post/", {"post": str(foreign.pk)}).status_code == 404
    assert client.post("/account/post/", {"post": "nonsense"}).status_code == 404
    assert client.get(ACCOUNT).wsgi_request.actor.division == HULI


def test_with_a_second_factor_the_password_alone_is_not_enough(client, officer, settings):
    settings.TONGXING_SECOND_FACTOR = True
    assert sign_in(client, next=ACCOUNT)["Location"] == "/sign-in/code/"
    assert client.get(ACCOUNT).status_code == 303
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/authenticator/"
    page = client.get("/sign-in/authenticator/")
    assert page.wsgi_request.actor is None
    assert not TOTPDevice.objects.exists()

    device = TOTPDevice(key=client.session["authenticator"])
    wrong = f"{(int(now_code(device)) + 1) % 1_000_000:06d}"
    assert client.post("/sign-in/authenticator/", {"code": wrong}).status_code == 422
    assert client.post("/sign-in/authenticator/", {"code": now_code(device)}).status_code == 303
    assert client.get(ACCOUNT).status_code == 200


def now_code(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key):06d}"


def test_an_authenticator_opens_the_second_lock(client, officer, settings):
    settings.TONGXING_SECOND_FACTOR = True
    device = TOTPDevice.objects.create(user=officer, name="totp", confirmed=True)
    sign_in(client)
    assert client.get("/sign-in/authenticator/").status_code == 303
    assert client.post("/sign-in/code/", {"code": "12345"}).status_code == 422
    assert client.post("/sign-in/code/", {"code": now_code(device)}).status_code == 303
    assert client.get(ACCOUNT).status_code == 200


def test_a_code_opens_once(officer, settings):
    settings.TONGXING_SECOND_FACTOR = True
    device = TOTPDevice.objects.create(user=officer, name="totp", confirmed=True)
    first, second = Client(), Client()
    sign_in(first)
    sign_in(second)
    code = now_code(device)
    assert first.post("/sign-in/code/", {"code": code}).status_code == 303
    assert second.post("/sign-in/code/", {"code": code}).status_code == 422


def test_a_forgotten_browser_is_a_stranger_again(client, officer):
    sign_in(client)
    known = KnownDevice.objects.get(account=officer)
    assert client.post(f"/account/devices/{known.pk}/forget/").status_code == 303
    client.post("/sign-out/")
    fail(Client(), 5)
    assert sign_in(client).status_code == 429


def test_nobody_forgets_another_persons_browser(client, officer):
    sign_in(client)
    known = KnownDevice.objects.get(account=officer)
    other = Client()
    other.force_login(an_account())
    assert other.post(f"/account/devices/{known.pk}/forget/").status_code == 404


def test_demo_accounts_are_listed_in_demonstrations_only(client, officer, settings):
    settings.TONGXING_DEMO = True
    assert "huli.officer" in client.get(SIGN_IN).content.decode()
    filled = client.get(SIGN_IN, {"as": "huli.officer"}).content.decode()
    assert f'value="{settings.TONGXING_DEMO_PASSWORD}"' in filled
    settings.TONGXING_DEMO = False
    bare = client.get(SIGN_IN, {"as": "huli.officer"}).content.decode()
    assert 'value="huli.officer"' not in bare
    assert settings.TONGXING_DEMO_PASSWORD not in bare
