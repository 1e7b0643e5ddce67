"""Place names for a list: hukou anywhere in the country, residence inside the list's own area."""

from tongxing.access.queries import divisions
from tongxing.kernel.divisions import Area, area_of
from tongxing.registry.rules.lines import Places
from tongxing.registry.rules.places import PlaceIndex, resolver


def index(area: Area) -> PlaceIndex:
    """All counties and larger places of the country, and everything inside `area`."""
    return PlaceIndex.of(divisions.place_names(area))


def of_list(known: PlaceIndex, division: int) -> Places:
    """How the place names of a list about `division` are understood."""
    area = area_of(division)
    return Places(
        division=division,
        area=area,
        hukou=resolver(known),
        residence=resolver(known, within=area),
    )
