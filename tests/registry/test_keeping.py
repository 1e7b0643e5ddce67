from datetime import date
from typing import Any

import pytest

from tests.access.factories import actor_like
from tests.factories.children import (
    AT,
    HULI_VILLAGE,
    KUNDULUN,
    TODAY,
    a_child,
    a_guardian,
    a_number,
    a_stay,
    everywhere,
    fresh,
)
from tests.registry.people import NOW, events
from tongxing.access.values.roles import Role
from tongxing.kernel.ids import uuid7
from tongxing.registry import doors
from tongxing.registry.actions import children, refusals
from tongxing.registry.models import (
    ResidenceSpell,
)
from tongxing.registry.values.changes import (
    Secret,
)
from tongxing.registry.values.children import ExitReason
from tongxing.registry.values.standings import Answer, Standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_officer")]


@pytest.mark.clause("CN-4.6")
def test_verifying_makes_the_record_active_and_counts_from_that_day():
    child = a_child(state="to_verify", last_verified_on=date(2025, 1, 20))
    children.verify(child_id=child.pk, on=date(2025, 7, 21), **NOW)
    now = fresh(child)
    assert (now.state, now.last_verified_on) == ("active", date(2025, 7, 21))
    assert events(child)[-1].kind == "registry.child.verified"


def test_an_older_verification_that_arrives_late_does_not_set_the_day_back():
    child = a_child(state="active", last_verified_on=date(2025, 8, 1))
    children.verify(child_id=child.pk, on=date(2025, 7, 1), **NOW)
    assert fresh(child).last_verified_on == date(2025, 8, 1)


@pytest.mark.clause("CN-5.2")
def test_a_familys_own_request_for_help_is_kept_with_its_day(told):
    child = a_child()
    children.ask_for_help(child_id=child.pk, on=date(2025, 5, 6), **NOW)
    assert fresh(child).asked_for_help_on == date(2025, 5, 6)
    assert events(child)[-1].kind == "registry.child.asked_for_help"
    assert told == [child.pk]


def test_a_record_closes_with_a_reason_and_nothing_is_deleted():
    child = a_child()
    a_stay(child, date(2024, 9, 1))
    children.close(
        child_id=child.pk, why=ExitReason.TURNED_16, on=date(2025, 8, 30), note="", **NOW
    )
    now = fresh(child)
    assert (now.state, now.exit_reason, now.exited_on) == ("out", "turned_16", date(2025, 8, 30))
    assert ResidenceSpell.objects.get(child_id=child.pk).until is None
    assert events(child)[-1].facts["why"] == "turned_16"
    with pytest.raises(refusals.IsClosed):
        children.verify(child_id=child.pk, on=TODAY, **NOW)


def test_closing_for_another_reason_needs_words():
    with pytest.raises(refusals.NoReason):
        children.close(child_id=a_child().pk, why=ExitReason.OTHER, on=TODAY, note=" ", **NOW)


def test_a_child_that_moved_away_has_left_its_place_and_may_come_back():
    child = a_child()
    a_stay(child, date(2024, 9, 1))
    children.close(child_id=child.pk, why=ExitReason.MOVED_AWAY, on=date(2025, 6, 1), **NOW)
    assert ResidenceSpell.objects.get(child_id=child.pk).until == date(2025, 6, 1)
    children.reopen(child_id=child.pk, reason="回来上学", back_since=date(2025, 8, 25), **NOW)
    stays = ResidenceSpell.objects.filter(child_id=child.pk).order_by("since")
    assert [(each.since, each.until) for each in stays] == [
        (date(2024, 9, 1), date(2025, 6, 1)),
        (date(2025, 8, 25), None),
    ]
    assert fresh(child).state == "to_verify"


def test_a_mistaken_closing_is_undone_as_if_it_had_not_been():
    child = a_child()
    a_stay(child, date(2024, 9, 1))
    children.close(child_id=child.pk, why=ExitReason.MOVED_AWAY, on=date(2025, 6, 1), **NOW)
    children.reopen(child_id=child.pk, reason="登记错误", **NOW)
    assert ResidenceSpell.objects.get(child_id=child.pk).until is None
    with pytest.raises(refusals.IsNotClosed):
        children.reopen(child_id=child.pk, reason="再来一次", **NOW)


def test_a_lost_contact_waits_and_ends_with_a_verification():
    child = a_child(state="active")
    children.lose_contact(child_id=child.pk, reason="电话停机，房东说已搬走", **NOW)
    assert fresh(child).state == "suspended"
    children.verify(child_id=child.pk, on=TODAY, **NOW)
    assert fresh(child).state == "active"


@pytest.mark.clause("CN-5.6")
def test_a_number_is_shown_for_a_reason_and_the_trail_says_which_field():
    number = a_number()
    child = a_child(number=number)
    shown = children.reveal(
        child_id=child.pk, secret=Secret.IDENTITY_NUMBER, reason="办理医保登记", **NOW
    )
    assert shown == number
    look, event = events(child)
    assert (look.kind, look.facts["fields"]) == ("look.file", ["identity_number"])
    assert (event.kind, event.facts["reason"]) == ("registry.child.revealed", "办理医保登记")
    assert number not in str([look.facts, event.facts])


def test_a_phone_is_shown_of_the_childs_own_guardian_only():
    child, other = a_child(), a_child(name="别人")
    guardian = a_guardian(child, phone="13800000001")
    asked: dict[str, Any] = {
        "secret": Secret.GUARDIAN_PHONE,
        "guardian_id": guardian.pk,
        "reason": "通知走访",
    }
    assert children.reveal(child_id=child.pk, **asked, **NOW) == "13800000001"
    with pytest.raises(refusals.NotThere):
        children.reveal(child_id=other.pk, **asked, **NOW)


def test_nothing_is_shown_without_a_reason_or_the_right():
    child = a_child()
    asked: dict[str, Any] = {"child_id": child.pk, "secret": Secret.IDENTITY_NUMBER}
    with pytest.raises(refusals.NoReason):
        children.reveal(**asked, reason=" ", **NOW)
    director = actor_like(Role.CHILD_DIRECTOR, HULI_VILLAGE)
    with pytest.raises(doors.NoSuchChild):
        children.reveal(**asked, reason="好奇", by=director, at=AT)


def test_standings_are_noted_set_by_set_without_touching_the_revision(django_assert_num_queries):
    kids = [a_child(name=f"孩子{number}") for number in range(3)]
    standings = [
        Standing(
            child_id=child.pk,
            local=Answer.CANNOT_TELL,
            national=Answer.YES,
            statistical=Answer.NO,
            changes_on=date(2026, 3, 7),
            missing=("lived_since", "birth_date"),
        )
        for child in kids
    ]
    with django_assert_num_queries(3):  # the statement between two savepoint commands
        assert children.note_standings(standings=standings) == 3
    now = fresh(kids[0])
    assert (now.standing_local, now.standing_national) == ("cannot_tell", "yes")
    assert (now.missing, now.standing_changes_on) == (
        ["birth_date", "lived_since"],
        date(2026, 3, 7),
    )
    assert now.revision == 1
    assert children.note_standings(standings=standings) == 0


def test_standings_of_children_elsewhere_are_not_noted():
    child = a_child(KUNDULUN)
    noted = children.note_standings(standings=[Standing(child_id=child.pk, local=Answer.YES)])
    assert noted == 0
    assert children.note_standings(standings=[Standing(child_id=uuid7())]) == 0
    assert children.note_standings(standings=[]) == 0
    with everywhere():
        assert fresh(child).standing_local == ""
