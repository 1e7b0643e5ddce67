"""From facts, child by child, to columns."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from tongxing.rulebook.facts import ChildFacts, Companion, FactValue, Ground, Spell
from tongxing.rulebook.many_children.populations import (
    ABSENCES,
    CHILDREN,
    EARLIER_HUKOU,
    FACT,
    GROUND,
    RESIDENCE,
    SPELLS,
    WORD,
    Population,
    Schema,
)
from tongxing.rulebook.moments import Moment, bounds

Row = dict[str, Any]
_GUARDIANS = {Companion.MOTHER, Companion.FATHER, Companion.GUARDIAN}
_NO_RESIDENCE: Row = dict.fromkeys(RESIDENCE)


def population_of(children: Iterable[ChildFacts]) -> Population:
    """The population of these children; rows keep their order."""
    tables = _Tables()
    for child in children:
        tables.add(child)
    return Population.of_tables(
        _children(tables.children, tables.facts),
        _frame(tables.spells, SPELLS),
        _frame(tables.absences, ABSENCES),
        _frame(tables.earlier_hukou, EARLIER_HUKOU),
    )


class _Tables:
    def __init__(self) -> None:
        self.children: list[Row] = []
        self.facts: list[Mapping[str, FactValue]] = []
        self.spells: list[Row] = []
        self.absences: list[Row] = []
        self.earlier_hukou: list[Row] = []

    def add(self, child: ChildFacts) -> None:
        row = len(self.children)
        self.earlier_hukou += [
            {"child": row, **_hukou(past.division, past.since)} for past in child.earlier_hukou
        ]
        alone = _only_residence(child.spells)
        if alone is None:
            for spell in child.spells:
                self._add_spell(row, spell)
        self.children.append(_child(child) | (_residence(alone) if alone else _NO_RESIDENCE))
        self.facts.append(child.facts)

    def _add_spell(self, child: int, spell: Spell) -> None:
        self.absences += [
            {
                "spell": len(self.spells),
                **_moment("left", absence.since),
                **_moment("returned", absence.until),
            }
            for absence in spell.absences
        ]
        self.spells.append({"child": child, **_residence(spell)})


def _only_residence(spells: Sequence[Spell]) -> Spell | None:
    return spells[0] if len(spells) == 1 and not spells[0].absences else None


def _child(child: ChildFacts) -> Row:
    return {
        **_moment("birth", child.birth_date),
        **_hukou(child.hukou_division, child.hukou_since),
        "hukou_status": child.hukou_status.value,
        **_moment("asks", child.asks_for_help_on),
        **{GROUND + ground.value: ground in child.priority_grounds for ground in Ground},
    }


def _hukou(division: int | None, since: Moment | None) -> Row:
    return {"hukou": division, **_moment("hukou", since)}


def _residence(spell: Spell) -> Row:
    return {
        "division": spell.division,
        **_moment("since", spell.since),
        **_moment("until", spell.until),
        "company": _company(spell.companions or frozenset()),
    }


def _company(people: frozenset[Companion]) -> bool | None:
    """Whether a parent or a guardian lives there too; None when that cannot be told."""
    if people & _GUARDIANS:
        return True
    return False if people == {Companion.NOBODY} else None


def _moment(name: str, moment: Moment | None) -> dict[str, date | None]:
    earliest, latest = (None, None) if moment is None else bounds(moment)
    return {f"{name}_earliest": earliest, f"{name}_latest": latest}


def _children(rows: list[Row], facts: list[Mapping[str, FactValue]]) -> pl.DataFrame:
    names = sorted({name for stated in facts for name in stated})
    values = {name: [stated.get(name) for stated in facts] for name in names}
    return _frame(rows, CHILDREN).with_columns(
        *(_of_type(FACT + name, values[name], bool) for name in names),
        *(_of_type(WORD + name, values[name], str) for name in names),
    )


def _of_type(name: str, values: Iterable[FactValue], kind: type[bool] | type[str]) -> pl.Series:
    """The values of one kind; a fact is a yes or no, or a word."""
    dtype = pl.Boolean if kind is bool else pl.Categorical
    return pl.Series(name, [each if isinstance(each, kind) else None for each in values], dtype)


def _frame(rows: list[Row], schema: Schema) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict(schema), orient="row")
