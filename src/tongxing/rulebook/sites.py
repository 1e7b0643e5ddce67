"""What one installation decides for itself, where the documents leave it to the place."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from tongxing.kernel.divisions import city_of
from tongxing.rulebook.errors import SiteError
from tongxing.rulebook.geography import is_municipal_district
from tongxing.rulebook.moments import FAR_PAST
from tongxing.rulebook.texts import Text

DistrictSet = frozenset[int]
DatedSets = tuple[tuple[date, DistrictSet], ...]
ParameterValue = int | str | bool | tuple[int, ...] | tuple[str, ...] | Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """The site's choices.

    central_urban_districts: by city code, the districts of its central urban area (城市中心城区):
        one set, or sets by the date from which each holds. An empty set says "asked: none". A
        city that is not named leaves the exception undecided, unless `assume_no_central_districts`.
    zones: statistical codes of development zones, mapped to the county they count as.
    parameters: by pack id, other values for product defaults of that pack and those that extend it.
        What a document fixes cannot be changed here.
    """

    central_urban_districts: Mapping[int, DistrictSet | Mapping[date, DistrictSet]] = field(
        default_factory=dict
    )
    zones: Mapping[int, int] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, ParameterValue]] = field(default_factory=dict)
    assume_no_central_districts: bool = False
    digest: str = field(init=False, default="")
    _dated: Mapping[int, DatedSets] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        dated = {city: _by_date(sets) for city, sets in self.central_urban_districts.items()}
        for city, sets in dated.items():
            _check_districts(city, {code for _, members in sets for code in members})
        object.__setattr__(self, "_dated", dated)
        object.__setattr__(self, "digest", _digest(self, dated))

    def central_districts(self, city: int, on: date) -> DistrictSet | None:
        """The central urban districts of `city` on a day; None when nobody has said."""
        sets = self._dated.get(city, ())
        index = bisect_right([since for since, _ in sets], on)
        if index:
            return sets[index - 1][1]
        return frozenset() if self.assume_no_central_districts else None

    def county_for(self, code: int) -> int:
        """`code` itself, or the administrative county a development zone counts as."""
        return self.zones.get(code // 10**6 * 10**6, code) if self.zones else code

    def own_value(self, name: str, lineage: Sequence[str]) -> tuple[ParameterValue, ...]:
        """The site's value for a parameter of a pack, the most specific first; () when none."""
        stated = (self.parameters.get(pack, {}) for pack in lineage)
        return next(((values[name],) for values in stated if name in values), ())

    def change_dates(self) -> Iterable[date]:
        return {since for sets in self._dated.values() for since, _ in sets if since > FAR_PAST}


def _by_date(sets: DistrictSet | Mapping[date, DistrictSet]) -> DatedSets:
    if isinstance(sets, Mapping):
        return tuple(sorted((since, frozenset(members)) for since, members in sets.items()))
    return ((FAR_PAST, frozenset(sets)),)


def _check_districts(city: int, districts: Iterable[int]) -> None:
    for code in districts:
        if city_of(code) != city or not is_municipal_district(code):
            raise SiteError(
                f"{code:012d} cannot be a central urban district of {city:012d}: "
                f"expected a municipal district (市辖区) of that city."
            )


def _digest(site: SiteSettings, dated: Mapping[int, DatedSets]) -> str:
    content = {
        "districts": {
            str(city): [[since.isoformat(), sorted(members)] for since, members in sets]
            for city, sets in dated.items()
        },
        "zones": {str(zone): county for zone, county in site.zones.items()},
        "parameters": {pack: dict(values) for pack, values in site.parameters.items()},
        "assume_none": site.assume_no_central_districts,
    }
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]


PLAIN_SITE = SiteSettings()
