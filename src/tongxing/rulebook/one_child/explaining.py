"""Deciding and explaining: the two ways to put a rule to a child."""

from collections.abc import Iterator, Sequence
from datetime import date

from tongxing.rulebook.answers import CANNOT_TELL, Answer
from tongxing.rulebook.facts import ChildFacts
from tongxing.rulebook.law import RuleInForce
from tongxing.rulebook.moments import FAR_FUTURE
from tongxing.rulebook.one_child.compiling import (
    CompiledCondition,
    CompiledLaw,
    CompiledRule,
    Outcome,
    compiled,
)
from tongxing.rulebook.one_child.scenes import Child, Scene
from tongxing.rulebook.one_child.wording import PlaceName, no_names
from tongxing.rulebook.packs import Pack
from tongxing.rulebook.sites import PLAIN_SITE, SiteSettings
from tongxing.rulebook.texts import joined
from tongxing.rulebook.verdicts import NOT_IN_FORCE, Condition, Decision, MissingFact, Role, Verdict


def decide(
    rule: str, facts: ChildFacts, *, on: date, pack: Pack, site: SiteSettings = PLAIN_SITE
) -> Decision:
    """The answer of a rule for a child on a day, without words: for lists and nightly runs.

    Raises UnknownName for a rule the pack does not have.
    """
    law = compiled(rule, pack, site)
    child = Child(facts, site)
    text = law.on(on)
    if text is None:
        return _nothing_in_force(law, child, on)
    scene = Scene(child, on)
    outcome = text.outcome(scene)
    missing = _missing(text, outcome, scene) if outcome.answer == CANNOT_TELL else ()
    changes_on, changes_to = _next_change(law, child, on, outcome.answer)
    return Decision(
        answer=outcome.answer,
        reasons=tuple([text.conditions[index].law.code for index in outcome.decisive]),
        missing=missing,
        changes_on=changes_on,
        changes_to=changes_to,
    )


def explain(
    rule: str,
    facts: ChildFacts,
    *,
    on: date,
    pack: Pack,
    site: SiteSettings = PLAIN_SITE,
    place_name: PlaceName = no_names,
) -> Verdict:
    """The verdict of a rule for a child on a day, with every condition in words.

    place_name: names of divisions for the words; without it places appear by code.
    Raises UnknownName for a rule the pack does not have.
    """
    decision = decide(rule, facts, on=on, pack=pack, site=site)
    text = compiled(rule, pack, site).on(on)
    scene = Scene(Child(facts, site), on)
    return Verdict(
        rule=rule,
        label=text.law.label if text else _latest(pack, rule).label,
        answer=decision.answer,
        on=on,
        conditions=_conditions(text, scene, place_name),
        reasons=decision.reasons,
        missing=tuple(_question(pack, name) for name in decision.missing),
        changes_on=decision.changes_on,
        changes_to=decision.changes_to,
        pack=pack.id,
        pack_version=pack.version,
        site_version=site.digest,
        source=text.law.source if text else None,
    )


def changes(
    rule: str,
    facts: ChildFacts,
    *,
    after: date,
    until: date,
    pack: Pack,
    site: SiteSettings = PLAIN_SITE,
) -> Iterator[tuple[date, Answer]]:
    """Every later day up to `until` on which the answer becomes another one, in order."""
    law, child = compiled(rule, pack, site), Child(facts, site)
    answer = _answer(law.on(after), child, after)
    day, turned = _next_change(law, child, after, answer)
    while day is not None and turned is not None and day <= until:
        yield day, turned
        day, turned = _next_change(law, child, day, turned)


def _answer(text: CompiledRule | None, child: Child, day: date) -> Answer:
    if text is None:
        return CANNOT_TELL
    return text.outcome(Scene(child, day)).answer


def _nothing_in_force(law: CompiledLaw, child: Child, on: date) -> Decision:
    changes_on, changes_to = _next_change(law, child, on, CANNOT_TELL)
    return Decision(
        answer=CANNOT_TELL,
        reasons=(NOT_IN_FORCE,),
        missing=(),
        changes_on=changes_on,
        changes_to=changes_to,
    )


def _next_change(
    law: CompiledLaw, child: Child, on: date, now: Answer
) -> tuple[date, Answer] | tuple[None, None]:
    """The first day after `on` with another answer, and that answer."""
    for begins, ends, text in law.epochs_from(on):
        for day in _candidates(text, child, max(begins, on), ends or FAR_FUTURE):
            if day > on and (turned := _answer(text, child, day)) != now:
                return day, turned
    return None, None


def _candidates(text: CompiledRule | None, child: Child, first: date, end: date) -> Sequence[date]:
    """The days of an epoch, from `first` on, on which the answer can differ from the day before."""
    if text is None:
        return (first,)
    return sorted({first, *(day for day in text.turns(child) if first < day < end)})


def _missing(text: CompiledRule, outcome: Outcome, scene: Scene) -> tuple[str, ...]:
    names = (
        name
        for index in outcome.decisive
        for name in _condition_missing(text.conditions[index], scene)
    )
    return tuple(dict.fromkeys(names))


def _condition_missing(condition: CompiledCondition, scene: Scene) -> tuple[str, ...]:
    asked = (name for reader in condition.decisive(scene) for name in reader.missing(scene))
    return tuple(dict.fromkeys(asked))


def _conditions(
    text: CompiledRule | None, scene: Scene, place_name: PlaceName
) -> tuple[Condition, ...]:
    if text is None:
        return ()
    return tuple(_condition(each, scene, place_name) for each in text.conditions)


def _condition(condition: CompiledCondition, scene: Scene, place_name: PlaceName) -> Condition:
    answer = condition.judge(scene)
    return Condition(
        code=condition.law.code,
        role=Role.EXCLUSION if condition.exclusion else Role.REQUIREMENT,
        label=condition.law.label,
        answer=answer,
        value=joined(reader.say(scene, place_name) for reader in condition.decisive(scene)),
        source=condition.law.source,
        missing=_condition_missing(condition, scene) if answer == CANNOT_TELL else (),
    )


def _question(pack: Pack, name: str) -> MissingFact:
    fact = pack.facts[name]
    return MissingFact(name=name, question=fact.question, ask=fact.ask)


def _latest(pack: Pack, rule: str) -> RuleInForce:
    """The rule as some text states it, for its name on days when none is in force."""
    return next(law for law in pack.rule(rule).values if law is not None)
