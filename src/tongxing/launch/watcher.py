"""Stops the embedded server when nobody uses it any more, however its users ended."""

import contextlib
import fcntl
import time
from typing import IO

from tongxing.launch import places, postgres

LINGER_SECONDS = 2  # the next test run or command often follows at once


def main() -> None:
    with postgres.lock_of_watcher().open("ab") as mine:
        try:
            fcntl.flock(mine, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # another watcher is at work
        with contextlib.suppress(FileNotFoundError):  # the whole directory was removed
            _watch(mine)


def _watch(mine: IO[bytes]) -> None:
    while True:
        postgres.wait_for_last_lease()
        time.sleep(LINGER_SECONDS)
        places.postgres().stat()
        with postgres.locked():
            postgres.stop_if_unused()
            if not postgres.status().running:
                # Inside the lock: whoever starts the server next must see us gone.
                fcntl.flock(mine, fcntl.LOCK_UN)
                return


if __name__ == "__main__":
    main()
