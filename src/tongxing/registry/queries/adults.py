"""The adults around a child, and the brothers and sisters they lead to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q

from tongxing.kernel import identity, names
from tongxing.kernel.actors import Actor
from tongxing.registry.models import Child, Guardian
from tongxing.registry.queries.scoped import children_of
from tongxing.registry.values.children import ChildState, Source
from tongxing.registry.values.files import Adult, Said, Sibling

# Who cares for the child from day to day is known from visits only (domain 5.4).
_HAVE_SEEN_IT = frozenset({Source.SURVEY, Source.CIVIL_AFFAIRS, Source.STAFF})


def guardians_of(child: Child) -> list[Guardian]:
    """What the sources say of adults around the child, the newest statement first."""
    return list(
        Guardian.objects.filter(child_id=child.pk, ended_on=None, withdrawn_at=None).order_by(
            "-as_of", "id"
        )
    )


def adults(guardians: Sequence[Guardian]) -> tuple[Adult, ...]:
    """One entry for a person, however many lists name her: same number, phone or name."""
    people: dict[str, list[Guardian]] = defaultdict(list)
    for guardian in guardians:
        people[_key_of(guardian, people)].append(guardian)
    found = [_adult(statements) for statements in people.values()]
    return tuple(sorted(found, key=_first_to_call))


def siblings(child: Child, guardians: Iterable[Guardian], *, actor: Actor) -> tuple[Sibling, ...]:
    """Children of `actor`'s area who share an adult or the household. Two queries."""
    marks = [mark for each in guardians for mark in _marks(each)]
    ids: set[UUID] = set()
    if marks:
        same_adult = Guardian.objects.filter(
            Q(identity_index__in=marks) | Q(phone_index__in=marks), withdrawn_at=None
        )
        ids = set(same_adult.exclude(child_id=child.pk).values_list("child_id", flat=True))
    condition = Q(pk__in=ids)
    if child.household_id is not None:
        condition |= Q(household_id=child.household_id)
    if not ids and child.household_id is None:
        return ()
    others = children_of(actor).filter(condition).exclude(pk=child.pk).order_by("born_from", "id")
    return tuple(
        Sibling(id=pk, name=name, born_from=born_from, state=ChildState(state))
        for pk, name, born_from, state in others.values_list("pk", "name", "born_from", "state")
    )


def _marks(guardian: Guardian) -> list[bytes]:
    indexes = (guardian.identity_index, guardian.phone_index)
    return [bytes(index) for index in indexes if index is not None]


def _key_of(guardian: Guardian, people: dict[str, list[Guardian]]) -> str:
    """The person this statement is about: one that is known already, or a new one."""
    for key, statements in people.items():
        if any(_same_person(guardian, other) for other in statements):
            return key
    return str(guardian.pk)


def _same_person(one: Guardian, other: Guardian) -> bool:
    if one.identity_index and other.identity_index:
        return bytes(one.identity_index) == bytes(other.identity_index)
    same_phone = bool(one.phone_index) and one.phone_index == other.phone_index
    if not (one.name and other.name):
        # A number to call without a name speaks of whoever has that number.
        return same_phone
    same_name = names.comparable(one.name) == names.comparable(other.name)
    same_relation = one.relation_to_child == other.relation_to_child
    return same_name and (same_relation or same_phone or not one.relation_to_child)


def _adult(statements: list[Guardian]) -> Adult:
    """Put together: every value from the newest statement that has one."""
    newest = statements[0]
    numbered = next((each for each in statements if each.identity_number), newest)
    phoned = next((each for each in statements if each.phone), None)
    seen = [each for each in statements if each.source in _HAVE_SEEN_IT]
    return Adult(
        id=numbered.pk,
        phone_id=phoned.pk if phoned else None,
        name=_first(each.name for each in statements),
        relation=_first(each.relation_to_child for each in statements),
        relation_written=_first(each.relation_written for each in statements),
        masked_number=identity.mask(numbered.identity_number or ""),
        masked_phone=_mask_phone(phoned.phone or "") if phoned else "",
        workplace=_first(each.workplace for each in statements),
        is_legal_guardian=_known(each.is_legal_guardian for each in statements),
        is_actual_carer=_known(each.is_actual_carer for each in seen),
        lives_with_child=_known(each.lives_with_child for each in seen),
        said=tuple(Said(source=each.source, as_of=each.as_of) for each in statements),
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _known(answers: Iterable[bool | None]) -> bool | None:
    return next((answer for answer in answers if answer is not None), None)


def _mask_phone(phone: str) -> str:
    return (
        f"{phone[:3]}{'*' * (len(phone) - 5)}{phone[-2:]}" if len(phone) > 6 else "*" * len(phone)
    )


def _first_to_call(adult: Adult) -> tuple[bool, bool, bool]:
    return (not adult.is_actual_carer, not adult.is_legal_guardian, not adult.masked_phone)
