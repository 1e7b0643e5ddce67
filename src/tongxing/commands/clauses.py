"""`tongxing clauses`: which rows of the contract have a passing test, and which have none."""

import json
import re
import subprocess
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[3]
IDS = ROOT / "docs" / "reference" / "contract-ids.txt"
LEDGER = ROOT / "build" / "clauses.json"

# The contract numbers its traps and the items of the published lists apart from its rows.
OTHERS = re.compile(r"T-\d+|(?:IM|BT)-L\d+(?:\.[a-z])?")


@click.command()
@click.option("--last", is_flag=True, help="use the ledger of the last run instead of running")
def clauses(last: bool) -> None:
    """Run the tests that name a clause and say how much of the contract they prove."""
    if not last:
        command = [sys.executable, "-m", "pytest", "-q", "-m", "clause", "-n", "2"]
        command += ["--dist", "loadgroup", f"--clauses={LEDGER}"]
        subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 - our own tests
    ledger: dict[str, dict[str, str]] = json.loads(LEDGER.read_text(encoding="utf-8"))
    wanted = IDS.read_text(encoding="utf-8").split()
    proved = {clause for clause, tests in ledger.items() if "failed" not in tests.values()}
    missing = [clause for clause in wanted if clause not in proved]
    click.echo(f"{len(wanted) - len(missing)} of {len(wanted)} rows have a passing test")
    click.echo("without one: " + " ".join(missing))
    others = sorted(clause for clause in set(ledger) - set(wanted) if OTHERS.fullmatch(clause))
    click.echo(f"besides, {len(others)} traps and list items: " + " ".join(others))
    if unknown := sorted(set(ledger) - set(wanted) - set(others)):
        raise click.ClickException(f"no rows of the contract: {' '.join(unknown)}")
