"""A population as columns, whatever the day asked. `docs/adr/0008` says what each column means."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from tongxing.rulebook.errors import RulebookError
from tongxing.rulebook.facts import Ground, HukouStatus

FACT, WORD, GROUND = "fact.", "word.", "ground."
Schema = Mapping[str, pl.DataType | type[pl.DataType]]

STATUS = pl.Enum([status.value for status in HukouStatus])
RESIDENCE: Schema = {
    "division": pl.Int64,
    "since_earliest": pl.Date,
    "since_latest": pl.Date,
    "until_earliest": pl.Date,
    "until_latest": pl.Date,
    "company": pl.Boolean,
}
CHILDREN: Schema = {
    "birth_earliest": pl.Date,
    "birth_latest": pl.Date,
    "hukou": pl.Int64,
    "hukou_earliest": pl.Date,
    "hukou_latest": pl.Date,
    "hukou_status": STATUS,
    "asks_earliest": pl.Date,
    "asks_latest": pl.Date,
    **{GROUND + ground.value: pl.Boolean for ground in Ground},
    **RESIDENCE,
}
SPELLS: Schema = {"child": pl.UInt32, **RESIDENCE}
ABSENCES: Schema = {
    "spell": pl.UInt32,
    "left_earliest": pl.Date,
    "left_latest": pl.Date,
    "returned_earliest": pl.Date,
    "returned_latest": pl.Date,
}
EARLIER_HUKOU: Schema = {
    "child": pl.UInt32,
    "hukou": pl.Int64,
    "hukou_earliest": pl.Date,
    "hukou_latest": pl.Date,
}


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    schema: Schema

    def conformed(self, frame: pl.DataFrame | None) -> pl.DataFrame:
        """The columns in their types, none for no frame; RulebookError when one is lacking."""
        if frame is None:
            return pl.DataFrame(schema=dict(self.schema))
        absent = [column for column in self.schema if column not in frame.columns]
        if absent:
            raise RulebookError(f"The table of {self.name} lacks the columns {', '.join(absent)}.")
        return frame.with_columns(pl.col(name).cast(dtype) for name, dtype in self.schema.items())


_CHILDREN = _Table("children", CHILDREN)
_SPELLS = _Table("spells", SPELLS)
_ABSENCES = _Table("absences", ABSENCES)
_EARLIER_HUKOU = _Table("earlier hukou places", EARLIER_HUKOU)


@dataclass(frozen=True, eq=False)
class Population:
    """Children by row, with the only residence of those who had one.

    spells: every residence of the children with a longer story, whose own columns then hold none.
    absences: by the row of the spell. earlier_hukou: oldest first. A child is named by its row.
    """

    children: pl.DataFrame
    spells: pl.DataFrame
    absences: pl.DataFrame
    earlier_hukou: pl.DataFrame

    @classmethod
    def of_tables(
        cls,
        children: pl.DataFrame,
        spells: pl.DataFrame | None = None,
        absences: pl.DataFrame | None = None,
        earlier_hukou: pl.DataFrame | None = None,
    ) -> "Population":
        """From columns; RulebookError when a table lacks one of those it must have."""
        ordered_spells, ordered_absences = _in_order(
            _SPELLS.conformed(spells), _ABSENCES.conformed(absences)
        )
        return cls(
            _with_categories(_CHILDREN.conformed(children)),
            ordered_spells,
            ordered_absences,
            _EARLIER_HUKOU.conformed(earlier_hukou),
        )

    def __len__(self) -> int:
        return self.children.height

    @cached_property
    def hukou_steps(self) -> pl.DataFrame:
        """Every hukou place of the children who had more than one, by child, the newest first."""
        earlier = self.earlier_hukou.reverse()
        moved = earlier["child"].unique().sort()
        current = self.children[moved].select(pl.lit(moved).alias("child"), *earlier.columns[1:])
        return pl.concat([current, earlier]).sort("child", maintain_order=True)

    def only_residences(self, children: pl.Series) -> pl.DataFrame:
        """The residences of those of the children who had a single one."""
        alone = self.children.select(*RESIDENCE)[children].insert_column(0, children)
        return alone.filter(pl.col("division").is_not_null())


def _in_order(spells: pl.DataFrame, absences: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Spells by child, numbered anew by row; absences by spell, in order of leaving."""
    ordered = spells.with_row_index("spell").sort("child", maintain_order=True)
    numbers = ordered.select("spell").with_row_index("row")
    away = absences.join(numbers, on="spell").with_columns(spell="row").drop("row")
    return ordered.drop("spell"), away.sort("spell", "left_earliest", "left_latest")


def _with_categories(children: pl.DataFrame) -> pl.DataFrame:
    """Words are compared many times: as categories that costs next to nothing."""
    words = [name for name in children.columns if name.startswith(WORD)]
    return children.with_columns(
        pl.col(name).cast(pl.Categorical)
        for name in words
        if children.schema[name] in (pl.String, pl.Null)
    )
