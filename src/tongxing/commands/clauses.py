"""`tongxing clauses`: which rows of the contract have a passing test, and which have none."""

import json
import subprocess
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[3]
IDS = ROOT / "docs" / "reference" / "contract-ids.txt"
LEDGER = ROOT / "build" / "clauses.json"


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
    if unknown := sorted(set(ledger) - set(wanted)):
        raise click.ClickException(f"no rows of the contract: {' '.join(unknown)}")
