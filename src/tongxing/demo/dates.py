"""Birth dates and arrivals that make every boundary of the policies occur."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from tongxing.demo.plans import FamilyPlan, Special, Stay
from tongxing.kernel.months import add_months, birthday

_AGE_WEIGHTS = (3, 4, 5, 6, 7, 7, 8, 8, 8, 8, 8, 7, 7, 6, 5, 3)
_CLEAR_OF_BIRTHDAY = 12
_OLDEST = 17 * 12 + 9


def births(plan: FamilyPlan, today: date, rng: Random) -> tuple[date, ...]:
    """The children's birth dates, the plan's particular child first."""
    if plan.member:
        return (plan.member.birth_date,)
    first = first_birth(plan, today, rng)
    if plan.twins:
        return (first,) * 2
    born = [first]
    for _ in range(plan.size - 1):
        if (sibling := _sibling(born, today, rng)) > add_months(today, -_OLDEST):
            born.append(sibling)
    return tuple(born)


def first_birth(plan: FamilyPlan, today: date, rng: Random) -> date:
    match plan.special:
        case Special.SIXTEEN_TODAY:
            return _sixteenth_on(today)
        case Special.SIXTEEN_TOMORROW:
            return _sixteenth_on(today + timedelta(days=1))
        case Special.OVER_SIXTEEN:
            return add_months(today, -16 * 12) - timedelta(days=rng.randrange(1, 600))
        case Special.TEENAGER:
            return _of_age(rng.choice((13, 14, 14, 15)), today, rng)
        case Special.NO_NUMBER | Special.BIRTH_MONTH_ONLY:
            return _of_age(rng.randrange(0, 9), today, rng)
        case _:
            # A child who came on a certain day was born before it.
            youngest = 0 if plan.stay is Stay.LONG else 1
            ages = range(youngest, len(_AGE_WEIGHTS))
            return _of_age(rng.choices(ages, _AGE_WEIGHTS[youngest:])[0], today, rng)


def _sixteenth_on(day: date) -> date:
    """A birth date whose sixteenth birthday is `day`; 29 February has no other."""
    born = add_months(day, -16 * 12)
    return born if birthday(born, 16) == day else born - timedelta(days=1)


def _of_age(years: int, today: date, rng: Random) -> date:
    """A birth date of a child of `years`, well away from today's birthdays."""
    latest = add_months(today, -12 * years) - timedelta(days=_CLEAR_OF_BIRTHDAY)
    return latest - timedelta(days=rng.randrange(365 - 2 * _CLEAR_OF_BIRTHDAY))


def _sibling(born: Sequence[date], today: date, rng: Random) -> date:
    """Younger than the youngest by one to five years, or older when there is no time for that."""
    gap = timedelta(days=rng.randrange(330, 1900))
    younger = max(born) + gap
    if younger < today - timedelta(days=40):
        return younger
    return min(born) - gap


def arrival(plan: FamilyPlan, eldest: date, today: date, rng: Random) -> date | None:
    """When the family began to live in the county; None when nobody wrote it down."""
    if plan.member:
        return plan.member.lived_since
    reached = latest_stay_of_six_months(today)
    match plan.stay:
        case Stay.UNKNOWN:
            return None
        case Stay.SIX_MONTHS_TODAY:
            return reached
        case Stay.SIX_MONTHS_TOMORROW:
            return reached + timedelta(days=1)
        case Stay.UNDER_SIX_MONTHS:
            return reached + timedelta(days=rng.randrange(3, 110))
        case _:
            longest = max((reached - eldest).days + 700, 40)
            return reached - timedelta(days=rng.randrange(3, min(longest, 3300)))


def latest_stay_of_six_months(today: date) -> date:
    """The last day of arrival that makes six whole months today."""
    day = add_months(today, -6)
    while add_months(day + timedelta(days=1), 6) <= today:
        day += timedelta(days=1)
    return day
