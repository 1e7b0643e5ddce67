"""Build the demo town, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tongxing.demo import build


class Command(BaseCommand):
    help = "Build the fictional demo town through the real front doors, once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.TONGXING_DEMO:
            raise CommandError("Only a demonstration site may hold fictional children.")
        done = settings.VAR / "demo" / "built"
        if done.exists():
            return
        built = build.build(lambda line: self.stdout.write(f"  {line} …"))
        for line in build.rows_of(built):
            self.stdout.write(line)
        done.parent.mkdir(parents=True, exist_ok=True)
        done.touch()
