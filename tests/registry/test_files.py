from datetime import date

import pytest

from tests.access.factories import a_division, actor_like
from tests.factories.children import (
    HULI,
    HULI_OTHER_VILLAGE,
    HULI_VILLAGE,
    KUNDULUN,
    SOMEWHERE_ELSE,
    TODAY,
    a_child,
    a_clue,
    a_fact,
    a_guardian,
    a_number,
    a_stay,
    an_enrolment,
    everywhere,
    fresh,
)
from tongxing.access import scopes
from tongxing.access.values.roles import Role
from tongxing.kernel.ids import uuid7
from tongxing.registry.models import RosterBatch, RosterRow, TemporaryAbsence
from tongxing.registry.queries import files
from tongxing.registry.values.children import FactKind

pytestmark = pytest.mark.django_db
OFFICER = actor_like(Role.COUNTY_OFFICER, HULI)


@pytest.fixture(autouse=True)
def as_officer():
    scopes.use(OFFICER)


def file_of(child):
    return files.child_file(fresh(child), actor=OFFICER)


def a_difference(child, field, before, after, *, source="police", as_of=date(2025, 8, 1)):
    with everywhere():
        batch = RosterBatch.objects.create(
            division=HULI,
            source=source,
            as_of=as_of,
            file_name="list.xlsx",
            file_sha256="0",
            file_bytes=1,
            created_by="1",
            created_by_name="某人",
            created_post="1",
        )
        RosterRow.objects.create(
            batch=batch,
            number=1,
            chunk=0,
            division=HULI,
            row=7,
            fate="unchanged",
            child_id=child.pk,
            differences=[{"field": field, "before": before, "after": after, "replaces": False}],
        )
    return batch


def test_the_number_is_masked_to_its_first_six_characters():
    child = a_child(number=a_number(place="990102"))
    identity = file_of(child).identity
    assert identity.masked == "990102" + "*" * 12


def test_every_field_says_who_stated_it():
    child = a_child(provenance={"birth": ["police", "2025-07-01"]})
    said = file_of(child).said
    assert (said["birth"].source, said["birth"].as_of) == ("police", date(2025, 7, 1))
    assert (said["name"].source, said["name"].as_of) == ("education", TODAY)


def test_stays_and_absences_stand_newest_first_with_their_places():
    a_division(HULI_VILLAGE, "后浦社区")
    child = a_child()
    a_stay(child, date(2023, 1, 1), place=HULI_OTHER_VILLAGE, until=date(2024, 9, 1))
    a_stay(child, date(2024, 9, 1))
    with everywhere():
        TemporaryAbsence.objects.create(
            child_id=child.pk,
            division=child.division,
            since=date(2025, 7, 10),
            until=date(2025, 8, 20),
            reason="暑假",
            source="village",
            as_of=TODAY,
        )
    residence = file_of(child).residence
    assert [stay.since for stay in residence.stays] == [date(2024, 9, 1), date(2023, 1, 1)]
    assert residence.stays[0].place == "后浦社区"
    assert residence.absences[0].reason == "暑假"


def test_one_adult_named_by_three_lists_is_one_person_with_the_newest_phone():
    child = a_child()
    a_guardian(child, phone="13800000001", as_of=date(2025, 1, 1))
    a_guardian(child, phone="13800000099", source="health", as_of=date(2025, 8, 1))
    a_guardian(child, number=a_number(), source="police", as_of=date(2024, 1, 1))
    a_guardian(child, name="王芳", relation_to_child="52", is_legal_guardian=True)
    adults = file_of(child).adults
    assert sorted(adult.name for adult in adults) == ["王芳", "陈建国"]
    father = next(adult for adult in adults if adult.name == "陈建国")
    assert father.masked_phone == "138******99"
    assert father.masked_number.startswith("990102*")
    assert len(father.said) == 3


def test_who_really_cares_is_known_from_visits_only():
    child = a_child()
    a_guardian(child, name="外婆", relation_to_child="64", is_actual_carer=True)
    assert file_of(child).adults[0].is_actual_carer is None
    a_guardian(child, name="外婆", relation_to_child="64", is_actual_carer=True, source="village")
    assert file_of(child).adults[0].is_actual_carer is True


def test_children_with_the_same_adult_are_siblings_inside_the_area():
    child, sister = a_child(name="姐姐"), a_child(HULI_OTHER_VILLAGE, name="妹妹")
    cousin, far = a_child(name="表弟"), a_child(KUNDULUN, name="外地的")
    for each in (child, sister, far):
        a_guardian(each, phone="13800000001")
    a_guardian(cousin, phone="13800000002")
    assert [each.name for each in file_of(child).siblings] == ["妹妹"]


