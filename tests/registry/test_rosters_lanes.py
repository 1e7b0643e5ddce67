"""Rows are written beside their sorting: the same rows come of it, and nothing outlives a death."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from tests.factories import divisions
from tests.factories.children import AT
from tests.factories.rosters import OFFICER, a_row, batch_of, fates, mapped, received, rows_of
from tongxing.registry.actions import chunks, staging
from tongxing.registry.actions.sorting import Staged
from tongxing.registry.values.rosters import BatchState, Fate

ROWS = 7
CHUNK = 2


@pytest.fixture
def a_list(own_database, read_in_process, settings):
    """A list of four chunks that waits to be staged."""
    settings.TONGXING_CHUNK_ROWS = CHUNK
    divisions.settle()
    rows = [a_row() for _ in range(ROWS)]
    batch = received([*rows, rows[0]])
    mapped(batch)
    return batch


def stage(batch, *, lanes=2):
    staging.stage(batch_id=batch, by=OFFICER, at=AT, lanes=lanes)


def test_two_lanes_stage_what_one_stages(a_list):
    stage(a_list)
    found = batch_of(a_list)
    assert found.state == BatchState.REVIEW
    assert (found.rows_done, found.expected_rows) == (ROWS + 1, ROWS + 1)
    assert fates(a_list) == ["new"] * ROWS + ["duplicate"]
    assert [row.chunk for row in rows_of(a_list)] == [0, 0, 1, 1, 2, 2, 3, 3]


def test_what_goes_wrong_beside_is_raised_and_the_list_can_be_read_again(a_list, monkeypatch):
    passed = []

    def failing(name):
        passed.append(name)
        if passed.count("roster.stage.rows") == 2:
            raise RuntimeError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(chunks, "passing", failing)
        with pytest.raises(RuntimeError, match="disk"):
            stage(a_list)
    assert len(rows_of(a_list)) == CHUNK
    stage(a_list)
    assert fates(a_list) == ["new"] * ROWS + ["duplicate"]


def test_whoever_begins_anew_waits_for_a_chunk_that_is_still_on_its_way(a_list, monkeypatch):
    """A killed process lets go of its turn at once, its last transaction a moment later."""
    written, may_end, calls = Event(), Event(), []

    def lingering(name):
        calls.append(name)
        if calls == ["roster.stage.rows"]:
            written.set()
            assert may_end.wait(30)

    monkeypatch.setattr(chunks, "passing", lingering)
    with ThreadPoolExecutor(2) as pool:
        killed = pool.submit(in_own_connection, write_a_chunk_of, a_list)
        assert written.wait(30)
        again = pool.submit(in_own_connection, stage, a_list)
        with pytest.raises(TimeoutError):
            again.result(timeout=1)
        may_end.set()
        killed.result(30)
        again.result(30)
    assert fates(a_list) == ["new"] * ROWS + ["duplicate"]


def write_a_chunk_of(batch):
    """As the second lane of a run does that has lost its turn already."""
    chunk = chunks.Chunk.of(0, [a_staged_row()])
    chunks.Writer(batch=batch_of(batch), by=OFFICER).take(chunk)


def a_staged_row():
    return Staged(number=1, row=2, hidden=False, fate=Fate.REJECTED, problems=[], written=None)


def in_own_connection(act, *arguments):
    try:
        act(*arguments)
    finally:
        connection.close()
