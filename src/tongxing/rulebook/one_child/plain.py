"""Reading what needs no calculation: facts, requests, switches, company."""

from collections.abc import Iterable
from datetime import date

from tongxing.rulebook.answers import CANNOT_TELL, NO, YES, Answer, agreed, known
from tongxing.rulebook.facts import Companion, Ground
from tongxing.rulebook.moments import bounds
from tongxing.rulebook.nodes import Accompanied, Fact, HasGround, IsInSet, SelfRequested, SwitchedOn
from tongxing.rulebook.one_child.places import home_missing
from tongxing.rulebook.one_child.scenes import Child, Residence, Scene
from tongxing.rulebook.one_child.wording import PlaceName, moment_words
from tongxing.rulebook.texts import SILENCE, Text

_ANSWER_WORDS = {
    YES: Text(zh="是", en="yes"),
    NO: Text(zh="否", en="no"),
    CANNOT_TELL: Text(zh="不详", en="not known"),
}
_COMPANION_WORDS = {
    Companion.MOTHER: Text(zh="母亲", en="the mother"),
    Companion.FATHER: Text(zh="父亲", en="the father"),
    Companion.GUARDIAN: Text(zh="其他监护人", en="another guardian"),
    Companion.CARER: Text(
        zh="无监护依据记录的照料人", en="a carer without a recorded basis of guardianship"
    ),
}
_GUARDIANS = {Companion.MOTHER, Companion.FATHER, Companion.GUARDIAN}


class FactReader:
    __slots__ = ("name",)

    def __init__(self, node: Fact) -> None:
        self.name = node.name

    def judge(self, scene: Scene) -> Answer:
        value = scene.facts.facts.get(self.name)
        return known(value) if isinstance(value, bool) else CANNOT_TELL

    def turns(self, _child: Child) -> Iterable[date]:
        return ()

    def missing(self, _scene: Scene) -> tuple[str, ...]:
        return (self.name,)

    def say(self, scene: Scene, _name: PlaceName) -> Text:
        return _ANSWER_WORDS[self.judge(scene)]


class IsInSetReader:
    __slots__ = ("fact", "words")

    def __init__(self, node: IsInSet) -> None:
        assert isinstance(node.words, tuple)  # noqa: S101 - bound before it is read
        self.fact, self.words = node.fact, node.words

    def judge(self, scene: Scene) -> Answer:
        value = scene.facts.facts.get(self.fact)
        return known(value in self.words) if isinstance(value, str) else CANNOT_TELL

    def turns(self, _child: Child) -> Iterable[date]:
        return ()

    def missing(self, _scene: Scene) -> tuple[str, ...]:
        return (self.fact,)

    def say(self, scene: Scene, _name: PlaceName) -> Text:
        value = scene.facts.facts.get(self.fact)
        if not isinstance(value, str):
            return _ANSWER_WORDS[CANNOT_TELL]
        return Text(zh=value, en=value)


class SelfRequestedReader:
    """A request is an act: where none is recorded, none was made."""

    __slots__ = ()

    def __init__(self, _node: SelfRequested) -> None:
        pass

    def judge(self, scene: Scene) -> Answer:
        asked = scene.facts.asks_for_help_on
        if asked is None:
            return NO
        earliest, latest = bounds(asked)
        if scene.day >= latest:
            return YES
        return NO if scene.day < earliest else CANNOT_TELL

    def turns(self, child: Child) -> Iterable[date]:
        asked = child.facts.asks_for_help_on
        return () if asked is None else bounds(asked)

    def missing(self, _scene: Scene) -> tuple[str, ...]:
        return ("asks_for_help_on",)

    def say(self, scene: Scene, _name: PlaceName) -> Text:
        asked = scene.facts.asks_for_help_on
        if asked is None:
            return Text(zh="未主动提出求助", en="no request for help recorded")
        said = moment_words(asked)
        return Text(zh=f"{said.zh}主动提出求助", en=f"asked for help on {said.en}")


class HasGroundReader:
    """A ground is a finding: where none is recorded, none was found."""

    __slots__ = ("ground",)

    def __init__(self, node: HasGround) -> None:
        self.ground = Ground(node.ground)

    def judge(self, scene: Scene) -> Answer:
        return known(self.ground in scene.facts.priority_grounds)

    def turns(self, _child: Child) -> Iterable[date]:
        return ()

    def missing(self, _scene: Scene) -> tuple[str, ...]:
        return ()

    def say(self, scene: Scene, _name: PlaceName) -> Text:
        if self.judge(scene) == YES:
            return Text(zh="已认定并记录", en="found and recorded")
        return Text(zh="没有记录", en="none recorded")


class SwitchedOnReader:
    __slots__ = ("answer",)

    def __init__(self, node: SwitchedOn) -> None:
        self.answer = YES if node.switch is True else NO

    def judge(self, _scene: Scene) -> Answer:
        return self.answer

    def turns(self, _child: Child) -> Iterable[date]:
        return ()

    def missing(self, _scene: Scene) -> tuple[str, ...]:
        return ()

    def say(self, _scene: Scene, _name: PlaceName) -> Text:
        if self.answer == YES:
            return SILENCE
        return Text(zh="本地不适用", en="does not apply here")


class AccompaniedReader:
    __slots__ = ()

    def __init__(self, _node: Accompanied) -> None:
        pass

    def judge(self, scene: Scene) -> Answer:
        return agreed(map(_company, scene.homes))

    def turns(self, child: Child) -> Iterable[date]:
        return child.place_days

    def missing(self, scene: Scene) -> tuple[str, ...]:
        carers = any(Companion.CARER in _companions(home) for home in scene.homes)
        return home_missing(scene) or ("guardian_basis" if carers else "companions",)

    def say(self, scene: Scene, _name: PlaceName) -> Text:
        people = {each for home in scene.homes for each in _companions(home)}
        if not people:
            return Text(zh="同住人不详", en="not known with whom the child lives")
        if people == {Companion.NOBODY}:
            return Text(zh="无父母或监护人同住", en="lives with no parent or guardian")
        words = [said for each, said in _COMPANION_WORDS.items() if each in people]
        return Text(
            zh="与" + "、".join(said.zh for said in words) + "共同居住",
            en="lives with " + " and ".join(said.en for said in words),
        )


def _companions(home: Residence | None) -> frozenset[Companion]:
    return frozenset() if home is None else home.spell.companions or frozenset()


def _company(home: Residence | None) -> Answer:
    people = _companions(home)
    if people & _GUARDIANS:
        return YES
    return NO if people == {Companion.NOBODY} else CANNOT_TELL
