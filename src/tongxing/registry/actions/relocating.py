"""Where a child lives and is registered, as a list states it: moves are dated, corrections are not.

A place said more exactly, or a stay dated better, is the same stay: its clock runs on. What is
replaced is withdrawn and can be put back.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from tongxing.kernel.divisions import area_of
from tongxing.registry.models import Child, HukouSpell, ResidenceSpell, RosterBatch


@dataclass(slots=True, kw_only=True)
class Relocation:
    """One row's word on place and hukou; make it before the child gets the new values."""

    child: Child
    batch: RosterBatch
    line: dict[str, Any]
    at: datetime
    hukou_before: int | None = field(init=False)
    notes: dict[str, list[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.hukou_before = self.child.hukou_division

    def may_be_dated(self) -> bool:
        """Whether the present stay can begin when the row says, without meeting an earlier one."""
        since, _latest = self._said()
        ended = self._stays().filter(until__isnull=False)
        return (
            since is not None
            and self._stays().filter(until__isnull=True).exists()
            and not ended.filter(until__gt=since).exists()
        )

    def write(self, fields: list[str]) -> dict[str, list[str]]:
        """Write the spells; answers which ones are new, withdrawn or ended, for undoing."""
        if "residence" in fields:
            self._live_elsewhere(dated="lived_since" in fields)
        elif "lived_since" in fields:
            for stay in self._stays().filter(until__isnull=True):
                self._replace(stay, place=stay.place, dated=True)
        if "hukou" in fields:
            self._change_hukou()
        return self.notes

    def _live_elsewhere(self, *, dated: bool) -> None:
        stay = self._stays().filter(until__isnull=True).first()
        if stay is None:
            last = self._stays().order_by(F("until").desc(nulls_last=True)).first()
            self._move(not_before=last.until if last else None)
        elif self._corrects(stay):
            self._replace(stay, place=self.child.division, dated=dated)
        else:
            self._move(not_before=stay.since + timedelta(days=1) if stay.since else None, end=stay)

    def _corrects(self, stay: ResidenceSpell) -> bool:
        """The same stay said better: the place lies in the known one, or was so from the start."""
        if stay.place is None or self.child.division in area_of(stay.place):
            return True
        since, _latest = self._said()
        return since is not None and stay.since is not None and since <= stay.since

    def _move(self, *, not_before: date | None, end: ResidenceSpell | None = None) -> None:
        """A stay ends and the next begins on the day the row says, else on the list's own day."""
        since, latest = self._said()
        day = max(since or self.batch.as_of, not_before or date.min)
        if end is not None:
            self._note("ended_stays", end.pk)
            ResidenceSpell.objects.filter(pk=end.pk).update(until=day)
        self._begin(
            place=self.child.division,
            since=day,
            since_latest=latest if latest and day == since else day,
            source=self.batch.source,
            as_of=self.batch.as_of,
        )

    def _replace(self, stay: ResidenceSpell, *, place: int | None, dated: bool) -> None:
        """The same stay with another place or first day; its source is who dated it."""
        self._note("withdrawn_stays", stay.pk)
        ResidenceSpell.objects.filter(pk=stay.pk).update(withdrawn_at=self.at)
        by_list = {"source": self.batch.source, "as_of": self.batch.as_of}
        as_before = {"source": stay.source, "as_of": stay.as_of}
        since, latest = self._said() if dated else (stay.since, stay.since_latest)
        self._begin(
            place=place, since=since, since_latest=latest, **(by_list if dated else as_before)
        )

    def _begin(self, **values: Any) -> None:
        begun = ResidenceSpell.objects.create(
            child_id=self.child.pk,
            division=self.child.division,
            batch_id=self.batch.pk,
            **values,
        )
        self._note("new_stays", begun.pk)

    def _change_hukou(self) -> None:
        """Elsewhere than before is a change on the list's day; said better, it was so before."""
        spells = HukouSpell.objects.filter(child_id=self.child.pk, withdrawn_at__isnull=True)
        present = spells.order_by(F("since").desc(nulls_last=True)).first()
        place, before = self.child.hukou_division, self.hukou_before
        since: date | None
        if before is None or (place is not None and place in area_of(before)):
            since = present.since if present else None
            if present is not None:
                self._note("withdrawn_hukou", present.pk)
                HukouSpell.objects.filter(pk=present.pk).update(withdrawn_at=self.at)
        else:
            since = _free_day(spells, self.batch.as_of)
        begun = HukouSpell.objects.create(
            child_id=self.child.pk,
            division=self.child.division,
            place=place,
            registered=True,
            since=since,
            source=self.batch.source,
            as_of=self.batch.as_of,
            batch_id=self.batch.pk,
        )
        self._note("new_hukou", begun.pk)

    def _said(self) -> tuple[date | None, date | None]:
        stay = self.line.get("stay", {})
        first, last = stay.get("since"), stay.get("since_latest")
        return (
            date.fromisoformat(first) if first else None,
            date.fromisoformat(last) if last else None,
        )

    def _stays(self) -> QuerySet[ResidenceSpell]:
        return ResidenceSpell.objects.filter(child_id=self.child.pk, withdrawn_at__isnull=True)

    def _note(self, what: str, spell: UUID) -> None:
        self.notes.setdefault(what, []).append(str(spell))


def _free_day(spells: QuerySet[HukouSpell], day: date) -> date:
    taken = set(spells.values_list("since", flat=True))
    while day in taken:
        day += timedelta(days=1)
    return day
