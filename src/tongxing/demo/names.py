"""Making names: by people, sex and age, the way families really carry them."""

from dataclasses import dataclass
from random import Random

from tongxing.demo import name_tables as tables
from tongxing.demo.values import Origin, Sex


@dataclass(frozen=True, slots=True)
class FamilyName:
    """How a family names its members: the people, the surname (may be empty) and the father."""

    ethnicity: str
    surname: str
    mothers_surname: str
    father: str = ""


def ethnicity_of(origin: Origin, rng: Random) -> str:
    """The people that a family from `origin` belongs to, as a two-digit GB/T 3304 code."""
    code = origin.division // 10**6
    shares = tables.MINORITIES.get(code) or tables.MINORITIES.get(code // 10**4, {})
    roll = rng.randrange(100)
    for ethnicity, percent in shares.items():
        roll -= percent
        if roll < 0:
            return ethnicity
    return tables.HAN


def family_name(origin: Origin, rng: Random) -> FamilyName:
    ethnicity = ethnicity_of(origin, rng)
    return FamilyName(ethnicity, _surname(ethnicity, origin, rng), _surname(ethnicity, origin, rng))


def _surname(ethnicity: str, origin: Origin, rng: Random) -> str:
    pools = {
        "03": tables.HUI_SURNAMES,
        "26": tables.HUI_SURNAMES,
        "22": tables.SHE_SURNAMES,
        "06": tables.MIAO_SURNAMES,
        "15": tables.TUJIA_SURNAMES,
        "08": tables.ZHUANG_SURNAMES,
        "07": tables.YI_CLANS,
    }
    if ethnicity in {"02", "04", "05"}:
        return ""
    if ethnicity in pools:
        return rng.choice(pools[ethnicity])
    return han_surname(origin, rng)


def han_surname(origin: Origin, rng: Random) -> str:
    boosts = tables.REGIONAL.get(origin.division // 10**10, {})
    weights = [share * boosts.get(name, 1) for name, share in tables.SURNAMES.items()]
    return rng.choices(list(tables.SURNAMES), weights)[0]


def child_name(family: FamilyName, sex: Sex, rng: Random) -> str:
    """A name that a child born after 2008 may have."""
    match family.ethnicity:
        case "02":
            return _mongolian(sex, rng)
        case "04":
            return _tibetan(sex, rng)
        case "05":
            return f"{_uyghur(sex, rng)}·{family.father.partition('·')[0]}"
        case "07":
            return _yi(family.surname, sex, rng)
        case "03" | "26":
            return family.surname + rng.choice(_by_sex(sex, tables.HUI_BOYS, tables.HUI_GIRLS))
        case _:
            return family.surname + _given(sex, rng)


def twin_name(family: FamilyName, other: str, sex: Sex, rng: Random) -> str:
    """A name made to go with `other`: where names allow it, only the last character differs."""
    plain = family.ethnicity not in {"02", "04", "05", "07"}
    while True:
        name = child_name(family, sex, rng)
        if plain and len(other) == 3:
            name = other[:2] + name[-1]
        if name != other:
            return name


def adult_name(family: FamilyName, sex: Sex, rng: Random, *, surname: str | None = None) -> str:
    """A name for a parent or grandparent; `surname` when it is not the family's own."""
    match family.ethnicity:
        case "02":
            return _mongolian(sex, rng)
        case "04":
            return _tibetan(sex, rng)
        case "05":
            return f"{_uyghur(sex, rng)}·{_uyghur(Sex.MALE, rng)}"
        case "07":
            return _yi(surname or family.surname, sex, rng)
        case _:
            given = rng.choice(_by_sex(sex, tables.MEN, tables.WOMEN))
            return (family.surname if surname is None else surname) + given


def _given(sex: Sex, rng: Random) -> str:
    roll = rng.random()
    if roll < 0.012:
        return rng.choice(tables.RARE_GIVEN)
    if roll < 0.09:
        return rng.choice(tables.ONE_CHARACTER[sex is Sex.MALE])
    if roll < 0.60:
        return rng.choice(_by_sex(sex, tables.BOYS, tables.GIRLS))
    first, second = _by_sex(sex, tables.BOY_CHARACTERS, tables.GIRL_CHARACTERS)
    return rng.choice(first) + rng.choice(second)


def _by_sex(sex: Sex, male: tuple[str, ...], female: tuple[str, ...]) -> tuple[str, ...]:
    return male if sex is Sex.MALE else female


def _mongolian(sex: Sex, rng: Random) -> str:
    return rng.choice(_by_sex(sex, tables.MONGOLIAN_MEN, tables.MONGOLIAN_WOMEN))


def _uyghur(sex: Sex, rng: Random) -> str:
    return rng.choice(_by_sex(sex, tables.UYGHUR_MEN, tables.UYGHUR_WOMEN))


def _tibetan(sex: Sex, rng: Random) -> str:
    last = rng.choice(_by_sex(sex, tables.TIBETAN_MEN, tables.TIBETAN_WOMEN))
    first = rng.choice([name for name in tables.TIBETAN_FIRST if name != last])
    return f"{first}·{last}" if rng.random() < 0.4 else first + last


def _yi(clan: str, sex: Sex, rng: Random) -> str:
    given = rng.choice(_by_sex(sex, tables.YI_MEN, tables.YI_WOMEN))
    return f"{clan}·{given}" if rng.random() < 0.3 else clan + given
