"""Naming things of others, in a body or in an address, leads nowhere and teaches nothing."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from tests.authorisation.doors import Answer, Visitors
from tests.authorisation.forgeries import ATTEMPTS, HOME, NEW_CHILD, NEXT_DOOR, Attempt, the
from tests.authorisation.ledger import foreign_words
from tests.authorisation.personas import Persona
from tests.authorisation.town import Town
from tongxing.access import queries as access
from tongxing.access import scopes
from tongxing.demo.places import KUNDULUN
from tongxing.demo.posts import CORNERS
from tongxing.registry.queries import lists
from tongxing.registry.values.lists import ChildFilter, Window

pytestmark = [pytest.mark.xdist_group("authorisation forged"), pytest.mark.clause("CN-5.6")]

FAR_VILLAGE = CORNERS[KUNDULUN].village(0)
CHILDREN = "/children/"
Where = Callable[[Town], str]


@pytest.mark.parametrize("described", ATTEMPTS, ids=lambda each: each.__name__)
def test_things_of_others_are_refused_where_ones_own_are_accepted(
    town: Town, visitors: Visitors, described: Callable[[Town], Attempt]
) -> None:
    attempt = described(town)
    persona = visitors.named(attempt.by)
    assert visitors.post(persona, attempt.url, attempt.body).status == attempt.accepted
    url = attempt.forged_url or attempt.url
    answer = visitors.post(persona, url, {**attempt.body, **attempt.forged})
    assert answer.status == attempt.refused
    assert overheard(answer, persona, town) == []


@pytest.mark.parametrize(
    ("username", "where"),
    [
        ("huli.director", lambda _town: f"{CHILDREN}?division={NEXT_DOOR}&state=all"),
        ("huli.officer", lambda _town: f"{CHILDREN}?division={KUNDULUN}&state=all"),
        ("baotou.officer", lambda _town: f"{CHILDREN}places/{HOME}/"),
        ("huli.director", lambda town: f"{CHILDREN}?after={_end_of_a_page_elsewhere(town)}"),
        ("huli.officer", lambda town: f"{CHILDREN}?before={_end_of_a_page_elsewhere(town)}"),
        ("huli.chunlei", lambda _town: "/clues/?state=all"),
        ("huli.director", lambda _town: "/clues/?state=all"),
    ],
)
def test_an_address_put_together_by_hand_lists_nothing_of_others(
    town: Town, visitors: Visitors, username: str, where: Where
) -> None:
    persona = visitors.named(username)
    answer = visitors.get(persona, where(town))
    assert answer.status == 200
    assert overheard(answer, persona, town) == []


@pytest.mark.parametrize("word", range(7))
def test_searching_for_what_stands_in_a_file_elsewhere_finds_nothing(
    town: Town, visitors: Visitors, word: int
) -> None:
    """Name, adult, phone, numbers, address and school of a child: none of them finds the child."""
    director, officer = (visitors.named(f"kundulun.{each}") for each in ("director", "officer"))
    child = the(town, "child", CORNERS[KUNDULUN].vacant)
    address = reverse("registry:child", kwargs={"child_id": child.arguments["child_id"]})
    found = visitors.post(officer, f"{CHILDREN}search/", {"q": child.words[word]})
    url = found.headers["Location"]
    assert address not in visitors.get(director, url).everything
    assert (address in visitors.get(officer, url).everything) is (word in SEARCHED)


# Of these words the register is searched by the child's own name and number.
SEARCHED = {0, 3}


def test_an_export_of_another_place_is_empty(town: Town, visitors: Visitors) -> None:
    officer = visitors.named("huli.officer")
    url = f"{CHILDREN}export/?division="
    own = visitors.post(officer, f"{url}{HOME}", {"purpose": "home_visits"})
    other = visitors.post(officer, f"{url}{FAR_VILLAGE}", {"purpose": "home_visits"})
    assert the(town, "child", HOME).words[0] in own.everything
    assert overheard(other, officer, town) == []


def test_a_session_that_names_the_post_of_somebody_else_acts_from_its_own(
    town: Town, visitors: Visitors
) -> None:
    director = visitors.named("huli.director")
    window = visitors.window(director)
    session = window.session
    session["post"] = access.actor_by_username("huli.officer").post_id
    session.save()
    answer = visitors.get(director, CHILDREN)
    assert the(town, "child", HOME).words[0] in answer.everything
    assert overheard(answer, director, town) == []


@pytest.mark.parametrize(
    ("division", "status"), [(HOME, 422), (NEXT_DOOR, 422), (FAR_VILLAGE, 303)]
)
def test_a_number_that_is_known_elsewhere_does_not_say_whose_it_is(
    town: Town, visitors: Visitors, division: int, status: int
) -> None:
    """In the same county the office has to compare; across counties the number seems to be new."""
    director, known = visitors.named("huli.director"), the(town, "child", division)
    sent = {**NEW_CHILD, "identity_number": known.words[3]}
    answer = visitors.post(director, f"{CHILDREN}new/", sent)
    assert answer.status == status
    address = reverse("registry:child", kwargs={"child_id": known.arguments["child_id"]})
    assert (address in answer.everything) is (division == HOME)
    assert overheard(answer, director, town, typed=known.words[3]) == []


def overheard(answer: Answer, persona: Persona, town: Town, typed: str = "") -> list[str]:
    """Words about others in an answer, except what the person typed."""
    return [
        word for word in foreign_words(persona, town) if word in answer.everything and word != typed
    ]


def _end_of_a_page_elsewhere(town: Town) -> str:
    """A mark that the site itself gave to the officer of another county."""
    officer = access.actor_by_username("kundulun.officer")
    with scopes.acting_as(officer):
        page = lists.page(ChildFilter(), actor=officer, on=localdate(), window=Window(size=1))
    assert page.next
    return page.next
