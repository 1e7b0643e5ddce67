"""Who an item of a draft is for: how many children of one's own area qualify."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from tongxing.eligibility import law, service_law
from tongxing.eligibility.facts import child_facts
from tongxing.eligibility.models import ServiceListVersion
from tongxing.eligibility.queries import service_lists
from tongxing.eligibility.values.service_lists import Numbers
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import area_of
from tongxing.registry.queries import stays
from tongxing.rulebook import ChildFacts, decide

CHUNK = 1000


def numbers_of(found: ServiceListVersion, code: str, *, by: Actor, on: date) -> dict[str, Numbers]:
    """For each promise of an item: how many children of the list's place it is for.

    Counted in the reader's own scope; nothing about a single child is kept.
    """
    if by.area is None or not area_of(found.division).covers(by.area):
        return {}
    own = service_lists.as_list(found, on=on)
    pack = service_law.pack_with(found.division, [service_lists.written(found, on=on)])
    wanted = [each.id for each in own.items[code].entitlements.values()]
    answers: dict[str, Counter[str]] = {name: Counter() for name in wanted}
    missing: dict[str, Counter[str]] = {name: Counter() for name in wanted}
    for facts in everybody():
        for name in wanted:
            decision = decide(name, facts, on=max(on, own.valid_from), pack=pack, site=law.site())
            answers[name][decision.answer.word] += 1
            missing[name].update(decision.missing)
    return {
        name.partition(".")[2]: Numbers(
            yes=counts["yes"],
            no=counts["no"],
            cannot_tell=counts["cannot_tell"],
            missing=tuple(fact for fact, _ in missing[name].most_common(3)),
        )
        for name, counts in answers.items()
    }


def everybody() -> Iterator[ChildFacts]:
    """The facts of every child of the scope, a chunk at a time."""
    last = None
    while ids := stays.ids_after(last, limit=CHUNK):
        yield from map(child_facts, stays.facts_of(ids))
        last = ids[-1]
