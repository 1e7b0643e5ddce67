"""What departments have stated about a child, under the names by which the packs ask for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tongxing.registry.values.children import FactKind
from tongxing.registry.values.files import Statement

NamedFacts = dict[str, bool | str | None]

# Education's word for a stage → the packs' word. A special school tells no stage by itself.
_STAGES = {
    "none": "none",
    "kindergarten": "kindergarten",
    "primary": "primary",
    "junior": "junior",
    "senior": "senior",
    "vocational": "secondary_vocational",
}
_POOR = frozenset({"dibao", "low_income", "tekun", "poverty_relapse_watch"})


def named_facts(stated: Mapping[FactKind, Statement], *, on: date) -> NamedFacts:
    """The named facts that the register can answer; what nobody has stated is left out."""
    found: NamedFacts = {}
    for kind, reader in _READERS.items():
        if kind in stated:
            found |= reader(stated[kind].values, on)
    return {name: value for name, value in found.items() if value is not None}


def _schooling(said: Mapping[str, Any], _on: date) -> NamedFacts:
    attends = said.get("attends")
    stage = "none" if attends is False else _STAGES.get(said.get("stage", ""))
    return {"stage": stage, "boarding_pupil": said.get("boards")}


def _permit(said: Mapping[str, Any], on: date) -> NamedFacts:
    until = said.get("valid_until")
    valid = None if until is None else on <= until
    has = said.get("has_permit")
    return {"has_residence_permit": has, "residence_permit_valid": False if has is False else valid}


def _disability(said: Mapping[str, Any], _on: date) -> NamedFacts:
    grade = said.get("grade")
    return {
        "disabled": said.get("disabled"),
        "disability_grade": f"grade_{grade}" if grade else None,
    }


def _hardship(said: Mapping[str, Any], _on: date) -> NamedFacts:
    kinds, denied = set(said.get("kinds", ())), set(said.get("denied", ()))
    poor = True if kinds & _POOR else (False if denied >= _POOR else None)
    return {
        "family_dibao": _told("dibao", kinds, denied),
        "family_low_income": _told("low_income", kinds, denied),
        "family_poor": poor,
    }


def _told(kind: str, kinds: set[str], denied: set[str]) -> bool | None:
    if kind in kinds:
        return True
    return False if kind in denied else None


def _insurance(said: Mapping[str, Any], on: date) -> NamedFacts:
    """Whether the child is insured this year; another year's word says nothing."""
    return {"insured": said.get("insured") if said.get("year") == on.year else None}


_READERS = {
    FactKind.ENROLMENT: _schooling,
    FactKind.PERMIT: _permit,
    FactKind.DISABILITY: _disability,
    FactKind.HARDSHIP: _hardship,
    FactKind.INSURANCE: _insurance,
}
