"""What a site needs before it can serve, in one process: each command knows when it is done."""

import sys

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    if "--collect" in sys.argv[1:]:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    call_command("load_divisions")
    call_command("build_demo")


if __name__ == "__main__":
    main()
