"""Mistakes in policy content or in the way it is used; never in a child's data."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches


class RulebookError(Exception):
    """Something is wrong with a policy text as coded, or with a question put to it."""


class PackError(RulebookError):
    """A pack cannot be used. Names the file and the line, and says what was expected."""

    def __init__(self, problem: str, *, file: str, line: int) -> None:
        self.problem, self.file, self.line = problem, file, line
        super().__init__(f"{file}:{line}: {problem}")


class UnknownName(RulebookError):
    """A pack, rule or parameter was asked for that does not exist."""

    def __init__(self, kind: str, name: str, choices: Iterable[str]) -> None:
        super().__init__(f"There is no {kind} '{name}'. {suggestion(name, choices)}")


class ParameterNotInForce(RulebookError):
    def __init__(self, name: str, on: date, pack: str) -> None:
        super().__init__(
            f"Parameter '{name}' of pack '{pack}' has no value in force on {on}: "
            f"no document had set it yet, or it had been repealed."
        )


class SiteError(RulebookError):
    """The site's own settings cannot be used with these packs."""


class FactsError(RulebookError):
    """Facts about a child came in a shape that cannot be read."""


def suggestion(word: str, choices: Iterable[str]) -> str:
    """What was expected, the nearest valid word first."""
    known = sorted(choices)
    nearest = get_close_matches(word, known, n=1)
    hint = f"Did you mean '{nearest[0]}'? " if nearest else ""
    return f"{hint}Expected one of: {', '.join(known)}."
