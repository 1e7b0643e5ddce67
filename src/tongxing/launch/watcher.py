"""Stops the embedded server when nobody uses it any more, however its users ended."""

import contextlib
import time

from tongxing.launch import postgres

LINGER_SECONDS = 2  # the next test run or command often follows at once


def main() -> None:
    with contextlib.suppress(FileNotFoundError):  # the whole directory was removed
        watching = True
        while watching:
            postgres.wait_for_last_lease()
            time.sleep(LINGER_SECONDS)
            watching = postgres.watch_on()


if __name__ == "__main__":
    main()
