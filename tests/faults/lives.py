"""The life of a list, from its arrival until it is taken back, by workers that are killed.

Whatever moment a worker dies at, the register shows each chunk of the list wholly or not at all.
"""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import psutil
from asgiref.sync import async_to_sync
from django.db import connection
from django.utils import timezone

from tests.factories.children import HULI, everywhere
from tests.factories.rosters import batch_of, register, rows_of
from tests.faults import lists_to_kill
from tests.faults.forge import KILLED, PATIENCE_SECONDS, Forge, Forged
from tongxing.access import scopes
from tongxing.audit.models import Entry
from tongxing.audit.values import Outcome
from tongxing.audit.verification import verify
from tongxing.eligibility.models import StoredVerdict
from tongxing.exchange.jobs import retry_stalled
from tongxing.kernel.actors import Actor
from tongxing.registry.actions import rosters, undoing
from tongxing.registry.models import Child, RosterBatch, RosterChunk, RosterRow
from tongxing.registry.values.rosters import BatchState, Upload

Picture = dict[str, tuple[str, ...]]
_ID = re.compile(r"UUID\('([0-9a-f-]{36})'\)")
_UPDATED = "registry.child.updated_from_list"


@dataclass(frozen=True, slots=True)
class Failpoint:
    """Death where the work comes by a named place."""

    step: str
    words: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Death so many seconds after the worker has taken the step in hand.

    `hurried`: the next worker comes before the dead one's connections have ended.
    """

    step: str
    seconds: float
    hurried: bool = False


Death = Failpoint | Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How things stand when a step is done."""

    picture: Picture
    counts: dict[str, int]
    # How often the rooms above were told of each child since the list arrived.
    announced: Counter[str]
    # Verdicts in force, by child.
    judged: Counter[str]


@dataclass(frozen=True, kw_only=True)
class Site:
    """A register, a list for it, and how things go when nobody is killed."""

    forge: Forge
    by: Actor
    file: bytes
    before: Picture
    results: dict[str, Result] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    # Whom each chunk lets in, changes or only names.
    chunks: dict[int, set[str]] = field(default_factory=dict)

    @property
    def after(self) -> Picture:
        return self.results["commit"].picture


@dataclass(frozen=True, slots=True)
class Step:
    task: str
    begin: Callable[["Life"], None]
    ends_in: BatchState


