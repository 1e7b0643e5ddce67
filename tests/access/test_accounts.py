"""Accounts: one named person each, with a password that is hard to guess and not an old one."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.access.factories import (
    AT,
    HULI,
    PASSWORD,
    a_person,
    an_account,
    an_actor,
    an_identity_number,
)
from tongxing.access import errors, passwords
from tongxing.access.actions import accounts, own_account
from tongxing.access.models import Account
from tongxing.access.queries import actor_by_username, actor_of
from tongxing.access.queries.accounts import account as account_row
from tongxing.access.values.accounts import AccountState, NewAccount
from tongxing.access.values.roles import Role
from tongxing.kernel.errors import Unknown

pytestmark = pytest.mark.django_db


def new_account(**changes) -> NewAccount:
    return NewAccount(
        **{
            "username": "lin.xiaoman",
            "person_name": "林小满",
            "identity_number": an_identity_number(7777),
        }
        | changes
    )


def codes(error) -> set[str]:
    return {each.code for each in error.value.error_list}


def test_the_system_administrator_opens_accounts():
    admin = an_actor(Role.SYSTEM_ADMIN)
    created = accounts.create(
        new=new_account(phone="19900001234"), password=PASSWORD, by=admin, at=AT
    )
    row = account_row(created, on=AT.date())
    assert (row.username, row.state) == ("lin.xiaoman", AccountState.NO_POST)
    assert Account.objects.get(pk=created).phone == "19900001234"


def test_an_officer_opens_no_accounts():
    with pytest.raises(Unknown):
        accounts.create(new=new_account(), password=PASSWORD, by=an_actor(), at=AT)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"identity_number": ""}, errors.BadIdentityNumber),
        ({"identity_number": "990102198501010000"}, errors.BadIdentityNumber),
        ({"username": "Lin"}, errors.BadUsername),
        ({"username": "l"}, errors.BadUsername),
        ({"username": "林"}, errors.BadUsername),
    ],
)
def test_an_account_needs_a_named_person(changes, refusal):
    with pytest.raises(refusal):
        accounts.create(
            new=new_account(**changes), password=PASSWORD, by=an_actor(Role.SYSTEM_ADMIN), at=AT
        )


def test_one_person_has_one_account():
    admin = an_actor(Role.SYSTEM_ADMIN)
    accounts.create(new=new_account(), password=PASSWORD, by=admin, at=AT)
    with pytest.raises(errors.PersonHasAccount, match=r"lin\.xiaoman"):
        accounts.create(new=new_account(username="other"), password=PASSWORD, by=admin, at=AT)
    with pytest.raises(errors.UsernameTaken):
        accounts.create(
            new=new_account(identity_number=an_identity_number(7778)),
            password=PASSWORD,
            by=admin,
            at=AT,
        )


def test_the_identity_number_is_nowhere_in_readable_form():
    number = an_identity_number(7779)
    person = a_person(identity_number=number)
    stored = Account.objects.filter(pk=person.pk).values_list().get()
    assert not any(number in str(value) for value in stored)
    assert number.encode() not in bytes(person.identity_index)


def test_a_closed_account_acts_no_more():
    person, admin = an_account(), an_actor(Role.SYSTEM_ADMIN)
    accounts.close(account_id=person.pk, by=admin, at=AT)
    with pytest.raises(errors.NoCurrentPost):
        actor_of(person.pk)
    accounts.reopen(account_id=person.pk, on=AT.date(), by=admin, at=AT)
    assert actor_of(person.pk).role == Role.COUNTY_OFFICER


def test_an_account_is_found_by_name_for_the_command_line():
    person = an_account("huli.officer")
    assert actor_by_username("huli.officer").account_id == str(person.pk)
    with pytest.raises(Unknown):
        actor_by_username("nobody")


@pytest.mark.parametrize(
    ("password", "reasons"),
    [
        ("Ab1!", {"length"}),
        ("A1!" + "b" * 90, {"length"}),
        ("alllowercase", {"classes"}),
        ("onlytwo1234", {"classes"}),
        ("Password1!", {"guessable"}),
        ("Qwer1234!", {"guessable"}),
        ("Linxiaoman-88", {"own_words"}),
        ("Huliqujiaoyuju!8", {"own_words"}),
        ("林小满-Ab93kz", {"own_words"}),
    ],
)
def test_weak_passwords_are_refused_with_every_reason(password, reasons):
    own_words = passwords.words_of("lin.xiaoman", "林小满", "湖里区教育局")
    with pytest.raises(ValidationError) as error:
        passwords.refuse_weak(password, own_words=own_words)
    assert codes(error) == reasons


def test_a_good_password_and_a_first_password_are_taken():
    passwords.refuse_weak(PASSWORD, own_words=["lin", "xiaoman"])
    for _ in range(20):
        passwords.refuse_weak(passwords.first_password())


def change(person, present, new, days=0):
    own_account.change_password(
        account_id=person.pk,
        present=present,
        new=new,
        at=timezone.now() + timedelta(days=days),
    )


def test_the_last_five_passwords_are_not_taken_again():
    person = a_person()
    used = [PASSWORD, *(f"Kai-Yuan.{number}73x" for number in range(5))]
    for day, (present, new) in enumerate(pairwise(used), start=1):
        change(person, present, new, days=day)
    for old in used[-5:]:
        with pytest.raises(errors.PasswordUsedBefore):
            change(person, used[-1], old, days=9)
    change(person, used[-1], PASSWORD, days=10)


def test_a_change_needs_the_present_password():
    with pytest.raises(errors.WrongPassword):
        change(a_person(), "not this", "Kai-Yuan.973x")


def test_a_new_password_does_not_name_the_unit():
    person = an_account(area=HULI)
    unit = actor_of(person.pk).organisation
    with pytest.raises(ValidationError) as error:
        change(person, PASSWORD, f"{unit}-Ab93kz")
    assert codes(error) == {"own_words"}


def test_a_reset_password_must_be_changed():
    person, admin = an_account(), an_actor(Role.SYSTEM_ADMIN)
    accounts.reset_password(account_id=person.pk, password="Kai-Yuan.973x", by=admin, at=AT)
    assert Account.objects.get(pk=person.pk).must_change_password
