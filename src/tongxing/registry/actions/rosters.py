"""A department's list: receiving it, saying how its columns are read, deciding its rows."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as queue

from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import area_of
from tongxing.kernel.errors import Refusal
from tongxing.kernel.failpoints import passing
from tongxing.kernel.ids import uuid7
from tongxing.keys import files
from tongxing.registry.models import RosterBatch, RosterChunk, RosterMapping, RosterRow
from tongxing.registry.queries import originals
from tongxing.registry.queries.batches import NoSuchRoster
from tongxing.registry.queries.scoped import rosters_of
from tongxing.registry.values.rosters import LIST_SOURCES, BatchState, Decision, Fate, Upload

IMPORT = "rosters.import"
COMMIT = "rosters.commit"
UNDO = "rosters.undo"
LONGEST_NAME = 60
_DECIDABLE = (
    *(BatchState.REVIEW, BatchState.STOPPED, BatchState.COMMITTED),
    BatchState.COMMITTING,
)


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


class NotForYourPost(RosterRefused):
    code = "registry.roster_not_for_your_post"
    message = _("Your post may not do this with lists.")


class UnknownSource(RosterRefused):
    code = "registry.unknown_source"
    message = _("“%(source)s” is no department that sends lists.")


class FutureDay(RosterRefused):
    code = "registry.roster_of_the_future"
    message = _("The list cannot speak of %(as_of)s: that day has not come yet.")


class NotNow(RosterRefused):
    code = "registry.roster_not_now"
    message = _("This list is in the state “%(state)s”; that step is not possible now.")


class ListShrank(RosterRefused):
    code = "registry.list_shrank"
    message = _(
        "The list has %(read)s rows; last time it had %(before)s. A part is probably missing. "
        "Ask the source, or confirm that it is complete."
    )


class NothingOpen(RosterRefused):
    code = "registry.nothing_open"
    message = _("None of the chosen rows is waiting for a decision.")


@transaction.atomic
def receive(*, upload: Upload, by: Actor, at: datetime) -> RosterBatch:
    """Keep the file with its hash. The same file twice is recognised and refused once.

    Raises RosterRefused: NotForYourPost, TooBig, UnknownSource, FutureDay, OutsideYourArea,
    SameFileAgain.
    """
    require(by, IMPORT)
    _check_upload(upload, by=by, at=at)
    digest = hashlib.sha256(upload.content).hexdigest()
    _refuse_same_file(upload, digest)
    batch_id = uuid7()
    files.keep(originals.name_of(batch_id), upload.content, context=originals.CONTEXT)
    passing("roster.receive.kept")
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


def require(by: Actor, capability: str) -> None:
    """Raises NotForYourPost."""
    if not by.may(capability):
        raise NotForYourPost()


@transaction.atomic
def note_workbook(
    *,
    batch_id: UUID,
    workbook: dict[str, Any],
    mapping: dict[str, Any],
    fingerprint: str,
    by: Actor,
    at: datetime,
) -> None:
    """Keep what the first look into the file found, so that a person can check the columns."""
    batch = locked(
        batch_id,
        *(BatchState.RECEIVED, BatchState.INSPECTED, BatchState.REVIEW, BatchState.STOPPED),
    )
    batch.workbook = workbook
    batch.mapping = mapping
    batch.fingerprint = fingerprint
    batch.sheet = workbook.get("sheet", "")
    batch.state = BatchState.INSPECTED
    batch.save(update_fields=["workbook", "mapping", "fingerprint", "sheet", "state"])
    record_step("registry.roster.inspected", batch, by=by, at=at)


@transaction.atomic
def note_unreadable(*, batch_id: UUID, failure: dict[str, Any], by: Actor, at: datetime) -> None:
    """Keep the one sentence that says why the file cannot be read."""
    batch = locked(batch_id, *BatchState)
    batch.failure = failure
    batch.state = BatchState.UNREADABLE
    batch.save(update_fields=["failure", "state"])
    record_step("registry.roster.unreadable", batch, by=by, at=at, code=failure.get("code", ""))


@transaction.atomic
def map_columns(
    *, batch_id: UUID, mapping: dict[str, Any], by: Actor, at: datetime, by_worker: bool = True
) -> RosterBatch:
    """Say how the columns are read, and remember it for this source."""
    require(by, IMPORT)
    states = (BatchState.INSPECTED, BatchState.REVIEW, BatchState.STOPPED)
    batch = locked(batch_id, *states, by=by)
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
    """Decide rows that wait for a person; answers how many. The reason stays with each row.

    Rows of a list that is in the register already enter when it is committed again.
    """
    require(by, COMMIT)
    open_rows = RosterRow.objects.filter(
        batch_id=batch_id,
        number__in=numbers,
        applied_at__isnull=True,
        fate__in=[Fate.HELD, Fate.CHANGED, Fate.DUPLICATE, Fate.NEW],
    )
    # Chunks first: whoever lets one in holds it, and wants its rows and its batch after that.
    chunks = RosterChunk.objects.select_for_update().filter(
        batch_id=batch_id, number__in=open_rows.values("chunk")
    )
    entered = {chunk.number for chunk in chunks.order_by("number") if chunk.committed_at}
    rows = list(open_rows.select_for_update().order_by("number"))
    batch = locked(batch_id, *_DECIDABLE, by=by)
    decided = 0
    for row in rows:
        if _takes(row, decision) and not (row.chunk in entered and _has_entered(row)):
            _write_decision(row, decision, reason=reason, by=by, at=at)
            decided += 1
    if not decided:
        raise NothingOpen()
    record_step(
        "registry.roster.decided",
        batch,
        by=by,
        at=at,
        rows=decided,
        decision=decision.value,
        reason=reason,
    )
    return decided


@transaction.atomic
def begin_commit(
    *, batch_id: UUID, shrink_accepted: bool, by: Actor, at: datetime, by_worker: bool = True
) -> RosterBatch:
    """Let the reviewed rows enter the register. A list that lost many rows needs a second word.

    Raises ListShrank without that word, NotNow.
    """
    require(by, COMMIT)
    states = (BatchState.REVIEW, BatchState.COMMITTED, BatchState.STOPPED)
    batch = locked(batch_id, *states, by=by)
    if batch.state == BatchState.STOPPED and not shrink_accepted:
        raise ListShrank(read=batch.counts["read"], before=batch.previous_rows)
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
    require(by, IMPORT)
    batch = locked(
        batch_id,
        *(BatchState.RECEIVED, BatchState.INSPECTED, BatchState.REVIEW, BatchState.STOPPED),
        BatchState.UNREADABLE,
        by=by,
    )
    batch.state = BatchState.DISCARDED
    batch.save(update_fields=["state"])
    record_step("registry.roster.discarded", batch, by=by, at=at, reason=reason)


def later(task: str, batch_id: UUID, *, by: Actor) -> None:
    """Leave a step to the worker; the order commits or vanishes with the caller's transaction."""
    queue.configure_task(task, queue="rosters").defer(
        batch_id=str(batch_id), account_id=by.account_id, post_id=by.post_id
    )


