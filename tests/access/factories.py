"""People, posts and places for tests, made through the real actions where a person could."""

from datetime import UTC, date, datetime
from itertools import count

from django.utils import timezone

from tongxing.access import rules, scopes
from tongxing.access.actions import founding, grants
from tongxing.access.actions import organisations as organisation_actions
from tongxing.access.actions import posts as post_actions
from tongxing.access.actions.accounts import open_account
from tongxing.access.models import Account, Division, Organisation, Post
from tongxing.access.queries import actor_of
from tongxing.access.values.accounts import Administrator, NewAccount, NewPost
from tongxing.access.values.organisations import Department, NewOrganisation, OrganisationKind
from tongxing.access.values.roles import ADMINISTRATORS, ROLES, Role
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import Area, area_of, level_of, parent_of
from tongxing.kernel.identity import check_character

AT = datetime(2025, 9, 1, 2, 0, tzinfo=UTC)
SINCE = date(2025, 1, 1)
PASSWORD = "Tong-Xing.8848"
KUNDULUN = 150203000000
HULI = 350206000000
HULI_STREET = 350206001000
HULI_VILLAGE = 350206001100
YAODU = 141002000000
EVERYWHERE = rules.WHOLE_SITE
_numbers = count(1)


def an_identity_number(number: int) -> str:
    """A number that belongs to nobody (province 99); another one for every `number` below 96,000.

    Its sequence never ends in 00: with a check digit 0 it would look cut by a spreadsheet.
    """
    day, rest = number % 28 + 1, number // 28
    sequence, year = rest % 98 + 1, 1960 + rest // 98
    first17 = f"990102{year}01{day:02d}{sequence:03d}"
    return first17 + check_character(first17)


def a_division(code: int, name: str = "某地", **more) -> Division:
    return Division.objects.update_or_create(
        code=code,
        defaults={
            "name": name,
            "level": level_of(code).value,
            "kind": "administrative",
            "parent_code": parent_of(code),
            "pinyin": "moudi",
            "initials": "md",
            **more,
        },
    )[0]


def an_organisation(area: int | Area, *, department: Department | None = None, **more):
    interval = area if isinstance(area, Area) else area_of(area)
    number = next(_numbers)
    new = NewOrganisation(
        **{
            "name": f"第{number}办公室",
            "kind": OrganisationKind.DEPARTMENT,
            "division": rules.home_of(interval),
            "area": interval,
            "department": department,
            "valid_from": SINCE,
            **more,
        }
    )
    found = organisation_actions.found(new=new, by=scopes.system(EVERYWHERE), at=AT)
    return Organisation.objects.get(pk=found)


def a_post(role: Role, area: int | Area = HULI, **more) -> Post:
    interval = area if isinstance(area, Area) else area_of(area)
    department = more.pop("department", None)
    organisation = more.pop("organisation", None) or an_organisation(
        interval, department=department
    )
    contract = {"contract_until": date(2099, 1, 1)} if ROLES[role].under_contract else {}
    new = NewPost(
        **{
            "role": role,
            "organisation_id": organisation.pk,
            "title": "岗位",
            "area": interval,
            "valid_from": SINCE,
            **contract,
            **more,
        }
    )
    return Post.objects.get(pk=post_actions.create(new=new, by=scopes.system(EVERYWHERE), at=AT))


def a_person(username: str = "", **more) -> Account:
    number = next(_numbers)
    new = NewAccount(
        username=username or f"person{number}",
        person_name=more.pop("person_name", "陈思远"),
        identity_number=more.pop("identity_number", an_identity_number(number)),
        **more,
    )
    return open_account(new, password=PASSWORD, at=timezone.now())


def an_account(
    username: str = "", *, role: Role = Role.COUNTY_OFFICER, area: int | Area = HULI, **more
) -> Account:
    """A person who holds a new post since the beginning of 2025, entry check clear."""
    account = a_person(username)
    appointment = grants.appoint(account=account, post=a_post(role, area, **more), since=SINCE)
    appointment.entry_check, appointment.entry_check_on = "clear", SINCE
    appointment.save()
    Account.objects.filter(pk=account.pk).update(last_seen_on=timezone.localdate())
    return account


def an_actor(role: Role = Role.COUNTY_OFFICER, area: int | Area = HULI, **more) -> Actor:
    """The actor of a person with rows in the database."""
    return actor_of(an_account(role=role, area=area, **more).pk)


def actor_like(role: Role = Role.COUNTY_OFFICER, area: int | Area = HULI) -> Actor:
    """An actor without a row anywhere, for rules and scopes."""
    interval = area if isinstance(area, Area) else area_of(area)
    return Actor(
        account_id="00000000-0000-7000-8000-000000000001",
        post_id="00000000-0000-7000-8000-000000000002",
        name="某人",
        role=role.value,
        division=rules.home_of(interval),
        area=rules.reach(role, "", interval),
        audit_area=rules.audit_reach(role, interval),
        capabilities=rules.capabilities(role, ""),
    )


def a_founded_site() -> dict[Role, Actor]:
    """A site with its three administrators, as on the first day."""
    administrators = [
        Administrator(
            account=NewAccount(
                username=role.value.lower().replace("_", "."),
                person_name="某管理员",
                identity_number=an_identity_number(next(_numbers)),
            ),
            role=role,
            password=PASSWORD,
        )
        for role in sorted(ADMINISTRATORS)
    ]
    accounts = founding.found_site(
        operator="运行单位", division=HULI, administrators=administrators, at=timezone.now()
    )
    return {Role(role): actor_of(account) for role, account in accounts.items()}
