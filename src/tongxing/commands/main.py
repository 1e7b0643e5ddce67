"""`tongxing`: what can be done without a browser."""

import os

import click

from tongxing.commands.audit import audit
from tongxing.commands.keys import keys
from tongxing.commands.policy import policy
from tongxing.commands.rosters import import_
from tongxing.commands.translations import translations


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """童行 Tongxing: service platform for migrant children."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxing.settings.demo")


main.add_command(import_)
main.add_command(audit)
main.add_command(policy)
main.add_command(keys)
main.add_command(translations)

if __name__ == "__main__":
    main()
