"""Verdicts are computed from the register's facts, stored with their law, and follow the facts."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from tests.factories.children import HULI, KUNDULUN, a_child, a_stay, everywhere
from tongxing.access import scopes
from tongxing.eligibility.actions import verdicts as actions
from tongxing.eligibility.models import StoredVerdict
from tongxing.eligibility.queries import verdicts as queries
from tongxing.eligibility.values import Population
from tongxing.kernel.divisions import NATION, area_of
from tongxing.kernel.ids import uuid7
from tongxing.registry.models import Child

pytestmark = pytest.mark.django_db
AT = datetime(2025, 9, 1, 2, 0, tzinfo=UTC)


def c01() -> Child:
    """C01 of the contract: Guyang hukou, in Kundulun with her mother since 2024-02-10."""
    child = a_child(
        KUNDULUN, born=date(2012, 3, 15), hukou_division=150222000000, moved_with="mother"
    )
    a_stay(child, date(2024, 2, 10))
    return child


def evaluated(child: Child, day: date) -> dict[str, StoredVerdict]:
    by = scopes.system(area_of(NATION))
    with everywhere():
        actions.evaluate(child_ids=[child.pk], on=day, by=by, at=AT)
        found = StoredVerdict.objects.filter(child_id=child.pk, superseded_at=None)
        return {verdict.population: verdict for verdict in found}


@pytest.mark.clause("CN-4.1", "IM-0.1")
def test_the_stored_verdict_turns_on_the_day_the_text_says():
    child = c01()
    before = evaluated(child, date(2024, 8, 9))["local"]
    assert (before.answer, before.changes_on) == ("no", date(2024, 8, 10))
    assert "SIX_MONTHS" in before.reasons
    after = evaluated(child, date(2024, 8, 10))["local"]
    assert (after.answer, after.changes_on, after.pack) == (
        "yes",
        date(2028, 3, 15),
        "cn_1502_baotou",
    )


def test_an_unchanged_verdict_is_left_alone():
    child = c01()
    first = evaluated(child, date(2025, 1, 1))["local"]
    second = evaluated(child, date(2025, 2, 1))["local"]
    assert (second.pk, second.on_day) == (first.pk, date(2025, 1, 1))


def test_a_changed_verdict_supersedes_and_keeps_the_old_one():
    child = c01()
    evaluated(child, date(2024, 8, 9))
    evaluated(child, date(2024, 8, 10))
    with everywhere():
        all_of_them = StoredVerdict.objects.filter(child_id=child.pk, population="local")
        assert sorted(all_of_them.values_list("answer", flat=True)) == ["no", "yes"]
        assert all_of_them.filter(superseded_at__isnull=False).get().answer == "no"


def test_the_standing_on_the_childs_row_is_the_verdict():
    child = c01()
    evaluated(child, date(2025, 1, 1))
    with everywhere():
        fresh = Child.objects.get(pk=child.pk)
    assert (fresh.standing_local, fresh.standing_national) == ("yes", "yes")
    assert fresh.standing_changes_on is not None


@pytest.mark.clause("XM-0.2")
def test_two_verdicts_are_stored_where_the_city_counts_otherwise():
    """C05: Tong'an hukou in Huli: excluded by the city, undecided for the nation without a set."""
    child = a_child(HULI, born=date(2012, 11, 2), hukou_division=350212000000, moved_with="mother")
    a_stay(child, date(2022, 7, 1))
    found = evaluated(child, date(2025, 9, 1))
    assert found["local"].answer == "no"
    assert "CITY_HUKOU_EXCLUSION" in found["local"].reasons
    assert found["national"].answer == "cannot_tell"


def test_a_missing_fact_becomes_a_question_on_the_childs_row():
    child = a_child(HULI, born=date(2016, 3, 7), moved_with="")
    evaluated(child, date(2025, 9, 1))
    with everywhere():
        fresh = Child.objects.get(pk=child.pk)
    assert fresh.standing_local == "cannot_tell"
    assert fresh.missing != []


def test_any_past_day_can_be_asked_again():
    child = c01()
    with everywhere():
        verdict = queries.explained(child.pk, on=date(2024, 8, 9))[Population.LOCAL]
        assert verdict.answer.word == "no"
        assert verdict.condition("SIX_MONTHS").fulfilled.word == "no"
        later = queries.explained(child.pk, on=date(2024, 8, 10))[Population.LOCAL]
        assert later.answer.word == "yes"
        assert all(condition.source.clause for condition in later.conditions)


def test_verdicts_move_with_the_child():
    child = c01()
    evaluated(child, date(2025, 1, 1))
    with everywhere():
        Child.objects.filter(pk=child.pk).update(division=150203001000)
        found = StoredVerdict.objects.filter(child_id=child.pk)
        assert set(found.values_list("division", flat=True)) == {150203001000}


def test_a_verdict_is_seen_only_where_the_child_is_seen():
    child = c01()
    evaluated(child, date(2025, 1, 1))
    with scopes.acting_as(scopes.system(area_of(HULI))):
        assert not StoredVerdict.objects.filter(child_id=child.pk).exists()


def test_everybody_is_evaluated_once_in_chunks(monkeypatch):
    monkeypatch.setattr(actions, "CHUNK", 2)
    children = [a_child(HULI) for _ in range(5)]
    by = scopes.system(area_of(HULI))
    actions.evaluate_everybody(on=date(2025, 9, 1), by=by, at=AT)
    with everywhere():
        known = StoredVerdict.objects.filter(child_id__in=[child.pk for child in children])
        assert known.values("child_id").distinct().count() == 5


def test_a_list_that_only_says_where_a_child_lives_still_starts_the_clock():
    """Seen here on 1 September, the child has lived here since then at the latest."""
    child = a_child(HULI, moved_with="both")
    a_stay(child, None)
    assert evaluated(child, date(2026, 2, 28))["local"].answer == "cannot_tell"
    assert evaluated(child, date(2026, 3, 1))["local"].answer == "yes"


@pytest.mark.clause("XM-0.1")
def test_moving_inside_xiamen_does_not_restart_the_stay():
    """C04: in Haicang since 2025-01-08, in Huli since 2025-06-01."""
    child = a_child(HULI, born=date(2013, 7, 20), hukou_division=350604000000, moved_with="father")
    a_stay(child, date(2025, 1, 8), place=350205000000, until=date(2025, 6, 1))
    a_stay(child, date(2025, 6, 1))
    assert evaluated(child, date(2025, 7, 7))["local"].answer == "no"
    assert evaluated(child, date(2025, 7, 8))["local"].answer == "yes"


def test_the_verdicts_of_a_child_are_found_by_an_index_among_those_of_everybody():
    with everywhere(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = StoredVerdict.objects.filter(child_id=uuid7()).explain()
    assert "verdict_of_child" in plan
