"""Whether a target covers another one, and targets written down again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxing.kernel.divisions import Level
from tongxing.rulebook.binding import BoundCondition
from tongxing.rulebook.implication import MOST_WORLDS, implies
from tongxing.rulebook.law import ConditionInForce
from tongxing.rulebook.nodes import (
    AgeAtLeast,
    AgeUnder,
    AllOf,
    AnyOf,
    ConditionRef,
    Fact,
    IsInSet,
    Node,
    Not,
    RuleRef,
    Stayed,
)
from tongxing.rulebook.parsing import parse_node, parse_target
from tongxing.rulebook.reading import Place
from tongxing.rulebook.sources import Source
from tongxing.rulebook.spelling import spelled
from tongxing.rulebook.texts import Text
from tongxing.rulebook.writing import written

HERE = Place("a test")
VOCATIONAL = IsInSet("stage", ("secondary_vocational",))
WITH_TECHNICAL = IsInSet("stage", ("secondary_vocational", "technical_school"))
FACTS = [Fact(name) for name in ("orphan", "disabled", "poor")]


def condition(name: str, when: Node) -> BoundCondition:
    source = Source(document="x", title=Text("文", "text"), article="一", clause="X-1")
    law = ConditionInForce(
        name=name, code=name.upper(), label=Text("条", "c"), source=source, when=when, pack="x",
        place=HERE,
    )  # fmt: skip
    return BoundCondition(law, when)


def test_fewer_words_reach_fewer_children():
    assert implies(VOCATIONAL, WITH_TECHNICAL)
    assert not implies(WITH_TECHNICAL, VOCATIONAL)


def test_ages_are_compared_by_their_limits():
    assert implies(AgeUnder(3), AgeUnder(7))
    assert not implies(AgeUnder(7), AgeUnder(3))
    assert implies(AllOf((AgeAtLeast(3), AgeUnder(7))), Not(AgeUnder(3)))
    assert implies(AgeAtLeast(7), Not(AgeUnder(7)))


def test_a_condition_that_both_name_answers_the_same_in_both():
    stay = condition("stayed", Stayed(6, within=Level.CITY))
    assert implies(AllOf((stay, FACTS[0])), stay)
    assert not implies(stay, AllOf((stay, FACTS[0])))


def test_conditions_that_only_one_names_are_taken_apart():
    narrow = condition("vocational", VOCATIONAL)
    wide = condition("vocational_or_technical", WITH_TECHNICAL)
    assert implies(narrow, wide)
    assert not implies(wide, narrow)
    assert not implies(wide, AllOf((narrow, Not(FACTS[0]))))


def test_too_many_leaves_count_as_covering_only_when_equal():
    many = AllOf(tuple(Fact(f"fact_{index}") for index in range(MOST_WORLDS.bit_length() + 1)))
    assert implies(many, many)
    assert not implies(many, many.parts[0])


nodes = st.recursive(
    st.sampled_from(FACTS),
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.builds(AllOf, st.lists(parts, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(parts, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


def _value(node: Node, world: dict[str, bool]) -> bool:
    match node:
        case Fact():
            return world[node.name]
        case Not():
            return not _value(node.part, world)
        case AllOf():
            return all(_value(part, world) for part in node.parts)
        case AnyOf():
            return any(_value(part, world) for part in node.parts)
    raise AssertionError(node)


@given(one=nodes, other=nodes)
def test_covering_is_what_a_truth_table_says(one: Node, other: Node):
    names = [fact.name for fact in FACTS]
    worlds = [
        dict(zip(names, (bool(number >> bit & 1) for bit in range(len(names))), strict=True))
        for number in range(1 << len(names))
    ]
    expected = all(_value(other, world) for world in worlds if _value(one, world))
    assert implies(one, other) == expected


targets = st.recursive(
    st.sampled_from([ConditionRef("under_7"), ConditionRef("orphan"), RuleRef("priority")]),
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.builds(AllOf, st.lists(parts, min_size=2, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(parts, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


@given(targets)
def test_a_target_written_down_is_read_as_the_same_target(target: Node):
    assert parse_target(written(target), HERE) == target


def test_the_short_forms_mean_what_they_say():
    assert parse_target("under_7", HERE) == ConditionRef("under_7")
    assert parse_target(["under_7"], HERE) == ConditionRef("under_7")
    both = AllOf((ConditionRef("under_7"), RuleRef("priority")))
    assert parse_target(["under_7", {"rule": "priority"}], HERE) == both


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("accompanied", "accompanied"),
        ({"age_under": {"parameter": "limit"}}, "age_under(years=limit, birthday=on_birthday)"),
        ({"crossed": "COUNTY"}, "crossed(level=COUNTY)"),
        ({"is_in_set": {"fact": "stage", "words": ["a"]}}, "is_in_set(fact=stage, words=[a])"),
        ({"any_of": [{"not": {"fact": "orphan"}}]}, "any_of(not(fact(name=orphan)))"),
        ({"rule": "priority"}, "rule priority"),
    ],
)  # fmt: skip
def test_a_rule_is_spelled_in_one_line(text: object, line: str):
    assert spelled(parse_node(text, HERE)) == line
