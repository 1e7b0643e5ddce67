from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.access.factories import actor_like
from tests.factories.children import (
    HULI,
    HULI_OTHER_VILLAGE,
    HULI_VILLAGE,
    KUNDULUN,
    a_child,
    a_guardian,
    a_stay,
    an_enrolment,
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
    TemporaryAbsence,
)
from tongxing.registry.values.changes import (
    Away,
    HukouMove,
    Move,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_officer")]


def test_moving_keeps_the_stays_and_takes_everything_about_the_child_along(told):
    child = a_child(address="兴隆路1号")
    a_stay(child, date(2024, 9, 1))
    a_guardian(child)
    an_enrolment(child)
    children.move(child_id=child.pk, move=Move(to=HULI_OTHER_VILLAGE, on=date(2025, 8, 1)), **NOW)
    now = fresh(child)
    assert (now.division, now.address) == (HULI_OTHER_VILLAGE, "")
    stays = ResidenceSpell.objects.filter(child_id=child.pk).order_by("since")
    assert [(each.place, each.since, each.until) for each in stays] == [
        (HULI_VILLAGE, date(2024, 9, 1), date(2025, 8, 1)),
        (HULI_OTHER_VILLAGE, date(2025, 8, 1), None),
    ]
    for table in (ResidenceSpell, HukouSpell, Guardian, Enrolment, NameKey):
        rows = table.objects.filter(child_id=child.pk)
        assert set(rows.values_list("division", flat=True)) == {HULI_OTHER_VILLAGE}
    event = events(child)[-1]
    assert event.kind == "registry.child.moved"
    assert event.facts["to_place"] == HULI_OTHER_VILLAGE
    assert told == [child.pk]


def test_a_child_that_moved_is_found_by_its_new_place_only():
    child = a_child(HULI_VILLAGE, name="吴桐")
    children.move(child_id=child.pk, move=Move(to=HULI_OTHER_VILLAGE, on=date(2025, 8, 1)), **NOW)
    scopes.use(actor_like(Role.CHILD_DIRECTOR, HULI_VILLAGE))
    assert not NameKey.objects.filter(key="吴桐").exists()
    scopes.use(actor_like(Role.CHILD_DIRECTOR, HULI_OTHER_VILLAGE))
    assert NameKey.objects.filter(key="吴桐").exists()


@pytest.mark.parametrize(
    ("to", "on", "refusal"),
    [
        (KUNDULUN, date(2025, 8, 1), refusals.LeavesYourArea),
        (HULI_VILLAGE, date(2025, 8, 1), refusals.SamePlace),
        (HULI_OTHER_VILLAGE, date(2025, 9, 2), refusals.DayNotPossible),
        (HULI_OTHER_VILLAGE, date(2015, 9, 2), refusals.DayNotPossible),
        (HULI_OTHER_VILLAGE, date(2024, 9, 1), refusals.StayBeganLater),
    ],
)
def test_impossible_moves_are_refused_and_change_nothing(to, on, refusal):
    child = a_child()
    a_stay(child, date(2024, 9, 1))
    with pytest.raises(refusal):
        children.move(child_id=child.pk, move=Move(to=to, on=on), **NOW)
    assert fresh(child).division == HULI_VILLAGE
    assert ResidenceSpell.objects.get(child_id=child.pk).until is None


def test_two_stays_never_overlap_whoever_writes_them():
    child = a_child()
    a_stay(child, date(2024, 9, 1))
    with pytest.raises(IntegrityError, match="residence_no_overlap"), transaction.atomic():
        a_stay(child, date(2025, 1, 1))


def test_a_stay_that_is_already_there_is_refused_in_words():
    child = a_child()
    a_stay(child, date(2025, 7, 1), until=date(2025, 8, 20))
    with pytest.raises(refusals.OverlappingStay):
        children.move(
            child_id=child.pk, move=Move(to=HULI_OTHER_VILLAGE, on=date(2025, 8, 1)), **NOW
        )
    assert fresh(child).division == HULI_VILLAGE


def test_a_hukou_change_becomes_the_present_one_and_the_old_one_stays():
    child = a_child()
    move = HukouMove(registered=True, place=HULI, on=date(2025, 6, 1), reason="落户")
    children.change_hukou(child_id=child.pk, move=move, **NOW)
    assert fresh(child).hukou_division == HULI
    assert HukouSpell.objects.filter(child_id=child.pk).count() == 2
    with pytest.raises(refusals.HukouChangedThatDay):
        children.change_hukou(child_id=child.pk, move=move, **NOW)


def test_an_older_hukou_change_does_not_replace_the_present_place():
    child = a_child()
    for place, day in ((HULI, date(2025, 6, 1)), (KUNDULUN, date(2020, 6, 1))):
        children.change_hukou(
            child_id=child.pk, move=HukouMove(registered=True, place=place, on=day), **NOW
        )
    assert fresh(child).hukou_division == HULI


def test_days_away_leave_the_stay_alone():
    child = a_child()
    a_stay(child, date(2024, 9, 1))
    away = Away(since=date(2025, 7, 10), until=date(2025, 8, 20), reason="暑假回老家")
    children.note_absence(child_id=child.pk, away=away, **NOW)
    assert TemporaryAbsence.objects.get(child_id=child.pk).reason == "暑假回老家"
    assert ResidenceSpell.objects.get(child_id=child.pk).until is None
    with pytest.raises(refusals.OutOfOrder):
        children.note_absence(
            child_id=child.pk, away=Away(since=date(2025, 7, 10), until=date(2025, 7, 10)), **NOW
        )


def test_a_stay_without_a_beginning_gets_one_and_the_old_statement_is_kept(told):
    child = a_child()
    a_stay(child, None)
    children.date_stay(child_id=child.pk, since="2024-09", **NOW)
    stays = ResidenceSpell.objects.filter(child_id=child.pk)
    assert [(each.since, each.since_latest) for each in stays.filter(withdrawn_at=None)] == [
        (date(2024, 9, 1), date(2024, 9, 30))
    ]
    assert stays.exclude(withdrawn_at=None).count() == 1
    assert told == [child.pk]


def test_a_stay_cannot_begin_inside_an_earlier_one():
    child = a_child()
    a_stay(child, date(2023, 1, 1), until=date(2024, 9, 1))
    a_stay(child, date(2024, 9, 1))
    with pytest.raises(refusals.OverlappingStay):
        children.date_stay(child_id=child.pk, since="2024-08", **NOW)
    assert ResidenceSpell.objects.get(child_id=child.pk, until=None).withdrawn_at is None


def test_a_hukou_place_that_nobody_understood_is_corrected_without_a_move():
    child = a_child(hukou_division=None, hukou_text="四川那边")
    correction = HukouMove(registered=True, place=511725000000, written="四川省达州市渠县")
    children.change_hukou(child_id=child.pk, move=correction, **NOW)
    assert fresh(child).hukou_division == 511725000000
    present = HukouSpell.objects.get(child_id=child.pk, withdrawn_at=None)
    assert (present.place, present.since) == (511725000000, None)
    assert events(child)[-1].kind == "registry.child.hukou_corrected"
