"""The application as `make demo` serves it: a worker does not outlive the server that made it."""

import os
import signal

from tongxing.launch.supervisor import die_with
from tongxing.wsgi import application

# The server passes requests to stop on to its workers; without it nobody would.
die_with(os.getppid(), by=signal.SIGKILL)

__all__ = ["application"]
