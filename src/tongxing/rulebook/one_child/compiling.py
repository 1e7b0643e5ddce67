"""Rules made ready to decide: per epoch of the law, its conditions and how they combine."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tongxing.rulebook.answers import CANNOT_TELL, NO, YES, Answer, negation
from tongxing.rulebook.binding import BoundCondition, Epoch
from tongxing.rulebook.law import ConditionInForce, RuleInForce
from tongxing.rulebook.nodes import AllOf, AnyOf, Node, Not, children_of
from tongxing.rulebook.one_child.readers import Reader
from tongxing.rulebook.one_child.scenes import Child, Scene
from tongxing.rulebook.one_child.vocabulary import READERS
from tongxing.rulebook.packs import Pack
from tongxing.rulebook.sites import SiteSettings

Judge = Callable[[Scene], Answer]


@dataclass(frozen=True, slots=True)
class CompiledCondition:
    """One condition; `exclusion` when it stands below an odd number of `not`."""

    law: ConditionInForce
    judge: Judge
    tree: Node
    readers: tuple[Reader, ...]
    exclusion: bool

    def decisive(self, scene: Scene) -> Iterable[Reader]:
        """The readers of the leaves that brought the condition's answer about.

        Where one part settles it, the first such part speaks; what is missing is named in full.
        """
        answers = [reader.judge(scene) for reader in self.readers]
        one_is_enough = self.judge(scene) != CANNOT_TELL
        found = _decisive(self.tree, answers, one_is_enough=one_is_enough)
        return [self.readers[index] for index in dict.fromkeys(found)]


@dataclass(frozen=True, slots=True)
class _Slot(Node):
    """The place of the n-th condition in a rule, or of the n-th leaf in a condition."""

    index: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the answers of the conditions amount to, and the conditions that brought it about."""

    answer: Answer
    decisive: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule in one epoch of its law."""

    law: RuleInForce
    tree: Node
    conditions: tuple[CompiledCondition, ...]
    outcomes: dict[tuple[Answer, ...], Outcome] = field(default_factory=dict, repr=False)
    """Outcomes already worked out: children differ, patterns of answers hardly do."""

    def outcome(self, scene: Scene) -> Outcome:
        answers = tuple([condition.judge(scene) for condition in self.conditions])
        found = self.outcomes.get(answers)
        if found is None:
            found = self.outcomes[answers] = self._outcome(answers)
        return found

    def _outcome(self, answers: tuple[Answer, ...]) -> Outcome:
        """A yes needs no mention of the exclusions that do not apply."""
        answer = _combined(self.tree, answers)
        decisive = dict.fromkeys(_decisive(self.tree, answers))
        if answer == YES:
            decisive = {index: None for index in decisive if not self.conditions[index].exclusion}
        return Outcome(answer, tuple(decisive))

    def turns(self, child: Child) -> Iterable[date]:
        for condition in self.conditions:
            for reader in condition.readers:
                yield from reader.turns(child)


def _combined(node: Node, answers: Sequence[Answer]) -> Answer:
    if isinstance(node, _Slot):
        return answers[node.index]
    if isinstance(node, Not):
        return negation(_combined(node.part, answers))
    parts = [_combined(part, answers) for part in children_of(node)]
    return min(parts) if isinstance(node, AllOf) else max(parts)


def _decisive(
    node: Node, answers: Sequence[Answer], *, one_is_enough: bool = False
) -> Iterable[int]:
    """The slots that brought the answer about: all parts, or those that share the answer."""
    if isinstance(node, _Slot):
        yield node.index
        return
    parts, answer = children_of(node), _combined(node, answers)
    needs_all = isinstance(node, Not) or answer == (YES if isinstance(node, AllOf) else NO)
    if not needs_all:
        parts = tuple(part for part in parts if _combined(part, answers) == answer)
        parts = parts[:1] if one_is_enough else parts
    for part in parts:
        yield from _decisive(part, answers, one_is_enough=one_is_enough)


class CompiledLaw:
    """A rule through all epochs: which text was in force on which day."""

    def __init__(self, dates: Sequence[date], rules: Sequence[CompiledRule | None]) -> None:
        self.dates, self.rules = tuple(dates), tuple(rules)

    def on(self, day: date) -> CompiledRule | None:
        """The rule in force on a day; None before the first text and after a repeal."""
        index = bisect_right(self.dates, day)
        return self.rules[index - 1] if index else None

    def epochs_from(self, day: date) -> Iterable[tuple[date, date | None, CompiledRule | None]]:
        """The epoch of `day` and all later ones: first day, first day of the next, rule."""
        first = max(bisect_right(self.dates, day) - 1, 0)
        ends = (*self.dates[1:], None)
        return zip(self.dates[first:], ends[first:], self.rules[first:], strict=True)


def compiled(name: str, pack: Pack, site: SiteSettings) -> CompiledLaw:
    """The compiled rule, made once per pack and site. UnknownName when there is no such rule."""
    key = (name, site.digest)
    if key not in pack.compiled:
        pack.compiled[key] = _compile(name, pack, site)
    found = pack.compiled[key]
    assert isinstance(found, CompiledLaw)  # noqa: S101 - only this function writes it
    return found


def _compile(name: str, pack: Pack, site: SiteSettings) -> CompiledLaw:
    dated = pack.rule(name)
    pack.check_site(site)
    days = sorted({*dated.dates, *_later(pack.change_dates(), dated.dates[0])})
    return CompiledLaw(days, [_on(dated.on(day), Epoch(pack, site, day)) for day in days])


def _later(days: Iterable[date], first: date) -> Iterable[date]:
    return (day for day in days if day > first)


def _on(law: RuleInForce | None, epoch: Epoch) -> CompiledRule | None:
    if law is None:
        return None
    conditions: dict[str, CompiledCondition] = {}
    tree = _slots(epoch.bind(law), conditions, exclusion=False)
    return CompiledRule(law, tree, tuple(conditions.values()))


def _slots(node: Node, conditions: dict[str, CompiledCondition], *, exclusion: bool) -> Node:
    """The tree with each condition replaced by its slot; conditions are collected on the way."""
    if isinstance(node, BoundCondition):
        if node.law.name not in conditions:
            conditions[node.law.name] = _condition(node, exclusion=exclusion)
        return _Slot(list(conditions).index(node.law.name))
    if isinstance(node, Not):
        return Not(_slots(node.part, conditions, exclusion=not exclusion))
    parts = tuple(_slots(part, conditions, exclusion=exclusion) for part in children_of(node))
    return AllOf(parts) if isinstance(node, AllOf) else AnyOf(parts)


def _condition(node: BoundCondition, *, exclusion: bool) -> CompiledCondition:
    readers: list[Reader] = []
    tree = _read(node.when, readers)
    return CompiledCondition(node.law, _judge(tree, readers), tree, tuple(readers), exclusion)


def judge_of(node: Node) -> Judge:
    """A function that judges a tree of values for a scene."""
    readers: list[Reader] = []
    return _judge(_read(node, readers), readers)


def _read(node: Node, readers: list[Reader]) -> Node:
    """The tree with each leaf replaced by its slot; readers are collected on the way."""
    if type(node) in READERS:
        readers.append(READERS[type(node)](node))
        return _Slot(len(readers) - 1)
    if isinstance(node, Not):
        return Not(_read(node.part, readers))
    parts = tuple(_read(part, readers) for part in children_of(node))
    return AllOf(parts) if isinstance(node, AllOf) else AnyOf(parts)


def _judge(node: Node, readers: Sequence[Reader]) -> Judge:
    if isinstance(node, _Slot):
        return readers[node.index].judge
    if isinstance(node, Not):
        inner = _judge(node.part, readers)
        return lambda scene: negation(inner(scene))
    parts = [_judge(part, readers) for part in children_of(node)]
    if isinstance(node, AllOf):
        return lambda scene: min([part(scene) for part in parts])
    return lambda scene: max([part(scene) for part in parts])
