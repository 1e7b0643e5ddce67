"""Conflicting acts fired together end in one of them, never in half of each."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from tests.access.factories import (
    AT,
    HULI,
    KUNDULUN,
    SINCE,
    a_founded_site,
    a_person,
    a_post,
)
from tongxing.access.actions import grants
from tongxing.access.models import Appointment, Grant
from tongxing.access.values.roles import Role
from tongxing.kernel.errors import Refusal

ROUNDS = 20


def together(*acts) -> list[str]:
    """Run the acts at once, each on its own connection; say how each one ended."""

    def run(act) -> str:
        try:
            act()
        except Refusal as refusal:
            return refusal.code
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def ask(post, person, by):
    return grants.request(
        account_id=person.pk, post_id=post.pk, since=SINCE, reason="", by=by, at=AT
    )


def test_confirming_and_refusing_at_once_leaves_one_decision(own_database):
    site = a_founded_site()
    security = site[Role.SECURITY_ADMIN]
    for _ in range(ROUNDS):
        grant = ask(a_post(Role.COUNTY_OFFICER), a_person(), site[Role.SYSTEM_ADMIN])
        ends = together(
            lambda grant=grant: grants.confirm(grant_id=grant, by=security, at=AT),
            lambda grant=grant: grants.refuse(grant_id=grant, reason="", by=security, at=AT),
        )
        assert ends == ["access.already_decided", "done"]
        decided = Grant.objects.get(pk=grant)
        assert (decided.state == "confirmed") == (decided.appointment_id is not None)


def test_two_people_for_one_post_at_once_leaves_one_holder(own_database):
    site = a_founded_site()
    security = site[Role.SECURITY_ADMIN]
    for _ in range(ROUNDS):
        post = a_post(Role.COUNTY_OFFICER)
        wanted = [ask(post, a_person(), site[Role.SYSTEM_ADMIN]) for _ in range(2)]
        ends = together(
            *[
                lambda grant=grant: grants.confirm(grant_id=grant, by=security, at=AT)
                for grant in wanted
            ]
        )
        assert ends == ["access.post_held", "done"]
        assert Appointment.objects.filter(post=post).count() == 1


def test_two_powers_for_one_person_at_once_leaves_one_power(own_database):
    site = a_founded_site()
    security = site[Role.SECURITY_ADMIN]
    for _ in range(ROUNDS):
        person = a_person()
        posts = [a_post(Role.COUNTY_OFFICER, HULI), a_post(Role.AUDITOR, KUNDULUN)]
        wanted = [ask(post, person, site[Role.SYSTEM_ADMIN]) for post in posts]
        ends = together(
            *[
                lambda grant=grant: grants.confirm(grant_id=grant, by=security, at=AT)
                for grant in wanted
            ]
        )
        assert ends == ["access.powers_apart", "done"]
        assert Appointment.objects.filter(account=person).count() == 1
