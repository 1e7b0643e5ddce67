"""The packs of this site and its own decisions, read once."""

from datetime import date
from functools import cache

from django.conf import settings

from tongxing.eligibility.values import Population
from tongxing.kernel.divisions import NATION
from tongxing.kernel.errors import Unknown
from tongxing.rulebook import Condition, Pack, Packs, SiteSettings, Verdict, load_packs
from tongxing.rulebook import Source as Clause
from tongxing.rulebook import Text as Words
from tongxing.rulebook.law import Contact
from tongxing.rulebook.law import ParameterValueInForce as Parameter

__all__ = ["Clause", "Condition", "Contact", "Parameter", "Verdict", "Words"]


@cache
def packs() -> Packs:
    """Every policy pack of the site."""
    return load_packs(settings.POLICIES)


@cache
def site() -> SiteSettings:
    """What the site decided where the documents leave it to the place."""
    return SiteSettings(
        central_urban_districts={
            city: frozenset(districts)
            for city, districts in settings.TONGXING_CENTRAL_URBAN_DISTRICTS.items()
        }
    )


def pack_for(population: Population, division: int) -> Pack:
    """The pack that decides a population at a place."""
    if population in {Population.NATIONAL, Population.STATISTICAL}:
        return packs().national()
    return packs().for_division(division)


def parameters_of(pack_id: str, on: date) -> list[Parameter]:
    """What a pack fixes on a day, its own and what it inherits; Unknown when there is no such pack.

    A parameter that is not yet in force on the day is left out.
    """
    if pack_id not in packs():
        raise Unknown()
    pack = packs()[pack_id]
    return [
        pack.parameter(name, on, site())
        for name, dated in sorted(pack.parameters.items())
        if dated.on(on) is not None
    ]


def hotlines_of(division: int) -> list[Contact]:
    """The hotlines that the pack of a place names, in the order in which they are shown."""
    pack = packs().for_division(division or NATION)
    return sorted(pack.contacts, key=lambda contact: contact.order)
