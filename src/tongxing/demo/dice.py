"""Chance that repeats itself: the same words give the same dice."""

from random import Random


def dice(*words: object) -> Random:
    """A generator seeded by `words`, the same on every machine."""
    return Random(" ".join(map(str, words)))  # noqa: S311  (a made-up town, not a secret)
