"""A department's list: receiving it, saying how its columns are read, deciding its rows."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as queue

from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import area_of
from tongxing.kernel.errors import Refusal
from tongxing.kernel.ids import uuid7
from tongxing.keys import files
from tongxing.registry.models import RosterBatch, RosterChunk, RosterMapping, RosterRow
from tongxing.registry.values.rosters import BatchState, Decision, Fate, Upload

FILE_CONTEXT = "roster.file"


class RosterRefused(Refusal):
    code = "registry.roster_refused"
    message = _("This list cannot be taken in.")


class SameFileAgain(RosterRefused):
    code = "registry.same_file_again"
    message = _(
        "This very file was already taken in on %(received_on)s by %(received_by)s. "
        "Nothing was done; open the earlier import, or confirm that it should be read again."
    )


class TooBig(RosterRefused):
    code = "registry.roster_too_big"
    message = _(
        "The file has %(megabytes)s MB; the limit is %(limit)s MB. Split it and send the parts."
    )


class OutsideYourArea(RosterRefused):
    code = "registry.outside_your_area"
    message = _("The place you chose lies outside the area of your post.")


class NotNow(RosterRefused):
    code = "registry.roster_not_now"
    message = _("This list is in the state “%(state)s”; that step is not possible now.")


class NothingOpen(RosterRefused):
    code = "registry.nothing_open"
    message = _("None of the chosen rows is waiting for a decision.")


def file_name_of(batch_id: UUID) -> str:
    """Where the original file of a batch lies sealed."""
    return f"rosters/{batch_id}"


@transaction.atomic
def receive(*, upload: Upload, by: Actor, at: datetime) -> RosterBatch:
    """Keep the file with its hash. The same file twice is recognised and refused once."""
    limit = settings.TONGXING_ROSTER_MAX_BYTES
    if len(upload.content) > limit:
        megabytes = f"{len(upload.content) / 2**20:.0f}"
        raise TooBig(megabytes=megabytes, limit=limit // 2**20)
    if by.area is None or not by.area.covers(area_of(upload.division)):
        raise OutsideYourArea()
    digest = hashlib.sha256(upload.content).hexdigest()
    _refuse_same_file(upload, digest)
    batch_id = uuid7()
    files.keep(file_name_of(batch_id), upload.content, context=FILE_CONTEXT)
    batch = RosterBatch.objects.create(
        id=batch_id,
        division=upload.division,
        source=upload.source,
        as_of=upload.as_of,
        file_name=upload.file_name,
        file_sha256=digest,
        file_bytes=len(upload.content),
        previous_rows=_rows_last_time(upload),
        created_by=by.account_id,
        created_by_name=by.name,
        created_post=by.post_id,
    )
    record_step("registry.roster.received", batch, by=by, at=at, sha256=digest[:16])
    if upload.by_worker:
        later("registry.inspect_roster", batch_id, by=by)
    return batch


@transaction.atomic
def note_workbook(
    *, batch_id: UUID, workbook: dict[str, Any], mapping: dict[str, Any], fingerprint: str
) -> None:
    """Keep what the first look into the file found, so that a person can check the columns."""
    batch = locked(batch_id, BatchState.RECEIVED, BatchState.INSPECTED, BatchState.REVIEW)
    batch.workbook = workbook
    batch.mapping = mapping
    batch.fingerprint = fingerprint
    batch.sheet = workbook.get("sheet", "")
    batch.state = BatchState.INSPECTED
    batch.save(update_fields=["workbook", "mapping", "fingerprint", "sheet", "state"])


@transaction.atomic
def note_unreadable(*, batch_id: UUID, failure: dict[str, Any], by: Actor, at: datetime) -> None:
    """Keep the one sentence that says why the file cannot be read."""
    batch = RosterBatch.objects.select_for_update().get(pk=batch_id)
    batch.failure = failure
    batch.state = BatchState.UNREADABLE
    batch.save(update_fields=["failure", "state"])
    record_step("registry.roster.unreadable", batch, by=by, at=at, code=failure.get("code", ""))


@transaction.atomic
def map_columns(
    *, batch_id: UUID, mapping: dict[str, Any], by: Actor, at: datetime, by_worker: bool = True
) -> RosterBatch:
    """Say how the columns are read, and remember it for this source."""
    batch = locked(batch_id, BatchState.INSPECTED, BatchState.REVIEW, BatchState.STOPPED)
    batch.mapping = mapping
    batch.state = BatchState.STAGING
    batch.rows_done = 0
    batch.save(update_fields=["mapping", "state", "rows_done"])
    if batch.fingerprint:
        RosterMapping.objects.update_or_create(
            division=batch.division,
            source=batch.source,
            fingerprint=batch.fingerprint,
            defaults={"mapping": mapping, "used_at": at},
        )
    record_step("registry.roster.mapped", batch, by=by, at=at)
    if by_worker:
        later("registry.stage_roster", batch_id, by=by)
    return batch


@transaction.atomic
def decide(
    *,
    batch_id: UUID,
    numbers: list[int],
    decision: Decision,
    reason: str,
    by: Actor,
    at: datetime,
) -> int:
    """Decide rows that wait for a person; answers how many. The reason stays with each row."""
    batch = locked(
        batch_id, BatchState.REVIEW, BatchState.STOPPED, BatchState.COMMITTED, BatchState.COMMITTING
    )
    rows = RosterRow.objects.select_for_update().filter(
        batch_id=batch_id,
        number__in=numbers,
        applied_at__isnull=True,
        fate__in=[Fate.HELD, Fate.CHANGED, Fate.DUPLICATE, Fate.NEW],
    )
    decided = 0
    for row in rows:
        if _takes(row, decision):
            _write_decision(row, decision, reason=reason, by=by, at=at)
            decided += 1
    if not decided:
        raise NothingOpen()
    RosterChunk.objects.filter(
        batch_id=batch_id, number__in={row.chunk for row in rows}, committed_at__isnull=False
    ).update(committed_at=None)
    record_step(
        "registry.roster.decided", batch, by=by, at=at, rows=decided, decision=decision.value
    )
    return decided


@transaction.atomic
def begin_commit(
    *, batch_id: UUID, shrink_accepted: bool, by: Actor, at: datetime, by_worker: bool = True
) -> RosterBatch:
    """Let the reviewed rows enter the register. A list that lost many rows needs a second word."""
    states = [BatchState.REVIEW, BatchState.COMMITTED]
    batch = locked(batch_id, *states, *([BatchState.STOPPED] if shrink_accepted else []))
    batch.state = BatchState.COMMITTING
    batch.rows_done = 0
    batch.save(update_fields=["state", "rows_done"])
    record_step(
        "registry.roster.commit_begun", batch, by=by, at=at, shrink_accepted=shrink_accepted
    )
    if by_worker:
        later("registry.commit_roster", batch_id, by=by)
    return batch


@transaction.atomic
def discard(*, batch_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Put a list aside that never entered the register."""
    batch = locked(
        batch_id,
        *(BatchState.RECEIVED, BatchState.INSPECTED, BatchState.REVIEW, BatchState.STOPPED),
        BatchState.UNREADABLE,
    )
    batch.state = BatchState.DISCARDED
    batch.save(update_fields=["state"])
    record_step("registry.roster.discarded", batch, by=by, at=at, reason=reason)


