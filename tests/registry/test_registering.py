from datetime import date

import pytest

from tests.access.factories import actor_like
from tests.factories.children import (
    AT,
    HULI_OTHER_VILLAGE,
    HULI_VILLAGE,
    KUNDULUN,
    TODAY,
    a_child,
    a_number,
    fresh,
)
from tests.registry.people import NOW, events
from tongxing.access import scopes
from tongxing.access.values.roles import Role
from tongxing.registry.actions import children, refusals
from tongxing.registry.models import (
    Enrolment,
    Guardian,
    HukouSpell,
    NameKey,
    ResidenceSpell,
)
from tongxing.registry.values.changes import (
    NewChild,
    NewGuardian,
)
from tongxing.registry.values.children import ChildState, HukouKnown, Source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_officer")]


def a_new_child(**changes):
    return NewChild(
        **{
            "name": "吴桐",
            "division": HULI_VILLAGE,
            "source": Source.SURVEY,
            "as_of": TODAY,
            "born": "2017-05-04",
            "hukou": HukouKnown.REGISTERED,
            "hukou_division": 511725000000,
            "lived_since": "2024-09",
            "guardians": (NewGuardian(name="吴刚", relation="51", phone="13800000777"),),
            "school": "湖里实验小学",
            **changes,
        }
    )


def registered(**changes):
    return children.register(new=a_new_child(**changes), **NOW)


def test_a_child_entered_by_hand_has_a_whole_file(told):
    number = a_number(date(2017, 5, 4), male=False)
    child = fresh(registered(identity_number=number, address="兴隆路1号").pk)
    assert (child.sex, child.born_from, child.identity_number) == (
        "female",
        date(2017, 5, 4),
        number,
    )
    assert (child.state, child.source, child.address) == ("to_verify", "village", "兴隆路1号")
    stay = ResidenceSpell.objects.get(child_id=child.pk)
    assert (stay.since, stay.since_latest) == (date(2024, 9, 1), date(2024, 9, 30))
    assert HukouSpell.objects.get(child_id=child.pk).place == 511725000000
    guardian = Guardian.objects.get(child_id=child.pk)
    assert (guardian.phone, guardian.is_legal_guardian) == ("13800000777", True)
    assert Enrolment.objects.get(child_id=child.pk).school == "湖里实验小学"
    assert NameKey.objects.filter(child_id=child.pk, key="wt").exists()
    assert [event.kind for event in events(child)] == ["registry.child.registered"]
    assert told == [child.pk]


def test_a_child_without_number_hukou_or_birth_date_is_normal_input():
    child = fresh(
        registered(
            born="",
            hukou=HukouKnown.NOT_REGISTERED,
            hukou_division=None,
            lived_since="",
            guardians=(),
            identity_missing_reason="未办理户口登记",
        ).pk
    )
    assert (child.born_from, child.identity_index, child.hukou) == (None, None, "not_registered")
    assert HukouSpell.objects.get(child_id=child.pk).registered is False


def test_a_child_somebody_has_seen_is_verified_that_day():
    child = registered(seen=True)
    assert (child.state, child.last_verified_on) == (ChildState.ACTIVE, TODAY)


def test_the_same_number_is_the_same_child_and_cannot_be_confirmed_away():
    number = a_number(date(2017, 5, 4))
    known = a_child(number=number, born=date(2017, 5, 4))
    with pytest.raises(refusals.SameNumber) as refusal:
        children.register(new=a_new_child(identity_number=number), confirmed=True, **NOW)
    assert refusal.value.child_id == known.pk


def test_same_name_and_birth_date_is_asked_and_may_be_confirmed():
    known = a_child(name="吴桐", born=date(2017, 5, 4), number="")
    with pytest.raises(refusals.PerhapsKnown) as refusal:
        registered()
    assert refusal.value.child_id == known.pk
    other = children.register(new=a_new_child(), confirmed=True, **NOW)
    assert other.pk != known.pk


def test_twins_with_different_numbers_are_two_children():
    born = date(2017, 5, 4)
    a_child(name="吴桐", born=born, number=a_number(born))
    assert registered(identity_number=a_number(born)).name == "吴桐"


def test_a_number_known_elsewhere_in_the_county_needs_the_county():
    number = a_number(date(2017, 5, 4))
    a_child(HULI_OTHER_VILLAGE, number=number)
    director = actor_like(Role.CHILD_DIRECTOR, HULI_VILLAGE)
    scopes.use(director)
    with pytest.raises(refusals.NeedsComparison):
        children.register(new=a_new_child(identity_number=number), by=director, at=AT)


def test_a_child_is_entered_inside_ones_own_area_only():
    with pytest.raises(refusals.LeavesYourArea):
        registered(division=KUNDULUN)


def test_a_list_day_in_the_future_is_refused():
    with pytest.raises(refusals.DayNotPossible):
        registered(as_of=date(2025, 9, 2))


def test_no_trail_no_child(monkeypatch):
    def broken(*_args, **_facts):
        raise RuntimeError("the trail cannot be written")

    monkeypatch.setattr("tongxing.audit.actions.record", broken)
    with pytest.raises(RuntimeError):
        registered()
    assert not NameKey.objects.filter(key="吴桐").exists()
