"""What somebody could send who names things of others where the page would name one's own.

Every attempt has an honest twin that differs in nothing but the thing named, and that is accepted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from tests.authorisation.routes import A_DAY, REASON, SENT
from tests.authorisation.town import Thing, Town
from tongxing.access import queries as access
from tongxing.demo.places import HULI, KUNDULUN
from tongxing.demo.posts import CORNERS

HOME, NEXT_DOOR = CORNERS[HULI].village(0), CORNERS[HULI].vacant
STREET, FAR_STREET = CORNERS[HULI].township, CORNERS[KUNDULUN].township
BEGINNING = {"valid_from": "2025-09-01"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """`forged` and `forged_url`: what is different from the honest request."""

    by: str
    url: str
    body: Mapping[str, object]
    accepted: int = 303
    forged: Mapping[str, object] = field(default_factory=dict)
    forged_url: str = ""
    refused: int


class Sheet:
    """A list as a browser sends it, as often as it is asked for."""

    name = "名单.csv"
    content_type = "text/csv"

    def read(self) -> bytes:
        return "姓名,现居住地\r\n阚砚芃,湖里街道\r\n".encode()


def the(town: Town, kind: str, division: int, owner: str | None = None) -> Thing:
    """The first thing of a kind in a place, perhaps that of one account."""
    return next(
        thing
        for thing in town.of_kind(kind)
        if thing.division == division and owner in {None, thing.owner}
    )


def guardian_of_another_county(town: Town) -> Attempt:
    child, other = the(town, "child", HOME), the(town, "child", CORNERS[KUNDULUN].village(0))
    fixed = {"child_id": child.arguments["child_id"], "secret": "guardian_phone"}
    return Attempt(
        by="huli.officer",
        url=_url("reveal_guardian", **fixed, guardian_id=child.arguments["guardian_id"]),
        body=REASON,
        accepted=200,
        forged_url=_url("reveal_guardian", **fixed, guardian_id=other.arguments["guardian_id"]),
        refused=422,
    )


def clue_that_leads_to_the_next_village(town: Town) -> Attempt:
    return Attempt(
        by="huli.director",
        url=_url("link", **the(town, "clue", HOME).arguments),
        body={"child": the(town, "child", HOME).arguments["child_id"]},
        forged={"child": the(town, "child", NEXT_DOOR).arguments["child_id"]},
        refused=404,
    )


def child_entered_next_door(town: Town) -> Attempt:
    return Attempt(
        by="huli.director",
        url=_url("register"),
        body=NEW_CHILD,
        forged={"division": NEXT_DOOR},
        refused=422,
    )


def child_entered_for_a_clue_from_elsewhere(town: Town) -> Attempt:
    clue, other = the(town, "clue", HOME), the(town, "clue", NEXT_DOOR)
    return Attempt(
        by="huli.director",
        url=f"{_url('register')}?clue={clue.arguments['clue_id']}",
        body=NEW_CHILD,
        forged_url=f"{_url('register')}?clue={other.arguments['clue_id']}",
        refused=404,
    )


def child_moved_out_of_the_area(town: Town) -> Attempt:
    return Attempt(
        by="huli.supervisor",
        url=_url("move", child_id=the(town, "child", HOME).arguments["child_id"]),
        body={"to": STREET, **A_DAY},
        forged={"to": NEXT_DOOR},
        refused=422,
    )


def clue_about_a_place_elsewhere(town: Town) -> Attempt:
    return Attempt(
        by="huli.education",
        url=_url("report"),
        body={"kind": "neighbour", "division": HOME, "said": "一个孩子"},
        forged={"division": FAR_STREET},
        refused=422,
    )


def list_about_another_county(town: Town) -> Attempt:
    return Attempt(
        by="huli.education",
        url=reverse("imports:upload"),
        body={"division": HULI, "source": "education", "as_of": "2025-09-01", "file": Sheet()},
        forged={"division": KUNDULUN},
        refused=422,
    )


def post_of_somebody_else(town: Town) -> Attempt:
    return Attempt(
        by="huli.director",
        url=reverse("access:switch_post"),
        body={"post": access.actor_by_username("huli.director").post_id},
        forged={"post": access.actor_by_username("huli.officer").post_id},
        refused=404,
    )


def new_post_with_an_area_elsewhere(town: Town) -> Attempt:
    return Attempt(
        by="huli.officer",
        url=reverse("access:create_post", kwargs=dict(the(town, "organisation", HULI).arguments)),
        body={"role": "CHILD_SUPERVISOR", "title": "儿童督导员", "division": STREET, **BEGINNING},
        forged={"division": FAR_STREET},
        refused=422,
    )


def organisation_with_an_area_elsewhere(town: Town) -> Attempt:
    return Attempt(
        by="huli.officer",
        url=reverse("access:found_organisation"),
        body=NEW_ORGANISATION,
        forged={"area_from": FAR_STREET, "area_to": FAR_STREET},
        refused=422,
    )


def organisation_that_calls_another_county_its_own(town: Town) -> Attempt:
    return Attempt(
        by="huli.officer",
        url=reverse("access:found_organisation"),
        body=NEW_ORGANISATION,
        forged={"division": FAR_STREET},
        refused=422,
    )


def village_of_another_county(town: Town) -> Attempt:
    return Attempt(
        by="huli.officer",
        url=reverse("access:add_village", kwargs={"code": STREET}),
        body={"code": STREET + 950, "name": "新村", **BEGINNING},
        forged={"code": FAR_STREET + 950},
        refused=422,
    )


def successor_of_a_place_elsewhere(town: Town) -> Attempt:
    return Attempt(
        by="huli.officer",
        url=reverse("access:add_successor", kwargs={"code": STREET}),
        body={"new": NEXT_DOOR, **A_DAY},
        forged_url=reverse("access:add_successor", kwargs={"code": FAR_STREET}),
        refused=422,
    )


def entry_check_of_an_appointment_elsewhere(town: Town) -> Attempt:
    own, other = (dict(the(town, "appointment", each).arguments) for each in (STREET, FAR_STREET))
    return Attempt(
        by="huli.officer",
        url=reverse("access:record_entry_check", kwargs=own),
        body=SENT["access:record_entry_check"],
        forged_url=reverse(
            "access:record_entry_check",
            kwargs={**own, "appointment_id": other["appointment_id"]},
        ),
        refused=404,
    )


def delivery_to_a_child_elsewhere(town: Town) -> Attempt:
    corner = CORNERS[KUNDULUN]
    own, other = (
        the(town, "child", place).arguments["child_id"]
        for place in (corner.village(0), corner.vacant)
    )
    return Attempt(
        by="kundulun.director",
        url=reverse("eligibility:deliver", kwargs={"child_id": own}),
        body={"entitlement": "BT-L6.a"},
        forged_url=reverse("eligibility:deliver", kwargs={"child_id": other}),
        refused=404,
    )


def _url(name: str, **arguments: object) -> str:
    return reverse(f"registry:{name}", kwargs=arguments)


NEW_CHILD = {
    "name": "笪昀翊",
    "division": HOME,
    "hukou": "",
    "stage": "",
    "moved_with": "",
    "source": "village",
    "as_of": "2025-09-01",
}
NEW_ORGANISATION = {
    "name": "湖里开发区",
    "kind": "development_zone",
    "division": HULI,
    **BEGINNING,
    "area_from": STREET,
    "area_to": STREET,
}
ATTEMPTS: list[Callable[[Town], Attempt]] = [
    guardian_of_another_county,
    clue_that_leads_to_the_next_village,
    child_entered_next_door,
    child_entered_for_a_clue_from_elsewhere,
    child_moved_out_of_the_area,
    clue_about_a_place_elsewhere,
    list_about_another_county,
    post_of_somebody_else,
    new_post_with_an_area_elsewhere,
    organisation_with_an_area_elsewhere,
    organisation_that_calls_another_county_its_own,
    village_of_another_county,
    successor_of_a_place_elsewhere,
    entry_check_of_an_appointment_elsewhere,
    delivery_to_a_child_elsewhere,
]
