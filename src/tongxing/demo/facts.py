"""What departments know about a child: school, insurance, permit, health, disability, hardship."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tongxing.demo.places import PLACES, Place
from tongxing.demo.values import (
    Child,
    Disability,
    Document,
    Hardship,
    HukouKind,
    MovedWith,
    Schooling,
    Stage,
    Vaccination,
)
from tongxing.kernel.months import add_months, age_on

_STAGES = (
    (range(3, 6), Stage.KINDERGARTEN),
    (range(6, 12), Stage.PRIMARY),
    (range(12, 15), Stage.JUNIOR),
    (range(15, 18), Stage.SENIOR),
)
_AGE_AT_ENTRY: Mapping[Stage, int] = {
    Stage.KINDERGARTEN: 3,
    Stage.PRIMARY: 6,
    Stage.JUNIOR: 12,
    Stage.SENIOR: 15,
    Stage.VOCATIONAL: 15,
}


def school_year(day: date) -> int:
    """The year in which the school year of `day` began (1 September)."""
    return day.year if day >= date(day.year, 9, 1) else day.year - 1


def term_title(day: date) -> str:
    season = "秋季" if day.month >= 9 or day.month == 1 else "春季"
    return f"{day.year - 1 if day.month == 1 else day.year}年{season}学期"


def known_to_departments(
    child: Child, born: date, *, limb: bool, today: date, rng: Random
) -> Child:
    """The child with everything that schools, insurers, clinics and others would say about it.

    `limb` asks for a limb disability certificate; otherwise chance decides about disability.
    """
    place = PLACES[child.place]
    at_work = child.moved_with is MovedWith.NOBODY and rng.random() < 0.5
    return replace(
        child,
        schooling=None if at_work else schooling(place, born, today, rng),
        permit_issued_on=permit(child, today, rng),
        insured_year=today.year if child.identity_number and rng.random() < 0.9 else None,
        insured_here=rng.random() < 0.85,
        disability=disability(child.identity_number, today, rng, limb=limb),
        hardships=hardships(child.moved_with, rng),
        vaccination=vaccination(place, born, today, rng),
        asks_for_help=rng.random() < _share_asking(child),
    )


def _share_asking(child: Child) -> float:
    """Families who only crossed a township border are seen mostly when they ask."""
    return 0.3 if child.hukou_kind is HukouKind.OTHER_TOWNSHIP else 0.015


def schooling(place: Place, born: date, today: date, rng: Random) -> Schooling | None:
    """The school place that fits the age on 31 August; None for babies and a few drop-outs."""
    begun = school_year(today)
    age = age_on(born, date(begun, 8, 31))
    stage = next((stage for ages, stage in _STAGES if age in ages), None)
    attends = rng.random() < (0.97 if stage is not Stage.KINDERGARTEN else 0.88)
    if stage is None or not attends:
        return None
    if stage is Stage.SENIOR and rng.random() < 0.4:
        stage = Stage.VOCATIONAL
    schools = {
        Stage.KINDERGARTEN: place.kindergartens,
        Stage.PRIMARY: place.primaries,
        Stage.JUNIOR: place.juniors,
        Stage.SENIOR: place.seniors,
        Stage.VOCATIONAL: place.vocational,
    }[stage]
    grade = age - 6 if stage is Stage.KINDERGARTEN else age - 5
    entered = begun - (age - _AGE_AT_ENTRY[stage])
    return Schooling(
        stage=stage,
        school=place.name + rng.choice(schools),
        grade=grade,
        class_no=rng.randrange(1, 7),
        pupil_number=f"{entered}{place.division // 10**6}{rng.randrange(10**6):06d}",
        entered=date(entered, 9, 1),
        boards=stage not in {Stage.KINDERGARTEN, Stage.PRIMARY} and rng.random() < 0.3,
    )


def permit(child: Child, today: date, rng: Random) -> date | None:
    """Few children have a residence permit: under sixteen it is given on request only."""
    lived_since = child.residence.lived_since
    if lived_since is None or not child.identity_number or rng.random() > 0.12:
        return None
    earliest = add_months(lived_since, 6)
    days = (today - earliest).days
    return earliest + timedelta(days=rng.randrange(min(days, 360))) if days > 0 else None


def disability(number: str, today: date, rng: Random, *, limb: bool = False) -> Disability | None:
    """A certificate is the identity number, the class and the grade: without number none."""
    if not number or not (limb or rng.random() < 0.02):
        return None
    kind = 4 if limb else rng.choices(range(1, 8), (1, 2, 1, 3, 4, 2, 1))[0]
    grade = rng.choices(range(1, 5), (2, 3, 3, 2))[0]
    return Disability(
        certificate=f"{number}{kind}{grade}",
        kind=kind,
        grade=grade,
        issued_on=today - timedelta(days=rng.randrange(60, 900)),
        needs_rehabilitation=rng.random() < 0.7,
    )


def hardships(company: MovedWith, rng: Random) -> frozenset[Hardship]:
    if company is MovedWith.GUARDIAN:
        return frozenset({rng.choice((Hardship.ORPHAN, Hardship.DE_FACTO_UNSUPPORTED))})
    if rng.random() > 0.045:
        return frozenset()
    kinds = (Hardship.DIBAO, Hardship.TEKUN, Hardship.SERIOUS_ILLNESS)
    return frozenset({rng.choices(kinds, (8, 1, 2))[0]})


def vaccination(place: Place, born: date, today: date, rng: Random) -> Vaccination | None:
    """Children under seven have a vaccination file, most of them here."""
    if age_on(born, today) >= 7 or rng.random() > 0.9:
        return None
    return Vaccination(
        clinic=place.name + rng.choice(place.clinics),
        file_number=f"{place.division // 10**6}{rng.randrange(10**8):08d}",
        last_dose_on=max(born, today - timedelta(days=rng.randrange(50, 330))),
        doses_due=rng.choices((0, 1, 2, 3), (80, 12, 6, 2))[0],
    )


def other_document(rng: Random) -> Document:
    """Papers of children from Hong Kong, Macau and abroad, with invented numbers."""
    kind, letter = rng.choice((("港澳居民来往内地通行证", "H"), ("护照", "E")))
    return Document(kind=kind, number=f"{letter}9{rng.randrange(10**7):07d}")
