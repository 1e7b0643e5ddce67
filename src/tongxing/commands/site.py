"""Getting the site ready for a command: its database server runs and its settings are read."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")


def with_site(command: Callable[P, R]) -> Callable[P, R]:
    """Start the embedded database server when the site uses it, then read the settings."""

    @wraps(command)
    def prepared(*args: P.args, **kwargs: P.kwargs) -> R:
        import django

        from tongxing.launch import postgres
        from tongxing.launch.errors import LaunchError

        try:
            postgres.ensure()
        except LaunchError as error:
            raise click.ClickException(str(error)) from error
        django.setup()
        return command(*args, **kwargs)

    return prepared
