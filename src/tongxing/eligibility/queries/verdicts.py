"""Verdicts, stored and explained."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count

from tongxing.access.queries import divisions
from tongxing.eligibility import law
from tongxing.eligibility.facts import child_facts
from tongxing.eligibility.models import StoredVerdict
from tongxing.eligibility.values import RULES, Population
from tongxing.kernel.errors import Unknown
from tongxing.registry.queries import stays
from tongxing.rulebook import Text, Verdict, explain


def stored(child_id: UUID) -> Sequence[StoredVerdict]:
    """Every verdict ever stored for a child, the ones in force first."""
    found = StoredVerdict.objects.filter(child_id=child_id)
    return sorted(found, key=lambda verdict: (verdict.superseded_at is not None, verdict.on_day))


def explained(child_id: UUID, *, on: date) -> dict[Population, Verdict]:
    """The verdicts of a child for any day, with every condition in words and its clause."""
    found = stays.facts_of([child_id])
    if not found:
        raise Unknown()
    person = found[0]
    facts = child_facts(person)
    codes = {person.hukou_division or 0, *(stay.place for stay in person.stays)}
    codes |= {place for place, _ in person.hukou_changes}
    names = divisions.division_names(codes)

    def named(code: int) -> Text | None:
        return Text(names[code], names[code]) if code in names else None

    return {
        population: explain(
            rule,
            facts,
            on=on,
            pack=law.pack_for(population, person.division),
            site=law.site(),
            place_name=named,
        )
        for population, rule in RULES.items()
    }


def answers_by_pack() -> dict[str, dict[str, int]]:
    """How many children of this scope each pack answers yes, no and cannot tell about."""
    found: dict[str, dict[str, int]] = {}
    current = StoredVerdict.objects.filter(
        superseded_at__isnull=True, population__in=[Population.LOCAL, Population.NATIONAL]
    )
    rows = current.values_list("pack", "population", "answer").annotate(children=Count("child_id"))
    for pack, population, answer, children in rows.order_by("population", "pack"):
        found.setdefault(f"{pack} ({population})", {})[answer] = children
    return found
