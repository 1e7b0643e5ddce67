from datetime import date

import pytest

from tests.access.factories import actor_like
from tests.factories.children import (
    AT,
    HULI,
    HULI_OTHER_VILLAGE,
    HULI_VILLAGE,
    TODAY,
    a_child,
    a_number,
    fresh,
)
from tests.registry.people import NOW, events
from tongxing.access import scopes
from tongxing.access.values.roles import Role
from tongxing.registry import doors
from tongxing.registry.actions import children, refusals
from tongxing.registry.models import (
    NameKey,
)
from tongxing.registry.values.changes import (
    Correction,
    Field,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_officer")]


def corrected(child, changes, *, reason="户口簿核对", base=None):
    correction = Correction(
        changes=changes, reason=reason, base_revision=child.revision if base is None else base
    )
    return children.correct(child_id=child.pk, correction=correction, **NOW)


def test_a_correction_changes_the_field_its_provenance_and_the_trail(told):
    child = a_child(name="陈一诺")
    corrected(child, {Field.NAME: "陈一喏", Field.BIRTH: "2016-03-07"})
    now = fresh(child)
    assert (now.name, now.pinyin, now.revision) == ("陈一喏", "chenyinuo", 2)
    assert now.provenance == {"name": ["staff", "2025-09-01"]}
    event = events(child)[-1]
    assert event.kind == "registry.child.corrected"
    assert event.facts == {"fields": ["name"], "reason": "户口簿核对"}
    assert told == [child.pk]
    assert NameKey.objects.filter(child_id=child.pk, key="陈一喏").exists()
    assert not NameKey.objects.filter(child_id=child.pk, key="陈一诺").exists()


def test_a_birth_date_may_be_known_to_the_month_only():
    child = a_child(number="")
    corrected(child, {Field.BIRTH: "2016-02"})
    assert (fresh(child).born_from, fresh(child).born_until) == (
        date(2016, 2, 1),
        date(2016, 2, 29),
    )


def test_without_a_reason_or_a_difference_nothing_happens():
    child = a_child(name="陈一诺")
    with pytest.raises(refusals.NoReason):
        corrected(child, {Field.NAME: "王"}, reason="  ")
    with pytest.raises(refusals.NothingChanged):
        corrected(child, {Field.NAME: "陈一诺"})
    assert fresh(child).revision == 1


def test_who_wrote_on_an_older_file_sees_both_values_and_nothing_is_lost():
    child = a_child(name="陈一诺", number="")
    corrected(child, {Field.NAME: "陈一喏"})
    with pytest.raises(refusals.RevisionConflict) as conflict:
        corrected(child, {Field.NAME: "陈依诺", Field.SEX: "female"}, base=1)
    clashes = {each.field: (each.yours, each.present) for each in conflict.value.clashes}
    assert clashes == {Field.NAME: ("陈依诺", "陈一喏"), Field.SEX: ("female", "male")}
    assert conflict.value.revision == 2
    assert fresh(child).name == "陈一喏"


def test_a_conflict_over_a_secret_shows_no_secret():
    number, other = a_number(), a_number()
    child = a_child(number=number)
    with pytest.raises(refusals.RevisionConflict) as conflict:
        corrected(child, {Field.IDENTITY_NUMBER: other, Field.ADDRESS: "兴隆路1号"}, base=0)
    shown = str([(each.yours, each.present) for each in conflict.value.clashes])
    assert number not in shown
    assert other not in shown
    assert "兴隆" not in shown


def test_two_who_enter_the_same_correction_do_not_clash():
    child = a_child(name="陈一诺")
    corrected(child, {Field.NAME: "陈一喏"})
    with pytest.raises(refusals.NothingChanged):
        corrected(child, {Field.NAME: "陈一喏"}, base=1)


def test_a_number_that_another_child_has_is_refused_with_that_child():
    number = a_number()
    other = a_child(HULI_OTHER_VILLAGE, number=number)
    child = a_child(number="")
    with pytest.raises(refusals.SameNumber) as refusal:
        corrected(child, {Field.IDENTITY_NUMBER: number})
    assert refusal.value.child_id == other.pk


def test_a_number_used_in_the_county_outside_ones_own_village_is_not_told():
    number = a_number()
    a_child(HULI_OTHER_VILLAGE, number=number)
    child = a_child(HULI_VILLAGE, number="")
    director = actor_like(Role.CHILD_DIRECTOR, HULI_VILLAGE)
    scopes.use(director)
    correction = Correction(
        changes={Field.IDENTITY_NUMBER: number}, reason="出生证", base_revision=1
    )
    with pytest.raises(refusals.NeedsComparison):
        children.correct(child_id=child.pk, correction=correction, by=director, at=AT)
    assert fresh(child).identity_number in ("", None)


def test_a_number_with_a_wrong_check_digit_is_refused():
    child, number = a_child(number=""), a_number()
    wrong = number[:17] + ("0" if number[17] != "0" else "1")
    with pytest.raises(refusals.UnusableNumber):
        corrected(child, {Field.IDENTITY_NUMBER: wrong})


def test_birth_date_and_sex_must_agree_with_the_number():
    child = a_child(number=a_number(date(2016, 3, 7), male=True))
    with pytest.raises(refusals.ContradictsNumber):
        corrected(child, {Field.BIRTH: "2016-03-08"})
    with pytest.raises(refusals.ContradictsNumber):
        corrected(child, {Field.SEX: "female"})
    corrected(child, {Field.BIRTH: "2015-01-02", Field.IDENTITY_NUMBER: a_number(date(2015, 1, 2))})


def test_confirming_a_value_makes_it_stand_against_lists():
    child = a_child(sex="male")
    children.confirm(child_id=child.pk, fields=["sex"], reason="入户见到本人", **NOW)
    assert fresh(child).provenance["sex"] == ["staff", "2025-09-01"]
    assert events(child)[-1].kind == "registry.child.confirmed"


@pytest.mark.parametrize("role", [Role.CITY_OFFICER, Role.SCHOOL])
def test_who_may_not_edit_finds_no_child_to_edit(role):
    child, actor = a_child(), actor_like(role, HULI)
    with pytest.raises(doors.NoSuchChild):
        children.verify(child_id=child.pk, on=TODAY, by=actor, at=AT)


def test_no_trail_no_change(monkeypatch):
    child = a_child(name="陈一诺")

    def broken(*_args, **_facts):
        raise RuntimeError("the trail cannot be written")

    monkeypatch.setattr("tongxing.audit.actions.record", broken)
    with pytest.raises(RuntimeError):
        corrected(child, {Field.NAME: "陈一喏"})
    assert fresh(child).name == "陈一诺"
