"""The national rules: who stands on the priority list, who is recognised, whom services reach."""

import pytest

from tests.rulebook.children import child, day, decided, living_in
from tongxing.rulebook import CANNOT_TELL, NO, YES, Packs

UNABLE = (
    "severe_disability", "severe_illness", "imprisoned", "compulsory_detox", "other_restriction",
    "out_of_contact", "custody_revoked", "deported",
)  # fmt: skip


@pytest.mark.clause("CN-5.1")
def test_a_recorded_ground_puts_a_migrant_child_on_the_list_once(packs):
    c11 = child("C11", priority_grounds=["psychological_abnormality"])
    found = decided(c11, "2025-02-10", packs["cn"], "priority")
    assert found.answer is YES
    assert "PSYCHOLOGICAL_ABNORMALITY" in found.reasons
    both = child("C11", priority_grounds=["psychological_abnormality", "family_difficulty"])
    assert decided(both, "2025-03-01", packs["cn"], "priority").answer is YES


@pytest.mark.clause("CN-5.1")
@pytest.mark.parametrize(
    "ground",
    [
        "family_difficulty",
        "own_disability",
        "guardianship_missing",
        "vagrancy",
        "psychological_abnormality",
    ],
)
def test_each_of_the_five_grounds_is_enough_and_none_is_not(packs, ground):
    assert (
        decided(child("C01", priority_grounds=[ground]), "2025-01-01", packs["cn"], "priority")
    ).answer is YES
    assert decided(child("C01"), "2025-01-01", packs["cn"], "priority").answer is NO


def test_a_ground_alone_does_not_make_a_child_at_home_a_priority_child(packs):
    at_home = child("C09", priority_grounds=["own_disability"])
    assert decided(at_home, "2025-01-01", packs["cn"], "priority").answer is NO


@pytest.mark.clause("CN-5.2")
def test_asking_across_a_township_is_a_sixth_ground_and_is_not_counted(packs):
    facts = child(
        "C01",
        hukou_division="150203001",
        spells=living_in("150203005", "2025-01-10"),
        asks_for_help_on="2025-05-06",
    )
    priority = decided(facts, "2025-05-06", packs["cn"], "priority")
    assert priority.answer is YES
    assert "SELF_REQUEST" in priority.reasons
    assert decided(facts, "2025-05-05", packs["cn"], "priority").answer is NO
    assert decided(facts, "2025-05-06", packs["cn"]).answer is NO


@pytest.mark.clause("T-9")
def test_at_sixteen_the_survey_status_ends_and_services_go_on(packs):
    c12 = child("C12", facts={"stage": "senior", "family_poor": True})
    assert decided(c12, "2025-10-01", packs["cn"]).answer is NO
    served = decided(c12, "2025-10-01", packs["cn"], "migrant_minor")
    assert (served.answer, served.changes_on) == (YES, day("2027-10-01"))
    assert decided(c12, "2025-10-01", packs["cn"], "benefit.pupil_aid").answer is YES


@pytest.mark.clause("T-10")
def test_a_child_in_difficulty_is_judged_by_its_own_rule(packs):
    c10 = child("C10", facts={"guardianship_endangers": True})
    assert decided(c10, "2025-07-01", packs["cn"], "in_difficulty").answer is YES
    assert decided(c10, "2025-07-01", packs["cn"]).answer is NO


def recognised(packs: Packs, father: str | None, mother: str | None) -> tuple[object, object]:
    facts = child("C07", facts={"father_status": father, "mother_status": mother})
    orphan = decided(facts, "2025-01-01", packs["cn"], "orphan").answer
    unsupported = decided(facts, "2025-01-01", packs["cn"], "de_facto_unsupported").answer
    return orphan, unsupported


@pytest.mark.parametrize("father", ["dead", "declared_missing"])
@pytest.mark.parametrize("mother", ["dead", "declared_missing"])
def test_both_parents_dead_or_missing_make_an_orphan(packs, father, mother):
    assert recognised(packs, father, mother) == (YES, NO)


@pytest.mark.parametrize("state", UNABLE)
@pytest.mark.parametrize("other", ["dead", "declared_missing", *UNABLE])
def test_a_parent_who_cannot_support_makes_a_child_de_facto_unsupported(packs, state, other):
    assert recognised(packs, state, other) == (NO, YES)
    assert recognised(packs, other, state) == (NO, YES)


@pytest.mark.parametrize("other", ["dead", "declared_missing", *UNABLE, "alive"])
def test_one_parent_able_to_support_makes_neither(packs, other):
    assert recognised(packs, "alive", other) == (NO, NO)
    assert recognised(packs, other, "alive") == (NO, NO)


def test_an_unrecorded_parent_is_a_question_unless_the_other_settles_it(packs):
    assert recognised(packs, "dead", None) == (CANNOT_TELL, CANNOT_TELL)
    assert recognised(packs, "alive", None) == (NO, NO)
    assert recognised(packs, None, "imprisoned") == (NO, CANNOT_TELL)
