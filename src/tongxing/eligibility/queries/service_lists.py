"""Service lists: those in force at a place, those under way, and how they keep their floor."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import orjson
from django.db.models import Q, QuerySet

from tongxing.eligibility import law, service_law
from tongxing.eligibility.models import ServiceListVersion
from tongxing.eligibility.service_law import WrittenList
from tongxing.eligibility.values.service_lists import IN_FORCE, UNDER_WAY, ListState
from tongxing.kernel.divisions import Level, truncate
from tongxing.kernel.errors import Unknown
from tongxing.rulebook import Pack, Text
from tongxing.rulebook.content import ServiceList
from tongxing.rulebook.floor import Floor, compare


def version(list_id: UUID) -> ServiceListVersion:
    """One version; Unknown when there is none."""
    found = ServiceListVersion.objects.filter(pk=list_id).first()
    if found is None:
        raise Unknown()
    return found


def versions_of(division: int) -> Sequence[ServiceListVersion]:
    """Every version of a place, the newest first."""
    return list(ServiceListVersion.objects.filter(division=division).order_by("-number"))


def published() -> Sequence[ServiceListVersion]:
    """Every list in force or still to come, of all places: for the public page."""
    states = [state.value for state in IN_FORCE]
    found = ServiceListVersion.objects.filter(state__in=states)
    return list(found.order_by("division", "-number"))


def under_way(division: int) -> ServiceListVersion | None:
    """The draft of a place that is not published yet; there is one at most."""
    states = [state.value for state in UNDER_WAY]
    return ServiceListVersion.objects.filter(division=division, state__in=states).first()


def as_list(found: ServiceListVersion, *, on: date) -> ServiceList:
    """A version as the rulebook reads it; a draft as if it held from `on`."""
    return service_law.as_law(written(found, on=on))


def written(found: ServiceListVersion, *, on: date) -> WrittenList:
    """A version as a plain value; a draft as if it held from `on`."""
    return WrittenList(
        division=found.division,
        number=found.number,
        title=Text(**found.title),
        content=orjson.dumps(found.content),
        since=found.valid_from or on,
    )


def pack_at(division: int, *, on: date) -> Pack:
    """The law of a place with every list that its levels have published, as on a day."""
    return service_law.pack_with(division, _published_at(_levels_of(division), on))


def lists_above(division: int, *, on: date) -> list[ServiceList]:
    """The loaded lists of the levels above a place, the nearest first."""
    above = _published_at(_levels_of(division) - {division}, on)
    own = {name for name, pack in law.packs().items() if pack.division == division}
    found = service_law.pack_with(division, above).lists
    return [each for each in found if each.loaded and each.pack not in own]


def _levels_of(division: int) -> set[int]:
    """The place and the divisions it lies in, down from the province."""
    levels = (Level.COUNTY, Level.CITY, Level.PROVINCE)
    return {truncate(division, level) for level in levels} - {0}


def _published_at(divisions: Iterable[int], on: date) -> list[WrittenList]:
    rows = _in_force(on).filter(division__in=divisions).order_by("division", "number")
    return [written(row, on=on) for row in rows]


def floor_of(found: ServiceListVersion, *, on: date) -> Floor:
    """How a version stands to the nearest list above it."""
    above = next(iter(lists_above(found.division, on=on)), None)
    day = max(on, above.valid_from) if above else on
    own = service_law.name_of(found.division, found.number)
    return compare(
        as_list(found, on=day),
        above,
        names=(own, above.pack if above else ""),
        law=law.packs().for_division(found.division),
        on=day,
    )


def _in_force(on: date) -> QuerySet[ServiceListVersion]:
    states = [*(state.value for state in IN_FORCE), ListState.SUPERSEDED.value]
    ends = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return ServiceListVersion.objects.filter(ends, state__in=states, valid_from__lte=on)


def names_of(lists: Iterable[ServiceList]) -> dict[str, ServiceList]:
    return {each.pack: each for each in lists}
