"""`tongxing import roster`: the front door for lists, without a browser."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from tongxing.commands.site import with_site
from tongxing.kernel import divisions
from tongxing.kernel.errors import Refusal
from tongxing.registry.values.rosters import LIST_SOURCES


@click.group(name="import")
def import_() -> None:
    """Take lists in."""


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--division", required=True, help="code of the place the list is about, e.g. 150203")
@click.option(
    "--source",
    required=True,
    type=click.Choice([source.value for source in LIST_SOURCES]),
    help="who made the list",
)
@click.option("--as", "account", required=True, help="account that takes the list in")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="the day the list speaks of")
@click.option("--commit", is_flag=True, help="let the clean rows into the register")
@click.option("--again", is_flag=True, help="read the file although it was read before")
@click.option("--accept-shrinking", is_flag=True, help="commit although the list became shorter")
@click.option("--json", "as_json", is_flag=True, help="print the counts as JSON")
@with_site
def roster(file: Path, as_json: bool, **asked: Any) -> None:
    """Read FILE into a staged change set and print what becomes of its rows."""
    try:
        result = _take_in(file, **asked)
    except (Refusal, ValueError) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        for name, value in result.items():
            click.echo(f"{name:12} {value}")
    if result.get("failure"):
        raise SystemExit(1)


def _take_in(
    file: Path, *, division: str, source: str, account: str, **asked: Any
) -> dict[str, Any]:
    from tongxing.registry import intake
    from tongxing.registry.values.rosters import Upload

    as_of = asked["as_of"].date() if asked["as_of"] else None
    batch_id = intake.take_in(
        upload=Upload(
            division=divisions.parse(division),
            source=source,
            file_name=file.name,
            content=file.read_bytes(),
            as_of=as_of or _today(),
            again=asked["again"],
            by_worker=False,
        ),
        username=account,
        commit=asked["commit"],
        shrink_accepted=asked["accept_shrinking"],
    )
    return _summary(batch_id, account)


def _summary(batch_id: UUID, account: str) -> dict[str, Any]:
    from tongxing.registry import intake

    return intake.summary(batch_id=batch_id, username=account)


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()