@transaction.atomic
def note_rows_shown(*, batch_id: UUID, rows: int, fate: Fate, by: Actor) -> None:
    """Leave a trail that somebody looked at rows of a list (-1: took them away as a workbook)."""
    audit.record(
        "registry.roster.rows_shown",
        actor=by,
        subject_type="registry.roster",
        subject_id=batch_id,
        rows=rows,
        fate=fate.value,
    )


def later(task: str, batch_id: UUID, *, by: Actor) -> None:
    """Leave a step to the worker; the order commits or vanishes with the caller's transaction."""
    queue.configure_task(task, queue="rosters").defer(
        batch_id=str(batch_id), account_id=by.account_id, post_id=by.post_id
    )


def locked(batch_id: UUID, *states: BatchState) -> RosterBatch:
    """The batch, locked, when it is in one of `states`; else NotNow."""
    batch = RosterBatch.objects.select_for_update().get(pk=batch_id)
    if BatchState(batch.state) not in states:
        raise NotNow(state=batch.state)
    return batch


def _refuse_same_file(upload: Upload, digest: str) -> None:
    if upload.again:
        return
    earlier = (
        RosterBatch.objects.filter(file_sha256=digest, division=upload.division)
        .exclude(state__in=[BatchState.DISCARDED, BatchState.UNDONE, BatchState.UNREADABLE])
        .order_by("-created_at")
        .first()
    )
    if earlier is not None:
        raise SameFileAgain(
            received_on=f"{earlier.created_at:%Y-%m-%d}",
            received_by=earlier.created_by_name,
            batch_id=str(earlier.pk),
        )


def _rows_last_time(upload: Upload) -> int | None:
    last = (
        RosterBatch.objects.filter(
            division=upload.division, source=upload.source, state=BatchState.COMMITTED
        )
        .order_by("-committed_at")
        .first()
    )
    return last.counts.get("read") if last else None


def _takes(row: RosterRow, decision: Decision) -> bool:
    """Whether the decision makes sense for the row: one cannot say "same child" of nobody."""
    if decision is Decision.SAME_CHILD:
        return row.likely_child_id is not None
    if decision is Decision.LEAVE_OUT:
        return True
    usable = bool(row.line.get("child", {}).get("name"))
    if row.fate in {Fate.HELD, Fate.DUPLICATE}:
        return usable
    return decision is Decision.ACCEPT


def _write_decision(
    row: RosterRow, decision: Decision, *, reason: str, by: Actor, at: datetime
) -> None:
    row.decision = decision
    row.decided_by = by.name
    row.decided_at = at
    row.reason = reason
    if row.fate in {Fate.HELD, Fate.DUPLICATE}:
        same = decision is Decision.SAME_CHILD
        row.child_id = row.likely_child_id if same else uuid7()
        if decision is Decision.LEAVE_OUT:
            row.child_id = None
    row.save(
        update_fields=["decision", "decided_by", "decided_at", "reason", "child_id"],
    )


def record_step(kind: str, batch: RosterBatch, *, by: Actor, at: datetime, **facts: Any) -> None:
    """One event about the list, in the caller's transaction."""
    audit.record(
        kind,
        actor=by,
        at=at,
        subject_type="registry.roster",
        subject_id=batch.pk,
        division=batch.division,
        **facts,
    )
