"""`python -m tongxing.launch …`: what the Makefile calls."""

import os
import sys

import click

from tongxing.launch import checks, locks, postgres, suite
from tongxing.launch import demo as demonstration
from tongxing.launch.errors import LaunchError


@click.group()
def main() -> None:
    """Start, stop and look after Tongxing on this machine."""


@main.command()
def demo() -> None:
    """Prepare everything and serve the demo town until Ctrl-C."""
    demonstration.serve()


@main.command()
def prepare() -> None:
    """Make a production site ready to serve: check its database, migrate, collect files."""
    demonstration.prepare(os.environ.get("DJANGO_SETTINGS_MODULE", "tongxing.settings.production"))
    click.echo("Ready to serve.")


@main.command(context_settings={"ignore_unknown_options": True})
@click.option("--long", is_flag=True, help="The long campaigns too.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...], *, long: bool) -> None:
    """Prepare everything and run the tests; further words go to pytest."""
    sys.exit(suite.run(arguments, long=long))


@main.command()
def check() -> None:
    """Run every check and print a summary."""
    sys.exit(checks.run(checks.CHECKS))


@main.command()
def fix() -> None:
    """Put right what the tools can put right by themselves."""
    sys.exit(checks.run(checks.FIXES))


@main.command()
def clauses() -> None:
    """Which rows of the contract have a passing test."""
    sys.exit(checks.run([checks.CLAUSES]))


@main.command()
def docs() -> None:
    """Write the generated pages of the documentation."""
    sys.exit(checks.run([checks.DOCS]))


@main.command()
def messages() -> None:
    """Gather new texts into the catalogues."""
    sys.exit(checks.run([checks.MESSAGES]))


@main.command()
@click.argument("names", nargs=-1)
def bench(names: tuple[str, ...]) -> None:
    """Run the named benchmarks, or all."""
    chosen = names or checks.benchmarks()
    sys.exit(checks.run([checks.benchmark(name) for name in chosen]))


@main.command()
def lock() -> None:
    """Resolve the requirements anew."""
    locks.run()


@main.group(name="postgres")
def postgres_group() -> None:
    """The embedded database server."""


@postgres_group.command()
def start() -> None:
    """Start the server and keep it running until `stop`."""
    connection = postgres.ensure(say=click.echo, keep=True)
    click.echo(f"PostgreSQL is ready: {connection.host} port {connection.port}")


@postgres_group.command()
def stop() -> None:
    """Stop the server."""
    click.echo("PostgreSQL has stopped." if postgres.stop() else "PostgreSQL was not running.")


@postgres_group.command()
def status() -> None:
    """Say whether the server runs; exit code 3 if it does not."""
    state = postgres.status()
    if not state.running:
        click.echo(f"not running ({state.data})")
        sys.exit(3)
    use = "kept running" if state.kept else "in use" if state.leased else "about to stop"
    click.echo(f"running, process {state.pid}, {use} ({state.data})")


def run() -> None:
    try:
        main(prog_name="python -m tongxing.launch")
    except LaunchError as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)


if __name__ == "__main__":
    run()
