"""For an account and an address: the things to try, and whether each is the account's business."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from tests.authorisation.personas import Persona
from tests.authorisation.routes import Route, arguments_of
from tests.authorisation.town import Thing, Town

NOBODY = UUID("01990000-0000-7000-8000-000000000000")
NOWHERE = 659099999000
HULI_STREET = 350206001000
KUNDULUN_STREET = 150203003000
# Packs are public; not all of them hold a list.
PACKS = {"pack": "cn_3502_xiamen", "pack_list": "cn_1502_baotou"}


@dataclass(frozen=True, slots=True)
class Case:
    """One thing behind an address. `relation` says how it stands to the account."""

    relation: str
    own: bool
    arguments: dict[str, object]


def cases(route: Route, persona: Persona, town: Town) -> list[Case]:
    """One thing of one's own, others near and far, a withdrawn one, and one that is not there."""
    if not route.thing:
        return [Case("only", True, {})]
    if route.thing == "division":
        return list(_divisions(route))
    if route.thing in PACKS:
        packs = {PACKS[route.thing]: True, "cn_atlantis": False}
        return [Case(pack, own, {"pack_id": pack}) for pack, own in packs.items()]
    found = _related(town.of_kind(route.thing), persona, IS_OWN[route.thing])
    chosen = [
        Case(relation, relation == "own", arguments_of(route, dict(thing.arguments)))
        for relation, thing in found
    ]
    return [*chosen, Case("absent", False, _of_nobody(chosen[0].arguments))]


def _divisions(route: Route) -> Iterator[Case]:
    """Divisions are public; only what lies below them is narrowed."""
    yield Case("own", True, {"code": HULI_STREET})
    yield Case("other", True, {"code": KUNDULUN_STREET})
    yield Case("absent", False, {"code": NOWHERE})


def _related(
    things: list[Thing], persona: Persona, is_own: Callable[[Persona, Thing], bool]
) -> Iterator[tuple[str, Thing]]:
    """Own first, then others: one of the same county and one from farther away."""
    own = [thing for thing in things if is_own(persona, thing)]
    others = [thing for thing in things if thing not in own and not thing.withdrawn]
    gone = [thing for thing in things if thing.withdrawn]
    yield from (("own", thing) for thing in own[:1])
    for relation, near in (("near", True), ("far", False)):
        found = [thing for thing in others if _is_near(thing, persona) is near]
        yield from ((relation, thing) for thing in found[:1])
    # A withdrawn child of the account's own village, where there is one.
    gone.sort(key=lambda thing: not persona.reaches(thing.division))
    yield from (("withdrawn", thing) for thing in gone[:1])


def _is_near(thing: Thing, persona: Persona) -> bool:
    return f"{thing.division:012}"[:6] == f"{persona.division:012}"[:6]


def _of_nobody(arguments: dict[str, object]) -> dict[str, object]:
    return {name: NOBODY if isinstance(value, UUID) else value for name, value in arguments.items()}


def owns_child(persona: Persona, thing: Thing) -> bool:
    """Whether this account may open the child."""
    return persona.may("children.see") and persona.reaches(thing.division) and not thing.withdrawn


def owns_clue(persona: Persona, thing: Thing) -> bool:
    """Clues of the area for those who take them up, one's own for those who report."""
    if persona.may("clues.handle"):
        return persona.reaches(thing.division)
    return thing.owner == persona.username


def owns_list(persona: Persona, thing: Thing) -> bool:
    """Lists of the area for those who let them in, one's own for those who send."""
    if persona.may("rosters.commit"):
        return persona.reaches(thing.division)
    return thing.owner == persona.username


def owns_office(persona: Persona, thing: Thing) -> bool:
    return persona.keeps(thing.division)


def owns_grant(persona: Persona, thing: Thing) -> bool:
    """The security administrator decides all of them; who asked may take the request back."""
    return persona.may("posts.grant") or thing.owner == persona.username


def owns_account(persona: Persona, thing: Thing) -> bool:
    return persona.may("accounts.manage") or persona.keeps(thing.division)


def owns_device(persona: Persona, thing: Thing) -> bool:
    return thing.owner == persona.username


def owns_service_list(persona: Persona, thing: Thing) -> bool:
    """Drafts are for those who keep, approve or receive lists in the area."""
    return persona.may("lists.edit", "lists.receive") and persona.reaches(thing.division)


def keeps_list(persona: Persona, thing: Thing) -> bool:
    """Only the place itself writes and decides its list."""
    return persona.may("lists.edit", "lists.approve") and persona.division == thing.division


IS_OWN: dict[str, Callable[[Persona, Thing], bool]] = {
    "child": owns_child,
    "clue": owns_clue,
    "list": owns_list,
    "organisation": owns_office,
    "post": owns_office,
    "appointment": owns_office,
    "grant": owns_grant,
    "account": owns_account,
    "device": owns_device,
    "service_list": owns_service_list,
    "kept_list": keeps_list,
}