class Life:
    """One list on one site; `deaths` in the order in which they shall come."""

    def __init__(self, site: Site, deaths: Sequence[Death] = ()) -> None:
        self.site = site
        self.deaths = list(deaths)
        self.in_time = 0
        self.batch_id: UUID
        self.seconds: dict[str, float] = {}
        self.results: dict[str, Result] = {}
        self._first_job = 0
        self._worker = self._hired()
        wait(lambda: not self._jobs("todo", "doing"))
        self._first_job = _query("SELECT coalesce(max(id), 0) FROM procrastinate_jobs")[0][0]

    def run(self) -> None:
        """Every step of the life, and every death."""
        for name, step in STEPS.items():
            step.begin(self)
            while self.deaths and self.deaths[0].step == name:
                self._die(self.deaths.pop(0))
            self.seconds[name] = self._worked(step)
            self.check()
            self.results[name] = self._result()
            self._compare(name)
        assert not self.deaths
        self._worker.kill()

    def _compare(self, step: str) -> None:
        """The step has ended as it ends when nobody is killed."""
        ours, theirs = self.results[step], self.site.results.get(step)
        if theirs is not None:
            assert ours.counts == theirs.counts
            assert ours.picture == theirs.picture
            assert ours.announced == theirs.announced
            assert ours.judged == theirs.judged

    def _die(self, death: Death) -> None:
        if isinstance(death, Moment):
            wait(lambda: self._in_hand() or not self._steps("todo", "doing"))
            time.sleep(death.seconds)
            self.in_time += self._in_hand()
            with _nobody_left_behind(self._worker):
                assert self._worker.kill() == KILLED
        else:
            assert self._worker.wait() == KILLED, death
        if not (isinstance(death, Moment) and death.hurried):
            wait(nobody_is_connected)
            self.check()
        _a_minute_passes()
        self._worker = self._hired()

    def _in_hand(self) -> bool:
        """Whether a living worker is at a step of the list."""
        return bool(_query(_IN_HAND, [self._first_job])[0][0])

    def _hired(self) -> Forged:
        next_death = self.deaths[0] if self.deaths else None
        failpoint = next_death.words if isinstance(next_death, Failpoint) else ""
        return self.site.forge.start("work", failpoint=failpoint)

    def _worked(self, step: Step) -> float:
        """Wait until the step is done; answers how long its last job took."""
        wait(lambda: not self._jobs("todo", "doing"))
        assert not self._jobs("failed")
        assert state_of(self.batch_id) is step.ends_in
        [(seconds,)] = _query(_SECONDS, [step.task])
        return float(seconds)

    def _steps(self, *states: str) -> int:
        """Steps of the list that stand so in the queue."""
        return self._jobs(*states, queues=("rosters",))

    def _jobs(self, *states: str, queues: Sequence[str] = ("rosters", "verdicts")) -> int:
        [(found,)] = _query(_JOBS, [self._first_job, list(queues), list(states)])
        return int(found)

    def check(self) -> None:
        """What holds at every moment, whoever has just died."""
        with everywhere():
            batch = RosterBatch.objects.get(pk=self.batch_id)
            chunks = list(RosterChunk.objects.filter(batch=batch).order_by("number"))
        self._check_rows(batch, chunks)
        self._check_trail(chunks)
        inside = [each for each in chunks if each.committed_at and not each.undone_at]
        self._check_register({each.number for each in inside})
        assert verify(timezone.now()).outcome is not Outcome.DAMAGED

    def _check_rows(self, batch: RosterBatch, chunks: Sequence[RosterChunk]) -> None:
        with everywhere():
            rows = list(RosterRow.objects.filter(batch=batch).values_list("chunk", "number", "row"))
        assert Counter(chunk for chunk, _, _ in rows) == {each.number: each.rows for each in chunks}
        assert [number for _, number, _ in sorted(rows)] == list(range(1, len(rows) + 1))
        assert len({row for _, _, row in rows}) == len(rows)
        counted = sum(count for fate, count in batch.counts.items() if fate != "read")
        assert counted == len(rows)
        if batch.expected_rows is not None and batch.state != BatchState.STAGING:
            assert batch.counts["read"] == batch.expected_rows == len(rows)

    def _check_trail(self, chunks: Sequence[RosterChunk]) -> None:
        """Every step and every chunk is told of once, and none that did not happen."""
        with everywhere():
            told = Entry.objects.filter(subject_id=str(self.batch_id))
            steps = Counter(told.values_list("kind", flat=True))
            entered = Counter(told.filter(kind=_COMMITTED).values_list("facts__chunk", flat=True))
            left = Counter(told.filter(kind=_UNDONE).values_list("facts__chunk", flat=True))
            changed = Entry.objects.filter(kind=_UPDATED, facts__roster=str(self.batch_id))
            updates = Counter(changed.values_list("subject_id", flat=True))
        assert entered == Counter(each.number for each in chunks if each.committed_at)
        assert left == Counter(each.number for each in chunks if each.undone_at)
        assert all(times == 1 for times in updates.values())
        once = {kind: times for kind, times in steps.items() if kind not in {_COMMITTED, _UNDONE}}
        assert all(times == 1 for kind, times in once.items() if kind != _DECIDED), once

    def _check_register(self, inside: set[int]) -> None:
        """Each child is as it was before the list, or as it is after it: never in between."""
        if not self.site.chunks:
            return
        entered = {name for chunk in inside for name in self.site.chunks.get(chunk, ())}
        expected = self.site.before | {name: self.site.after[name] for name in entered}
        assert picture() == expected

    def _result(self) -> Result:
        names = _names()
        told = (_PLAIN_ID.findall(ids) for (ids,) in _query(_ANNOUNCED, [self._first_job]))
        return Result(
            picture=picture(),
            counts=counts_of(self.batch_id),
            announced=Counter(names[child] for children in told for child in children),
            judged=_judged(names),
        )


def led_in_peace(site: Site) -> Site:
    """The site with what it is to be measured by."""
    life = Life(site)
    life.run()
    return replace(
        site,
        results=life.results,
        seconds=life.seconds,
        chunks=_children_by_chunk(life.batch_id),
    )


def batches() -> set[UUID]:
    with everywhere():
        return set(RosterBatch.objects.values_list("pk", flat=True))


def state_of(batch_id: UUID) -> BatchState:
    return BatchState(batch_of(batch_id).state)


def counts_of(batch_id: UUID) -> dict[str, int]:
    return dict(batch_of(batch_id).counts)


_PLAIN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_COMMITTED = "registry.roster.chunk_committed"
_UNDONE = "registry.roster.chunk_undone"
_DECIDED = "registry.roster.decided"
_JOBS = """
SELECT count(*) FROM procrastinate_jobs
 WHERE id > %s AND queue_name = ANY(%s) AND status::text = ANY(%s)
"""
_IN_HAND = """
SELECT count(*) FROM procrastinate_jobs j JOIN procrastinate_workers w ON w.id = j.worker_id
 WHERE j.id > %s AND queue_name = 'rosters' AND status = 'doing'
   AND last_heartbeat > now() - interval '30 seconds'
"""
_UNFINISHED = """
SELECT task_name, status::text, attempts, worker_id, last_heartbeat, now()
  FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
 WHERE status IN ('todo', 'doing')
"""
_SECONDS = """
SELECT extract(epoch FROM max(e.at) FILTER (WHERE e.type = 'succeeded')
                        - max(e.at) FILTER (WHERE e.type = 'started'))
  FROM procrastinate_events e JOIN procrastinate_jobs j ON j.id = e.job_id
 WHERE j.id = (SELECT max(id) FROM procrastinate_jobs WHERE task_name = 'registry.' || %s)
"""
_ANNOUNCED = """
SELECT args ->> 'child_ids' FROM procrastinate_jobs
 WHERE id > %s AND task_name = 'eligibility.evaluate_children'
"""
_CONNECTED = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = current_database() AND backend_type = 'client backend'
   AND pid <> pg_backend_pid()
