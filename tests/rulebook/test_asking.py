"""What cannot be told is asked for; what has been told is kept; what is coming is shown."""

import json

import pytest

from tests.rulebook.children import child, day, decided, living_in
from tongxing.rulebook import CANNOT_TELL, NO, YES, Answer, Verdict, changes, explain


@pytest.mark.parametrize(
    ("but", "missing"),
    [
        ({"hukou_division": None, "hukou_status": "unregistered"}, ("hukou_registration",)),
        ({"hukou_division": None}, ("hukou_division",)),
        ({"hukou_division": "350000"}, ("hukou_detail",)),
        ({"spells": living_in("350000", "2025-01-08")}, ("residence_detail",)),
        ({"spells": []}, ("residence",)),
    ],
)
def test_xiamen_asks_for_what_it_needs(packs, but, missing):
    found = decided(child("C04", **but), "2025-08-01", packs["cn_3502_xiamen"])
    assert (found.answer, found.missing) == (CANNOT_TELL, missing)


def test_a_child_without_mainland_hukou_is_not_counted_in_xiamen(packs):
    facts = child("C04", hukou_division=None, hukou_status="outside")
    found = decided(facts, "2025-08-01", packs["cn_3502_xiamen"])
    assert (found.answer, found.reasons) == (NO, ("CROSS_CITY",))


@pytest.mark.parametrize(
    ("on", "answer"), [("2025-04-30", NO), ("2025-05-10", CANNOT_TELL), ("2025-05-31", YES)]
)
def test_a_request_in_some_day_of_may(packs, on, answer):
    facts = child("C01", asks_for_help_on="2025-05")
    found = decided(facts, on, packs["cn"], "priority_self_request")
    assert found.answer is answer
    assert found.missing == (("asks_for_help_on",) if answer is CANNOT_TELL else ())


def test_a_hukou_moved_on_some_day_is_asked_for(packs):
    facts = child(
        "C01",
        hukou_division="150203",
        hukou_since="2025-09",
        earlier_hukou=[{"division": "150222"}],
    )
    found = decided(facts, "2025-09-15", packs["cn"])
    assert (found.answer, found.missing) == (CANNOT_TELL, ("hukou_since",))


@pytest.mark.parametrize(
    ("on", "answer"), [("2024-12-31", NO), ("2025-01-15", CANNOT_TELL), ("2025-01-31", YES)]
)
def test_nobody_is_under_sixteen_before_being_born(packs, on, answer):
    newborn = child("C01", born_on="2025-01", asks_for_help_on="2024-01-01")
    verdict = explain("priority_self_request", newborn, on=day(on), pack=packs["cn"])
    assert verdict.condition("UNDER_16").answer is answer


def test_absences_one_after_the_other_and_beyond_the_spell(packs):
    away = [
        {"since": "2024-02-10", "until": "2024-03-01"},
        {"since": "2024-02-20", "until": "2024-02-25"},
        {"since": "2024-06-20", "until": "2024-06-10"},
        {"since": "2024-12-01", "until": "2025-03-01"},
    ]
    spells = living_in("150203", "2024-02-10", until="2025-01-15", absences=away)
    facts = child("C01", spells=spells + living_in("150207", "2025-01-15"))
    verdict = explain("survey_population", facts, on=day("2025-02-01"), pack=packs["cn"])
    assert "居住自2024-03-01起" in verdict.condition("SIX_MONTHS").value.zh
    assert verdict.answer is YES


@pytest.mark.parametrize(
    ("name", "but", "on"),
    [
        ("C01", {}, "2024-08-09"),
        ("C01", {"born_on": None, "spells": []}, "2024-08-09"),
        ("C06", {}, "2025-06-01"),
        ("C01", {}, "2020-01-01"),
    ],
)
def test_a_stored_verdict_comes_back_as_it_was(packs, name, but, on):
    pack = packs["cn_141002_yaodu"]
    verdict = explain("survey_population", child(name, **but), on=day(on), pack=pack)
    stored = json.dumps(verdict.to_json(), ensure_ascii=False)
    again = Verdict.from_json(json.loads(stored))
    assert again == verdict
    assert json.dumps(again.to_json(), ensure_ascii=False) == stored


def test_what_is_coming_is_shown_ahead(packs):
    coming = changes(
        "survey_population",
        child("C01"),
        after=day("2024-03-01"),
        until=day("2030-01-01"),
        pack=packs["cn"],
    )
    assert list(coming) == [(day("2024-08-10"), YES), (day("2028-03-15"), NO)]


def test_what_is_coming_can_be_asked_before_there_was_a_text(packs):
    coming = changes(
        "survey_population",
        child("C01"),
        after=day("2023-01-01"),
        until=day("2024-12-31"),
        pack=packs["cn"],
    )
    assert list(coming) == [(day("2024-02-10"), NO), (day("2024-08-10"), YES)]


def test_answers_are_compared_never_used_as_true_or_false():
    with pytest.raises(TypeError, match="compare it"):
        bool(Answer.NO)