def test_the_pupil_record_is_believed_and_a_newer_visit_stands_beside_it():
    child = a_child()
    an_enrolment(child, "村里说的学校", source="village", as_of=date(2025, 8, 31))
    an_enrolment(child, "湖里实验小学", as_of=date(2025, 3, 1))
    schooling = file_of(child).facts[FactKind.ENROLMENT]
    assert schooling.believed.values["school"] == "湖里实验小学"
    assert [each.source for each in schooling.others] == ["village"]
    assert schooling.others[0].differs == {"school"}


@pytest.mark.parametrize(
    ("kind", "owner", "said"),
    [
        (FactKind.DISABILITY, "dpf", {"disabled": True, "grade": 2}),
        (FactKind.INSURANCE, "insurance", {"insured": True, "year": 2025}),
    ],
)
def test_some_facts_are_settled_by_one_source_alone(kind, owner, said):
    child = a_child()
    a_fact(child, kind, source="education", **said)
    facts = file_of(child).facts[kind]
    assert facts.believed is None
    assert [each.source for each in facts.others] == ["education"]
    a_fact(child, kind, source=owner, as_of=date(2024, 1, 1), **said)
    assert file_of(child).facts[kind].believed.source == owner


def test_superseded_and_withdrawn_statements_are_not_shown():
    child = a_child()
    an_enrolment(child, "去年的学校", superseded_on=TODAY)
    an_enrolment(child, "撤回的学校", withdrawn_at="2025-09-01T00:00:00Z")
    assert file_of(child).facts[FactKind.ENROLMENT].believed is None


def test_a_list_that_says_otherwise_is_an_open_question():
    child = a_child(sex="male")
    a_difference(child, "sex", ["male"], ["female"])
    conflict = file_of(child).conflicts[0]
    assert (conflict.field, conflict.ours, conflict.theirs) == ("sex", ["male"], ["female"])
    assert (conflict.said.source, conflict.row, conflict.secret) == ("police", 7, False)


def test_a_question_is_answered_by_staff_or_by_agreement():
    child = a_child(sex="male")
    a_difference(child, "sex", ["male"], ["female"])
    with everywhere():
        type(child).objects.filter(pk=child.pk).update(provenance={"sex": ["staff", "2025-08-15"]})
    assert file_of(child).conflicts == ()
    a_difference(child, "sex", ["male"], ["female"], as_of=date(2025, 9, 1))
    assert len(file_of(child).conflicts) == 1
    with everywhere():
        type(child).objects.filter(pk=child.pk).update(sex="female")
    assert file_of(child).conflicts == ()


def test_places_of_a_question_have_names_and_secrets_show_nothing():
    a_division(HULI_VILLAGE, "后浦社区")
    a_division(HULI_OTHER_VILLAGE, "金山社区")
    child = a_child()
    a_difference(child, "residence", [HULI_VILLAGE], [HULI_OTHER_VILLAGE])
    a_difference(child, "identity_number", None, None)
    found = {each.field: each for each in file_of(child).conflicts}
    assert found["residence"].ours == ["后浦社区"]
    assert found["residence"].theirs == ["金山社区"]
    assert found["identity_number"].secret


def test_clues_that_led_to_the_child_stand_in_the_file():
    child = a_child()
    a_clue(child_id=child.pk, state="found")
    a_clue(child_id=uuid7(), state="found")
    assert len(file_of(child).clues) == 1


def test_the_number_of_queries_is_the_same_for_a_bare_and_a_full_file(
    django_assert_max_num_queries,
):
    bare, full = a_child(hukou_division=None), a_child(hukou_division=SOMEWHERE_ELSE)
    for number in range(6):
        a_guardian(full, phone="13800000001", name=f"大人{number}", source="village")
        a_guardian(a_child(name=f"兄弟{number}"), phone="13800000001")
        an_enrolment(full, f"学校{number}", source=["education", "village"][number % 2])
        a_difference(full, "sex", ["male"], ["female"], source=f"s{number}")
    for child in (fresh(bare), fresh(full)):
        with django_assert_max_num_queries(18):
            files.child_file(child, actor=OFFICER)


def test_a_phone_without_a_name_belongs_to_whoever_has_it():
    child = a_child()
    a_guardian(child, phone="13800000001")
    a_guardian(child, name="", relation_to_child="", phone="13800000001", source="health")
    a_guardian(child, name="", relation_to_child="", phone="13800000002", source="health")
    assert [adult.name for adult in file_of(child).adults] == ["陈建国", ""]


def test_what_a_list_brought_or_replaced_is_no_question():
    child = a_child()
    batch = a_difference(child, "sex", ["male"], ["female"])
    with everywhere():
        RosterRow.objects.filter(batch=batch).update(
            differences=[
                {"field": "enrolment", "replaces": True, "fact": True},
                {"field": "name", "before": ["陈一喏"], "after": ["陈一诺"], "replaces": True},
            ]
        )
    assert file_of(child).conflicts == ()
