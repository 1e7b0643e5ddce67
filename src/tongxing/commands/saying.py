"""What the policy commands share: languages, dates, JSON, and one sentence for a mistake."""

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any, ParamSpec

import click

from tongxing.rulebook import RulebookError, Text

BAD_INPUT = 2
P = ParamSpec("P")


def says_what_is_wrong(command: Callable[P, None]) -> Callable[P, None]:
    """A mistake in packs or facts is one sentence on stderr and exit code 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except RulebookError as error:
            click.echo(str(error), err=True)
            raise SystemExit(BAD_INPUT) from error

    return run


in_language = click.option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Language of the words.",
)
on_day = click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day asked (default: today)."
)


def words(language: str, text: Text) -> str:
    return text.zh if language == "zh" else text.en


def in_json(content: Any) -> str:
    """JSON for people and programs: Chinese as it is, indented."""
    return json.dumps(content, ensure_ascii=False, indent=2)


def asked_day(day: datetime | None) -> date:
    return date.today() if day is None else day.date()  # noqa: DTZ011 - the clerk's own calendar
