"""Stops the embedded server when nobody uses it any more, however its users ended."""

import time

from tongxing.launch import homes, postgres

LINGER_SECONDS = 2  # the next test run or command often follows at once


def main() -> None:
    try:
        _watch()
    except FileNotFoundError:
        # Somebody removed the whole directory. A server inside it notices and goes; one outside
        # would stay for ever.
        homes.remove_leftovers()


def _watch() -> None:
    watching = True
    while watching:
        postgres.wait_for_last_lease()
        time.sleep(LINGER_SECONDS)
        watching = postgres.watch_on()


if __name__ == "__main__":
    main()
