"""Named places where a test may kill the process, to prove that nothing is lost or doubled there.

Silent unless the environment names one: ``TONGXING_FAILPOINT=roster.stage.chunk:3`` ends the
process with SIGKILL the third time it comes by.
"""

import os
import signal
from collections import Counter

NAMES = (
    "roster.receive.kept",
    "roster.inspect.read",
    "roster.stage.started",
    "roster.stage.rows",
    "roster.stage.chunk",
    "roster.stage.finished",
    "roster.commit.started",
    "roster.commit.children",
    "roster.commit.details",
    "roster.commit.changes",
    "roster.commit.announced",
    "roster.commit.chunk",
    "roster.commit.finished",
    "roster.undo.started",
    "roster.undo.put_back",
    "roster.undo.announced",
    "roster.undo.chunk",
    "roster.undo.finished",
)
_passed: Counter[str] = Counter()


def passing(name: str) -> None:
    """Say that the work has come to `name`."""
    wanted, _, times = os.environ.get("TONGXING_FAILPOINT", "").partition(":")
    if name != wanted:
        return
    _passed[name] += 1
    if _passed[name] >= int(times or "1"):
        os.kill(os.getpid(), signal.SIGKILL)
