"""The whole town from one number: same seed, same day, same people."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice

from tongxing.demo.cast import cast_of
from tongxing.demo.dice import dice
from tongxing.demo.households import World, family
from tongxing.demo.numbers import Numbers
from tongxing.demo.places import COUNTS, PLACES
from tongxing.demo.plans import plans
from tongxing.demo.values import Child, Town, Township

SEED = 20260901


def generate(
    *,
    today: date,
    townships: Mapping[int, Sequence[Township]],
    seed: int = SEED,
    counts: Mapping[int, int] = COUNTS,
) -> Town:
    """Invent `counts[place]` children for each place, spread over its `townships`.

    Places are 12-digit county codes; `places.read_townships` reads the townships of all three.
    """
    numbers = Numbers(dice(seed, "numbers"))
    worlds = [
        World(
            place=PLACES[place],
            townships=townships[place],
            today=today,
            numbers=numbers,
            rng=dice(seed, place),
        )
        for place in counts
    ]
    crowds = (islice(_children(world), counts[world.place.division]) for world in worlds)
    return Town(
        seed=seed,
        today=today,
        children=tuple(chain.from_iterable(crowds)),
        townships={place: tuple(townships[place]) for place in counts},
    )


def _children(world: World) -> Iterator[Child]:
    """Family after family, without end."""
    place = world.place
    families = plans(place, cast_of(place.division, world.today), world.rng)
    for number, plan in enumerate(families, start=1):
        yield from family(world, plan, f"{place.letter}{number:04d}")
