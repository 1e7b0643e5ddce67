"""What holds for every child, not only for the cast."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from tests.rulebook.worlds import (
    FIRST,
    LAST,
    SITES,
    better_known,
    children,
    near_days,
)
from tongxing.rulebook import (
    CANNOT_TELL,
    Answer,
    ChildFacts,
    Pack,
    SiteSettings,
    Verdict,
    changes,
    decide,
    explain,
    load_packs,
)
from tongxing.rulebook.one_child.compiling import compiled
from tongxing.rulebook.one_child.scenes import Child, Scene

PACKS = load_packs()
RULES = ("survey_population", "statistical_population", "priority_self_request")
packs = st.sampled_from(list(PACKS)).map(PACKS.__getitem__)
rules = st.sampled_from(RULES)
sites = st.sampled_from(SITES)


def answer_on(rule: str, facts: ChildFacts, day: date, pack: Pack, site: SiteSettings) -> Answer:
    """The bare answer of one day, without looking ahead."""
    text = compiled(rule, pack, site).on(day)
    return CANNOT_TELL if text is None else text.outcome(Scene(Child(facts, site), day)).answer


@settings(max_examples=300)
@given(children(), near_days, packs, rules, sites)
def test_the_answer_changes_on_the_day_foretold_and_not_before(facts, on, pack, rule, site):
    found = decide(rule, facts, on=on, pack=pack, site=site)
    horizon = LAST + timedelta(days=400)
    until = min(found.changes_on or horizon, horizon)
    for ahead in range(1, (until - on).days):
        day = on + timedelta(days=ahead)
        assert answer_on(rule, facts, day, pack, site) is found.answer, day
    if found.changes_on is not None:
        assert found.changes_to is not None
        assert found.changes_to is not found.answer
        assert answer_on(rule, facts, found.changes_on, pack, site) is found.changes_to


@settings(max_examples=50)
@given(children(), packs, rules, sites)
def test_the_list_of_changes_is_the_whole_history(facts, pack, rule, site):
    listed = dict(changes(rule, facts, after=FIRST, until=LAST, pack=pack, site=site))
    answer = answer_on(rule, facts, FIRST, pack, site)
    for ahead in range(1, (LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=ahead)
        answer = listed.get(day, answer)
        assert answer_on(rule, facts, day, pack, site) is answer, day


@settings(max_examples=500)
@given(st.data(), children(), near_days, packs, rules, sites)
def test_knowing_more_never_overturns_an_answer(data, facts, on, pack, rule, site):
    before = decide(rule, facts, on=on, pack=pack, site=site)
    better = data.draw(better_known(facts, on))
    after = decide(rule, better, on=on, pack=pack, site=site)
    note(f"{before} -> {after}")
    assert before.answer in {CANNOT_TELL, after.answer}


@settings(max_examples=300)
@given(children(), near_days, packs, rules, sites)
def test_a_verdict_is_complete_and_survives_storage(facts, on, pack, rule, site):
    verdict = explain(rule, facts, on=on, pack=pack, site=site)
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict
    decision = decide(rule, facts, on=on, pack=pack, site=site)
    assert verdict.answer is decision.answer
    assert tuple(fact.name for fact in verdict.missing) == decision.missing
    assert set(verdict.reasons) <= {each.code for each in verdict.conditions}
    for condition in verdict.conditions:
        assert condition.value.zh, condition.code
        assert condition.value.en, condition.code
        assert (condition.answer is CANNOT_TELL) == bool(condition.missing), condition


@settings(max_examples=300)
@given(children(), near_days, packs, rules, sites)
def test_cannot_tell_always_asks_for_something(facts, on, pack, rule, site):
    found = decide(rule, facts, on=on, pack=pack, site=site)
    assert (found.answer is CANNOT_TELL) == bool(found.missing)
    assert set(found.missing) <= set(pack.facts)


def test_an_answer_is_never_used_as_true_or_false():
    with pytest.raises(TypeError, match="three values"):
        bool(Answer.YES)
