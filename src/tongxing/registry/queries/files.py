"""The whole file of one child that a door has opened; the same number of queries for everybody."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import F

from tongxing.access import queries as access
from tongxing.kernel import identity
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import short
from tongxing.registry.models import (
    Child,
    Clue,
    HukouSpell,
    ResidenceSpell,
    TemporaryAbsence,
)
from tongxing.registry.queries import adults, facts
from tongxing.registry.rules.verification import due_on
from tongxing.registry.values.children import (
    ChildState,
    ClueKind,
    ClueState,
    HukouKnown,
    IdentityKind,
)
from tongxing.registry.values.clues import Need
from tongxing.registry.values.files import (
    Absence,
    ChildFile,
    ClueLine,
    Conflict,
    Hukou,
    HukouChange,
    Identity,
    Person,
    Residence,
    Said,
    Stay,
)
from tongxing.registry.values.standings import Answer, Population

FIELDS = (
    *("basics", "identity", "residence", "hukou", "guardians", "schooling", "permit"),
    *("insurance", "health", "disability", "hardship", "clues"),
)
_PLACES = frozenset({"hukou", "residence"})
_NEWEST_FIRST = (F("since").desc(nulls_last=True), F("as_of").desc())
# Fields whose statement is kept one by one; the others stand with the row's own source.
_STATED = (
    *("name", "sex", "birth", "ethnicity", "hukou", "residence", "moved_with"),
    *("identity_number", "address", "former_name", "nationality", "identity_missing_reason"),
    *("remarks", "lived_since"),
)


def child_file(child: Child, *, actor: Actor) -> ChildFile:
    """Every section of the file, with the statements behind it. Eighteen queries at most."""
    stays = list(
        ResidenceSpell.objects.filter(child_id=child.pk, withdrawn_at=None).order_by(*_NEWEST_FIRST)
    )
    changes = list(
        HukouSpell.objects.filter(child_id=child.pk, withdrawn_at=None).order_by(*_NEWEST_FIRST)
    )
    said = statements_of(child)
    conflicts = facts.conflicts_of(child, said)
    names = _place_names(child, [*stays, *changes], conflicts)
    guardians = adults.guardians_of(child)
    return ChildFile(
        person=_person(child),
        identity=_identity(child),
        residence=_residence(child, stays, names),
        hukou=_hukou(child, changes, names),
        adults=adults.adults(guardians),
        siblings=adults.siblings(child, guardians, actor=actor),
        facts=facts.facts_of(child),
        clues=_clues(child),
        conflicts=tuple(_with_places(conflict, names) for conflict in conflicts),
        said=said,
    )


def statements_of(child: Child) -> dict[str, Said]:
    """For each field of the person: who states the value the register shows."""
    own = entered(child)
    stated = {
        name: Said(source=source, as_of=date.fromisoformat(as_of))
        for name, (source, as_of) in child.provenance.items()
    }
    return {name: stated.get(name, own) for name in _STATED}


def entered(child: Child) -> Said:
    """Who brought the child into the register, and for which day."""
    return Said(source=child.source, as_of=child.as_of)


def standing_of(child: Child) -> dict[Population, Answer]:
    return {each: Answer(getattr(child, f"standing_{each.value}")) for each in Population}


def _place_names(
    child: Child, spells: Iterable[ResidenceSpell | HukouSpell], conflicts: Iterable[Conflict]
) -> dict[int, str]:
    stated = [
        value
        for each in conflicts
        if each.field in _PLACES
        for value in [*each.ours, *each.theirs]
        if isinstance(value, int)
    ]
    own = [child.division, child.hukou_division, *(spell.place for spell in spells)]
    codes = {code for code in [*own, *stated] if code}
    known = access.division_names(codes)
    return {code: known.get(code) or short(code) for code in codes}


def _with_places(conflict: Conflict, names: dict[int, str]) -> Conflict:
    """Places of a conflict by name instead of by code."""
    if conflict.field not in _PLACES:
        return conflict
    return replace(
        conflict,
        ours=[names.get(value, value) for value in conflict.ours],
        theirs=[names.get(value, value) for value in conflict.theirs],
    )


def _person(child: Child) -> Person:
    return Person(
        id=child.pk,
        name=child.name,
        former_name=child.former_name,
        sex=child.sex,
        born_from=child.born_from,
        born_until=child.born_until,
        ethnicity=child.ethnicity,
        nationality=child.nationality,
        moved_with=child.moved_with,
        asked_for_help_on=child.asked_for_help_on,
        state=ChildState(child.state),
        exit_reason=child.exit_reason,
        exited_on=child.exited_on,
        last_verified_on=child.last_verified_on,
        due_on=due_on(child.last_verified_on, child.as_of),
        revision=child.revision,
        has_remarks=bool(child.remarks),
        standing=standing_of(child),
        changes_on=child.standing_changes_on,
        missing=tuple(child.missing),
        entered=entered(child),
    )


def _identity(child: Child) -> Identity:
    return Identity(
        kind=IdentityKind(child.identity_kind),
        masked=identity.mask(child.identity_number or ""),
        missing_reason=child.identity_missing_reason,
    )


def _residence(child: Child, stays: list[ResidenceSpell], names: dict[int, str]) -> Residence:
    absences = TemporaryAbsence.objects.filter(child_id=child.pk, withdrawn_at=None)
    return Residence(
        division=child.division,
        place=names[child.division],
        has_address=bool(child.address),
        stays=tuple(
            Stay(
                place=names.get(each.place or 0, ""),
                division=each.place,
                since=each.since,
                since_latest=each.since_latest,
                until=each.until,
                said=Said(source=each.source, as_of=each.as_of),
            )
            for each in stays
        ),
        absences=tuple(
            Absence(
                since=each.since,
                until=each.until,
                reason=each.reason,
                said=Said(source=each.source, as_of=each.as_of),
            )
            for each in absences.order_by("-since")
        ),
    )


def _hukou(child: Child, changes: list[HukouSpell], names: dict[int, str]) -> Hukou:
    return Hukou(
        known=HukouKnown(child.hukou),
        place=names.get(child.hukou_division or 0, ""),
        written=child.hukou_text,
        changes=tuple(
            HukouChange(
                place=names.get(each.place or 0, ""),
                registered=each.registered,
                since=each.since,
                said=Said(source=each.source, as_of=each.as_of),
            )
            for each in changes
        ),
    )


def _clues(child: Child) -> tuple[ClueLine, ...]:
    rows = Clue.objects.filter(child_id=child.pk).order_by("-received_at")
    return tuple(
        ClueLine(
            id=pk,
            kind=ClueKind(kind),
            state=ClueState(state),
            need=Need(need),
            received_at=received_at,
            due_on=due,
        )
        for pk, kind, state, need, received_at, due in rows.values_list(
            "pk", "kind", "state", "need", "received_at", "due_on"
        )
    )
