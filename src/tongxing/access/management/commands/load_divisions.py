from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tongxing.access import rules, scopes
from tongxing.access.actions import divisions
from tongxing.kernel.errors import Refusal


class Command(BaseCommand):
    help = (
        "Read an edition of the division table: a folder with "
        f"{', '.join(divisions.FILES)}. Reading the same edition again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--edition", required=True, help="its day, such as 2023-06-30")

    def handle(self, *_args: Any, **options: Any) -> None:
        by = scopes.system(rules.WHOLE_SITE)
        try:
            with scopes.acting_as(by):
                done = divisions.load(
                    options["folder"], edition=options["edition"], by=by, at=timezone.now()
                )
        except (Refusal, ValueError, FileNotFoundError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"read {done.read}, added {done.added}, renamed {done.renamed}, "
            f"unchanged {done.unchanged}, ended {done.ended}"
        )
