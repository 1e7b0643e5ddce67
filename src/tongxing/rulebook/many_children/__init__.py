"""The interpreter for a whole population: every rule, set by set. See `docs/adr/0008`."""

from tongxing.rulebook.many_children.deciding import decide_all
from tongxing.rulebook.many_children.filling import population_of
from tongxing.rulebook.many_children.law_of_day import LawOfDay
from tongxing.rulebook.many_children.populations import Population
from tongxing.rulebook.many_children.words import in_words

__all__ = ["LawOfDay", "Population", "decide_all", "in_words", "population_of"]
