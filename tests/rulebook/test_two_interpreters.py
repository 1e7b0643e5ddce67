"""What is decided for a whole population is what is decided child by child."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rulebook.children import CENTRAL_BAOTOU, child, day
from tests.rulebook.crowds import LEAVES, Crowd, facts_of, seeds, trees
from tests.rulebook.worlds import SITES, children, near_days
from tongxing.kernel.divisions import Level
from tongxing.rulebook import (
    CANNOT_TELL,
    NO,
    PLAIN_SITE,
    YES,
    Answer,
    ChildFacts,
    Pack,
    RulebookError,
    SiteError,
    SiteSettings,
    UnknownName,
    decide,
    load_packs,
)
from tongxing.rulebook.cases import Case, cases_of
from tongxing.rulebook.many_children import (
    LawOfDay,
    Population,
    decide_all,
    in_words,
    population_of,
)
from tongxing.rulebook.many_children.law_of_day import answers_of
from tongxing.rulebook.many_children.leaves import EXPRESSIONS
from tongxing.rulebook.many_children.views import View
from tongxing.rulebook.nodes import IsInSet, Node, Stayed
from tongxing.rulebook.one_child.compiling import compiled, judge_of
from tongxing.rulebook.one_child.scenes import Child, Scene
from tongxing.rulebook.one_child.vocabulary import READERS

PACKS = load_packs()
MEANING = {True: YES, False: NO, None: CANNOT_TELL}
sites = st.sampled_from(SITES)
later_days = st.dates(date(2023, 1, 1), date(2027, 1, 1))


def by_sets(answers: pl.Series) -> list[Answer]:
    return [MEANING[answer] for answer in answers]


def one_by_one(
    rule: str, children: Iterable[ChildFacts], on: date, pack: Pack, site: SiteSettings
) -> list[Answer]:
    """The bare answers of one day, without looking ahead."""
    text = compiled(rule, pack, site).on(on)
    scenes = [Scene(Child(facts, site), on) for facts in children]
    return [CANNOT_TELL if text is None else text.outcome(scene).answer for scene in scenes]


def agree_on_everything(
    children: list[ChildFacts], on: date, pack: Pack, site: SiteSettings
) -> None:
    found = decide_all(population_of(children), on=on, pack=pack, site=site)
    assert found.columns == [*pack.rules, *pack.targets]
    for rule in found.columns:
        assert by_sets(found[rule]) == one_by_one(rule, children, on, pack, site), rule


def test_both_understand_every_leaf():
    assert set(EXPRESSIONS) == set(READERS) == set(LEAVES)


@pytest.mark.parametrize("kind", sorted(LEAVES, key=str))
@settings(max_examples=20)
@given(data=st.data(), seed=seeds, on=near_days, site=sites)
def test_they_agree_on_each_leaf(kind, data, seed, on, site):
    asked = data.draw(st.lists(LEAVES[kind], min_size=1, max_size=4))
    agree_on_trees(asked, Crowd(seed).children(100), on, site)


@settings(max_examples=150)
@given(st.lists(trees, min_size=1, max_size=6), seeds, near_days, sites)
def test_they_agree_on_every_tree(asked, seed, on, site):
    agree_on_trees(asked, Crowd(seed).children(50), on, site)


@settings(max_examples=50)
@given(trees, st.lists(children(), min_size=1, max_size=3), near_days, sites)
def test_they_agree_on_the_children_of_the_other_properties(asked, known, on, site):
    agree_on_trees([asked], known, on, site)


@pytest.mark.long
@settings(max_examples=5000)
@given(st.lists(trees, min_size=4, max_size=12), seeds, near_days, sites)
def test_they_agree_on_very_many_trees(asked, seed, on, site):
    agree_on_trees(asked, Crowd(seed).children(200), on, site)


def agree_on_trees(
    asked: list[Node], children: list[ChildFacts], on: date, site: SiteSettings
) -> None:
    view = View(population_of(children), on, site)
    found = answers_of({str(number): tree for number, tree in enumerate(asked)}, view)
    for tree, answers in zip(asked, found, strict=True):
        judge = judge_of(tree)
        for facts, answer in zip(children, by_sets(answers), strict=True):
            assert answer is judge(Scene(Child(facts, site), on)), (tree, facts)


@pytest.mark.parametrize("pack", list(PACKS))
@settings(max_examples=6)
@given(seed=seeds, on=later_days, site=sites)
def test_they_agree_on_every_rule_and_target_of_a_pack(pack, seed, on, site):
    known = Crowd(seed, facts_of(PACKS[pack])).children(25)
    agree_on_everything(known, on, PACKS[pack], site)


@pytest.mark.parametrize("name", list(PACKS))
def test_they_agree_on_every_case(name):
    """Each child of a case on each of its days, about every rule and target of the pack."""
    asked: dict[tuple[str, date], list[Case]] = defaultdict(list)
    for case in cases_of(PACKS[name]):
        for on in {expected.on for expected in case.expect}:
            asked[case.site.digest, on].append(case)
    assert asked
    for (_, on), cases in asked.items():
        children = [case.facts for case in cases]
        agree_on_everything(children, on, PACKS[name], cases[0].site)


@pytest.mark.parametrize("name", list(PACKS))
def test_every_case_comes_true_by_sets(name):
    pack = PACKS[name]
    for case in cases_of(pack):
        for expected in case.expect:
            found = decide_all(
                population_of([case.facts]),
                on=expected.on, pack=pack, site=case.site, rules=[expected.rule],
            )  # fmt: skip
            assert in_words(found).to_dicts() == [{expected.rule: expected.answer}], case.name


def test_the_answers_are_those_of_decide():
    children = [child("C01"), child("C01", born_on="2001-01-01"), child("C01", born_on=None)]
    on, pack = day("2025-06-01"), PACKS["cn_1502_baotou"]
    found = decide_all(population_of(children), on=on, pack=pack, site=CENTRAL_BAOTOU)
    for rule in found.columns:
        decided = [decide(rule, each, on=on, pack=pack, site=CENTRAL_BAOTOU) for each in children]
        assert by_sets(found[rule]) == [each.answer for each in decided], rule


def test_one_law_of_the_day_serves_many_populations_and_leaves_them_as_they_were():
    pack = PACKS.national()
    law = LawOfDay(pack, on=day("2025-06-01"), rules=["survey_population"])
    moved = child(
        "C01",
        earlier_hukou=[{"division": "150102"}],
        hukou_since="2025-05-01",
        spells=[
            {
                "division": "150204",
                "since": "2024-01-01",
                "until": "2025-03-01",
                "with": ["mother"],
            },
            {"division": "150203", "since": "2025-03-01", "with": ["father"]},
        ],
    )
    population = population_of([moved, child("C01")])
    before = population.children.clone()
    first = law.answers(population)
    assert law.answers(population_of([child("C01"), moved])).reverse().equals(first)
    earlier = LawOfDay(pack, on=day("2024-03-01"), rules=["survey_population"])
    assert not earlier.answers(population).equals(first)
    assert population.children.equals(before)
    assert law.answers(population).equals(first)


def test_nobody_has_no_answers():
    found = decide_all(population_of([]), on=day("2025-06-01"), pack=PACKS["cn_1502_baotou"])
    assert found.height == 0
    assert set(found.dtypes) == {pl.Boolean()}


def test_before_the_first_text_nothing_can_be_told():
    found = decide_all(
        population_of([child("C01")]),
        on=day("2023-12-31"), pack=PACKS.national(), rules=["survey_population"],
    )  # fmt: skip
    assert in_words(found).to_dicts() == [{"survey_population": "cannot_tell"}]


def test_an_unknown_rule_and_a_site_that_sets_the_law_are_refused():
    pack, on = PACKS.national(), day("2025-06-01")
    with pytest.raises(UnknownName, match="survey_population"):
        LawOfDay(pack, on=on, rules=["survey_populaton"])
    site = SiteSettings(parameters={"cn": {"age_limit_years": 18}})
    with pytest.raises(SiteError, match="fixed by"):
        LawOfDay(pack, on=on, site=site)


def test_tables_are_taken_as_they_come():
    """Spells in any order, more columns than needed, words as text, codes of another width."""
    made = population_of([child("C01"), child("C01"), child("C01", facts={"stage": "junior"})])
    known = date(2024, 1, 1)
    spell: dict[str, Any] = {"since_earliest": known, "since_latest": known, "until_earliest": None}
    spell |= {"until_latest": None, "company": True}
    until = {"until_earliest": date(2025, 2, 1), "until_latest": date(2025, 2, 1)}
    tables = {
        "children": made.children.with_columns(
            pl.col("word.stage").cast(pl.String), note=pl.lit("not asked")
        ),
        "spells": pl.DataFrame(
            [
                {"child": 1, "division": 150203000000, **spell},
                {"child": 0, "division": 150203000000, **spell, **until},
            ]
        ),
        "absences": pl.DataFrame(
            {
                "spell": [0],
                "left_earliest": [date(2025, 1, 1)],
                "left_latest": [date(2025, 1, 1)],
                "returned_earliest": [None],
                "returned_latest": [None],
            }
        ),
    }
    population = Population.of_tables(**tables)
    assert population.spells["child"].to_list() == [0, 1]
    assert population.absences["spell"].to_list() == [1]
    view = View(population, date(2025, 3, 2), PLAIN_SITE)
    asked = {"stayed": Stayed(6, None, Level.COUNTY, 30), "pupil": IsInSet("stage", ("junior",))}
    assert answers_of(asked, view).to_dict(as_series=False) == {
        "stayed": [True, False, True],
        "pupil": [None, None, True],
    }


def test_a_table_without_a_needed_column_is_refused():
    made = population_of([child("C01")])
    with pytest.raises(RulebookError, match="table of children lacks the columns hukou, company"):
        Population.of_tables(made.children.drop("hukou", "company"))
    with pytest.raises(RulebookError, match="table of spells lacks the columns child"):
        Population.of_tables(made.children, spells=made.spells.drop("child"))
