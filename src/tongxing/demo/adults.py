"""Parents, grandparents and the other adults around a child."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tongxing.demo.names import FamilyName, adult_name
from tongxing.demo.numbers import Numbers
from tongxing.demo.values import Basis, Guardian, MovedWith, Origin, Relation, Sex

WOMEN = frozenset({Relation.MOTHER, Relation.GRANDMOTHER, Relation.AUNT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """What the adults of one family share."""

    family: FamilyName
    origin: Origin
    eldest_born: date


def adults(
    kin: Kin, company: MovedWith, *, father_name: str, numbers: Numbers, rng: Random
) -> tuple[Guardian, ...]:
    """The adults whom lists may name, those who moved with the child first among equals."""

    def parent(relation: Relation, accompanies: bool) -> Guardian:
        name = father_name if relation is Relation.FATHER else None
        return _adult(
            kin, relation, (accompanies, Basis.PARENT), name=name, numbers=numbers, rng=rng
        )

    def other(relation: Relation, basis: Basis | None) -> Guardian:
        return _adult(kin, relation, (True, basis), name=None, numbers=numbers, rng=rng)

    both = company is MovedWith.BOTH_PARENTS
    parents = (
        parent(Relation.FATHER, both or company is MovedWith.FATHER),
        parent(Relation.MOTHER, both or company is MovedWith.MOTHER),
    )
    match company:
        case MovedWith.GRANDPARENT:
            elder = rng.choice((Relation.GRANDMOTHER, Relation.GRANDFATHER))
            return (other(elder, Basis.ENTRUSTED), *parents)
        case MovedWith.GUARDIAN:
            return (other(rng.choice((Relation.UNCLE, Relation.AUNT)), Basis.APPOINTED),)
        case MovedWith.RELATIVE:
            return (other(rng.choice((Relation.UNCLE, Relation.AUNT)), None), *parents)
        case _:
            return parents


def _adult(
    kin: Kin,
    relation: Relation,
    standing: tuple[bool, Basis | None],
    *,
    name: str | None,
    numbers: Numbers,
    rng: Random,
) -> Guardian:
    accompanies, basis = standing
    sex = Sex.FEMALE if relation in WOMEN else Sex.MALE
    born = kin.eldest_born - timedelta(days=_years_older(relation, rng))
    return Guardian(
        relation=relation,
        name=name or adult_name(kin.family, sex, rng, surname=_surname(kin.family, relation)),
        birth_date=born,
        identity_number=numbers.identity(home=kin.origin.division, birth_date=born, sex=sex),
        phone=numbers.phone(),
        accompanies=accompanies,
        basis=basis,
    )


def _surname(family: FamilyName, relation: Relation) -> str | None:
    """Women who married into the family keep their own surname."""
    married_in = relation in {Relation.MOTHER, Relation.GRANDMOTHER}
    return family.mothers_surname if married_in else None


def _years_older(relation: Relation, rng: Random) -> int:
    """How many days the adult is older than the eldest child."""
    low, high = (46, 62) if relation in {Relation.GRANDFATHER, Relation.GRANDMOTHER} else (20, 38)
    return rng.randrange(low * 365, high * 365)
