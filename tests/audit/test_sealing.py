"""Every entry is sealed once, whatever the writers do at the same time."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests.audit import trails
from tongxing.audit import actions as audit
from tongxing.audit import anchors, sealing
from tongxing.audit.models import Seal
from tongxing.audit.values import Doubt, Outcome
from tongxing.audit.verification import verify


class Abandoned(Exception):
    """A writer that changes its mind."""


def sealed_ids() -> list[int]:
    return [
        leaf.entry
        for seal in Seal.objects.order_by("number")
        for leaf in sealing.leaves_of(bytes(seal.leaves))
    ]


def test_an_empty_trail_has_nothing_to_seal(trail: Path):
    assert audit.seal(trails.AT) is None
    assert not trail.exists()


def test_a_seal_takes_what_is_there_and_leaves_an_anchor(trail: Path):
    trails.write(12, transactions=3)

    seal = trails.seal_once()

    assert (seal.number, seal.entries, seal.previous) == (1, 12, b"")
    assert sealed_ids() == trails.ids()
    [line] = trail.read_text().splitlines()
    assert json.loads(line) == {
        "seal": 1,
        "txid": seal.until.txid,
        "id": seal.until.id,
        "entries": 12,
        "root": seal.root.hex(),
        "mac": seal.mac.hex(),
        "sealed_at": "2026-03-02T08:00:00+00:00",
    }


def test_each_seal_holds_the_root_of_the_one_before(trail: Path):
    roots: list[bytes] = []
    for _ in range(3):
        trails.write(5)
        seal = trails.seal_once()
        assert seal.previous == (roots[-1] if roots else b"")
        roots.append(seal.root)
    assert len(set(roots)) == 3


def test_a_long_queue_is_sealed_in_batches(trail: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tongxing.audit.actions.seals.BATCH", 10)
    trails.write(25, transactions=2)

    assert trails.seal_all() == [1, 2, 3]

    assert sealed_ids() == trails.ids()
    assert verify(trails.AT).outcome is Outcome.INTACT


def test_an_entry_that_appears_behind_a_younger_one_is_not_lost(trail: Path):
    """The older transaction commits last: a cursor over ids would have passed it by."""
    slow = trails.login("default")
    slow.autocommit = False
    slow.execute(
        "INSERT INTO audit_entry (at, kind, actor_account, actor_post, actor_name, actor_role,"
        " organisation, subject_type, subject_id, division, facts, request_id)"
        " VALUES (now(), 'slow', '', '', '', '', '', '', '', 0, '{}', '')"
    )
    trails.write(3, settle=False)

    assert audit.seal(trails.AT) is None

    slow.commit()
    slow.close()
    assert trails.seal_once().entries == 4
    assert sealed_ids() == trails.ids()


def test_an_older_transaction_that_writes_late_is_not_lost(trail: Path):
    """The younger entry has the smaller id and is there first."""
    slow = trails.login("default")
    slow.autocommit = False
    slow.execute("SELECT pg_current_xact_id()")
    trails.write(3, settle=False)
    assert audit.seal(trails.AT) is None
    slow.execute(
        "INSERT INTO audit_entry (at, kind, actor_account, actor_post, actor_name, actor_role,"
        " organisation, subject_type, subject_id, division, facts, request_id)"
        " VALUES (now(), 'slow', '', '', '', '', '', '', '', 0, '{}', '')"
    )
    slow.commit()
    slow.close()

    trails.seal_all()

    assert sealed_ids() == trails.ids()
    assert sealed_ids()[0] == max(sealed_ids())


def in_a_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def abandon(really: bool) -> None:
    if really:
        raise Abandoned


def write_at_random(seed: int, enough: threading.Event, failures: list[BaseException]) -> None:
    dice = trails.dice(seed)
    try:
        while not enough.is_set():
            try:
                with transaction.atomic():
                    audit.record_many(
                        trails.some_events(dice.randint(1, 4)), actor=trails.an_actor()
                    )
                    time.sleep(dice.random() * 0.01)
                    abandon(dice.random() < 0.2)
                    audit.record("registry.child.seen", actor=trails.an_actor())
            except Abandoned:
                continue
    except BaseException as failure:
        failures.append(failure)


SEALS_MEANWHILE = 20


def after_some_seals() -> int:
    """Wait until sealing has gone on beside the writers for a while; how many seals there are."""
    until = time.monotonic() + trails.PATIENCE_SECONDS
    while (seals := Seal.objects.count()) < SEALS_MEANWHILE and time.monotonic() < until:
        time.sleep(0.05)
    return seals


@pytest.mark.parametrize("run", range(5))
def test_six_writers_and_two_sealers_lose_nothing_and_seal_nothing_twice(trail: Path, run: int):
    failures: list[BaseException] = []
    done, enough = threading.Event(), threading.Event()

    def keep_sealing() -> None:
        try:
            while not done.is_set():
                audit.seal(trails.AT)
        except BaseException as failure:
            failures.append(failure)

    sealers = [in_a_thread(keep_sealing) for _ in range(2)]
    writers = [
        in_a_thread(partial(write_at_random, 6 * run + number, enough, failures))
        for number in range(6)
    ]
    seals_meanwhile = after_some_seals()
    enough.set()
    for writer in writers:
        writer.join()
    done.set()
    for sealer in sealers:
        sealer.join()
    trails.seal_all()

    assert failures == []
    assert seals_meanwhile >= SEALS_MEANWHILE
    assert Counter(sealed_ids()) == Counter(trails.ids())
    report = verify(trails.AT)
    assert (report.outcome, report.waiting) == (Outcome.INTACT, 0)
    assert [anchor.seal for anchor in anchors.so_far()] == list(range(1, report.seals + 1))


def test_an_anchor_that_could_not_be_written_is_caught_up(trail: Path):
    trail.parent.parent.mkdir(exist_ok=True)
    trail.parent.write_text("in the way")
    trails.write(2)
    with pytest.raises(FileExistsError):
        audit.seal(trails.AT)
    trail.parent.unlink()
    trails.write(2)

    audit.seal(trails.AT)

    assert [anchor.seal for anchor in anchors.so_far()] == [1, 2]
    assert verify(trails.AT).outcome is Outcome.INTACT


def test_a_line_torn_by_a_crash_is_written_again(trail: Path):
    trails.write(2)
    audit.seal(trails.AT)
    trails.write(2)
    audit.seal(trails.AT)
    trail.write_bytes(trail.read_bytes()[:-40])
    trails.write(2)

    audit.seal(trails.AT)

    assert [anchor.seal for anchor in anchors.so_far()] == [1, 2, 3]
    assert verify(trails.AT).outcome is Outcome.INTACT


def test_nothing_is_sealed_while_the_witness_remembers_more_than_the_database(trail: Path):
    trails.write(2)
    audit.seal(trails.AT)
    with trails.unguarded() as owner:
        owner.execute("DELETE FROM audit_seal")

    with pytest.raises(audit.SealsLost) as refused:
        audit.seal(trails.AT)
    assert refused.value.facts == {"seal": 1}

    assert not Seal.objects.exists()


@pytest.fixture
def moved(trail: Path) -> Iterator[Path]:
    """A sealed trail in a cluster that has counted fewer transactions than the trail."""
    with trails.unguarded() as owner:
        owner.execute(COUNTER.format(name="audit_txid", count=TXID + " + 1000000"))
        owner.execute(COUNTER.format(name="audit_horizon", count=HORIZON + " + 1000000"))
        put_back = [
            COUNTER.format(name="audit_txid", count=TXID),
            COUNTER.format(name="audit_horizon", count=HORIZON),
        ]
    trails.write(3)
    trails.seal_all()
    with trails.unguarded() as owner:
        for statement in put_back:
            owner.execute(statement)
    yield trail
    with trails.unguarded() as owner:
        for statement in put_back:
            owner.execute(statement)


COUNTER = "CREATE OR REPLACE FUNCTION {name}() RETURNS bigint LANGUAGE sql STABLE AS '{count}'"
TXID = "SELECT pg_current_xact_id()::text::bigint"
HORIZON = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


def test_a_database_loaded_into_another_cluster_is_not_sealed_in_the_wrong_order(moved: Path):
    with pytest.raises(audit.CountWentBack):
        audit.seal(trails.AT)
    assert verify(trails.AT).doubts == (Doubt.COUNT_WENT_BACK,)


def test_an_adopted_database_goes_on_where_the_trail_ended(moved: Path):
    assert audit.keep_counting() is True

    trails.write(4)
    trails.seal_all()

    assert sealed_ids() == trails.ids()
    assert len(sealed_ids()) == 7
    assert verify(trails.AT).outcome is Outcome.INTACT
    assert audit.keep_counting() is False


def test_a_cluster_that_counted_every_entry_itself_needs_no_adopting(trail: Path):
    trails.write(3)
    trails.seal_all()
    trails.write(1)
    assert audit.keep_counting() is False
