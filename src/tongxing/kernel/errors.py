"""The ways of saying no that the program expects."""

from __future__ import annotations


class Refusal(Exception):
    """An anticipated "no", with a sentence for the person who asked."""

    code: str = "refused"
    message: object = "This cannot be done."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message) % self.facts


class Unknown(Refusal):
    """There is no such thing, or it is not for you: from outside the two look the same."""

    code = "unknown"
    message: object = "Not found."
