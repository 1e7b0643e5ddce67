"""A pack with a mistake is refused: file, line, what was expected, the nearest valid word."""

import shutil
from pathlib import Path

import pytest

from tests.rulebook.test_packs import amend
from tongxing.rulebook import PackError, RulebookError, load_packs
from tongxing.rulebook.cases import cases_of, failures
from tongxing.rulebook.packs import policies_folder


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(policies_folder(), tmp_path / "policies"))


BROKEN = {
    "an unknown node": (
        "cn/definitions.yaml",
        "        when: accompanied",
        "        when: acompanied",
        r"cn/definitions\.yaml:10: unknown node 'acompanied'\. Did you mean 'accompanied'",
    ),
    "an unknown argument": (
        "cn/definitions.yaml",
        "            tolerating_days: {parameter: absence_days_tolerated}",
        "            tolerated: 60",
        r"cn/definitions\.yaml:31: 'stayed' takes no argument 'tolerated'",
    ),
    "an unknown condition": (
        "cn/definitions.yaml",
        "- condition: cross_county",
        "- condition: cross_country",
        r"definitions\.yaml:\d+: unknown condition 'cross_country'\. Did you mean 'cross_county'",
    ),
    "an unknown rule": (
        "cn/definitions.yaml",
        "- rule: survey_population",
        "- rule: survey",
        r"unknown rule 'survey'",
    ),
    "an unknown parameter": (
        "cn/definitions.yaml",
        "{parameter: age_limit_years}",
        "{parameter: age_limit}",
        r"unknown parameter 'age_limit'\. Did you mean 'age_limit_years'",
    ),
    "an unknown fact": (
        "cn/definitions.yaml",
        "        when: self_requested",
        "        when: {fact: asks}",
        r"unknown fact 'asks'",
    ),
    "a parameter of the wrong kind": (
        "cn/parameters.yaml",
        "      value: 16",
        "      value: sixteen",
        r"parameter 'age_limit_years' holds 'sixteen', but here it must be a whole number",
    ),
    "a parameter that begins too late": (
        "cn/parameters.yaml",
        "  values:\n    2024-01-01:\n      value: 16",
        "  values:\n    2024-06-01:\n      value: 16",
        r"parameter 'age_limit_years' is not in force on 2024-01-01",
    ),
    "a typo in a field": (
        "cn/parameters.yaml",
        "  unit: years",
        "  units: years",
        r"cn/parameters\.yaml:5: units is not known here\. Did you mean 'unit'",
    ),
    "a unit that does not exist": (
        "cn/parameters.yaml",
        "  unit: years",
        "  unit: decades",
        r"cn/parameters\.yaml:5: unit ",
    ),
    "the same date twice": (
        "cn/parameters.yaml",
        "      value: 16",
        "      value: 16\n    2024-01-01:\n      value: 17",
        r"cn/parameters\.yaml:\d+: not readable YAML: found duplicate key",
    ),
    "a missing clause": (
        "cn/parameters.yaml",
        "article: （四）, clause: CN-4.1, quote: 不满十六周岁的未成年人",
        "article: （四）, quote: 不满十六周岁的未成年人",
        r"cn/parameters\.yaml:\d+: values\.2024-01-01\.source\.clause is missing",
    ),
    "a missing quotation": (
        "cn/parameters.yaml",
        "clause: CN-4.1, quote: 不满十六周岁的未成年人",
        "clause: CN-4.1",
        r"cn/parameters\.yaml:7: source needs article and quote, or product_default: true",
    ),
    "a missing source": (
        "cn/parameters.yaml",
        "      value: 16\n",
        "      value: 16\n    2020-01-01:\n      value: 15\n    2019-01-01:\n",
        r"cn/parameters\.yaml:7: source is missing",
    ),
    "a quotation that is too long": (
        "cn/parameters.yaml",
        "quote: 不满十六周岁的未成年人",
        f"quote: {'长' * 26}",
        r"cn/parameters\.yaml:\d+: values\.2024-01-01\.source\.quote is too long",
    ),
    "an unknown document": (
        "cn/parameters.yaml",
        "document: minfa_2024_35",
        "document: minfa_2024_53",
        r"cn/parameters\.yaml:7: unknown document 'minfa_2024_53'\. Did you mean 'minfa_2024_35'",
    ),
    "a date that is none": (
        "cn/parameters.yaml",
        "    2024-01-01:",
        "    soon:",
        r"cn/parameters\.yaml:7: values\.soon",
    ),
    "a condition without a test": (
        "cn/definitions.yaml",
        "        when: accompanied",
        "",
        r"cn/definitions\.yaml:8: 'accompanied' does not say its when",
    ),
    "a test outside a condition": (
        "cn/definitions.yaml",
        "            - condition: accompanied",
        "            - accompanied",
        r"every test of a rule must stand in a condition",
    ),
    "two conditions under one code": (
        "cn/definitions.yaml",
        "    code: CROSS_COUNTY",
        "    code: ACCOMPANIED",
        r"conditions 'accompanied' and 'cross_county' share the code ACCOMPANIED",
    ),
    "rules in a circle": (
        "cn/definitions.yaml",
        "            - condition: cross_county",
        "            - rule: statistical_population",
        r"rules refer to each other: ",
    ),
    "an unknown section": (
        "cn/definitions.yaml",
        "\nrules:\n",
        "\nrulez:\n",
        r"cn/definitions\.yaml:\d+: rulez is not known here\. Did you mean 'rules'",
    ),
    "a parent that does not exist": (
        "cn_1502_baotou/pack.yaml",
        "extends: cn_15_inner_mongolia",
        "extends: cn_15_mongolia",
        r"cn_1502_baotou/pack\.yaml:4: extends an unknown pack 'cn_15_mongolia'",
    ),
    "packs in a circle": (
        "cn_15_inner_mongolia/pack.yaml",
        "extends: cn\n",
        "extends: cn_1502_baotou\n",
        r"pack\.yaml:4: 'cn_1502_baotou' and 'cn_15\w+' extend each other|extend each other",
    ),
    "an id that is not the folder's": (
        "cn/pack.yaml",
        "id: cn\n",
        "id: china\n",
        r"cn/pack\.yaml:1: id must be the folder's name, 'cn'",
    ),
    "a file that is a list": (
        "cn_1502_baotou/contacts.yaml",
        "youth_navigation_line:",
        "- youth_navigation_line:",
        r"cn_1502_baotou/contacts\.yaml:1: expected entries by name",
    ),
    "broken YAML": (
        "cn/facts.yaml",
        "birth_date:\n",
        "birth_date: [\n",
        r"cn/facts\.yaml:\d+: not readable YAML",
    ),
}


