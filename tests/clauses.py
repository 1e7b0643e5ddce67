"""Which contract rows which tests prove: written down when pytest is asked with --clauses=FILE."""

import json
from pathlib import Path

import pytest


class Ledger:
    """Collects, on the process that reports, the outcome of every test that names a clause."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.outcomes: dict[str, dict[str, str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and not report.failed:
            return
        for name, clauses in report.user_properties:
            if name == "clauses":
                for clause in str(clauses).split():
                    self.outcomes.setdefault(clause, {})[report.nodeid] = report.outcome

    def pytest_sessionfinish(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.outcomes, indent=1, sort_keys=True)
        self.file.write_text(text, encoding="utf-8")


def name_clauses(items: list[pytest.Item]) -> None:
    """Let every report carry the rows its test names."""
    for item in items:
        clauses = [clause for mark in item.iter_markers("clause") for clause in mark.args]
        if clauses:
            item.user_properties.append(("clauses", " ".join(clauses)))
