"""What every reader of a leaf offers.

A reader judges one leaf for one child on one day, knows the days on which its answer may turn,
names the missing facts, and says in words what it saw.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from tongxing.rulebook.answers import Answer
from tongxing.rulebook.one_child.scenes import Child, Scene
from tongxing.rulebook.one_child.wording import PlaceName
from tongxing.rulebook.texts import Text


class Reader(Protocol):
    def judge(self, scene: Scene) -> Answer: ...

    def turns(self, child: Child) -> Iterable[date]:
        """At least every day on which the answer differs from the day before."""
        ...

    def missing(self, scene: Scene) -> tuple[str, ...]:
        """The facts to ask for; only asked when the answer is CANNOT_TELL."""
        ...

    def say(self, scene: Scene, name: PlaceName) -> Text: ...
