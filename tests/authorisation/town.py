"""A small town for the matrix: few children, but every account of the demonstration.

Everything that says something about a person carries words that stand nowhere else, so that a
leak is found by searching an answer for them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from uuid import UUID

from django.utils import timezone

from tests.access.factories import a_division, a_person, an_organisation
from tests.authorisation.routes import STRUCK
from tests.factories import children as register
from tongxing.access import queries as access
from tongxing.access import scopes
from tongxing.access.actions import grants, sessions
from tongxing.access.models import Account, Appointment, KnownDevice, Post
from tongxing.access.queries.accounts import demo_accounts
from tongxing.demo import people
from tongxing.demo.posts import CORNERS, Corner
from tongxing.eligibility.actions import service_lists
from tongxing.eligibility.values.service_lists import Revised
from tongxing.kernel.divisions import parent_of
from tongxing.registry import intake
from tongxing.registry.values.children import Source
from tongxing.registry.values.rosters import Upload

SURNAMES = "阚郦逄璩咎亓夔郄妫荀麴逯佴笪謇昝"
SYLLABLES = "砚芃珺昀翊沅澍琭曦琰芷"
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something with an address of its own.

    `arguments`: what its addresses are made from. `words`: what only those may read who may open
    it. `owner`: the account that reported, sent or asked for it.
    """

    kind: str
    division: int
    arguments: Mapping[str, object]
    words: tuple[str, ...] = ()
    owner: str = ""
    withdrawn: bool = False


@dataclass(kw_only=True)
class Town:
    """All things of the town; `numbers` are identity numbers, which nobody reads in clear."""

    things: list[Thing] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Thing]:
        return [thing for thing in self.things if thing.kind == kind]


def build() -> Town:
    """The accounts of the demonstration, and in each of its places three children and a list."""
    for division, corner in CORNERS.items():
        for code in (division, parent_of(division), corner.township, corner.vacant):
            a_division(code, corner.township_name if code == corner.township else "某地")
    people.create_all()
    town = Town()
    for division, corner in CORNERS.items():
        town.things += _children(town, corner)
        town.things += _clues(corner)
        town.things += _lists(town, division, corner)
        town.things += _offices(division, corner)
    town.things += _accounts()
    town.things += _service_list()
    return town


def _children(town: Town, corner: Corner) -> Iterator[Thing]:
    """One child in the director's village, one in another township, one whose list was undone."""
    home, away = corner.village(0), corner.vacant
    yield _child(town, home)
    yield _child(town, away)
    yield _child(town, home, withdrawn_at=register.AT)


def _child(town: Town, division: int, **changes: object) -> Thing:
    name, adult, phone = _name(), _name(), _phone()
    number, adults_number = register.a_number(), register.a_number(date(1988, 5, 9))
    address, school = f"{_name()}巷{next(_numbers)}号", f"{_name()}小学"
    child = register.a_child(division, name=name, number=number, address=address, **changes)
    guardian = register.a_guardian(child, name=adult, phone=phone, number=adults_number)
    register.an_enrolment(child, school)
    register.a_stay(child)
    town.numbers += [number, adults_number]
    return Thing(
        kind="child",
        division=division,
        arguments={"child_id": child.pk, "guardian_id": guardian.pk},
        words=(name, adult, phone, number, adults_number, address, school),
        withdrawn="withdrawn_at" in changes,
    )


def _clues(corner: Corner) -> Iterator[Thing]:
    """What somebody in the village reported, what the director did, and one from elsewhere."""
    home = corner.village(0)
    reporter = "chunlei" if corner.key == "huli" else "grid"
    for key, division in ((reporter, home), ("director", home), ("", corner.vacant)):
        username = f"{corner.key}.{key}" if key else ""
        said, contact = f"{_name()}家的孩子", f"{_name()} {_phone()}"
        reported_by = access.actor_by_username(username).account_id if username else ""
        clue = register.a_clue(division, said=said, contact=contact, reported_by=reported_by)
        yield Thing(
            kind="clue",
            division=division,
            arguments={"clue_id": clue.pk},
            words=(said, contact),
            owner=username,
        )


