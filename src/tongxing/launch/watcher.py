"""Stops the embedded server when nobody uses it any more, however its users ended."""

import fcntl
import time

from tongxing.launch import postgres

LINGER_SECONDS = 2  # the next test run or command often follows at once


def main() -> None:
    with postgres.lock_of_watcher().open("ab") as mine:
        try:
            fcntl.flock(mine, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # another watcher is at work
        watching = True
        while watching:
            postgres.wait_for_last_lease()
            time.sleep(LINGER_SECONDS)
            with postgres.locked():
                postgres.stop_if_unused()
                watching = postgres.status().running
                if not watching:
                    # Inside the lock: whoever starts the server next must see us gone.
                    fcntl.flock(mine, fcntl.LOCK_UN)


if __name__ == "__main__":
    main()
