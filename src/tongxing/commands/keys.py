"""`tongxing keys`: the file that opens everything that is sealed."""

import click

from tongxing.commands.site import with_site
from tongxing.kernel.ciphers import Profile


@click.group()
def keys() -> None:
    """The key file of this site."""


@keys.command()
@click.option(
    "--profile",
    type=click.Choice([profile.value for profile in Profile]),
    default=Profile.SM.value,
    show_default=True,
    help="sm: SM4-GCM and HMAC-SM3; international: AES-256-GCM and HMAC-SHA-256",
)
@with_site
def create(profile: str) -> None:
    """Make the key file once. Keep a copy where the database's backups are not."""
    from django.conf import settings

    from tongxing.keys import rings

    try:
        rings.create(settings.TONGXING_KEYS, profile=Profile(profile))
    except FileExistsError as error:
        raise click.ClickException(
            f"{settings.TONGXING_KEYS} exists; a second key file would lock everybody out."
        ) from error
    click.echo(f"{settings.TONGXING_KEYS}")
