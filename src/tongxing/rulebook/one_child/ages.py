"""Reading ages."""

from collections.abc import Iterable
from datetime import date

from tongxing.rulebook.answers import CANNOT_TELL, NO, YES, Answer, negation
from tongxing.rulebook.moments import bounds, days_after, months_after
from tongxing.rulebook.nodes import AgeAtLeast, AgeUnder
from tongxing.rulebook.one_child.scenes import Child, Scene
from tongxing.rulebook.one_child.wording import PlaceName, moment_words
from tongxing.rulebook.texts import Text


class _Age:
    __slots__ = ("extra_days", "years")

    def __init__(self, node: AgeUnder | AgeAtLeast) -> None:
        assert isinstance(node.years, int)  # noqa: S101 - bound before it is read
        self.years = node.years
        self.extra_days = 1 if node.birthday == "day_after" else 0

    def reached_on(self, born: date) -> date:
        """The first day that counts as being of the age."""
        return days_after(months_after(born, 12 * self.years), self.extra_days)

    def at_least(self, scene: Scene) -> Answer:
        born = scene.facts.birth_date
        if born is None:
            return CANNOT_TELL
        earliest, latest = map(self.reached_on, bounds(born))
        if scene.day >= latest:
            return YES
        return NO if scene.day < earliest else CANNOT_TELL

    def turns(self, child: Child) -> Iterable[date]:
        born = child.facts.birth_date
        if born is None:
            return ()
        days = bounds(born)
        return (*days, *map(self.reached_on, days))

    def missing(self, _scene: Scene) -> tuple[str, ...]:
        return ("birth_date",)

    def say(self, scene: Scene, _name: PlaceName) -> Text:
        born = scene.facts.birth_date
        if born is None:
            return Text(zh="出生日期不详", en="birth date not known")
        said, (earliest, latest) = moment_words(born), bounds(born)
        if earliest != latest:
            return Text(zh=f"出生于{said.zh}", en=f"born on {said.en}")
        turn = self.reached_on(earliest)
        return Text(
            zh=f"{said.zh}出生，{turn}满{self.years}周岁",
            en=f"born on {said.en}, aged {self.years} from {turn}",
        )


class AgeAtLeastReader(_Age):
    __slots__ = ()

    def judge(self, scene: Scene) -> Answer:
        return self.at_least(scene)


class AgeUnderReader(_Age):
    __slots__ = ()

    def judge(self, scene: Scene) -> Answer:
        return min(negation(self.at_least(scene)), _born(scene))


def _born(scene: Scene) -> Answer:
    """Nobody is under sixteen before being born."""
    born = scene.facts.birth_date
    if born is None:
        return CANNOT_TELL
    earliest, latest = bounds(born)
    if scene.day >= latest:
        return YES
    return NO if scene.day < earliest else CANNOT_TELL