"""


def picture() -> Picture:
    """Everything that can be seen of each child, by its name: ids differ from life to life."""
    names = _names()
    seen: dict[str, list[str]] = defaultdict(list)
    for table, lines in register().items():
        for line in lines:
            [child] = set(_ID.findall(line))
            seen[names[child]].append(f"{table}: {line.replace(child, '')}")
    return {name: tuple(sorted(lines)) for name, lines in seen.items()}


def _names() -> dict[str, str]:
    with everywhere():
        return {str(pk): name for pk, name in Child.objects.values_list("pk", "name")}


def _judged(names: dict[str, str]) -> Counter[str]:
    with everywhere():
        living = Child.objects.filter(withdrawn_at__isnull=True).values("pk")
        judged = StoredVerdict.objects.filter(superseded_at__isnull=True, child_id__in=living)
        return Counter(names[str(child)] for child in judged.values_list("child_id", flat=True))


def _children_by_chunk(batch_id: UUID) -> dict[int, set[str]]:
    names = _names()
    found: dict[int, set[str]] = defaultdict(set)
    for row in rows_of(batch_id):
        if str(row.child_id) in names:
            found[row.chunk].add(names[str(row.child_id)])
    return found


def _receive(life: Life) -> None:
    upload = Upload(
        division=HULI,
        source="education",
        file_name="名单.xlsx",
        content=life.site.file,
        as_of=lists_to_kill.LATER,
    )
    with scopes.acting_as(life.site.by):
        life.batch_id = rosters.receive(upload=upload, by=life.site.by, at=timezone.now()).pk


def _map(life: Life) -> None:
    with scopes.acting_as(life.site.by):
        mapping = RosterBatch.objects.get(pk=life.batch_id).mapping
        rosters.map_columns(
            batch_id=life.batch_id, mapping=mapping, by=life.site.by, at=timezone.now()
        )


def decide(batch_id: UUID, by: Actor) -> None:
    """A person looks through the rows that wait for one."""
    for decision, numbers in lists_to_kill.decisions(batch_id):
        with scopes.acting_as(by):
            rosters.decide(
                batch_id=batch_id,
                numbers=numbers,
                decision=decision,
                reason="已核实",
                by=by,
                at=timezone.now(),
            )


def _commit(life: Life) -> None:
    decide(life.batch_id, life.site.by)
    with scopes.acting_as(life.site.by):
        rosters.begin_commit(
            batch_id=life.batch_id, shrink_accepted=False, by=life.site.by, at=timezone.now()
        )


def _undo(life: Life) -> None:
    with scopes.acting_as(life.site.by):
        undoing.begin_undo(
            batch_id=life.batch_id, reason="发错了", by=life.site.by, at=timezone.now()
        )


STEPS = {
    "inspect": Step("inspect_roster", _receive, BatchState.INSPECTED),
    "stage": Step("stage_roster", _map, BatchState.REVIEW),
    "commit": Step("commit_roster", _commit, BatchState.COMMITTED),
    "undo": Step("undo_roster", _undo, BatchState.UNDONE),
}


def _a_minute_passes() -> None:
    """The dead worker's heart has not beaten for a while, and somebody looks after the queue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'"
        )
    async_to_sync(retry_stalled.func)(timestamp=0)


@contextmanager
def _nobody_left_behind(worker: Forged) -> Iterator[None]:
    """The reader that works for the worker goes with it."""
    helpers = psutil.Process(worker.pid).children(recursive=True)
    yield
    _gone, alive = psutil.wait_procs(helpers, timeout=PATIENCE_SECONDS)
    assert all(each.status() == psutil.STATUS_ZOMBIE for each in alive)


def nobody_is_connected() -> bool:
    """Sessions of a process that was killed end a moment after it."""
    return bool(_query(_CONNECTED)[0][0] == 0)


def _query(
    statement: str, parameters: Sequence[str | int | list[str]] = ()
) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def wait(until: Callable[[], bool | int]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not until():
        assert time.monotonic() < deadline, _query(_UNFINISHED)
        time.sleep(0.01)
