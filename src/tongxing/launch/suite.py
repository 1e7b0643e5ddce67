"""`make test`: everything the tests need, then the tests."""

import os
import subprocess
import sys
from collections.abc import Sequence

import click

from tongxing.launch import browser, connections, outside, places, postgres, vendor


def run(arguments: Sequence[str], *, long: bool = False) -> int:
    """Prepare and run the tests; returns pytest's exit code."""
    browser.provide(click.echo)
    vendor.provide(click.echo)
    connection = postgres.ensure(say=click.echo)
    if connection.template == connections.TEMPLATE_OUTSIDE:
        outside.prepare_template(connection)
    enter_test_site()
    command = [sys.executable, "-m", "pytest", *_side_by_side(), *(["--long"] if long else [])]
    command += arguments
    try:
        return subprocess.run(  # noqa: S603 - pytest with the caller's arguments
            command, cwd=places.CHECKOUT, check=False
        ).returncode
    finally:
        postgres.release()


def _side_by_side() -> list[str]:
    """Two processes, however many cores: the tests of the launcher start servers of their own."""
    return ["-n", "2", "--dist", "loadgroup"]


def enter_test_site() -> None:
    """Let tools and tests work on the test settings, with the texts compiled."""
    os.environ["TONGXING_VAR"] = str(places.var())
    os.environ["DJANGO_SETTINGS_MODULE"] = "tongxing.settings.test"
    from tongxing.web import translations  # reads the settings named above

    translations.compile_stale()
