"""What a site needs before it can serve, in one process: each step knows when it is done."""

import contextlib
import io
import sys

import django
from django.conf import settings
from django.core.management import call_command

from tongxing.keys import rings
from tongxing.web import translations

# Extensions of htmx we do not use; one of them names a file that does not exist.
UNUSED_STATIC = ["ext"]


def main() -> None:
    translations.compile_stale()
    if settings.TONGXING_DEMO:
        with contextlib.suppress(FileExistsError):
            rings.create(settings.TONGXING_KEYS)
    django.setup()
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    call_command("grant_app", stdout=io.StringIO())
    from tongxing.audit import actions as audit

    audit.keep_counting()
    if "--collect" in sys.argv[1:]:
        collect = {"interactive": False, "clear": True, "ignore_patterns": UNUSED_STATIC}
        call_command("collectstatic", verbosity=0, **collect)
    if settings.TONGXING_DEMO:
        call_command("build_demo")


if __name__ == "__main__":
    main()