def _lists(town: Town, division: int, corner: Corner) -> Iterator[Thing]:
    """A list that the county's officer sent, and one of the education bureau's clerk."""
    for key, source in (("officer", Source.SURVEY), ("education", Source.EDUCATION)):
        name, adult, number, phone = _name(), _name(), register.a_number(), _phone()
        wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
        rows = (
            "姓名,身份证号码,户籍所在地,现居住地,监护人姓名,联系电话",
            f"{name},{wrong},四川省达州市渠县,{corner.township_name},{adult},{phone}",
        )
        upload = Upload(
            division=division,
            source=source.value,
            file_name=f"{corner.key}-{key}.csv",
            content="\r\n".join(rows).encode("utf-8-sig"),
            as_of=date(2025, 9, 1),
            by_worker=False,
        )
        username = f"{corner.key}.{key}"
        batch_id = intake.take_in(upload=upload, username=username, commit=False)
        town.numbers += [number, wrong]
        yield Thing(
            kind="list",
            division=division,
            arguments={"batch_id": batch_id},
            words=(name, adult, wrong, phone),
            owner=username,
        )


def _offices(division: int, corner: Corner) -> Iterator[Thing]:
    """An organisation without posts, a vacant post, a request for it, somebody at work."""
    empty = an_organisation(division)
    yield Thing(
        kind="organisation",
        division=division,
        arguments={"organisation_id": empty.pk},
        words=(empty.name,),
    )
    vacant = Post.objects.get(area_lo=corner.vacant, role="CHILD_SUPERVISOR")
    yield Thing(kind="post", division=corner.vacant, arguments={"post_id": vacant.pk})
    officer = access.actor_by_username(f"{corner.key}.officer")
    newcomer = a_person(f"{corner.key}.newcomer")
    grant = grants.request(
        account_id=newcomer.pk,
        post_id=vacant.pk,
        since=date(2025, 2, 1),
        reason="新任",
        by=officer,
        at=timezone.now(),
    )
    username = f"{corner.key}.officer"
    yield Thing(kind="grant", division=corner.vacant, arguments={"grant_id": grant}, owner=username)
    held = Appointment.objects.get(account__username=f"{corner.key}.supervisor")
    arguments = {"appointment_id": held.pk, "account_id": held.account_id}
    yield Thing(kind="appointment", division=corner.township, arguments=arguments)


def _accounts() -> Iterator[Thing]:
    """Everybody, each with a browser that is known."""
    for row in demo_accounts():
        account = Account.objects.get(username=row.username)
        actor = access.actor_of(account.pk)
        sessions.begin(device=row.username, device_name="", by=actor, at=timezone.now())
        device = KnownDevice.objects.get(account=account)
        yield Thing(
            kind="account",
            division=actor.division,
            arguments={"account_id": account.pk},
            owner=row.username,
        )
        yield Thing(
            kind="device",
            division=actor.division,
            arguments={"device_id": device.pk},
            owner=row.username,
        )


def _service_list() -> Iterator[Thing]:
    """The draft of a county's service list, which leaves one item of the city's list out."""
    officer, title = access.actor_by_username("kundulun.officer"), f"{_name()}清单"
    at = timezone.now()
    with scopes.acting_as(officer):
        list_id = service_lists.begin(
            division=officer.division, base="cn_1502_baotou", by=officer, at=at
        )
        fresh, struck_out = (Revised(list_id=str(list_id), revision=number) for number in (1, 2))
        service_lists.name_it(seen=fresh, title_zh=title, title_en="", by=officer, at=at)
        service_lists.strike_out(seen=struck_out, code=STRUCK, letter="", by=officer, at=at)
    arguments = {"list_id": list_id, "code": "QX-L1"}
    for kind, words in (("service_list", (title,)), ("kept_list", ())):
        yield Thing(kind=kind, division=officer.division, arguments=arguments, words=words)


def account_ids() -> dict[str, UUID]:
    """Who is who."""
    return dict(Account.objects.values_list("username", "pk"))


def _name() -> str:
    """Another one each time: 16 surnames and 11 syllables have no divisor in common."""
    number = next(_numbers)
    surname = SURNAMES[number % len(SURNAMES)]
    first, second = SYLLABLES[number % 11], SYLLABLES[number // 11 % 11]
    return f"{surname}{first}{second}"


def _phone() -> str:
    return f"199{next(_numbers):04d}8848"
