"""The children of the policy examples who live in the three places: everybody can look them up."""

from dataclasses import dataclass
from datetime import date

from tongxing.demo.places import HULI, KUNDULUN, YAODU
from tongxing.demo.values import MovedWith, Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    code: str
    place: int
    name: str
    sex: Sex
    birth_date: date
    hukou: int
    lived_since: date
    moved_with: MovedWith
    came_to_city: date | None = None
    limb_disability: bool = False


CAST: tuple[Member, ...] = (
    Member(
        code="C01",
        place=KUNDULUN,
        name="高雨桐",
        sex=Sex.FEMALE,
        birth_date=date(2012, 3, 15),
        hukou=150222000000,
        lived_since=date(2024, 2, 10),
        moved_with=MovedWith.MOTHER,
    ),
    Member(
        code="C02",
        place=KUNDULUN,
        name="赵浩宇",
        sex=Sex.MALE,
        birth_date=date(2013, 9, 1),
        hukou=150204000000,
        lived_since=date(2023, 9, 1),
        moved_with=MovedWith.BOTH_PARENTS,
    ),
    Member(
        code="C03",
        place=KUNDULUN,
        name="白诗涵",
        sex=Sex.FEMALE,
        birth_date=date(2014, 5, 20),
        hukou=150205000000,
        lived_since=date(2023, 6, 1),
        moved_with=MovedWith.FATHER,
    ),
    Member(
        code="C11",
        place=KUNDULUN,
        name="任博文",
        sex=Sex.MALE,
        birth_date=date(2011, 8, 8),
        hukou=610802000000,
        lived_since=date(2023, 8, 20),
        moved_with=MovedWith.BOTH_PARENTS,
    ),
    Member(
        code="C04",
        place=HULI,
        name="蔡俊杰",
        sex=Sex.MALE,
        birth_date=date(2013, 7, 20),
        hukou=350604000000,
        lived_since=date(2025, 6, 1),
        moved_with=MovedWith.FATHER,
        came_to_city=date(2025, 1, 8),
    ),
    Member(
        code="C05",
        place=HULI,
        name="叶欣怡",
        sex=Sex.FEMALE,
        birth_date=date(2012, 11, 2),
        hukou=350212000000,
        lived_since=date(2022, 7, 1),
        moved_with=MovedWith.BOTH_PARENTS,
    ),
    Member(
        code="C13",
        place=HULI,
        name="钟若曦",
        sex=Sex.FEMALE,
        birth_date=date(2019, 3, 3),
        hukou=360733000000,
        lived_since=date(2023, 5, 1),
        moved_with=MovedWith.BOTH_PARENTS,
        limb_disability=True,
    ),
    Member(
        code="C06",
        place=YAODU,
        name="郭子轩",
        sex=Sex.MALE,
        birth_date=date(2010, 5, 6),
        hukou=141024000000,
        lived_since=date(2024, 11, 1),
        moved_with=MovedWith.BOTH_PARENTS,
    ),
)


def cast_of(place: int, today: date) -> tuple[Member, ...]:
    """The members who had already arrived in `place` on `today`."""
    return tuple(member for member in CAST if member.place == place and member.lived_since <= today)
