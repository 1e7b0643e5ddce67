"""From the register's facts to the facts the rules ask for."""

from collections.abc import Mapping
from datetime import date

from tongxing.registry.queries.stays import PersonFacts, Stay
from tongxing.registry.values.children import HukouKnown, MovedWith
from tongxing.rulebook import (
    Absence,
    ChildFacts,
    Companion,
    HukouStatus,
    Moment,
    PartialDate,
    PastHukou,
    Spell,
)

_COMPANIONS: Mapping[str, frozenset[Companion] | None] = {
    MovedWith.UNKNOWN: None,
    MovedWith.BOTH_PARENTS: frozenset({Companion.FATHER, Companion.MOTHER}),
    MovedWith.FATHER: frozenset({Companion.FATHER}),
    MovedWith.MOTHER: frozenset({Companion.MOTHER}),
    MovedWith.OTHER_GUARDIAN: frozenset({Companion.GUARDIAN}),
    MovedWith.NOBODY: frozenset({Companion.NOBODY}),
}


def child_facts(person: PersonFacts) -> ChildFacts:
    """One child as the rules see it."""
    present, *earlier = _hukou(person)
    return ChildFacts(
        birth_date=moment(person.born_from, person.born_until),
        hukou_division=present[0],
        hukou_since=present[1],
        hukou_status=(
            HukouStatus.UNREGISTERED
            if person.hukou == HukouKnown.NOT_REGISTERED
            else HukouStatus.REGISTERED
        ),
        earlier_hukou=tuple(
            PastHukou(division=place, since=since) for place, since in earlier if place
        ),
        spells=tuple(_spell(stay, person) for stay in person.stays),
        asks_for_help_on=person.asked_for_help_on,
    )


def moment(first: date | None, last: date | None) -> Moment | None:
    """A day, or a month or year of which only the interval is known."""
    if first is None:
        return None
    if last is None or first == last:
        return first
    return PartialDate(first, last)


def _hukou(person: PersonFacts) -> list[tuple[int | None, Moment | None]]:
    """The present hukou place and the earlier ones, oldest first."""
    changes = person.hukou_changes
    if not changes:
        return [(person.hukou_division, None)]
    *earlier, (place, since) = changes
    return [(place, since), *earlier]


def _spell(stay: Stay, person: PersonFacts) -> Spell:
    inside = [
        Absence(since=since, until=until)
        for since, until in person.absences
        if (stay.since is None or stay.since <= since)
        and (stay.until is None or since < stay.until)
    ]
    return Spell(
        division=stay.place,
        # Who only said that the child lives here has said: since that day at the latest.
        since=moment(stay.since, stay.since_latest) or PartialDate(latest=stay.seen_on),
        until=stay.until,
        companions=_COMPANIONS[person.moved_with],
        absences=tuple(inside),
    )


def _covers(stay: Stay, day: date) -> bool:
    begun = stay.since is None or stay.since <= day
    return begun and (stay.until is None or day < stay.until)
