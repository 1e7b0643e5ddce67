"""Building families: who they are, where they live, which children they have."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tongxing.demo import facts
from tongxing.demo.adults import Kin, adults
from tongxing.demo.dates import arrival, births
from tongxing.demo.names import FamilyName, adult_name, child_name, family_name, twin_name
from tongxing.demo.numbers import Numbers
from tongxing.demo.origins import ORIGINS
from tongxing.demo.places import COMMUNITIES, ESTATES, VILLAGES, Place, kind_of_hukou, origins_of
from tongxing.demo.plans import FamilyPlan, Special
from tongxing.demo.values import (
    Child,
    Document,
    Guardian,
    Hukou,
    HukouKind,
    NoNumber,
    Origin,
    Residence,
    Sex,
    Township,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What all families of one place share."""

    place: Place
    townships: Sequence[Township]
    today: date
    numbers: Numbers
    rng: Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """What the children of one family share."""

    id: str
    plan: FamilyPlan
    origin: Origin
    name: FamilyName
    hukou: Hukou | None
    residence: Residence
    guardians: tuple[Guardian, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    number: str = ""
    missing: NoNumber | None = None
    document: Document | None = None


def family(world: World, plan: FamilyPlan, family_id: str) -> Iterator[Child]:
    """The children of one family; their ids are the family's with a letter."""
    born = births(plan, world.today, world.rng)
    household = _household(world, plan, family_id, born)
    names: list[str] = []
    for index, birth_date in enumerate(born):
        child = _child(world, household, birth_date, first=index == 0, earlier=names)
        names.append(child.name)
        yield child


def _household(world: World, plan: FamilyPlan, family_id: str, born: tuple[date, ...]) -> Family:
    rng = world.rng
    origin = _origin(world, plan)
    kin = family_name(origin, rng)
    father = adult_name(kin, Sex.MALE, rng)
    if plan.member:
        kin = FamilyName(kin.ethnicity, plan.member.name[0], kin.mothers_surname)
        father = adult_name(kin, Sex.MALE, rng)
    named = FamilyName(kin.ethnicity, kin.surname, kin.mothers_surname, father)
    came = arrival(plan, min(born), world.today, rng)
    residence = _residence(world, plan, came)
    return Family(
        id=family_id,
        plan=plan,
        origin=origin,
        name=named,
        hukou=_hukou(world, plan, origin, residence.township),
        residence=residence,
        guardians=adults(
            Kin(family=named, origin=origin, eldest_born=min(born)),
            plan.moved_with,
            father_name=father,
            numbers=world.numbers,
            rng=rng,
        ),
    )


def _origin(world: World, plan: FamilyPlan) -> Origin:
    if plan.member:
        hukou = plan.member.hukou
        known = ORIGINS[world.place.division]
        return next(origin for origin in known if origin.division == hukou)
    if plan.hukou in {HukouKind.LOCAL, HukouKind.OTHER_TOWNSHIP}:
        return world.place.home
    kind = HukouKind.OTHER_PROVINCE if plan.hukou is HukouKind.NONE else plan.hukou
    pool = origins_of(world.place, kind)
    return world.rng.choices(pool, [origin.weight for origin in pool])[0]


def _hukou(world: World, plan: FamilyPlan, origin: Origin, here: Township) -> Hukou | None:
    rng = world.rng
    if plan.hukou is HukouKind.NONE:
        return None
    kind = kind_of_hukou(world.place, origin)
    township = None
    if kind is HukouKind.OTHER_TOWNSHIP:
        elsewhere = [township for township in world.townships if township != here]
        kind = plan.hukou
        township = here if kind is HukouKind.LOCAL else rng.choice(elsewhere)
    rural = rng.random() < 0.75
    detail = f"{rng.choice(VILLAGES)}村{rng.randrange(1, 9)}组" if rural else _building(rng)
    return Hukou(origin=origin, kind=kind, rural=rural, detail=detail, township=township)


def _residence(world: World, plan: FamilyPlan, came: date | None) -> Residence:
    rng = world.rng
    weights = [township.crowd for township in world.townships]
    township = rng.choices(world.townships, weights)[0]
    if township.urban:
        community = f"{rng.choice(COMMUNITIES)}社区"
        address = _building(rng)
    else:
        community = f"{rng.choice(VILLAGES)}村"
        address = f"{rng.randrange(1, 12)}组{rng.randrange(1, 150)}号"
    return Residence(
        township=township,
        community=community,
        address=f"{world.place.name}{township.name}{community}{address}",
        lived_since=came,
        came_to_city=_came_to_city(plan, came, rng),
    )


def _building(rng: Random) -> str:
    room = f"{rng.randrange(1, 19)}{rng.randrange(1, 5):02d}"
    return f"{rng.choice(ESTATES)}{rng.randrange(1, 30)}号楼{rng.randrange(1, 5)}单元{room}室"


def _came_to_city(plan: FamilyPlan, came: date | None, rng: Random) -> date | None:
    if plan.member and plan.member.came_to_city:
        return plan.member.came_to_city
    if came is None or not plan.moved_inside_city:
        return came
    return came - timedelta(days=rng.randrange(200, 900))


def _child(
    world: World, household: Family, born: date, *, first: bool, earlier: Sequence[str]
) -> Child:
    plan = household.plan
    special = plan.special if first else None
    sex = plan.member.sex if plan.member else world.rng.choice((Sex.MALE, Sex.FEMALE))
    papers = _papers(world, household, special, born=born, sex=sex)
    child = Child(
        id=f"{household.id}{'abcde'[len(earlier)]}",
        place=world.place.division,
        family=household.id,
        name=_name(household, sex, earlier, world.rng),
        sex=sex,
        ethnicity=household.name.ethnicity,
        identity_number=papers.number,
        no_number=papers.missing,
        document=papers.document,
        birth_date=None if special is Special.BIRTH_MONTH_ONLY else born,
        birth_month=(born.year, born.month),
        hukou=household.hukou if papers.document is None else None,
        residence=_residence_of_child(household.residence, born),
        moved_with=plan.moved_with,
        guardians=household.guardians,
        cast=plan.member.code if plan.member else "",
    )
    limb = plan.member is not None and plan.member.limb_disability
    return facts.known_to_departments(child, born, limb=limb, today=world.today, rng=world.rng)


def _papers(
    world: World, household: Family, special: Special | None, *, born: date, sex: Sex
) -> Papers:
    if special is Special.OTHER_DOCUMENT:
        document = facts.other_document(world.rng)
        return Papers(missing=NoNumber.OTHER_DOCUMENT, document=document)
    if household.hukou is None:
        return Papers(missing=NoNumber.NO_HUKOU)
    if special is Special.NO_NUMBER:
        return Papers(missing=NoNumber.NOT_APPLIED)
    if special is Special.BIRTH_MONTH_ONLY:
        return Papers(missing=NoNumber.UNKNOWN_BIRTH)
    home = household.origin.division
    return Papers(number=world.numbers.identity(home=home, birth_date=born, sex=sex))


def _name(household: Family, sex: Sex, earlier: Sequence[str], rng: Random) -> str:
    if household.plan.member:
        return household.plan.member.name
    if household.plan.twins and earlier:
        return twin_name(household.name, earlier[0], sex, rng)
    name = child_name(household.name, sex, rng)
    while name in earlier:
        name = child_name(household.name, sex, rng)
    return name


def _residence_of_child(home: Residence, born: date) -> Residence:
    """A child born here has lived here since birth."""
    if home.lived_since is None or home.came_to_city is None:
        return home
    return replace(
        home,
        lived_since=max(home.lived_since, born),
        came_to_city=max(home.came_to_city, born),
    )
