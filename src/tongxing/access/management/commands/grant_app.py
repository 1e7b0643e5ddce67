from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from tongxing.access import grants


class Command(BaseCommand):
    help = "Give the application's database role its rights, and check that it has no others."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            grants.grant_and_verify(connections["owner"])
        except grants.UnsafeDatabase as finding:
            raise CommandError(str(finding)) from finding
        self.stdout.write(f"Role {grants.application_role()}: rights given and checked.")
