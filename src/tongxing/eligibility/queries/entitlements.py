"""What children are entitled to, what they have received, and what nobody can tell yet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from tongxing.access.queries import divisions
from tongxing.eligibility import law
from tongxing.eligibility.facts import child_facts
from tongxing.eligibility.models import DeclaredFact, Delivery
from tongxing.eligibility.named_facts import NamedFacts, named_facts
from tongxing.eligibility.queries import service_lists
from tongxing.eligibility.values.entitlements import Declared, Delivered, DeliveryState
from tongxing.kernel.errors import Unknown
from tongxing.registry.queries import facts as registered
from tongxing.registry.queries import stays
from tongxing.registry.queries.stays import PersonFacts
from tongxing.rulebook import ChildFacts, Pack, Text, about_child, duties_of, offers
from tongxing.rulebook.duties_of import OwedDuty
from tongxing.rulebook.offers import Offer


def full_facts(people: Iterable[PersonFacts], *, on: date) -> dict[UUID, ChildFacts]:
    """The facts of children with everything departments and people have stated. Set by set."""
    found = {person.id: person for person in people}
    stated = registered.believed_of(found)
    declared = declared_by_child(found)
    return {
        child_id: replace(
            child_facts(person),
            facts=_together(named_facts(stated[child_id], on=on), declared[child_id]),
        )
        for child_id, person in found.items()
    }


def _together(registered_facts: NamedFacts, declared: Iterable[Declared]) -> NamedFacts:
    """What a department has stated goes before what somebody has declared."""
    return {each.name: each.value for each in declared} | registered_facts


def declared_by_child(ids: Iterable[UUID]) -> dict[UUID, list[Declared]]:
    """The declared facts in force of these children."""
    found: dict[UUID, list[Declared]] = defaultdict(list)
    rows = DeclaredFact.objects.filter(child_id__in=list(ids), superseded_at__isnull=True)
    for row in rows.order_by("name"):
        found[row.child_id].append(
            Declared(
                child_id=row.child_id,
                name=row.name,
                value=row.value,
                as_of=row.as_of,
                said_by=row.said_by,
            )
        )
    return found


def deliveries_of(child_id: UUID) -> dict[str, Delivered]:
    """What the child has received or its family declined, the last word of each entitlement."""
    rows = Delivery.objects.filter(child_id=child_id, withdrawn_at__isnull=True)
    return {
        row.entitlement: Delivered(
            entitlement=row.entitlement,
            state=DeliveryState(row.state),
            on=row.on_day,
            by_name=row.recorded_by_name,
        )
        for row in rows.order_by("on_day", "recorded_at")
    }


def pack_of(person: PersonFacts, *, on: date) -> Pack:
    """The law of the place where the child lives, with the lists published there."""
    return service_lists.pack_at(person.division, on=on)


def offers_of(child_id: UUID, *, on: date) -> tuple[Pack, ChildFacts, tuple[Offer, ...]]:
    """Every entitlement put to one child. Unknown when there is no such child."""
    person, facts = _one(child_id, on)
    pack = pack_of(person, on=on)
    names = divisions.division_names(
        {person.hukou_division or 0, *(stay.place for stay in person.stays)}
    )

    def named(code: int) -> Text | None:
        return Text(names[code], names[code]) if code in names else None

    found = offers(facts, on=on, pack=pack, site=law.site(), place_name=named)
    return pack, facts, found


def duties_towards(child_id: UUID, *, on: date) -> tuple[OwedDuty, ...]:
    """Who owes the child what, by which clock."""
    person, facts = _one(child_id, on)
    return duties_of(facts, on=on, pack=pack_of(person, on=on), site=law.site())


def in_json(child_id: UUID, *, on: date) -> dict[str, object]:
    """Everything the rulebook says about the child, in the form of the command line."""
    person, facts = _one(child_id, on)
    return about_child(facts, on=on, pack=pack_of(person, on=on), site=law.site())


def _one(child_id: UUID, on: date) -> tuple[PersonFacts, ChildFacts]:
    people = stays.facts_of([child_id])
    if not people:
        raise Unknown()
    return people[0], full_facts(people, on=on)[child_id]
