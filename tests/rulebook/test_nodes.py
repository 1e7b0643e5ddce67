"""Every node explains itself with an example that runs, and is understood by the interpreter."""

import doctest
import inspect
from datetime import date

import pytest

from tongxing.kernel.divisions import Level
from tongxing.rulebook import PackError, dated, moments, nodes
from tongxing.rulebook.nodes import AllOf, AnyOf, ConditionRef, Not, ParameterRef, RuleRef
from tongxing.rulebook.one_child.vocabulary import READERS
from tongxing.rulebook.parsing import parse_node
from tongxing.rulebook.reading import Place

PLACE = Place("here/definitions.yaml", 7)
STRUCTURE = {AllOf, AnyOf, Not, ConditionRef, RuleRef}


@pytest.mark.parametrize("module", [nodes, moments, dated])
def test_the_examples_in_the_docstrings_come_true(module):
    flags = doctest.NORMALIZE_WHITESPACE
    result = doctest.testmod(module, optionflags=flags, extraglobs={"date": date})
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("word", sorted(nodes.NODE_OF_WORD))
def test_every_node_documents_itself_with_an_example(word):
    words = inspect.getdoc(nodes.NODE_OF_WORD[word]) or ""
    assert ">>> " in words
    assert word in words


def test_every_leaf_has_a_reader():
    assert set(nodes.NODE_OF_WORD.values()) - STRUCTURE == set(READERS)


def test_a_value_may_name_a_parameter_instead():
    node = parse_node({"age_under": {"parameter": "age_limit_years"}}, PLACE)
    assert node == nodes.AgeUnder(ParameterRef("age_limit_years"))


def test_arguments_may_be_named():
    named = parse_node({"age_under": {"years": 16, "birthday": "day_after"}}, PLACE)
    assert named == nodes.AgeUnder(16, "day_after")


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ({"strayed": {"months": 6}}, "unknown node 'strayed'. Did you mean 'stayed'?"),
        ("acompanied", "Did you mean 'accompanied'?"),
        ({"age_under": {"year": 16}}, "takes no argument 'year'. Did you mean 'years'?"),
        ({"age_under": {}}, "'age_under' needs 'years': a whole number, zero or more."),
        ({"age_under": "16"}, "'years' of 'age_under' must be a whole number"),
        ({"age_under": True}, "'years' of 'age_under' must be a whole number"),
        ({"age_under": -1}, "'years' of 'age_under' must be a whole number"),
        ({"age_under": {"years": 16, "birthday": "never"}}, "on_birthday or day_after"),
        ({"crossed": "COUNTRY"}, "'level' of 'crossed' must be one of PROVINCE, CITY"),
        ({"crossed": "NATION"}, "'level' of 'crossed' must be one of PROVINCE, CITY"),
        ({"hukou_within": 350200}, "must be a division code of 6 to 12 digits, in quotes"),
        ({"hukou_within": "Xiamen"}, "must be a division code of 6 to 12 digits, in quotes"),
        ({"switched_on": "yes"}, "must be true or false"),
        ({"fact": "not a name"}, "must be a name"),
        ({"is_in_set": {"fact": "stage", "words": "primary"}}, "must be a list of words"),
        ({"is_in_set": {"fact": "stage", "words": [1]}}, "must be a list of words"),
        ({"is_in_set": {"fact": "stage"}}, "'is_in_set' needs 'words'"),
        ({"all_of": []}, "a list of nodes with at least one entry"),
        ({"all_of": "accompanied"}, "a list of nodes with at least one entry"),
        ({"accompanied": 3}, "'accompanied' takes no argument"),
        ({"stayed": {"months": 6}}, "needs either 'within' or 'beyond'"),
        ({"stayed": {"months": 6, "within": "CITY", "beyond": "COUNTY"}}, "and not both"),
        ({"not": {"fact": "a", "age_under": 3}}, "'not' takes no argument 'fact'"),
        ({"accompanied": None, "self_requested": None}, "expected one node"),
        (17, "expected one node, as 'word: arguments', but found 17"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_what_was_expected(raw, problem):
    with pytest.raises(PackError) as refused:
        parse_node(raw, PLACE)
    assert str(refused.value).startswith("here/definitions.yaml:7: ")
    assert problem in str(refused.value)


def test_levels_and_codes_are_read():
    assert parse_node({"crossed": "CITY"}, PLACE) == nodes.Crossed(Level.CITY)
    assert parse_node({"hukou_within": "350200"}, PLACE) == nodes.HukouWithin(350200000000)
    assert parse_node({"crossed": Level.CITY}, PLACE) == nodes.Crossed(Level.CITY)
