"""`make lock`: resolve the requirements anew. The results name versions and hashes, no hosts."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from tongxing.launch import places, vendor
from tongxing.launch.errors import LaunchError

REQUIREMENTS = places.CHECKOUT / "requirements"
LOCKED = ("uv", "node", "base", "dev")


def run() -> None:
    for name in LOCKED:
        click.echo(f"requirements/{name}.txt …")
        _run(_compile(name), REQUIREMENTS)
    click.echo("package-lock.json …")
    npm = [*vendor.npm(click.echo), "install", "--package-lock-only", "--ignore-scripts"]
    _run(npm, places.CHECKOUT)
    refuse_addresses([REQUIREMENTS / f"{name}.txt" for name in LOCKED])


def refuse_addresses(files: Sequence[Path]) -> None:
    """A lock that names a host ties every site to it."""
    found = [path.name for path in files if "://" in path.read_text(encoding="utf-8")]
    lock = places.CHECKOUT / "package-lock.json"
    if '"resolved"' in lock.read_text(encoding="utf-8"):
        found.append(lock.name)
    if found:
        raise LaunchError(f"These locks name download addresses: {', '.join(found)}")


def _compile(name: str) -> list[str]:
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes"]
    command += ["--no-header", "--python-version", "3.11", "--upgrade"]
    if name == "dev":
        command += ["--constraint", "base.txt"]  # tests run on what the platform runs on
    return [*command, f"{name}.in", "--output-file", f"{name}.txt"]


def _run(command: Sequence[str], folder: Path) -> None:
    if shutil.which(command[0]) is None:
        raise LaunchError(f"{command[0]} is missing.")
    if subprocess.run(command, cwd=folder, check=False).returncode:  # noqa: S603 - our own words
        raise LaunchError("The requirements could not be resolved; the reason stands above.")
