"""`make check`: every rule of the house that a machine can hold, each by its own tool."""

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from tongxing.launch import places, postgres, suite


@dataclass(frozen=True)
class Step:
    name: str
    command: Sequence[str]


def _module(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]


def tongxing(*words: str) -> list[str]:
    """A command of the product's own command line."""
    return [str(Path(sys.executable).with_name("tongxing")), *words]


BENCHMARKS = places.CHECKOUT / "benchmarks"
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
CHECKS = (
    Step("style", _module("ruff", "check", "--quiet")),
    Step("layout", _module("ruff", "format", "--check", "--quiet")),
    Step("types", _module("mypy", "src", "tests")),
    Step("imports", [sys.executable, "-c", LINT_IMPORTS]),
    Step("migrations", _module("django", "makemigrations", "--check", "--dry-run")),
    Step("translations", tongxing("translations", "check")),
    Step("docs", tongxing("docs", "check")),
)
FIXES = (
    Step("style", _module("ruff", "check", "--fix")),
    Step("layout", _module("ruff", "format")),
)
CLAUSES = Step("clauses", tongxing("clauses"))
DOCS = Step("docs", tongxing("docs", "write"))
MESSAGES = Step("messages", tongxing("translations", "update"))


def benchmark(name: str) -> Step:
    return Step(name, [sys.executable, str(BENCHMARKS / f"{name}.py")])


def benchmarks() -> list[str]:
    """The benchmarks by name, without the modules they share."""
    files = sorted(BENCHMARKS.glob("*.py"))
    return [file.stem for file in files if "__main__" in file.read_text(encoding="utf-8")]


def run(steps: Sequence[Step]) -> int:
    """Run all steps, print a summary; returns how many failed."""
    postgres.ensure(say=click.echo)
    suite.enter_test_site()
    try:
        results = [(step, *_timed(step)) for step in steps]
    finally:
        postgres.release()
    click.echo()
    for step, passed, seconds in results:
        click.echo(f"  {'ok    ' if passed else 'FAILED'}  {step.name:<14}{seconds:6.1f} s")
    return sum(not passed for _, passed, _ in results)


def _timed(step: Step) -> tuple[bool, float]:
    began = time.monotonic()
    click.echo(f"{step.name} …")
    result = subprocess.run(  # noqa: S603 - our own tools
        step.command, cwd=places.CHECKOUT, check=False
    )
    return result.returncode == 0, time.monotonic() - began
