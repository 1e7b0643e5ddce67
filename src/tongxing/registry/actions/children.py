"""Everything a person may do with one child's record."""

from tongxing.registry.actions.standings import note_standings
from tongxing.registry.values.standings import Standing

__all__ = ["Standing", "note_standings"]
