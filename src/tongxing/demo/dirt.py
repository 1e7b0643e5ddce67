"""Spoiling clean rows at known rates, and saying what was spoilt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from tongxing.demo.cells import Entry
from tongxing.demo.defects import ACCEPTED, Classes, Defect
from tongxing.demo.lists import Source
from tongxing.demo.sheets import Cell
from tongxing.demo.values import Child

LONG_LIST = 300


@dataclass(slots=True, kw_only=True)
class Draft:
    """One row on its way into a list.

    `known`: the child stands soundly in an earlier list; `spared`: the row must stay usable.
    """

    entry: Entry
    source: Source
    workbook: bool
    values: dict[str, Cell]
    known: bool = False
    spared: bool = False
    twin: Child | None = None
    plants: list[tuple[Defect, Classes]] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    hidden: bool = False

    @property
    def child(self) -> Child:
        return self.entry.child

    @property
    def sound(self) -> bool:
        """Whether the row may still be taken in as it stands."""
        return all(expected == ACCEPTED for _, expected in self.plants)

    def text(self, column: str) -> str:
        value = self.values.get(column)
        return value if isinstance(value, str) else ""

    def write(self, column: str, value: Cell) -> None:
        self.values[column] = value


@dataclass(frozen=True, slots=True, kw_only=True)
class Dirt:
    """A way to spoil `columns` of a row; `per_mille` of a list's rows."""

    defect: Defect
    expected: Classes
    per_mille: int
    columns: tuple[str, ...]
    fits: Callable[[Draft], bool]
    spoil: Callable[[Draft, Random], None]
    sources: frozenset[Source] = frozenset(Source)

    def may_spoil(self, draft: Draft) -> bool:
        return (
            draft.source in self.sources
            and draft.sound
            and (self.expected == ACCEPTED or not (draft.plants or draft.spared))
            and all(column in draft.values for column in self.columns)
            and draft.touched.isdisjoint(self.columns)
            and self.fits(draft)
        )


def spoil(
    drafts: Sequence[Draft],
    dirts: Iterable[Dirt],
    rng: Random,
    quotas: Mapping[Defect, int] | None = None,
) -> None:
    """Plant each kind of dirt; `quotas` asks for fixed numbers instead of the usual shares."""
    for dirt in dirts:
        wanted = _usual(dirt, len(drafts)) if quotas is None else quotas.get(dirt.defect, 0)
        fitting = [draft for draft in drafts if dirt.may_spoil(draft)]
        for draft in rng.sample(fitting, min(wanted, len(fitting))):
            dirt.spoil(draft, rng)
            draft.touched.update(dirt.columns)
            draft.plants.append((dirt.defect, dirt.expected))


def _usual(dirt: Dirt, rows: int) -> int:
    """The share of a list; a long list has at least one of everything."""
    return max(rows >= LONG_LIST, round(dirt.per_mille * rows / 1000))
