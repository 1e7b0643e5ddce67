"""Taking a whole list back: what it brought is withdrawn, what it changed is put back.

A child that somebody worked on since, or of whom somebody else has said something, stays as it is
and is counted as left.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.db.models import F, Model, Q

from tongxing.access import scopes
from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.kernel.failpoints import passing
from tongxing.registry import hooks
from tongxing.registry.actions import rosters, trail, turns
from tongxing.registry.actions.updating import replace_name_keys
from tongxing.registry.models import (
    Child,
    Clue,
    Guardian,
    HukouSpell,
    ResidenceSpell,
    RosterBatch,
    RosterChange,
    RosterChunk,
    RosterRow,
    TemporaryAbsence,
)
from tongxing.registry.queries import known
from tongxing.registry.values.children import OPEN_CLUES, ClueState, FactKind
from tongxing.registry.values.rosters import IN_THE_REGISTER, BatchState, Decision, Fate

_STATEMENTS: tuple[type[Model], ...] = (
    *(Guardian, HukouSpell, ResidenceSpell, TemporaryAbsence),
    *known.FACT_TABLES.values(),
)
_DATES = frozenset({"born_from", "born_until", "asked_for_help_on"})


@transaction.atomic
def begin_undo(
    *, batch_id: UUID, reason: str, by: Actor, at: datetime, by_worker: bool = True
) -> RosterBatch:
    """Say that a committed list shall be taken back, and why. Raises NoReason, NotNow."""
    rosters.require(by, rosters.UNDO)
    reason = trail.check_reason(reason)
    batch = rosters.locked(batch_id, BatchState.COMMITTED, by=by)
    batch.state = BatchState.UNDOING
    batch.undo_left = 0
    batch.save(update_fields=["state", "undo_left"])
    rosters.record_step("registry.roster.undo_begun", batch, by=by, at=at, reason=reason)
    if by_worker:
        rosters.later("registry.undo_roster", batch_id, by=by)
    return batch


def undo(*, batch_id: UUID, by: Actor, at: datetime) -> None:
    """Take back chunk after chunk; the batch must be in UNDOING, else NotNow. May be begun again.

    No other list enters or leaves the same county meanwhile.
    """
    with scopes.acting_as(by):
        division = rosters.locked(batch_id, BatchState.UNDOING).division
    with turns.step_of(batch_id), turns.register_of(division):
        passing("roster.undo.started")
        while _undo_next(batch_id, by=by, at=at):
            passing("roster.undo.chunk")
        with scopes.acting_as(by):
            _finish(batch_id, by=by, at=at)
        passing("roster.undo.finished")


def _finish(batch_id: UUID, *, by: Actor, at: datetime) -> None:
    batch = rosters.locked(batch_id, BatchState.UNDOING)
    batch.state = BatchState.UNDONE
    batch.undone_at = at
    batch.save(update_fields=["state", "undone_at"])
    rosters.record_step("registry.roster.undone", batch, by=by, at=at, left=batch.undo_left)


def _undo_next(batch_id: UUID, *, by: Actor, at: datetime) -> bool:
    with scopes.acting_as(by):
        chunk = (
            RosterChunk.objects.select_for_update()
            .filter(batch_id=batch_id, undone_at__isnull=True)
            .order_by("-number")
            .first()
        )
        batch = rosters.locked(batch_id, BatchState.UNDOING)
        if chunk is None:
            return False
        work = _Undo(batch=batch, chunk=chunk.number, at=at)
        work.run()
        RosterChunk.objects.filter(batch_id=batch_id, number=chunk.number).update(undone_at=at)
        batch.undo_left += work.left
        batch.save(update_fields=["undo_left"])
        audit.record(
            "registry.roster.chunk_undone",
            actor=by,
            at=at,
            subject_type="registry.roster",
            subject_id=batch_id,
            division=batch.division,
            chunk=chunk.number,
            children=len(work.touched),
            left=work.left,
        )
        hooks.announce(sorted(work.touched), account_id=by.account_id, post_id=by.post_id)
        passing("roster.undo.announced")
        return True


@dataclass(kw_only=True)
class _Undo:
    """One chunk on its way out; `touched` are the children that are as before again."""

    batch: RosterBatch
    chunk: int
    at: datetime
    touched: set[UUID] = field(default_factory=set)
    left: int = 0
    taken_back: list[UUID] = field(init=False)

    def __post_init__(self) -> None:
        undone = RosterBatch.objects.filter(state=BatchState.UNDONE).values_list("pk", flat=True)
        self.taken_back = [self.batch.pk, *undone]

    def run(self) -> None:
        self._put_children_back()
        passing("roster.undo.put_back")
        self._take_statements_back()
        self._withdraw_new_children()
        self._close_clues()

    def _put_children_back(self) -> None:
        """Fields and places of known children; the newest change of each child first.

        Two rows of the list may have changed one child, from two chunks: both go at once.
        """
        ids = self._changes("child").values("child_id")
        open_changes = RosterChange.objects.filter(
            batch=self.batch, subject="child", child_id__in=ids, put_back_at__isnull=True
        )
        children = Child.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",))
        by_id = {child.pk: child for child in children}
        left = set()
        for change in open_changes.order_by("-revision_after"):
            child = by_id.get(change.child_id)
            if child is None or change.child_id in left or _moved_on(child, change):
                left.add(change.child_id)
            else:
                self._put_back(child, change)
        self.left += len(left)

    def _put_back(self, child: Child, change: RosterChange) -> None:
        note: dict[str, Any] = orjson.loads(change.before or "{}")
        present_name = child.name
        for name, value in note["columns"].items():
            setattr(child, name, _typed(name, value))
        child.revision += 1
        child.changed_at = self.at
        child.save(update_fields=[*note["columns"], "revision", "changed_at"])
        for table, what in ((ResidenceSpell, "stays"), (HukouSpell, "hukou")):
            spells = table._default_manager
            new, withdrawn = (note.get(f"{state}_{what}", []) for state in ("new", "withdrawn"))
            spells.filter(pk__in=new).update(withdrawn_at=self.at)
            spells.filter(pk__in=withdrawn).update(withdrawn_at=None)
        ResidenceSpell.objects.filter(pk__in=note.get("ended_stays", [])).update(until=None)
        replace_name_keys(child, former_name=present_name)
        RosterChange.objects.filter(pk=change.pk).update(put_back_at=self.at)
        self.touched.add(child.pk)

    def _take_statements_back(self) -> None:
        """Facts and adults the list stated of known children; its sources' earlier word counts."""
        adults = self._changes("guardian")
        Guardian.objects.filter(pk__in=adults.values("subject_id")).update(withdrawn_at=self.at)
        self.touched |= set(adults.values_list("child_id", flat=True))
        for kind, table in known.FACT_TABLES.items():
            stated = self._changes(kind)
            ids = list(stated.values_list("child_id", flat=True))
            facts = table._default_manager.filter(withdrawn_at__isnull=True)
            facts.filter(pk__in=stated.values("subject_id")).update(withdrawn_at=self.at)
            if ids:
                _reopen_latest(kind, ids, self.batch.source)
            self.touched |= set(ids)
        self._changes("guardian", *FactKind).update(put_back_at=self.at)

    def _withdraw_new_children(self) -> None:
        """Children of whom nobody knows anything any more.

        The chunk brought them in, or a list that was taken back before this one and had to leave
        them because this one names them too.
        """
        rows = RosterRow.objects.filter(batch=self.batch, chunk=self.chunk)
        brought = Child.objects.filter(
            batch_id__in=self.taken_back,
            pk__in=rows.values("child_id"),
            withdrawn_at__isnull=True,
        )
        children = list(brought.order_by("pk").select_for_update(of=("self",)))
        kept = self._known_to_others([child.pk for child in children])
        untouched = [
            child.pk
            for child in children
            if child.pk not in kept and not self._moved_on_since_entry(child)
        ]
        Child.objects.filter(pk__in=untouched).update(withdrawn_at=self.at)
        self.touched |= set(untouched)
        self.left += len(children) - len(untouched)

    def _known_to_others(self, ids: Collection[UUID]) -> set[UUID]:
        """Children of whom another list, or a person, has stated something since."""
        found: set[UUID] = set()
        for table in _STATEMENTS:
            others = table._default_manager.filter(child_id__in=ids, withdrawn_at__isnull=True)
            found |= set(
                others.exclude(batch_id__in=self.taken_back).values_list("child_id", flat=True)
            )
        others = RosterBatch.objects.filter(state__in=IN_THE_REGISTER)
        named = RosterRow.objects.filter(
            Q(fate__in=[Fate.CHANGED, Fate.UNCHANGED]) | Q(decision=Decision.SAME_CHILD),
            batch_id__in=list(others.values_list("pk", flat=True)),
            child_id__in=ids,
        ).exclude(decision=Decision.LEAVE_OUT)
        return found | {each for each in named.values_list("child_id", flat=True) if each}

    def _moved_on_since_entry(self, child: Child) -> bool:
        if child.revision == 1:
            return False
        changes = RosterChange.objects.filter(child_id=child.pk, subject="child")
        undone = changes.filter(put_back_at__isnull=False).count()
        own = changes.filter(put_back_at__isnull=True, batch_id__in=self.taken_back).count()
        return child.revision - 1 != 2 * undone + own

    def _close_clues(self) -> None:
        """What the list alone gave reason to look into, when nobody has looked yet."""
        Clue.objects.filter(
            batch_id=self.batch.pk, child_id__in=self.touched, state__in=OPEN_CLUES
        ).update(state=ClueState.REJECTED, closed_at=self.at)

    def _changes(self, *subjects: str) -> Any:
        return RosterChange.objects.filter(
            batch=self.batch, chunk=self.chunk, subject__in=subjects, put_back_at__isnull=True
        )


