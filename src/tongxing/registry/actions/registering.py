"""Entering one child by hand, past the same check for known children that lists pass."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from tongxing.kernel import names
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import area_of
from tongxing.kernel.ids import uuid7
from tongxing.keys.rings import ring
from tongxing.registry import doors, hooks
from tongxing.registry.actions import sealing, trail
from tongxing.registry.actions.correcting import check_agrees, check_usable
from tongxing.registry.actions.refusals import (
    DayNotPossible,
    LeavesYourArea,
    NeedsComparison,
    PerhapsKnown,
    SameNumber,
)
from tongxing.registry.actions.updating import replace_name_keys
from tongxing.registry.models import Child, Guardian, HukouSpell, ResidenceSpell
from tongxing.registry.queries import known
from tongxing.registry.rules.lines import Line, Places, interval_of, prepare
from tongxing.registry.values.changes import NewChild, NewGuardian
from tongxing.registry.values.children import ChildState, FactKind, HukouKnown


@transaction.atomic
def register(*, new: NewChild, confirmed: bool = False, by: Actor, at: datetime) -> Child:
    """Enter a child. `confirmed`: somebody looked at the child it may be, and it is another.

    Raises PerhapsKnown (SameNumber cannot be confirmed), NeedsComparison, UnusableNumber,
    ContradictsNumber, LeavesYourArea, DayNotPossible.
    """
    _check(new, by=by, at=at)
    line = prepare(_said(new), [_guardian_said(each) for each in new.guardians], _places(new))
    _refuse_known(sealing.seal(line), confirmed=confirmed)
    child = _insert(new, line)
    replace_name_keys(child)
    _add_guardians(child, new)
    _add_spells(child, new, line)
    for kind, said in line.facts.items():
        known.FACT_TABLES[FactKind(kind)]._default_manager.create(**_stated(child), **said)
    trail.record(
        child, "registry.child.registered", by=by, at=at, source=new.source, confirmed=confirmed
    )
    hooks.announce([child.pk], account_id=by.account_id, post_id=by.post_id)
    return child


def _check(new: NewChild, *, by: Actor, at: datetime) -> None:
    if not by.may("children.edit"):
        raise doors.NoSuchChild()
    if by.area is None or not by.area.covers(area_of(new.division)):
        raise LeavesYourArea()
    if new.as_of > localdate(at):
        raise DayNotPossible()
    if new.identity_number:
        first, last = interval_of(new.born) if new.born else (None, None)
        check_agrees(new.identity_number, born_from=first, born_until=last, sex=new.sex)


def _said(new: NewChild) -> dict[str, Any]:
    """The child in the words that lists use; what is not known is absent."""
    reading = check_usable(new.identity_number) if new.identity_number else None
    born = new.born
    if not born and reading is not None and reading.birth_date is not None:
        born = reading.birth_date.isoformat()
    sex = new.sex.value
    if not sex and reading is not None and reading.male is not None:
        sex = "male" if reading.male else "female"
    said = {
        "name": names.canonical(new.name),
        "sex": sex,
        "birth_date": born,
        "ethnicity": new.ethnicity,
        "id_no": reading.number if reading else "",
        "id_type": "resident" if reading else "",
        "id_missing_reason": new.identity_missing_reason,
        "moved_with": new.moved_with.value,
        "residence_address": new.address,
        "residence_division": new.division,
        "hukou_division": new.hukou_division,
        "hukou_place": new.hukou_text,
        "lived_since": new.lived_since,
        "school_name": new.school,
        "stage": new.stage,
        "grade": new.grade,
        "remarks": new.remarks,
    }
    return {name: value for name, value in said.items() if value not in ("", None)}


def _guardian_said(guardian: NewGuardian) -> dict[str, Any]:
    said = {
        "name": guardian.name,
        "relation": guardian.relation,
        "phone": guardian.phone,
        "id_no": guardian.identity_number,
    }
    return {name: value for name, value in said.items() if value}


def _places(new: NewChild) -> Places:
    """Places were chosen from the tree; a text beside them stays a text."""
    return Places(
        division=new.division,
        area=area_of(new.division),
        hukou=lambda _text: None,
        residence=lambda _text: None,
    )


def _refuse_known(sealed: sealing.SealedLine, *, confirmed: bool) -> None:
    register_now = known.for_marks([sealed.marks])
    found = register_now.match(sealed.marks)
    if found.child_id is None:
        return
    if sealed.marks.number in register_now.by_number:
        raise SameNumber(child_id=found.child_id)
    if not confirmed:
        raise PerhapsKnown(child_id=found.child_id)


def _insert(new: NewChild, line: Line) -> Child:
    said = {name: value for name, value in line.child.items() if name not in _HANDLED_HERE}
    number = line.secrets.get("identity_number")
    child = Child(
        id=uuid7(),
        division=new.division,
        hukou=new.hukou or line.child.get("hukou", ""),
        identity_number=number,
        identity_index=sealing.number_index(number) if number else None,
        address=line.secrets.get("address"),
        remarks=line.secrets.get("remarks"),
        state=ChildState.ACTIVE if new.seen else ChildState.TO_VERIFY,
        last_verified_on=new.as_of if new.seen else None,
        source=new.source,
        as_of=new.as_of,
        **said,
    )
    try:
        with transaction.atomic():
            child.save(force_insert=True)
    except IntegrityError as error:
        if "child_one_for_a_number" in str(error):
            raise NeedsComparison() from error
        raise
    # Dates were given as text; from here on they are what the database made of them.
    child.refresh_from_db(fields=["born_from", "born_until", "created_at", "changed_at"])
    return child


_HANDLED_HERE = frozenset({"division", "hukou"})


def _stated(child: Child) -> dict[str, Any]:
    return {
        "child_id": child.pk,
        "division": child.division,
        "source": child.source,
        "as_of": child.as_of,
    }


def _add_guardians(child: Child, new: NewChild) -> None:
    for guardian in new.guardians:
        Guardian.objects.create(
            **_stated(child),
            name=guardian.name,
            relation_to_child=guardian.relation,
            is_legal_guardian=True if guardian.relation in _PARENTS else None,
            is_actual_carer=guardian.is_actual_carer,
            lives_with_child=guardian.lives_with_child,
            **_secret(guardian.identity_number, "identity_number", sealing.ADULT_INDEX),
            **_secret(guardian.phone, "phone", sealing.PHONE_INDEX),
        )


# Parents are guardians by law (GB/T 4761); of others a form does not prove it.
_PARENTS = frozenset({"50", "51", "52", "57", "58", "59"})
_INDEX_COLUMN = {"identity_number": "identity_index", "phone": "phone_index"}


def _secret(text: str, column: str, context: str) -> dict[str, Any]:
    if not text:
        return {}
    return {column: text, _INDEX_COLUMN[column]: ring().index(text, context=context)}


def _add_spells(child: Child, new: NewChild, line: Line) -> None:
    ResidenceSpell.objects.create(
        **_stated(child),
        place=new.division,
        since=line.stay.get("since"),
        since_latest=line.stay.get("since_latest"),
    )
    if child.hukou != HukouKnown.UNKNOWN:
        HukouSpell.objects.create(
            **_stated(child),
            place=child.hukou_division,
            registered=child.hukou == HukouKnown.REGISTERED,
        )
