"""The repository keeps its own promises."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = re.compile(r"requirements/|package-lock\.json|\.npmrc|pip\.conf")
LONGEST_MODULE = 400
# Long on purpose: tables of words, in which nobody gets lost.
TABLES_OF_WORDS = {
    "src/tongxing/registry/rules/problems.py",
    "src/tongxing/registry/rules/vocabulary.py",
    "src/tongxing/registry/rules/code_lists.py",
}


def tracked() -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [name for name in listing.stdout.split("\0") if name and (ROOT / name).exists()]


def texts(*endings: str) -> dict[str, str]:
    return {
        name: (ROOT / name).read_text(encoding="utf-8")
        for name in tracked()
        if name.endswith(endings)
    }


def test_no_lock_names_a_registry():
    address = re.compile(r'"resolved"|index-url|https?://[^ "]*(?:simple|/packages/|registry)')
    found = [
        name
        for name in tracked()
        if LOCKS.search(name) and address.search((ROOT / name).read_text(encoding="utf-8"))
    ]
    assert found == []


def test_nothing_is_left_over():
    marker = re.compile(r"\b(?:TODO|FIXME|XXX|NotImplementedError)\b")
    own = Path(__file__).relative_to(ROOT).as_posix()
    sources = texts(".py", ".js", ".html", ".css", ".sh")
    assert [name for name, text in sources.items() if marker.search(text) and name != own] == []


def test_no_test_is_skipped_or_expected_to_fail():
    skipping = re.compile(r"pytest\.(?:mark\.)?(?:skip|xfail)|importorskip")
    own = Path(__file__).relative_to(ROOT).as_posix()
    tests = {name: text for name, text in texts(".py").items() if name.startswith("tests/")}
    assert [name for name, text in tests.items() if skipping.search(text) and name != own] == []


def test_modules_stay_small():
    long = {
        name: text.count("\n")
        for name, text in texts(".py").items()
        if name.startswith("src/") and "/migrations/" not in name and name not in TABLES_OF_WORDS
    }
    assert {name: lines for name, lines in long.items() if lines > LONGEST_MODULE} == {}


def test_every_package_says_what_it_is():
    packages = [
        folder.parent.name
        for folder in (ROOT / "src" / "tongxing").glob("*/__init__.py")
        if folder.parent.name not in {"settings", "locale", "commands", "keys"}
    ]
    missing = [
        name for name in packages if not (ROOT / "src" / "tongxing" / name / "README.md").exists()
    ]
    assert missing == []


def test_rooms_have_the_agreed_names():
    forbidden = {"utils", "helpers", "common", "manager", "service", "base"}
    found = [
        name
        for name in tracked()
        if name.startswith("src/tongxing/")
        and Path(name).stem in forbidden
        and not name.startswith("src/tongxing/settings/")
        and name.endswith(".py")
    ]
    assert found == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_links_of_the_readme_lead_somewhere(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+)\)", text)
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_identity_numbers_outside_policies_belong_to_nobody():
    """Eighteen digits with a right check character and a real province would be somebody's."""
    from tongxing.kernel.identity import Kind, examine

    number = re.compile(r"(?<![0-9A-Za-z])[1-8][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
    known_examples = {"11010519491231002X", "34052419800101001X"}
    found = {
        match
        for text in texts(".py", ".yaml", ".md", ".html", ".csv").values()
        for match in number.findall(text)
        if examine(match).kind is Kind.VALID and match not in known_examples
    }
    assert found == set()
