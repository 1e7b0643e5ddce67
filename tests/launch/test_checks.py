"""`make check` and what the browser tests need from the system."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tongxing.launch import browser, checks, places, processes
from tongxing.launch.checks import Step
from tongxing.launch.errors import LaunchError

GOOD = Step("good", [sys.executable, "-c", "pass"])
BAD = Step("bad", [sys.executable, "-c", "raise SystemExit(3)"])


@pytest.fixture
def site(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ.get("DJANGO_SETTINGS_MODULE", ""))


def test_every_step_is_run_and_the_failed_ones_are_counted(
    site: None, capfd: pytest.CaptureFixture[str]
) -> None:
    assert checks.run([BAD, GOOD, BAD]) == 2
    summary = [line.split()[:2] for line in capfd.readouterr().out.splitlines()[-3:]]
    assert summary == [["FAILED", "bad"], ["ok", "good"], ["FAILED", "bad"]]


@pytest.mark.parametrize("step", [*checks.CHECKS, *checks.FIXES], ids=lambda it: it.name)
def test_the_tool_of_each_step_is_installed(step: Step) -> None:
    program, *words = step.command
    assert os.access(program, os.X_OK)
    if words[0] == "-m":
        code = f"import importlib.util as u; assert u.find_spec('{words[1]}')"
        subprocess.run([sys.executable, "-c", code], check=True)


def test_make_lists_every_target_with_what_it_does() -> None:
    makefile = (places.CHECKOUT / "Makefile").read_text()
    (phony,) = [line for line in makefile.splitlines() if line.startswith(".PHONY:")]
    listed = subprocess.run(
        ["make", "--no-print-directory"],
        cwd=places.CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
    assert {words[1] for words in lines} == set(phony.split()[1:])
    assert all(len(words) == 3 for words in lines)


def test_continuous_integration_runs_the_test_command() -> None:
    script = places.CHECKOUT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "exec make test"


def test_without_rights_the_missing_packages_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "FONT_FOLDERS", (tmp_path,))
    monkeypatch.setattr(processes, "started_as_root", lambda: False)
    with pytest.raises(LaunchError) as refused:
        browser.provide(lambda _: None)
    command = str(refused.value).splitlines()[-1].strip()
    wanted = "sudo apt-get install -y --no-install-recommends chromium fonts-noto-cjk"
    assert command == wanted


def test_a_browser_and_a_chinese_font_are_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "chromium").symlink_to("/bin/true")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "wqy-microhei.ttc").touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "FONT_FOLDERS", (tmp_path,))
    assert browser.missing_packages() == []