@pytest.mark.parametrize("what", sorted(BROKEN))
def test_it_refuses(copied, what):
    file, old, new, expected = BROKEN[what]
    amend(copied / file, old, new)
    with pytest.raises(PackError, match=expected):
        load_packs(copied)


def test_it_refuses_an_empty_folder(tmp_path):
    with pytest.raises(RulebookError, match="No policy packs in"):
        load_packs(tmp_path)


def test_it_refuses_two_national_packs(copied):
    amend(copied / "cn_3502_xiamen" / "pack.yaml", "extends: cn\n", "")
    for name in ("parameters.yaml", "definitions.yaml", "contacts.yaml"):
        (copied / "cn_3502_xiamen" / name).unlink()
    with pytest.raises(RulebookError, match="Exactly one pack"):
        load_packs(copied)


def test_an_empty_file_says_nothing(copied):
    (copied / "cn_1502_baotou" / "contacts.yaml").write_text("# none\n", encoding="utf-8")
    assert load_packs(copied)["cn_1502_baotou"].contacts[0].number == "110"


def test_dates_may_be_written_in_quotes(copied):
    file = copied / "cn_1502_baotou" / "definitions.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("2024-11-27:", '"2024-11-27":'), encoding="utf-8"
    )
    rule = load_packs(copied)["cn_1502_baotou"].rules["priority_self_request"]
    assert rule.values[-1] is not None
    assert rule.values[-1].source.clause == "BT-2.2"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("child: C01", "child: C99", r"cn/cases/definition\.yaml:7: unknown child 'C99'"),
        ("answer: no, because", "answer: nope, because", r"cases\.0\.expect"),
        ("child: C02", "child: C02\n    but: {born_on: soon}", r"definition\.yaml:\d+: born_on"),
    ],
)
def test_a_case_that_cannot_be_read_is_named(copied, old, new, expected):
    amend(copied / "cn" / "cases" / "definition.yaml", old, new)
    pack = load_packs(copied)["cn"]
    with pytest.raises(PackError, match=expected):
        list(cases_of(pack))


def test_a_case_that_does_not_come_true_says_what_came_instead(copied):
    amend(
        copied / "cn" / "cases" / "definition.yaml",
        "answer: no, because: [SIX_MONTHS], changes_on: 2024-08-10",
        "answer: yes, because: [UNDER_16], changes_on: never",
    )
    pack = load_packs(copied)["cn"]
    sentences = [each for case in cases_of(pack) for each in failures(pack, case)]
    assert [sentence.split(": expected ")[1] for sentence in sentences] == [
        "answer yes, found no",
        "because ['UNDER_16'], found ['SIX_MONTHS']",
        "changes_on never, found 2024-08-10",
    ]
