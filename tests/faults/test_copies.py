"""A list lies sealed; the readable copy that a program works on is gone with the program."""

import os
import signal
from pathlib import Path

import pytest
from django.conf import settings

from tongxing.keys import files
from tongxing.registry import jobs

CONTEXT = "roster.file"


@pytest.fixture
def kept() -> str:
    files.keep("rosters/one", b"names", context=CONTEXT)
    return "rosters/one"


def copies() -> list[Path]:
    return list((Path(settings.MEDIA_ROOT) / "open").iterdir())


def test_the_copy_of_a_process_that_was_killed_is_removed_and_no_other(kept: str):
    child = os.fork()
    if not child:
        with files.opened(kept, context=CONTEXT):
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    [left] = copies()
    with files.opened(kept, context=CONTEXT) as copy:
        assert not left.exists()
        jobs.forget_copies(timestamp=0)
        assert copy.read_bytes() == b"names"
    assert copies() == []


def test_the_upkeep_removes_it_when_nobody_opens_another(kept: str):
    left = Path(settings.MEDIA_ROOT) / "open" / "left.xlsx"
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_bytes(b"names")
    jobs.forget_copies(timestamp=0)
    assert copies() == []
