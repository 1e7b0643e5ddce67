"""Reading where a child lives and where it is registered."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from tongxing.kernel.divisions import Level, city_of, county_of
from tongxing.rulebook.answers import CANNOT_TELL, NO, YES, Answer, agreed
from tongxing.rulebook.facts import HukouStatus
from tongxing.rulebook.geography import (
    crossed,
    depth_of,
    districts_of_one_city,
    is_municipal_district,
    is_statistical_zone,
    within,
)
from tongxing.rulebook.nodes import (
    Crossed,
    HukouWithin,
    ResidenceWithin,
    SameCityCentralDistricts,
)
from tongxing.rulebook.one_child.scenes import Child, Scene
from tongxing.rulebook.one_child.wording import PlaceName, place_words
from tongxing.rulebook.texts import Text, joined


def over_places(scene: Scene, test: Callable[[int, int], Answer]) -> Answer:
    """What a test of hukou place and residence says of all possibilities."""
    pairs = [(code, home) for code in scene.hukou for home in scene.homes]
    answers = [
        CANNOT_TELL if code is None or home is None else test(code, home.division)
        for code, home in pairs
    ]
    return answers[0] if len(answers) == 1 else agreed(answers)


class _Places:
    """What the readers of places share: possibilities, missing facts, words."""

    __slots__ = ()

    def turns(self, child: Child) -> Iterable[date]:
        return child.place_days

    def say(self, scene: Scene, name: PlaceName) -> Text:
        return joined([_hukou_words(scene, name), _home_words(scene, name)])


def hukou_missing(scene: Scene) -> tuple[str, ...]:
    """What keeps the hukou place from being known."""
    if scene.facts.hukou_status is HukouStatus.UNREGISTERED:
        return ("hukou_registration",)
    if scene.hukou == (None,):
        return ("hukou_division",) if scene.facts.hukou_division is None else ("earlier_hukou",)
    return ("hukou_since",) if len(scene.hukou) > 1 else ()


def home_missing(scene: Scene) -> tuple[str, ...]:
    """What keeps the present residence from being known."""
    if scene.homes == (None,):
        return ("residence",)
    return ("residence_until",) if len(scene.homes) > 1 else ()


def detail_missing(scene: Scene, *, with_hukou: bool = True) -> tuple[str, ...]:
    """What is missing when the places are known, but not precisely enough to compare them."""
    homes = [home.division for home in scene.homes if home is not None]
    codes = homes + [code for code in scene.hukou if code is not None and with_hukou]
    if any(map(is_statistical_zone, codes)):
        return ("zone_mapping",)
    return ("residence_detail",) if min(codes, key=depth_of) in homes else ("hukou_detail",)


def hukou_outside(scene: Scene) -> bool:
    return scene.facts.hukou_status is HukouStatus.OUTSIDE


def _hukou_words(scene: Scene, name: PlaceName) -> Text:
    if hukou_outside(scene):
        return Text(zh="无内地户籍", en="no household registration in mainland China")
    if scene.facts.hukou_status is HukouStatus.UNREGISTERED:
        return Text(zh="尚未登记户口", en="household registration not yet made")
    codes = [code for code in scene.hukou if code is not None]
    if len(codes) != 1 or len(scene.hukou) > 1:
        return Text(zh="户籍地不详", en="hukou place not known")
    said = place_words(codes[0], name)
    return Text(zh=f"户籍在{said.zh}", en=f"hukou in {said.en}")


def _home_words(scene: Scene, name: PlaceName) -> Text:
    places = {home.division for home in scene.homes if home is not None}
    if len(places) != 1 or None in scene.homes:
        return Text(zh="居住地不详", en="residence not known")
    said = place_words(places.pop(), name)
    return Text(zh=f"居住在{said.zh}", en=f"living in {said.en}")


class CrossedReader(_Places):
    __slots__ = ("level",)

    def __init__(self, node: Crossed) -> None:
        assert isinstance(node.level, Level)  # noqa: S101 - bound before it is read
        self.level = node.level

    def judge(self, scene: Scene) -> Answer:
        if not scene.registered:
            return NO if hukou_outside(scene) else CANNOT_TELL
        return over_places(scene, partial(crossed, self.level))

    def missing(self, scene: Scene) -> tuple[str, ...]:
        return hukou_missing(scene) + home_missing(scene) or detail_missing(scene)


class HukouWithinReader(_Places):
    __slots__ = ("division",)

    def __init__(self, node: HukouWithin) -> None:
        assert isinstance(node.division, int)  # noqa: S101 - bound before it is read
        self.division = node.division

    def judge(self, scene: Scene) -> Answer:
        if not scene.registered:
            return NO if hukou_outside(scene) else CANNOT_TELL
        return agreed(
            CANNOT_TELL if code is None else within(self.division, code) for code in scene.hukou
        )

    def missing(self, scene: Scene) -> tuple[str, ...]:
        return hukou_missing(scene) or ("hukou_detail",)

    def say(self, scene: Scene, name: PlaceName) -> Text:
        return _hukou_words(scene, name)


class ResidenceWithinReader(_Places):
    __slots__ = ("division",)

    def __init__(self, node: ResidenceWithin) -> None:
        assert isinstance(node.division, int)  # noqa: S101 - bound before it is read
        self.division = node.division

    def judge(self, scene: Scene) -> Answer:
        return agreed(
            CANNOT_TELL if home is None else within(self.division, home.division)
            for home in scene.homes
        )

    def missing(self, scene: Scene) -> tuple[str, ...]:
        return home_missing(scene) or ("residence_detail",)

    def say(self, scene: Scene, name: PlaceName) -> Text:
        return _home_words(scene, name)


class SameCityCentralDistrictsReader(_Places):
    __slots__ = ()

    def __init__(self, _node: SameCityCentralDistricts) -> None:
        pass

    def judge(self, scene: Scene) -> Answer:
        if not scene.registered:
            return NO if hukou_outside(scene) else CANNOT_TELL
        return over_places(scene, partial(_both_central, scene))

    def turns(self, child: Child) -> Iterable[date]:
        return (*child.place_days, *child.site.change_dates())

    def missing(self, scene: Scene) -> tuple[str, ...]:
        unknown = hukou_missing(scene) + home_missing(scene)
        if unknown:
            return unknown
        if over_places(scene, districts_of_one_city) == YES:
            return ("central_urban_districts",)
        return detail_missing(scene)

    def say(self, scene: Scene, name: PlaceName) -> Text:
        places = super().say(scene, name)
        return joined([places, *self._set_words(scene, name)])

    def _set_words(self, scene: Scene, name: PlaceName) -> Iterable[Text]:
        home = scene.homes[0]
        if home is None or over_places(scene, districts_of_one_city) != YES:
            return
        city = place_words(city_of(home.division), name)
        yield {
            CANNOT_TELL: Text(
                zh=f"{city.zh}的中心城区范围尚未设置",
                en=f"the central urban area of {city.en} has not been set",
            ),
            YES: Text(
                zh=f"两地均在{city.zh}中心城区名单内",
                en=f"both in the central urban area of {city.en}",
            ),
            NO: Text(
                zh=f"两地不都在{city.zh}中心城区名单内",
                en=f"not both in the central urban area of {city.en}",
            ),
        }[self.judge(scene)]


def _both_central(scene: Scene, hukou: int, home: int) -> Answer:
    districts = districts_of_one_city(hukou, home)
    if districts == NO:
        return NO
    central = scene.child.site.central_districts(city_of(home), scene.day)
    if central is None:
        return CANNOT_TELL
    named = {county_of(code) for code in (hukou, home) if is_municipal_district(code)}
    return districts if named <= central else NO
