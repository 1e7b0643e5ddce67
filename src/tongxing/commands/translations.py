"""`tongxing translations`: the Chinese catalogue, without gettext programs."""

from pathlib import Path

import click

from tongxing.commands.site import with_site


@click.group()
def translations() -> None:
    """The catalogue of translations."""


@translations.command()
@with_site
def update() -> None:
    """Add the sentences the source has, drop those it no longer has."""
    from tongxing.web import translations as catalogue

    added, dropped = catalogue.update()
    click.echo(f"{added} added, {dropped} dropped: {catalogue.catalogue_file()}")


@translations.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@with_site
def merge(files: tuple[Path, ...]) -> None:
    """Take translations out of other catalogues where ours has none."""
    from tongxing.web import translations as catalogue

    click.echo(f"{catalogue.merge(files)} taken over")


@translations.command()
@with_site
def check() -> None:
    """Say what is missing, doubtful or no longer used; exit 1 when there is anything."""
    from tongxing.web import translations as catalogue

    wrong = catalogue.missing_translations()
    for line in wrong:
        click.echo(line)
    if wrong:
        raise SystemExit(1)
