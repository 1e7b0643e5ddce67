"""Django's own commands, for those who build Tongxing. People use `tongxing`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxing.settings.demo")
    execute_from_command_line(sys.argv)
