"""Where children were registered and lived, set by set: what verdicts are computed from."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import F

from tongxing.registry.models import Child, HukouSpell, ResidenceSpell, TemporaryAbsence

# A spell whose beginning nobody knows lies before all others.
_FIRST_TO_LAST = F("since").asc(nulls_first=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One residence; the first day lies in `[since, since_latest]`, at the latest on `seen_on`."""

    place: int
    since: date | None
    since_latest: date | None
    until: date | None
    seen_on: date


@dataclass(slots=True, kw_only=True)
class PersonFacts:
    """What a verdict needs to know of one child."""

    id: UUID
    division: int
    born_from: date | None
    born_until: date | None
    hukou: str
    hukou_division: int | None
    moved_with: str
    asked_for_help_on: date | None
    hukou_changes: list[tuple[int, date | None]] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    absences: list[tuple[date, date | None]] = field(default_factory=list)


def facts_of(ids: Iterable[UUID]) -> list[PersonFacts]:
    """The facts of these children; withdrawn ones are left out. Four queries, however many."""
    wanted = list(ids)
    people = {
        row[0]: PersonFacts(
            id=row[0],
            division=row[1],
            born_from=row[2],
            born_until=row[3],
            hukou=row[4],
            hukou_division=row[5],
            moved_with=row[6],
            asked_for_help_on=row[7],
        )
        for row in Child.objects.filter(pk__in=wanted, withdrawn_at__isnull=True).values_list(
            *("pk", "division", "born_from", "born_until", "hukou", "hukou_division"),
            *("moved_with", "asked_for_help_on"),
        )
    }
    _add_hukou_changes(people)
    _add_stays(people)
    _add_absences(people)
    return list(people.values())


def ids_after(last: UUID | None, *, limit: int) -> Sequence[UUID]:
    """The next ids of the scope in the order of ids, for going through everybody."""
    found = Child.objects.filter(withdrawn_at__isnull=True)
    if last is not None:
        found = found.filter(pk__gt=last)
    return list(found.order_by("pk").values_list("pk", flat=True)[:limit])


def _add_hukou_changes(people: dict[UUID, PersonFacts]) -> None:
    spells = HukouSpell.objects.filter(
        child_id__in=people, withdrawn_at__isnull=True, place__isnull=False
    ).order_by(_FIRST_TO_LAST)
    for child_id, place, since in spells.values_list("child_id", "place", "since"):
        if place is not None:
            people[child_id].hukou_changes.append((place, since))


def _add_stays(people: dict[UUID, PersonFacts]) -> None:
    spells = ResidenceSpell.objects.filter(
        child_id__in=people, withdrawn_at__isnull=True, place__isnull=False
    ).order_by(_FIRST_TO_LAST)
    by_child: dict[UUID, list[Stay]] = defaultdict(list)
    columns = ("child_id", "place", "since", "since_latest", "until", "as_of")
    for child_id, place, since, latest, until, seen in spells.values_list(*columns):
        if place is not None:
            stay = Stay(place=place, since=since, since_latest=latest, until=until, seen_on=seen)
            by_child[child_id].append(stay)
    for child_id, stays in by_child.items():
        people[child_id].stays = stays


def _add_absences(people: dict[UUID, PersonFacts]) -> None:
    absences = TemporaryAbsence.objects.filter(child_id__in=people, withdrawn_at__isnull=True)
    for child_id, since, until in absences.values_list("child_id", "since", "until"):
        people[child_id].absences.append((since, until))
