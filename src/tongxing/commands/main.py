"""`tongxing`: what can be done without a browser."""

import os

import click

from tongxing.commands import policy_compared as _more_of_policy  # noqa: F401 - adds commands
from tongxing.commands.clauses import clauses
from tongxing.commands.keys import keys
from tongxing.commands.policy import policy
from tongxing.commands.reference import docs
from tongxing.commands.rosters import import_
from tongxing.commands.site import with_site
from tongxing.commands.translations import translations


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """童行 Tongxing: service platform for migrant children."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxing.settings.demo")


class AuditCommands(click.Group):
    """Loaded when one is called: the module reads tables, so the site must be up before it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return _audit().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _audit().get_command(ctx, cmd_name)


@with_site
def _audit() -> click.Group:
    from tongxing.commands.audit import audit

    return audit


main.add_command(import_)
main.add_command(AuditCommands("audit", help="The audit trail: who did what, who looked at whom."))
main.add_command(policy)
main.add_command(keys)
main.add_command(translations)
main.add_command(clauses)
main.add_command(docs)

if __name__ == "__main__":
    main()
