"""The town is the same for everybody, belongs to nobody, and holds every case."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from tests.demo.conftest import TODAY
from tongxing.demo.cases import Case, examples
from tongxing.demo.name_tables import RARE_GIVEN
from tongxing.demo.places import HULI, KUNDULUN, PLACES, YAODU
from tongxing.demo.town import generate
from tongxing.demo.values import (
    Child,
    Guardian,
    HukouKind,
    MovedWith,
    NoNumber,
    Sex,
    Town,
    Township,
)
from tongxing.kernel.divisions import county_of
from tongxing.kernel.identity import Kind, examine
from tongxing.kernel.months import birthday

IMPOSSIBLE_THERE = {
    KUNDULUN: {Case.MOVED_INSIDE_CITY},
    HULI: {Case.OTHER_COUNTY},
    YAODU: {Case.OTHER_DISTRICT, Case.CENTRAL_DISTRICT, Case.MOVED_INSIDE_CITY},
}
TODAYS = (
    date(2026, 11, 22),
    date(2026, 8, 31),
    date(2027, 1, 1),
    date(2027, 2, 28),
    date(2027, 3, 1),
    date(2028, 2, 29),
)


def adults(town: Town) -> Iterator[Guardian]:
    return (adult for child in town.children for adult in child.guardians)


def test_the_same_seed_and_day_make_the_same_town(town, townships):
    assert generate(today=TODAY, townships=townships) == town


def test_another_seed_makes_other_people(town, townships):
    other = generate(today=TODAY, townships=townships, seed=town.seed + 1)
    mine, theirs = ({child.identity_number for child in one.children} for one in (town, other))
    assert len(mine & theirs) < 20


def test_the_number_of_people_in_one_place_does_not_change_another(town, townships):
    alone = generate(today=TODAY, townships=townships, counts={YAODU: 800})
    assert [child.name for child in alone.children] == [child.name for child in town.of(YAODU)]


def test_three_thousand_children_live_in_three_places(town):
    assert Counter(child.place for child in town.children) == {
        KUNDULUN: 1100,
        HULI: 1100,
        YAODU: 800,
    }
    assert len({child.id for child in town.children}) == 3000


def test_every_township_of_the_place_has_children(town, townships):
    for place, towns in townships.items():
        lived_in = {child.residence.township.division for child in town.of(place)}
        assert lived_in <= {township.division for township in towns}
        assert {one.division for one in towns if one.crowd > 1} <= lived_in
        assert {county_of(division) for division in lived_in} == {place}


def test_identity_numbers_are_well_formed_and_belong_to_nobody(town):
    numbers = [child.identity_number for child in town.children if child.identity_number]
    numbers += {adult.identity_number for adult in adults(town)}
    assert len(numbers) == len(set(numbers))
    for number in numbers:
        assert number.startswith("99")
        assert examine(number, allow_fictional=True).kind is Kind.VALID
        assert examine(number).kind is Kind.FICTIONAL


def test_numbers_tell_the_birth_date_and_the_sex(town):
    for child in town.children:
        if child.identity_number:
            read = examine(child.identity_number, allow_fictional=True)
            assert read.birth_date == child.birth_date
            assert read.male is (child.sex is Sex.MALE)


def test_telephone_numbers_stay_in_the_block_of_the_demo(town):
    phones = [adult.phone for adult in {one.identity_number: one for one in adults(town)}.values()]
    assert all(phone.startswith("19900") and len(phone) == 11 for phone in phones)
    assert len(phones) == len(set(phones))


@pytest.mark.parametrize("today", TODAYS, ids=str)
@pytest.mark.parametrize("place", PLACES)
def test_every_place_has_every_case_its_map_allows(
    today: date, place: int, townships: dict[int, tuple[Township, ...]]
):
    small = generate(today=today, townships=townships, counts={place: 320})
    found = examples(small, place)
    assert set(Case) - set(found) <= IMPOSSIBLE_THERE[place] | _boundaries_without_day(today)


def _boundaries_without_day(today: date) -> set[Case]:
    """31 August minus six months does not exist, so nobody reaches six months on that day."""
    return {Case.SIX_MONTHS_TODAY, Case.SIX_MONTHS_TOMORROW} if today.day > 28 else set()


def test_boundary_children_are_on_the_boundary(town):
    for place in PLACES:
        found = examples(town, place)
        for child in found[Case.SIXTEEN_TODAY]:
            assert birthday(child.birth_date or TODAY, 16) == TODAY
        for child in found[Case.SIX_MONTHS_TODAY]:
            assert child.residence.lived_since == date(2026, 5, 22)
        for child in found[Case.SIX_MONTHS_TOMORROW]:
            assert child.residence.lived_since == date(2026, 5, 23)


def test_children_without_a_number_have_a_reason(town):
    for child in town.children:
        assert (child.identity_number == "") is (child.no_number is not None)
        if child.no_number is NoNumber.NO_HUKOU:
            assert child.hukou is None


def test_nobody_lives_here_before_birth_or_after_today(town):
    for child in town.children:
        since = child.residence.lived_since
        if since and child.birth_date:
            assert child.birth_date <= since <= TODAY


def test_an_unaccompanied_child_is_a_teenager(town):
    alone = [child for child in town.children if child.moved_with is MovedWith.NOBODY]
    assert alone
    assert {child.age(TODAY) for child in alone} <= {13, 14, 15}
    assert not any(adult.accompanies for child in alone for adult in child.guardians)


def test_twins_and_siblings_share_their_adults(town):
    families: dict[str, list[Child]] = {}
    for child in town.children:
        families.setdefault(child.family, []).append(child)
    twins = [
        family
        for family in families.values()
        if len(family) == 2 and family[0].birth_date == family[1].birth_date
    ]
    assert len(twins) >= 18
    for family in families.values():
        assert len({child.guardians for child in family}) == 1
        assert len({child.name for child in family}) == len(family)


def test_names_are_of_every_kind(town):
    names = [child.name for child in town.children]
    assert any("·" in name for name in names)
    assert any(name.startswith(("欧阳", "尉迟", "令狐", "皇甫")) for name in names)
    assert sum(len(name) == 2 for name in names) > 100
    assert any(given in name for name in names for given in RARE_GIVEN)
    assert {"02", "03", "04", "05"} <= {child.ethnicity for child in town.children}


def test_hukou_places_lie_where_their_kind_says(town):
    for child in town.children:
        if child.hukou and child.hukou.township:
            local = child.hukou.township == child.residence.township
            assert local is (child.hukou_kind is HukouKind.LOCAL)
        elif child.hukou:
            assert child.hukou.division != child.place


def test_the_children_of_the_policy_examples_live_here(town):
    cast = {child.cast: child for child in town.children if child.cast}
    assert set(cast) == {"C01", "C02", "C03", "C04", "C05", "C06", "C11", "C13"}
    first = cast["C01"]
    assert first.birth_date == date(2012, 3, 15)
    assert first.hukou
    assert first.hukou.text == "内蒙古自治区包头市固阳县"
    assert first.residence.lived_since == date(2024, 2, 10)
    assert first.moved_with is MovedWith.MOTHER
    assert cast["C04"].residence.came_to_city == date(2025, 1, 8)
    assert cast["C13"].disability
    assert cast["C13"].disability.kind == 4


def test_the_cast_stays_away_until_its_day_of_arrival(townships):
    early = generate(today=date(2024, 1, 1), townships=townships, counts={KUNDULUN: 300})
    assert {child.cast for child in early.children} == {"", "C02", "C03", "C11"}
