"""One child, and one child on one day: the view the readers look at."""

from collections.abc import Iterable
from datetime import date

from tongxing.rulebook.answers import CANNOT_TELL, NO, YES, Answer
from tongxing.rulebook.facts import Absence, ChildFacts, HukouStatus, Spell
from tongxing.rulebook.moments import FAR_FUTURE, FAR_PAST, Moment, bounds
from tongxing.rulebook.sites import SiteSettings

Bounds = tuple[date, date]
ONGOING = (FAR_FUTURE, FAR_FUTURE)
_OPEN_ENDS = frozenset({FAR_PAST, FAR_FUTURE})


def _ends(until: Moment | None) -> Bounds:
    return ONGOING if until is None else bounds(until)


class AbsenceView:
    """An absence with the bounds of its first day and of the day of return."""

    __slots__ = ("left", "returned")

    def __init__(self, absence: Absence) -> None:
        self.left = bounds(absence.since)
        self.returned = _ends(absence.until)


class Residence:
    """A spell with bounds instead of moments, and its division as it counts here."""

    __slots__ = ("absences", "begins", "division", "ends", "spell")

    def __init__(self, spell: Spell, site: SiteSettings) -> None:
        self.spell = spell
        self.division = site.county_for(spell.division)
        self.begins: Bounds | None = None if spell.since is None else bounds(spell.since)
        self.ends = _ends(spell.until)
        self.absences = tuple(map(AbsenceView, spell.absences))

    def covers(self, day: date) -> Answer:
        """Whether the child lives here on `day`.

        A start that may have come is taken to have come: the record exists because the child was
        found there. How long the stay has lasted remains open within the bounds.
        """
        if day >= self.ends[1] or (self.begins and day < self.begins[0]):
            return NO
        return YES if day < self.ends[0] else CANNOT_TELL

    def turning_days(self) -> Iterable[date]:
        yield from self.begins or ()
        yield from self.ends
        for absence in self.absences:
            yield from absence.left
            yield from absence.returned


class Child:
    """The facts with the site's view of places.

    stay_days: days on which a residence or an absence may begin or end.
    place_days: those, and the days on which the hukou may move.
    """

    __slots__ = ("facts", "hukou_steps", "place_days", "residences", "site", "stay_days")

    def __init__(self, facts: ChildFacts, site: SiteSettings) -> None:
        self.facts, self.site = facts, site
        self.residences = [Residence(spell, site) for spell in facts.spells]
        self.hukou_steps = self._hukou_steps()
        self.stay_days = self._stay_days()
        self.place_days = self.stay_days | self._hukou_days()

    def _hukou_steps(self) -> list[tuple[Bounds, int | None]]:
        """Hukou places, the newest first, each with the bounds of its first day.

        Before the first known place the hukou is not known, unless that place has no start.
        """
        facts, beginning = self.facts, (FAR_PAST, FAR_PAST)
        places = [(facts.hukou_division, facts.hukou_since)]
        places += [(past.division, past.since) for past in reversed(facts.earlier_hukou)]
        return [
            (
                beginning if since is None else bounds(since),
                None if code is None else self.site.county_for(code),
            )
            for code, since in places
        ] + [(beginning, None)]

    def hukou_on(self, day: date) -> tuple[int | None, ...]:
        """The possible hukou places on a day; None among them: perhaps another, not known."""
        steps = self.hukou_steps
        certain = next(index for index, (begins, _) in enumerate(steps) if day >= begins[1])
        possible = [code for begins, code in steps[: certain + 1] if day >= begins[0]]
        return tuple(dict.fromkeys(possible))

    def _stay_days(self) -> frozenset[date]:
        days = frozenset(day for each in self.residences for day in each.turning_days())
        return days - _OPEN_ENDS

    def _hukou_days(self) -> frozenset[date]:
        return frozenset(day for begins, _ in self.hukou_steps for day in begins) - _OPEN_ENDS


class Scene:
    """A child on a day. `homes` are the possible residences; None among them: none is known."""

    __slots__ = ("child", "day", "facts", "homes", "hukou", "registered")

    def __init__(self, child: Child, day: date) -> None:
        self.child, self.day, self.facts = child, day, child.facts
        self.hukou = child.hukou_on(day)
        self.registered = child.facts.hukou_status is HukouStatus.REGISTERED
        self.homes = self._homes()

    def _homes(self) -> tuple[Residence | None, ...]:
        covering = [(each, each.covers(self.day)) for each in self.child.residences]
        homes: list[Residence | None] = [each for each, answer in covering if answer != NO]
        if YES not in [answer for _, answer in covering]:
            homes.append(None)
        return tuple(homes)
