"""The last transaction of a killed process may outlive it: whoever goes on waits for its end."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import UUID

import pytest
from django.db import connection

from tests.factories import divisions
from tests.factories.children import AT, everywhere
from tests.factories.rosters import OFFICER, a_row, batch_of, staged
from tongxing.access import scopes
from tongxing.registry.actions import committing, rosters
from tongxing.registry.models import Child, RosterChunk
from tongxing.registry.values.rosters import BatchState

pytestmark = pytest.mark.usefixtures("own_database", "read_in_process")


def test_a_commit_begun_again_leaves_out_no_chunk_that_is_still_held(settings):
    settings.TONGXING_CHUNK_ROWS = 2
    divisions.settle()
    batch_id = staged([a_row() for _ in range(5)])
    with scopes.acting_as(OFFICER):
        rosters.begin_commit(
            batch_id=batch_id, shrink_accepted=False, by=OFFICER, at=AT, by_worker=False
        )
    held, may_end = Event(), Event()
    with ThreadPoolExecutor(2) as pool:
        lingering = pool.submit(hold_a_chunk, batch_id, held, may_end)
        assert held.wait(30)
        again = pool.submit(commit, batch_id)
        with pytest.raises(TimeoutError):
            again.result(timeout=1)
        may_end.set()
        lingering.result(30)
        again.result(30)
    assert batch_of(batch_id).state == BatchState.COMMITTED
    with everywhere():
        assert Child.objects.filter(batch_id=batch_id).count() == 5


def hold_a_chunk(batch_id: UUID, held: Event, may_end: Event) -> None:
    with everywhere():
        RosterChunk.objects.select_for_update().get(batch_id=batch_id, number=1)
        held.set()
        assert may_end.wait(30)
    connection.close()


def commit(batch_id: UUID) -> None:
    committing.commit(batch_id=batch_id, by=OFFICER, at=AT)
    connection.close()
