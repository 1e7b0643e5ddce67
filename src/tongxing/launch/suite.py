"""`make test`: everything the tests need, then the tests."""

import os
import subprocess
import sys
from collections.abc import Sequence

import click

from tongxing.launch import browser, catalogues, connections, outside, places, postgres, vendor


def run(arguments: Sequence[str], *, long: bool = False) -> int:
    """Prepare and run the tests; returns pytest's exit code."""
    browser.provide(click.echo)
    vendor.provide(click.echo)
    catalogues.compile_all()
    connection = postgres.ensure(say=click.echo)
    if connection.template == connections.TEMPLATE_OUTSIDE:
        outside.prepare_template(connection)
    command = [sys.executable, "-m", "pytest", *(["--long"] if long else []), *arguments]
    try:
        return subprocess.run(  # noqa: S603 - pytest with the caller's arguments
            command, cwd=places.CHECKOUT, env=environment(), check=False
        ).returncode
    finally:
        postgres.release()


def environment() -> dict[str, str]:
    return dict(os.environ) | {
        "TONGXING_VAR": str(places.var()),
        "DJANGO_SETTINGS_MODULE": "tongxing.settings.test",
    }
