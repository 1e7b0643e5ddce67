"""The list as a file takes it along: the same children and columns as the page, and no more."""

from datetime import date

from tongxing.kernel import identity
from tongxing.kernel.actors import Actor
from tongxing.registry.queries.lists import COLUMNS, described
from tongxing.registry.queries.narrowing import narrowed
from tongxing.registry.values.exports import MOST_ROWS, ExportRow
from tongxing.registry.values.lists import ChildFilter


def rows(wanted: ChildFilter, *, actor: Actor, on: date) -> list[ExportRow]:
    """All rows of the filter in the order of places, at most one more than may leave."""
    found = narrowed(wanted, actor=actor, on=on).order_by("division", "pinyin", "id")
    values = list(found.values(*COLUMNS, "identity_number")[: MOST_ROWS + 1])
    masked = [identity.mask(each["identity_number"] or "") for each in values]
    return [
        ExportRow(row, number) for row, number in zip(described(values, actor), masked, strict=True)
    ]
