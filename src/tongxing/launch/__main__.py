"""`python -m tongxing.launch …`: what the Makefile calls."""

import sys

import click

from tongxing.launch import postgres
from tongxing.launch.errors import LaunchError


@click.group()
def main() -> None:
    """Start, stop and look after Tongxing on this machine."""


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
