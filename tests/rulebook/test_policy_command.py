"""`tongxing policy`: for clerks and other systems. JSON in and out, one sentence for a mistake."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.rulebook.test_packs import amend
from tongxing.commands.policy import policy
from tongxing.rulebook.packs import policies_folder

C01 = {
    "born_on": "2012-03-15",
    "hukou_division": "150222",
    "spells": [{"division": "150203", "since": "2024-02-10", "with": ["mother"]}],
}
C02 = {**C01, "hukou_division": "150204"}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(policy, arguments)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(C01), encoding="utf-8")
    return file


def test_it_lists_the_packs():
    result = run("list")
    assert result.exit_code == 0
    assert "cn_1502_baotou\t1502\t包头市\tcn_15_inner_mongolia ← cn" in result.output
    assert "Baotou" in run("list", "--lang", "en").output


def test_it_shows_a_pack_on_a_day():
    result = run("show", "cn_3502_xiamen", "--on", "2025-06-01")
    assert "information_update_windows = (4, 10)" in result.output
    assert "XM-4.2" in result.output
    assert "birthday_rule = on_birthday ⚙" in result.output
    earlier = run("show", "cn_3502_xiamen", "--on", "2024-06-01")
    assert "information_update_windows" not in earlier.output
    assert "CN-4.1" in earlier.output


def test_it_shows_no_rules_before_there_were_any():
    result = run("show", "cn", "--on", "2020-01-01")
    assert result.exit_code == 0
    assert "survey_population" not in result.output


def test_it_shows_today_when_no_day_is_given():
    assert "survey_population" in run("show", "cn").output


@pytest.mark.parametrize("named", [["cn_1502_baotou"], ["--pack", "cn_1502_baotou"]])
def test_it_explains_a_child_as_json(facts, named):
    result = run("explain", *named, "--facts", str(facts), "--on", "2024-08-09", "--json")
    assert result.exit_code == 0
    verdict = json.loads(result.output)["verdicts"]["monitored"]
    assert verdict["answer"] == "no"
    assert [each["condition"] for each in verdict["reasons"]] == ["SIX_MONTHS"]
    assert (verdict["changes_on"], verdict["changes_to"]) == ("2024-08-10", "yes")


def test_it_explains_a_child_in_words(facts):
    facts.write_text(json.dumps(C02), encoding="utf-8")
    result = run("explain", "cn", "--facts", str(facts), "--on", "2025-01-01")
    assert "? 监测摸排对象" in result.output
    assert "→ 本市哪些市辖区属于“城市中心城区”" in result.output
    assert "2028-03-15 → ✗" in result.output
    english = run("explain", "cn", "--facts", str(facts), "--on", "2025-01-01", "--lang", "en")
    assert "? Survey population" in english.output


def test_it_takes_the_site_from_the_facts(facts):
    site = {"central_urban_districts": {"1502": ["150203", "150204"]}}
    facts.write_text(json.dumps({**C02, "site": site}), encoding="utf-8")
    result = run("explain", "cn", "--facts", str(facts), "--on", "2025-01-01", "--json")
    verdict = json.loads(result.output)["verdicts"]["monitored"]
    [reason] = verdict["reasons"]
    assert (reason["condition"], reason["clause"]) == ("URBAN_DISTRICT_EXCEPTION", "CN-4.2")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "is not JSON"),
        ("[]", "must hold one object"),
        ('{"born": "2012"}', "born: Extra inputs"),
        ('{"site": {"zones": 3}}', "site.zones"),
    ],
)
def test_wrong_facts_are_refused_with_a_sentence_and_code_2(facts, content, sentence):
    facts.write_text(content, encoding="utf-8")
    result = run("explain", "cn", "--facts", str(facts), "--on", "2025-01-01")
    assert result.exit_code == 2
    assert sentence in result.output
    assert "Traceback" not in result.output


def test_an_unknown_or_absent_pack_is_refused(facts):
    unknown = run("explain", "cn_xiamen", "--facts", str(facts), "--on", "2025-01-01")
    assert unknown.exit_code == 2
    assert "Did you mean 'cn_3502_xiamen'" in unknown.output
    assert run("explain", "--facts", str(facts), "--on", "2025-01-01").exit_code == 2


def test_the_shipped_packs_pass_the_check():
    result = run("check")
    assert result.exit_code == 0, result.output
    assert "cn_141002_yaodu" in result.output


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = Path(shutil.copytree(policies_folder(), tmp_path / "policies"))
    monkeypatch.setenv("TONGXING_POLICIES", str(folder))
    return folder


def test_the_check_names_cases_that_do_not_come_true(copied):
    amend(
        copied / "cn" / "cases" / "definition.yaml", "answer: yes, because", "answer: no, because"
    )
    result = run("check")
    assert result.exit_code == 1
    assert "expected answer no, found yes" in result.output


def test_the_check_names_file_and_line_of_a_broken_pack(copied):
    amend(copied / "cn" / "definitions.yaml", "when: accompanied", "when: acompanied")
    result = run("check")
    assert result.exit_code == 2
    assert "cn/definitions.yaml:10: unknown node 'acompanied'" in result.output
