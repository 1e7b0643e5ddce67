"""Random children for property tests: dates known exactly, roughly or not at all."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.rulebook.children import BAOTOU, CENTRAL_BAOTOU, KUNDULUN, QINGSHAN
from tongxing.rulebook import (
    Absence,
    ChildFacts,
    Companion,
    HukouStatus,
    Moment,
    PartialDate,
    PastHukou,
    SiteSettings,
    Spell,
)

PLACES = (
    KUNDULUN,
    QINGSHAN,
    150205000000,
    150222000000,
    150203001000,
    150203005000,
    150271000000,
    150200000000,
    150102000000,
    350206000000,
    350205000000,
    350212000000,
    429004000000,
    141002000000,
)
SITES = (
    SiteSettings(),
    CENTRAL_BAOTOU,
    SiteSettings(zones={150271000000: KUNDULUN}, assume_no_central_districts=True),
    SiteSettings(
        central_urban_districts={
            BAOTOU: {
                date(2024, 1, 1): frozenset({KUNDULUN}),
                date(2025, 6, 1): frozenset({KUNDULUN, QINGSHAN}),
            }
        }
    ),
)
FIRST, LAST = date(2023, 6, 1), date(2027, 6, 30)
days = st.dates(FIRST, LAST)
near_days = st.dates(date(2024, 6, 1), date(2026, 6, 1))
places = st.sampled_from(PLACES)
companions = st.none() | st.frozensets(st.sampled_from(list(Companion)), min_size=1, max_size=2)


@st.composite
def rough(draw: DrawFn, exact: SearchStrategy[date]) -> PartialDate:
    earliest = draw(exact)
    return PartialDate(earliest, earliest + timedelta(days=draw(st.integers(0, 200))))


def moments(exact: SearchStrategy[date]) -> SearchStrategy[Moment]:
    return exact | rough(exact)


@st.composite
def absences(draw: DrawFn) -> Absence:
    return Absence(since=draw(moments(days)), until=draw(st.none() | moments(days)))


@st.composite
def spells(draw: DrawFn) -> Spell:
    return Spell(
        division=draw(places),
        since=draw(st.none() | moments(days)),
        until=draw(st.none() | moments(days)),
        companions=draw(companions),
        absences=tuple(draw(st.lists(absences(), max_size=2))),
    )


@st.composite
def chained_spells(draw: DrawFn) -> tuple[Spell, ...]:
    """Residences one after the other, some with gaps: the way a real record looks."""
    cuts = sorted(draw(st.lists(days, min_size=2, max_size=6, unique=True)))
    ends = [*cuts[1:], None]
    return tuple(
        Spell(
            division=draw(places),
            since=start,
            until=end if end is None or draw(st.booleans()) else end - timedelta(days=1),
            companions=draw(known_mother | known_mother | companions),
        )
        for start, end in zip(cuts, ends, strict=True)
    )


old_births = st.dates(date(2008, 1, 1), date(2012, 6, 1))
births = st.dates(date(2013, 1, 1), date(2024, 1, 1)) | old_births
known_mother = st.just(frozenset({Companion.MOTHER}))


@st.composite
def children(draw: DrawFn) -> ChildFacts:
    moved = draw(st.none() | st.none() | moments(days))
    earlier = draw(st.lists(places, max_size=1)) if moved else []
    return ChildFacts(
        birth_date=draw(births | births | moments(births) | st.none()),
        hukou_division=draw(places | places | st.none()),
        hukou_since=moved,
        hukou_status=draw(st.sampled_from([HukouStatus.REGISTERED] * 7 + list(HukouStatus))),
        earlier_hukou=tuple(PastHukou(division=code) for code in earlier),
        spells=draw(chained_spells() | st.lists(spells(), max_size=3).map(tuple)),
        asks_for_help_on=draw(st.none() | moments(days)),
    )


@st.composite
def settled(draw: DrawFn, moment: Moment | None, fallback: SearchStrategy[date], by: date) -> date:
    """One possible day of a moment. What may have begun by the day asked has begun."""
    if moment is None:
        return draw(fallback.map(lambda found: min(found, by)))
    if isinstance(moment, date):
        return moment
    first, last = moment.earliest, moment.latest
    assert first is not None
    assert last is not None
    return draw(st.dates(first, max(first, min(last, by))))


@st.composite
def any_day_of(draw: DrawFn, moment: Moment) -> date:
    if isinstance(moment, date):
        return moment
    assert moment.earliest is not None
    assert moment.latest is not None
    return draw(st.dates(moment.earliest, moment.latest))


@st.composite
def better_known(draw: DrawFn, facts: ChildFacts, on: date) -> ChildFacts:
    """The same child with every rough or absent fact settled one possible way."""
    status, hukou = facts.hukou_status, facts.hukou_division
    if hukou is None and status is HukouStatus.REGISTERED:
        hukou = draw(places)
    birth = facts.birth_date
    return ChildFacts(
        birth_date=draw(births if birth is None else any_day_of(birth)),
        hukou_division=hukou,
        hukou_since=None if facts.hukou_since is None else draw(any_day_of(facts.hukou_since)),
        hukou_status=status,
        earlier_hukou=facts.earlier_hukou,
        spells=tuple(draw(_settled_spell(spell, on)) for spell in facts.spells),
        asks_for_help_on=(
            None if facts.asks_for_help_on is None else draw(any_day_of(facts.asks_for_help_on))
        ),
    )


@st.composite
def _settled_spell(draw: DrawFn, spell: Spell, on: date) -> Spell:
    return Spell(
        division=spell.division,
        since=draw(settled(spell.since, days, on)),
        until=None if spell.until is None else draw(any_day_of(spell.until)),
        companions=spell.companions or draw(companions),
        absences=tuple(
            Absence(
                since=draw(any_day_of(absence.since)),
                until=None if absence.until is None else draw(any_day_of(absence.until)),
            )
            for absence in spell.absences
        ),
    )
