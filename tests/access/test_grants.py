"""Posts, and the two people it takes to fill one."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.access.factories import (
    AT,
    HULI,
    HULI_STREET,
    HULI_VILLAGE,
    KUNDULUN,
    SINCE,
    a_founded_site,
    a_person,
    a_post,
    an_account,
    an_actor,
    an_organisation,
)
from tongxing.access import errors, scopes
from tongxing.access.actions import appointments, grants, posts
from tongxing.access.models import Appointment, Grant
from tongxing.access.queries import actor_of
from tongxing.access.queries.accounts import account as account_row
from tongxing.access.queries.actors import posts_of
from tongxing.access.queries.organisations import holders_of, vacant_posts
from tongxing.access.values.accounts import AccountState, EntryCheck, NewPost
from tongxing.access.values.roles import ADMINISTRATORS, Power, Role
from tongxing.kernel.divisions import area_of
from tongxing.kernel.errors import Unknown

pytestmark = pytest.mark.django_db


def ask(post, account, by, since=SINCE):
    return grants.request(
        account_id=account.pk, post_id=post.pk, since=since, reason="到岗", by=by, at=AT
    )


def test_a_post_is_filled_by_two_people():
    site = a_founded_site()
    officer, person = an_actor(), a_person()
    post = a_post(Role.CHILD_SUPERVISOR, KUNDULUN + 1000)

    grant = ask(post, person, site[Role.SYSTEM_ADMIN])
    with pytest.raises(errors.NoCurrentPost):
        actor_of(person.pk)
    grants.confirm(grant_id=grant, by=site[Role.SECURITY_ADMIN], at=AT)

    assert actor_of(person.pk).area == area_of(KUNDULUN + 1000)
    with pytest.raises(Unknown):
        grants.confirm(grant_id=grant, by=officer, at=AT)


def test_nobody_confirms_their_own_request_or_their_own_post():
    site = a_founded_site()
    security = site[Role.SECURITY_ADMIN]
    post = a_post(Role.COUNTY_OFFICER)
    own = Grant.objects.create(
        id=uuid4(),
        account=a_person(),
        post=post,
        since=SINCE,
        requested_by_id=security.account_id,
        requested_at=AT,
    )
    with pytest.raises(errors.NotYourOwn):
        grants.confirm(grant_id=own.pk, by=security, at=AT)


def test_the_database_itself_wants_two_people():
    person, asker = a_person(), a_person()
    post = a_post(Role.COUNTY_OFFICER)
    appointment = grants.appoint(account=person, post=post, since=SINCE)
    with pytest.raises(IntegrityError, match="access_grant_needs_two_people"):
        Grant.objects.create(
            id=uuid4(),
            account=person,
            post=post,
            since=SINCE,
            state="confirmed",
            appointment=appointment,
            requested_by=asker,
            requested_at=AT,
            decided_by=asker,
            decided_at=AT,
        )


def test_a_request_is_decided_once():
    site = a_founded_site()
    grant = ask(a_post(Role.COUNTY_OFFICER), a_person(), site[Role.SYSTEM_ADMIN])
    grants.refuse(grant_id=grant, reason="名额已满", by=site[Role.SECURITY_ADMIN], at=AT)
    with pytest.raises(errors.AlreadyDecided):
        grants.confirm(grant_id=grant, by=site[Role.SECURITY_ADMIN], at=AT)


def test_only_the_asker_withdraws():
    site = a_founded_site()
    grant = ask(a_post(Role.COUNTY_OFFICER), a_person(), site[Role.SYSTEM_ADMIN])
    with pytest.raises(Unknown):
        grants.withdraw(grant_id=grant, by=an_actor(), at=AT)
    grants.withdraw(grant_id=grant, by=site[Role.SYSTEM_ADMIN], at=AT)
    assert Grant.objects.get(pk=grant).state == "withdrawn"


def test_the_same_request_twice_is_refused():
    officer, post, person = an_actor(), a_post(Role.CHILD_SUPERVISOR, HULI_STREET), a_person()
    ask(post, person, officer)
    with pytest.raises(errors.AlreadyRequested):
        ask(post, person, officer)


def test_an_officer_asks_only_inside_the_own_area():
    with pytest.raises(errors.WrongArea):
        ask(a_post(Role.COUNTY_OFFICER, KUNDULUN), a_person(), an_actor(area=HULI))


def test_an_officer_does_not_ask_for_administrators():
    with pytest.raises(errors.PowersApart):
        ask(a_post(Role.AUDITOR), a_person(), an_actor())


@pytest.mark.parametrize("first", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("second", [*sorted(ADMINISTRATORS), Role.COUNTY_OFFICER, Role.AUDITOR])
def test_one_account_never_holds_two_powers(first, second):
    if first == second:
        return
    site = a_founded_site()
    holder = an_account(role=first)
    with pytest.raises(errors.PowersApart):
        ask(a_post(second), holder, site[Role.SYSTEM_ADMIN])


@pytest.mark.parametrize("second", [Power.SECURITY, Power.AUDIT, Power.BUSINESS, Power.AUDITING])
def test_the_database_keeps_powers_apart_when_the_program_forgets(second):
    holder = an_account(role=Role.SYSTEM_ADMIN)
    with (
        pytest.raises(IntegrityError, match="access_appointment_one_power_a_person"),
        transaction.atomic(),
    ):
        Appointment.objects.create(
            id=uuid4(),
            account=holder,
            post=a_post(Role.COUNTY_OFFICER),
            power=second.value,
            since=SINCE,
        )


def test_a_person_who_left_one_power_may_hold_another():
    site = a_founded_site()
    holder = an_account(role=Role.SYSTEM_ADMIN)
    left = Appointment.objects.get(account=holder)
    appointments.end(
        appointment_id=left.pk,
        on=date(2025, 6, 1),
        reason="轮岗",
        by=site[Role.SECURITY_ADMIN],
        at=AT,
    )
    grant = ask(a_post(Role.AUDITOR), holder, site[Role.SYSTEM_ADMIN], date(2025, 6, 1))
    grants.confirm(grant_id=grant, by=site[Role.SECURITY_ADMIN], at=AT)
    assert actor_of(holder.pk).role == Role.AUDITOR


def test_a_post_has_one_holder_at_a_time():
    post, site = a_post(Role.COUNTY_OFFICER), a_founded_site()
    grants.appoint(account=a_person(), post=post, since=SINCE)
    with pytest.raises(errors.PostHeld):
        ask(post, a_person(), site[Role.SYSTEM_ADMIN])
    with pytest.raises(errors.PostHeld):
        grants.appoint(account=a_person(), post=post, since=date(2025, 3, 1))


def test_a_vacant_post_is_seen():
    post = a_post(Role.CHILD_DIRECTOR, HULI_VILLAGE)
    assert [row.id for row in vacant_posts(within=area_of(HULI), on=SINCE)] == [post.pk]
    grants.appoint(account=a_person(), post=post, since=date(2025, 2, 1))
    assert vacant_posts(within=area_of(HULI), on=date(2025, 2, 1)) == []
    assert len(vacant_posts(within=area_of(HULI), on=date(2025, 1, 31))) == 1


def test_authority_ends_with_the_appointment_the_post_and_the_contract():
    account = an_account(role=Role.SOCIAL_WORKER, contract_until=date(2025, 7, 1))
    assert actor_of(account.pk, on=date(2025, 6, 30)).role == Role.SOCIAL_WORKER
    with pytest.raises(errors.NoCurrentPost):
        actor_of(account.pk, on=date(2025, 7, 1))


def test_a_person_acts_from_the_chosen_post():
    person = a_person()
    huli, kundulun = a_post(Role.COUNTY_OFFICER, HULI), a_post(Role.COUNTY_OFFICER, KUNDULUN)
    for post in (huli, kundulun):
        grants.appoint(account=person, post=post, since=SINCE)
    assert actor_of(person.pk, post_id=huli.pk).area == area_of(HULI)
    assert actor_of(person.pk).area == area_of(KUNDULUN)
    assert actor_of(person.pk, post_id=uuid4()).area == area_of(KUNDULUN)
    assert len(posts_of(person.pk, current=str(huli.pk))) == 2


def test_a_post_of_the_wrong_level_is_refused():
    organisation = an_organisation(HULI)
    new = NewPost(
        role=Role.CHILD_DIRECTOR,
        organisation_id=organisation.pk,
        title="儿童主任",
        valid_from=SINCE,
    )
    with pytest.raises(errors.WrongLevel):
        posts.create(new=new, by=an_actor(), at=AT)


def test_a_post_reaches_no_further_than_its_organisation():
    organisation = an_organisation(HULI_STREET)
    new = NewPost(
        role=Role.COUNTY_OFFICER,
        organisation_id=organisation.pk,
        title="越界",
        area=area_of(HULI),
        valid_from=SINCE,
    )
    with pytest.raises(errors.WrongArea):
        posts.create(new=new, by=scopes.system(area_of(HULI)), at=AT)


def test_an_agency_works_under_contract():
    organisation = an_organisation(HULI)
    new = NewPost(
        role=Role.SOCIAL_WORKER, organisation_id=organisation.pk, title="社工", valid_from=SINCE
    )
    with pytest.raises(errors.ContractMissing):
        posts.create(new=new, by=an_actor(), at=AT)


@pytest.mark.clause("XM-4.5")
def test_a_new_director_in_xiamen_begins_after_the_entry_check():
    officer, director = an_actor(area=HULI), a_person()
    post = a_post(Role.CHILD_DIRECTOR, HULI_VILLAGE)
    began, checked = date(2025, 4, 1), date(2025, 4, 3)
    appointment = grants.appoint(account=director, post=post, since=began)

    with pytest.raises(errors.NoCurrentPost):
        actor_of(director.pk, on=began)
    assert account_row(director.pk, on=began).state is AccountState.WAITING_FOR_CHECK

    appointments.record_entry_check(
        appointment_id=appointment.pk, answer=EntryCheck.CLEAR, on=checked, by=officer, at=AT
    )
    assert actor_of(director.pk, on=checked).area == area_of(HULI_VILLAGE)
    with pytest.raises(errors.NoCurrentPost):
        actor_of(director.pk, on=checked - timedelta(days=1))


@pytest.mark.clause("XM-4.5")
def test_a_record_that_is_not_clear_keeps_the_person_out():
    officer, director = an_actor(area=HULI), a_person()
    appointment = grants.appoint(
        account=director, post=a_post(Role.CHILD_DIRECTOR, HULI_VILLAGE), since=SINCE
    )
    appointments.record_entry_check(
        appointment_id=appointment.pk, answer=EntryCheck.NOT_CLEAR, on=SINCE, by=officer, at=AT
    )
    with pytest.raises(errors.NoCurrentPost):
        actor_of(director.pk)
    assert holders_of(appointment.post_id)[0].check_missing


def test_an_entry_check_is_no_promise_for_the_future():
    appointment = grants.appoint(
        account=a_person(), post=a_post(Role.CHILD_DIRECTOR, HULI_VILLAGE), since=SINCE
    )
    with pytest.raises(errors.CheckInFuture):
        appointments.record_entry_check(
            appointment_id=appointment.pk,
            answer=EntryCheck.CLEAR,
            on=date(2025, 9, 2),
            by=an_actor(area=HULI),
            at=AT,
        )


def test_a_director_in_baotou_begins_at_once():
    director = a_person()
    post = a_post(Role.CHILD_DIRECTOR, KUNDULUN + 1001)
    grants.appoint(account=director, post=post, since=SINCE)
    assert actor_of(director.pk).role == Role.CHILD_DIRECTOR


def test_a_site_is_founded_once():
    site = a_founded_site()
    assert len({actor.account_id for actor in site.values()}) == 3
    assert all(actor.area is None for actor in site.values())
    with pytest.raises(errors.AlreadyFounded):
        a_founded_site()
