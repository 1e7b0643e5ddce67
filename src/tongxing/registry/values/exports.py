"""Lists that leave the system as a file."""

from dataclasses import dataclass
from enum import StrEnum

from tongxing.registry.values.lists import ChildRow

MOST_ROWS = 5000
# More rows than these need a reason in words (product default).
ROWS_WITHOUT_REASON = 50


class ExportPurpose(StrEnum):
    """What an exported list is for."""

    HOME_VISITS = "home_visits"
    REPORT_UP = "report_up"
    COMPARISON = "comparison_list"
    MEETING = "meeting"
    INSPECTION = "inspection"
    OTHER = "other_purpose"


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A row of the list with its identity number masked."""

    row: ChildRow
    masked_number: str
