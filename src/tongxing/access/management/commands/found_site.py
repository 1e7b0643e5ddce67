import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tongxing.access import passwords
from tongxing.access.actions import founding
from tongxing.access.values.accounts import Administrator, NewAccount
from tongxing.access.values.roles import Role
from tongxing.kernel.divisions import parse
from tongxing.kernel.errors import Refusal

COLUMNS = ("role", "username", "person_name", "identity_number")


class Command(BaseCommand):
    help = (
        "Appoint the three administrators of a new site, once. FILE is a CSV of three lines with "
        f"the columns {', '.join(COLUMNS)}; roles are SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--operator", required=True, help="the body that runs the site")
        parser.add_argument("--division", required=True, help="where that body sits: 350206")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            people = [_administrator(row) for row in _rows(options["file"])]
            founding.found_site(
                operator=options["operator"],
                division=parse(options["division"]),
                administrators=people,
                at=timezone.now(),
            )
        except (Refusal, ValueError, KeyError) as error:
            raise CommandError(str(error)) from error
        for each in people:
            self.stdout.write(f"{each.role.value}  {each.account.username}  {each.password}")
        self.stdout.write("These first passwords are shown once. Delete the file now.")


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def _administrator(row: dict[str, str]) -> Administrator:
    account = NewAccount(**{name: row[name] for name in COLUMNS if name != "role"})
    return Administrator(
        account=account, role=Role(row["role"]), password=passwords.first_password()
    )
