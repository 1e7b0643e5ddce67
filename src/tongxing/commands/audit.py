"""`tongxing audit`: seal the trail, verify it, show how it stands. Speaks Chinese and English."""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import partial
from typing import Any

import click
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone, translation
from django.utils.translation import ngettext

from tongxing.audit import actions, labels
from tongxing.audit.actions import CountWentBack, SealsLost
from tongxing.audit.queries import whole_state
from tongxing.audit.values import Outcome, Report
from tongxing.audit.verification import verify as recompute
from tongxing.kernel.errors import Refusal

EXIT_CODES = {Outcome.INTACT: 0, Outcome.DAMAGED: 1, Outcome.NOT_PROVEN: 2}
LANGUAGES = ("zh-hans", "en")
LISTED = 20


@click.group()
def audit() -> None:
    """The audit trail: who did what, who looked at whom."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
def verify(as_json: bool) -> None:
    """Recompute the trail. Exit code 0: intact, 1: damaged, 2: not fully proven."""
    report = recompute(timezone.now())
    if as_json:
        click.echo(_as_json(report))
    else:
        _say(lambda: _result(report))
    sys.exit(EXIT_CODES[report.outcome])


@audit.command()
def seal() -> None:
    """Seal what has come to rest, and anchor it; the worker does so every minute."""
    sealed = 0
    try:
        while batch := actions.seal(timezone.now()):
            sealed += batch.entries
    except (SealsLost, CountWentBack) as refusal:
        _say(partial(_told, refusal), err=True)
        sys.exit(1)
    _say(lambda: [ngettext("%s entry sealed", "%s entries sealed", sealed) % sealed])


@audit.command()
def adopt() -> None:
    """Go on counting after the database was loaded into another cluster; the owner runs it."""
    moved = actions.keep_counting()
    _say(lambda: [labels.adopted_in_words(moved=moved)])


@audit.command()
def show() -> None:
    """Show how far sealing and anchoring have come."""
    state = whole_state()
    _say(lambda: [labels.state_in_words(state)])


def _say(lines: Callable[[], Iterable[str]], *, err: bool = False) -> None:
    for language in LANGUAGES:
        with translation.override(language):
            click.echo("\n".join(lines()), err=err)


def _told(refusal: Refusal) -> list[str]:
    return [str(refusal)]


def _result(report: Report) -> Iterable[str]:
    yield str(labels.OUTCOMES[report.outcome])
    yield from (f"  - {labels.DOUBTS[doubt]}" for doubt in report.doubts)
    yield from (f"  - {labels.finding_in_words(one)}" for one in report.findings[:LISTED])
    yield labels.counts_in_words(report)


def _as_json(report: Report) -> str:
    content: dict[str, Any] = {"outcome": report.outcome, **asdict(report)}
    return json.dumps(content, cls=DjangoJSONEncoder, indent=2)