def _moved_on(child: Child, change: RosterChange) -> bool:
    """Whether anybody changed the child after `change`, apart from changes put back since.

    A change and its taking back each count one revision, and leave the child as it was.
    """
    undone = RosterChange.objects.filter(
        child_id=child.pk,
        subject="child",
        put_back_at__isnull=False,
        revision_after__gt=change.revision_after,
    )
    return child.revision - (change.revision_after or 0) != 2 * undone.count()


def _reopen_latest(kind: FactKind, ids: Collection[UUID], source: str) -> None:
    """Where no word of the source stands any more, its last one before stands again."""
    facts = known.FACT_TABLES[kind]._default_manager.filter(
        Q(("child_id__in", list(ids))), source=source, withdrawn_at__isnull=True
    )
    child_of = dict(facts.order_by("as_of", F("id")).values_list("pk", F("child_id")))
    standing = set(facts.filter(superseded_on=None).values_list("pk", flat=True))
    answered = {child_of[fact] for fact in standing}
    latest = {child: fact for fact, child in child_of.items() if child not in answered}
    facts.filter(pk__in=latest.values()).update(superseded_on=None)


def _typed(name: str, value: Any) -> Any:
    """A value of the note as the model wants it."""
    if value is None:
        return None
    if name in _DATES:
        return date.fromisoformat(value)
    return bytes.fromhex(value) if name == "identity_index" else value
