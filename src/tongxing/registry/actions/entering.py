"""One chunk of a list on its way into the register, in the caller's transaction.

Rows that the register cannot take any more as they were reviewed wait for a person again; a row
that the database refuses is set aside alone, so that it never keeps the others out.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from tongxing.kernel.actors import Actor
from tongxing.kernel.failpoints import passing
from tongxing.registry.actions import insertion, sealing, updating
from tongxing.registry.models import Child, RosterBatch, RosterRow
from tongxing.registry.queries import known
from tongxing.registry.rules.clues import due_on
from tongxing.registry.rules.matching import Meanwhile, Question
from tongxing.registry.values.children import ClueKind
from tongxing.registry.values.rosters import Decision, Fate

_LAST = 2**31 - 1
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Done:
    """Children the chunk brought in, and children it changed."""

    entered: list[UUID] = field(default_factory=list)
    changed: list[UUID] = field(default_factory=list)

    def __add__(self, other: "Done") -> "Done":
        return Done([*self.entered, *other.entered], [*self.changed, *other.changed])


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkWork:
    """`again`: the chunk is in the register already, and rows of it were decided since.

    `others_entered`: the register got children from elsewhere after the list was compared with it.
    """

    batch: RosterBatch
    number: int
    kinds: list[str]
    again: bool
    others_entered: bool
    by: Actor
    at: datetime

    def run(self) -> Done:
        """Let the chunk's rows in, all at once when nothing speaks against it."""
        try:
            with transaction.atomic():
                return self._let_in_and_change(0, _LAST)
        except (DataError, IntegrityError) as error:
            self._log(error, "whole chunk")
        numbers = RosterRow.objects.filter(batch_id=self.batch.pk, chunk=self.number)
        return self._carefully(list(numbers.order_by("number").values_list("number", flat=True)))

    def _carefully(self, numbers: Sequence[int]) -> Done:
        """Halve the rows until the one that the database refuses stands alone, and hold that."""
        try:
            with transaction.atomic():
                return self._let_in_and_change(numbers[0], numbers[-1])
        except (DataError, IntegrityError) as error:
            if len(numbers) == 1:
                self._log(error, f"row {numbers[0]}")
                self._hold(self._rows(numbers[0], numbers[0]), Meanwhile.COULD_NOT_ENTER)
                return Done()
        middle = len(numbers) // 2
        return self._carefully(numbers[:middle]) + self._carefully(numbers[middle:])

    def _let_in_and_change(self, first: int, last: int) -> Done:
        self._ask_again(first, last)
        entered = self._let_in(first, last)
        changed = self._change(first, last)
        return Done(entered, changed)

    def _ask_again(self, first: int, last: int) -> None:
        """Rows that turned out to be a child who came into the register since the review."""
        wanted = self._entering(first, last)
        clean = wanted.filter(decision="") if self.others_entered else wanted.none()
        self._ask_if_known(clean, but_of=self.batch.pk)
        self._ask_if_known(wanted.exclude(decision=""), but_of=None)

    def _ask_if_known(self, rows: Iterable[RosterRow], *, but_of: UUID | None) -> None:
        asked = list(rows)
        marks = [sealing.marks_of(row.line) for row in asked]
        register = known.for_marks(marks, but_of=but_of) if asked else None
        for row, mark in zip(asked, marks, strict=True):
            assert register is not None  # noqa: S101 - there are rows
            found = register.match(mark)
            # Whom a person has seen beside the row, and said no to, is not asked about again.
            if found.child_id not in {None, row.child_id, row.likely_child_id}:
                question = found.question or Question.PERHAPS_KNOWN
                same_number = mark.number in register.by_number
                why = Meanwhile.NUMBER_ENTERED if same_number else question
                self._hold([row], why, likely=found.child_id)

    def _let_in(self, first: int, last: int) -> list[UUID]:
        """New children with everything the list says of them; answers their ids."""
        waiting = self._entering(first, last).count()
        if not waiting:
            return []
        parameters: dict[str, Any] = {
            "batch": self.batch.pk,
            "chunk": self.number,
            "first": first,
            "last": last,
            "again": self.again,
            "source": self.batch.source,
            "as_of": self.batch.as_of,
            "due_on": due_on(ClueKind.UNACCOMPANIED, localdate(self.at)),
        }
        with connection.cursor() as cursor:
            cursor.execute(insertion.PLAN)
            cursor.execute(insertion.entering(self.kinds), parameters)
            children = [row[0] for row in cursor.fetchall()]
            cursor.execute(insertion.USUAL_PLAN)
        passing("roster.commit.children")
        self._settle(first, last, all_entered=len(children) == waiting)
        passing("roster.commit.details")
        return children

    def _settle(self, first: int, last: int, *, all_entered: bool) -> None:
        """Rows a person let in are marked; rows that could not enter wait for a person.

        Clean rows need no mark: their child is there.
        """
        rows = self._entering(first, last)
        present = Exists(Child.objects.filter(pk=OuterRef("child_id")))
        if not all_entered:
            for row in rows.filter(~present):
                likely = updating.child_with_number_of(row)
                self._hold([row], Meanwhile.NUMBER_ENTERED, likely=likely)
        rows.filter(present).exclude(decision="").update(applied_at=self.at)

    def _change(self, first: int, last: int) -> list[UUID]:
        """Known children whose row brings something new; answers their ids."""
        rows = self._rows(first, last).filter(applied_at__isnull=True)
        fresh = Q(decision=Decision.ACCEPT) if self.again else ~Q(decision=Decision.LEAVE_OUT)
        said_so = Q(fate__in=[Fate.HELD, Fate.DUPLICATE], decision=Decision.SAME_CHILD)
        wanted = list(rows.filter((fresh & Q(fate=Fate.CHANGED)) | said_so).order_by("number"))
        outcome = updating.apply_rows(wanted, batch=self.batch, by=self.by, at=self.at)
        self._hold(outcome.gone, Meanwhile.CHILD_GONE)
        applied = [row.number for row in outcome.applied]
        rows.filter(number__in=applied).update(applied_at=self.at)
        if not self.again:
            self._hold(self._unchanged_but_gone(first, last), Meanwhile.CHILD_GONE)
        passing("roster.commit.changes")
        return [row.child_id for row in outcome.applied if row.child_id]

    def _unchanged_but_gone(self, first: int, last: int) -> QuerySet[RosterRow]:
        """Rows whose child was taken back, or moved out of sight, since they were compared."""
        there = Child.objects.filter(pk=OuterRef("child_id"), withdrawn_at__isnull=True)
        return self._rows(first, last).filter(~Exists(there), fate=Fate.UNCHANGED)

    def _rows(self, first: int, last: int) -> QuerySet[RosterRow]:
        return RosterRow.objects.filter(
            batch_id=self.batch.pk, chunk=self.number, number__gte=first, number__lte=last
        )

    def _entering(self, first: int, last: int) -> QuerySet[RosterRow]:
        """The rows that `insertion` lets in; the same condition as there, for the ORM."""
        fresh = Q(decision=Decision.ACCEPT) if self.again else ~Q(decision=Decision.LEAVE_OUT)
        decided = Q(fate__in=[Fate.HELD, Fate.DUPLICATE], decision__in=insertion.DECISIONS)
        return self._rows(first, last).filter(
            (fresh & Q(fate=Fate.NEW)) | decided, applied_at__isnull=True, child_id__isnull=False
        )

    def _hold(
        self, rows: Iterable[RosterRow], why: Meanwhile | Question, *, likely: UUID | None = None
    ) -> None:
        """Let rows wait for a person; an earlier decision does not answer the new question."""
        for row in rows:
            row.fate, row.decision = Fate.HELD, ""
            row.problems = [*row.problems, {"code": why.value, "severity": "hold"}]
            row.child_id, row.likely_child_id = None, likely
            row.save(update_fields=["fate", "decision", "problems", "child_id", "likely_child_id"])

    def _log(self, error: Exception, what: str) -> None:
        """Where it happened and the database's own code; the message may quote the row."""
        code: Any = getattr(error.__cause__, "sqlstate", "")
        _log.warning("roster %s chunk %s, %s: refused (%s)", self.batch.pk, self.number, what, code)
