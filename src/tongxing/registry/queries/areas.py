"""Places to choose from: what lies inside an actor's area, as trees and lists show it."""

from dataclasses import dataclass

from tongxing.access import queries as access
from tongxing.access.queries import divisions
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import Level, area_of, level_of, parent_of


@dataclass(frozen=True, slots=True)
class Place:
    code: int
    name: str


def below(code: int, *, actor: Actor) -> list[Place]:
    """The divisions right below `code` that touch the actor's area."""
    if actor.area is None:
        return []
    reach = actor.area
    return [
        Place(row.code, row.name)
        for row in access.children_of(code)
        if area_of(row.code).lo < reach.hi and reach.lo < area_of(row.code).hi
    ]


def path_to(code: int) -> list[Place]:
    """The divisions above a place and itself, from the province down."""
    return [Place(row.code, row.name) for row in access.path_of(code)]


def choices(actor: Actor) -> list[tuple[str, list[tuple[int, str]]]]:
    """Every village and township of the actor's area, grouped by township, for a form."""
    if actor.area is None:
        return []
    names: dict[int, str] = {}
    for code, name in divisions.place_names(actor.area):
        if code in actor.area and level_of(code) >= Level.TOWNSHIP:
            names.setdefault(code, name)
    return _grouped(names)


def only_one(groups: list[tuple[str, list[tuple[int, str]]]]) -> int | None:
    """The place of a post that has just one, so that nobody has to choose it."""
    codes = [code for _name, found in groups for code, _place in found]
    return codes[0] if len(codes) == 1 else None


def name_of(code: int) -> str:
    """The full name of a place; empty when nobody knows it."""
    return access.division_names([code]).get(code, "")


def _grouped(names: dict[int, str]) -> list[tuple[str, list[tuple[int, str]]]]:
    groups: dict[int, list[tuple[int, str]]] = {}
    for code in sorted(names):
        township = code if level_of(code) is Level.TOWNSHIP else parent_of(code)
        groups.setdefault(township, []).append((code, names[code]))
    # The township of a village director lies above the area and has to be asked for.
    return [(names.get(code) or name_of(code), found) for code, found in groups.items()]
