"""Divisions as other packages receive them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tongxing.kernel.divisions import Area, Level, area_of


class DivisionKind(StrEnum):
    """Whether a code names a place that governs, or only helps the statistics."""

    ADMINISTRATIVE = "administrative"
    # Headings such as 市辖区 or 省直辖县级行政区划: no such place exists.
    GROUPING = "grouping"
    # Development zones, farms, prisons, reserves with a code of the statistics bureau.
    ZONE = "zone"


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionRow:
    """One division. `full_name` starts at the province: 福建省厦门市湖里区."""

    code: int
    name: str
    level: Level
    kind: DivisionKind
    parent_code: int
    full_name: str
    label: str
    valid_from: date | None
    valid_until: date | None

    @property
    def area(self) -> Area:
        return area_of(self.code)

    def valid_on(self, day: date) -> bool:
        began = self.valid_from is None or self.valid_from <= day
        return began and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionsLoaded:
    """What one reading of an edition did; `read` is the sum of the others except `ended`."""

    read: int
    added: int
    renamed: int
    unchanged: int
    ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionRow:
    """`old` became (a part of) `new` on a day."""

    old: DivisionRow
    new: DivisionRow
    on: date