def locked(batch_id: UUID, *states: BatchState, by: Actor | None = None) -> RosterBatch:
    """The batch, locked, when it is in one of `states`; else NotNow, or NoSuchRoster.

    `by`: a person who asks for it, not the worker going on; what is not theirs is not there.
    """
    batches = RosterBatch.objects.all() if by is None else rosters_of(by)
    batch = batches.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise NoSuchRoster()
    if BatchState(batch.state) not in states:
        raise NotNow(state=batch.state)
    return batch


def _check_upload(upload: Upload, *, by: Actor, at: datetime) -> None:
    limit = settings.TONGXING_ROSTER_MAX_BYTES
    if len(upload.content) > limit:
        megabytes = f"{len(upload.content) / 2**20:.0f}"
        raise TooBig(megabytes=megabytes, limit=limit // 2**20)
    if upload.source not in LIST_SOURCES:
        raise UnknownSource(source=upload.source)
    if upload.as_of > localdate(at):
        raise FutureDay(as_of=upload.as_of.isoformat())
    if by.area is None or not by.area.covers(area_of(upload.division)):
        raise OutsideYourArea()


def _refuse_same_file(upload: Upload, digest: str) -> None:
    # A second click while the first is still being answered waits here, and then finds the file.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [digest])
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
            received_on=localdate(earlier.created_at).isoformat(),
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
    name = row.line.get("child", {}).get("name", "")
    usable = 0 < len(name) <= LONGEST_NAME
    if row.fate in {Fate.HELD, Fate.DUPLICATE}:
        return usable
    return decision is Decision.ACCEPT


def _has_entered(row: RosterRow) -> bool:
    """In a chunk that is in the register, clean new rows are children, unless left out."""
    return row.fate == Fate.NEW and row.decision != Decision.LEAVE_OUT


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
