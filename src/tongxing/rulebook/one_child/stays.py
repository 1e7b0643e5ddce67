"""Reading how long a child has stayed.

The stay on a day depends only on what has happened by that day. It is the chain of presences that
reaches the day, with interruptions no longer than tolerated. Where dates are known roughly, two
chains are followed: the most generous reading of the facts and the strictest one. When both have
lasted long enough, or neither has, the answer is certain.
"""

from collections.abc import Callable, Iterable
from datetime import date

from tongxing.kernel.divisions import Level
from tongxing.kernel.months import add_months, months_between
from tongxing.rulebook.answers import CANNOT_TELL, NO, YES, Answer, agreed, negation
from tongxing.rulebook.geography import crossed
from tongxing.rulebook.moments import FAR_PAST, days_after, months_after
from tongxing.rulebook.nodes import Stayed
from tongxing.rulebook.one_child.places import (
    detail_missing,
    home_missing,
    hukou_missing,
    hukou_outside,
)
from tongxing.rulebook.one_child.scenes import Bounds, Child, Residence, Scene
from tongxing.rulebook.one_child.wording import PlaceName, length_words
from tongxing.rulebook.texts import Text

Presence = tuple[date, date]
Qualifies = Callable[[Residence], Answer]


class StayedReader:
    __slots__ = ("beyond", "months", "tolerated", "within")

    def __init__(self, node: Stayed) -> None:
        assert isinstance(node.months, int)  # noqa: S101 - bound before it is read
        assert isinstance(node.tolerating_days, int)  # noqa: S101
        self.months, self.tolerated = node.months, node.tolerating_days
        self.within = node.within if isinstance(node.within, Level) else None
        self.beyond = node.beyond if isinstance(node.beyond, Level) else None

    def judge(self, scene: Scene) -> Answer:
        if None in scene.homes:
            return CANNOT_TELL
        return agreed(self._judge(scene, home) for home in scene.homes if home)

    def _judge(self, scene: Scene, home: Residence) -> Answer:
        qualifies = self._qualifier(scene, home)
        if self._reached(self._start(scene, qualifies, generous=False), scene.day):
            return YES
        if self._reached(self._start(scene, qualifies, generous=True), scene.day):
            return CANNOT_TELL
        return NO

    def _qualifier(self, scene: Scene, home: Residence) -> Qualifies:
        """Which residences count towards the stay."""
        if self.within is not None:
            level, base = self.within, home.division
            return lambda each: negation(crossed(level, base, each.division))
        return lambda each: self._is_beyond(scene, each)

    def _is_beyond(self, scene: Scene, residence: Residence) -> Answer:
        if not scene.registered:
            return NO if hukou_outside(scene) else CANNOT_TELL
        level = self.beyond
        assert level is not None  # noqa: S101 - one of the two is always given
        return agreed(
            CANNOT_TELL if code is None else crossed(level, code, residence.division)
            for code in scene.hukou
        )

    def _start(self, scene: Scene, qualifies: Qualifies, *, generous: bool) -> date | None:
        presences = sorted(
            presence
            for residence in scene.child.residences
            if (qualifies(residence) != NO if generous else qualifies(residence) == YES)
            for presence in presences_in(residence, scene.day, generous=generous)
        )
        return chain_start(presences, scene.day, self.tolerated)

    def _reached(self, start: date | None, day: date) -> bool:
        return start is not None and months_after(start, self.months) <= day

    def turns(self, child: Child) -> Iterable[date]:
        yield from child.place_days
        for day in child.stay_days:
            yield day
            yield months_after(day, self.months)
            yield days_after(day, self.tolerated)
            yield days_after(day, self.tolerated + 1)

    def missing(self, scene: Scene) -> tuple[str, ...]:
        """Every rough date that plays a part; where dates are exact, places are too coarse."""
        begun = [
            each
            for each in scene.child.residences
            if each.begins is None or each.begins[0] <= scene.day
        ]
        absences = [absence for each in begun for absence in each.absences]
        asked = list(home_missing(scene))
        if self.beyond is not None:
            asked += hukou_missing(scene)
        if any(each.begins is None or _rough(each.begins) for each in begun):
            asked.append("residence_since")
        if any(_rough(each.ends) for each in begun):
            asked.append("residence_until")
        if any(_rough(each.left) or _rough(each.returned) for each in absences):
            asked.append("absence_dates")
        if not asked:
            return detail_missing(scene, with_hukou=self.beyond is not None)
        return tuple(dict.fromkeys(asked))

    def say(self, scene: Scene, _name: PlaceName) -> Text:
        home = scene.homes[0]
        if home is None or len(scene.homes) > 1:
            return Text(zh="居住地不详", en="residence not known")
        qualifies = self._qualifier(scene, home)
        strict = self._start(scene, qualifies, generous=False)
        generous = self._start(scene, qualifies, generous=True)
        if strict is None and generous is None:
            return Text(zh="没有符合条件的连续居住", en="no continuous stay that counts")
        if strict != generous or generous is None:
            return self._rough_words(generous)
        return self._exact_words(generous, scene.day)

    def _rough_words(self, earliest: date | None) -> Text:
        if earliest is None or earliest == FAR_PAST:
            return Text(zh="开始居住日期不详", en="start of the stay not known")
        return Text(
            zh=f"开始居住日期不早于{earliest}，确切日期不详",
            en=f"stay began on {earliest} or later, exact day not known",
        )

    def _exact_words(self, start: date, day: date) -> Text:
        months = months_between(start, day)
        lasted = length_words(months, (day - add_months(start, months)).days)
        due = months_after(start, self.months)
        return Text(
            zh=f"居住自{start}起，至{day}为{lasted.zh}；{due}满{self.months}个月",
            en=f"living here since {start}: {lasted.en} by {day}; {self.months} months on {due}",
        )


def _rough(bounds: Bounds) -> bool:
    return bounds[0] != bounds[1]


def presences_in(residence: Residence, day: date, *, generous: bool) -> Iterable[Presence]:
    """Days lived in a residence, as half-open periods: the spell without its absences."""
    start = _first_day(residence, day, generous=generous)
    end = residence.ends[1 if generous else 0]
    for absence in sorted(residence.absences, key=lambda each: each.left):
        left = absence.left[1 if generous else 0]
        returned = absence.returned[0 if generous else 1]
        if left < returned:
            if start < min(left, end):
                yield start, min(left, end)
            start = max(start, returned)
    if start < end:
        yield start, end


def _first_day(residence: Residence, day: date, *, generous: bool) -> date:
    if residence.begins is None:
        return FAR_PAST if generous else day
    earliest, latest = residence.begins
    return earliest if generous else min(latest, max(day, earliest))


def chain_start(presences: list[Presence], day: date, tolerated: int) -> date | None:
    """First day of the stay that reaches `day`; None when there is none.

    `presences` in order of their first days.
    """
    begun = [presence for presence in presences if presence[0] <= day]
    if not begun:
        return None
    start, end = begun[0]
    for next_start, next_end in begun[1:]:
        if (next_start - end).days > tolerated:
            start = next_start
        end = max(end, next_end)
    return start if (day - end).days < tolerated or day < end else None
