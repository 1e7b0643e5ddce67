"""Correcting what the file says of the person, field by field, with a reason."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from tongxing.kernel import identity, names
from tongxing.kernel.actors import Actor
from tongxing.registry import doors
from tongxing.registry.actions import trail
from tongxing.registry.actions.refusals import (
    ContradictsNumber,
    NeedsComparison,
    NothingChanged,
    RevisionConflict,
    SameNumber,
    UnusableNumber,
)
from tongxing.registry.actions.sealing import number_index
from tongxing.registry.actions.updating import replace_name_keys
from tongxing.registry.models import Child
from tongxing.registry.queries.scoped import children_of
from tongxing.registry.rules.lines import interval_of
from tongxing.registry.values.changes import SECRET_FIELDS, Clash, Correction, Field
from tongxing.registry.values.children import IdentityKind

Columns = dict[str, Any]


@transaction.atomic
def correct(*, child_id: UUID, correction: Correction, by: Actor, at: datetime) -> Child:
    """Change fields of the person. What staff states stands against lists from then on.

    Raises RevisionConflict when somebody changed the record meanwhile, SameNumber when another
    child has the number, UnusableNumber, ContradictsNumber, NothingChanged, NoReason.
    """
    reason = trail.check_reason(correction.reason)
    child = doors.child_to_change(child_id, by=by)
    changes = {
        field: text.strip()
        for field, text in correction.changes.items()
        if text.strip() != text_of(child, field)
    }
    if not changes:
        raise NothingChanged()
    if child.revision != correction.base_revision:
        raise RevisionConflict(clashes=_clashes(child, changes), revision=child.revision)
    columns = {name: value for field in changes for name, value in _columns(field, changes).items()}
    former_name = child.name
    for name, value in columns.items():
        setattr(child, name, value)
    _check_number(child, changes, by=by)
    child.provenance = trail.stated_by_staff(child, changes, at)
    _save(child, [*columns, "provenance"], changes, reason=reason, by=by, at=at)
    if Field.NAME in changes:
        replace_name_keys(child, former_name=former_name)
    return child


@transaction.atomic
def confirm(
    *, child_id: UUID, fields: Collection[str], reason: str, by: Actor, at: datetime
) -> Child:
    """Say that these fields are right as they are, against what a list states."""
    reason = trail.check_reason(reason)
    child = doors.child_to_change(child_id, by=by)
    child.provenance = trail.stated_by_staff(child, fields, at)
    trail.save(
        child,
        "registry.child.confirmed",
        ["provenance"],
        by=by,
        at=at,
        fields=sorted(fields),
        reason=reason,
    )
    return child


def text_of(child: Child, field: Field) -> str:
    """The present value of a field as a person would type it."""
    if field is Field.BIRTH:
        return birth_text(child.born_from, child.born_until)
    return str(getattr(child, field.value) or "")


def birth_text(born_from: date | None, born_until: date | None) -> str:
    """ "2015-03-07", or only the month or year when no more is known."""
    if born_from is None or born_until is None:
        return ""
    for length in (4, 7):
        text = born_from.isoformat()[:length]
        if interval_of(text) == (born_from, born_until):
            return text
    return born_from.isoformat()


def check_usable(number: str) -> identity.Reading:
    """What the number says, when it is a valid one. Raises UnusableNumber."""
    reading = identity.examine(number, allow_fictional=settings.TONGXING_ALLOW_FICTIONAL_IDENTITY)
    if not reading.usable:
        raise UnusableNumber(why=reading.kind.value)
    return reading


def check_agrees(number: str, *, born_from: date | None, born_until: date | None, sex: str) -> None:
    """Birth date and sex must be what the number says. Raises ContradictsNumber."""
    reading = check_usable(number)
    born = reading.birth_date
    if born and born_from and born_until and not born_from <= born <= born_until:
        raise ContradictsNumber()
    if sex and reading.male is not None and (sex == "male") is not reading.male:
        raise ContradictsNumber()


def _save(
    child: Child,
    columns: Collection[str],
    changes: Mapping[Field, str],
    *,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    fields = sorted(changes)
    try:
        with transaction.atomic():
            trail.save(
                child,
                "registry.child.corrected",
                columns,
                by=by,
                at=at,
                fields=fields,
                reason=reason,
            )
    except IntegrityError as error:
        # The number stands in this county outside of what this post may see.
        if "child_one_for_a_number" in str(error):
            raise NeedsComparison() from error
        raise


def _clashes(child: Child, changes: Mapping[Field, str]) -> list[Clash]:
    return [
        Clash(field, _shown(field, text), _shown(field, text_of(child, field)))
        for field, text in changes.items()
    ]


def _shown(field: Field, text: str) -> str:
    if field is Field.IDENTITY_NUMBER:
        return identity.mask(text)
    return "*" * min(len(text), 8) if field in SECRET_FIELDS else text


def _columns(field: Field, changes: Mapping[Field, str]) -> Columns:
    write = _WRITERS.get(field)
    return write(changes[field]) if write else {field.value: changes[field]}


def _name(text: str) -> Columns:
    name = names.canonical(text)
    return {"name": name, "pinyin": names.pinyin(name)}


def _birth(text: str) -> Columns:
    first, last = interval_of(text) if text else (None, None)
    return {"born_from": first, "born_until": last}


def _number(text: str) -> Columns:
    if not text:
        kind = IdentityKind.NONE
        return {"identity_number": None, "identity_index": None, "identity_kind": kind}
    number = check_usable(text).number
    return {
        "identity_number": number,
        "identity_index": number_index(number),
        "identity_kind": IdentityKind.RESIDENT,
    }


def _secret(column: str) -> Callable[[str], Columns]:
    return lambda text: {column: text or None}


_WRITERS: dict[Field, Callable[[str], Columns]] = {
    Field.NAME: _name,
    Field.BIRTH: _birth,
    Field.IDENTITY_NUMBER: _number,
    Field.ADDRESS: _secret("address"),
    Field.REMARKS: _secret("remarks"),
}


def _check_number(child: Child, changes: Mapping[Field, str], *, by: Actor) -> None:
    """The number belongs to one child, and agrees with birth date and sex."""
    touched = {Field.IDENTITY_NUMBER, Field.BIRTH, Field.SEX} & set(changes)
    if not touched or not child.identity_number:
        return
    check_agrees(
        child.identity_number,
        born_from=child.born_from,
        born_until=child.born_until,
        sex=child.sex,
    )
    if Field.IDENTITY_NUMBER not in changes:
        return
    other = children_of(by).filter(identity_index=child.identity_index).exclude(pk=child.pk)
    if (found := other.values_list("pk", flat=True).first()) is not None:
        raise SameNumber(child_id=found)
