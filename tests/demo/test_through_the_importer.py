"""Every list of a demo town through the front door, against the key that knows the truth."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.access.factories import actor_like
from tests.demo.conftest import TODAY
from tests.factories import rosters as factory
from tests.factories.children import everywhere
from tests.factories.rosters import batch_of, codes, commit, rows_of, staged
from tongxing.access.values.roles import Role
from tongxing.demo.answer_key import AnswerKey, RosterFile, read_answer_key
from tongxing.demo.defects import CONFLICT, Planted
from tongxing.demo.places import COUNTS, HULI, KUNDULUN, PLACES, YAODU
from tongxing.demo.rosters import write_inbox, write_rosters
from tongxing.demo.town import generate
from tongxing.demo.values import Town, Township
from tongxing.registry.models import Child, RosterRow
from tongxing.registry.values.rosters import Fate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions")]

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
SMALL = {KUNDULUN: 130, HULI: 330, YAODU: 130}
IS_THE_CHILD = {Fate.NEW, Fate.CHANGED, Fate.UNCHANGED}
# A clean row may be asked about, but it is never refused and never a repetition.
ASKED = {"perhaps_known_child", "repeated_with_differences", "same_number_other_name"}
Townships = Mapping[int, tuple[Township, ...]]
List = tuple[RosterFile, AnswerKey]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factory, "AT", NOW)


@pytest.fixture(scope="module", params=[SMALL, pytest.param(COUNTS, marks=pytest.mark.long)])
def some_town(request: pytest.FixtureRequest, townships: Townships) -> Town:
    return generate(today=TODAY, townships=townships, counts=request.param)


@pytest.fixture(scope="module")
def lists(some_town: Town, tmp_path_factory: pytest.TempPathFactory) -> list[List]:
    """In the order in which they came, the one that waits in the inbox last."""
    outbox, inbox = (tmp_path_factory.mktemp(name) for name in ("rosters", "inbox"))
    files = write_rosters(some_town, outbox)
    waiting = write_inbox(some_town, inbox)
    key = read_answer_key(outbox)
    return [*((file, key) for file in files), (waiting, read_answer_key(inbox))]


@pytest.mark.parametrize("place", PLACES)
def test_every_row_meets_the_fate_that_the_key_says(place: int, lists: list[List]):
    truths: dict[UUID, set[str]] = defaultdict(set)
    for file, key in lists:
        if file.place != place:
            continue
        batch = _taken_in(file)
        rows = {row.row: row for row in rows_of(batch)}
        _assert_conserved(batch, file, rows)
        assert _surprises(file, key, rows) == []
        for number, child in key.lines[file.path.name].items():
            row = rows.get(number)
            if row is not None and row.fate in IS_THE_CHILD and row.child_id is not None:
                truths[row.child_id].add(child)
    _assert_nobody_was_merged_or_doubled(truths)


def test_the_same_lists_a_month_later_are_no_news(townships: Townships, tmp_path: Path):
    town = generate(today=TODAY, townships=townships, counts={HULI: 60})
    files = write_rosters(town, tmp_path)
    first, _second, third = ([_counts(_taken_in(file)) for file in files] for _month in range(3))
    # A trusted list may set right what an earlier one said; after that nothing moves.
    for before, now in zip(first, third, strict=True):
        assert now["read"] == before["read"]
        assert (now["new"], now["changed"]) == (0, 0)


def _taken_in(file: RosterFile) -> UUID:
    officer = actor_like(Role.COUNTY_OFFICER, file.place)
    batch = staged(
        file.path.read_bytes(),
        by=officer,
        division=file.place,
        source=file.source,
        as_of=file.as_of,
        again=True,
    )
    commit(batch, by=officer)
    return batch


def _counts(batch: UUID) -> dict[str, int]:
    return dict(batch_of(batch).counts)


def _assert_conserved(batch: UUID, file: RosterFile, rows: dict[int, RosterRow]) -> None:
    counts = _counts(batch)
    assert counts["read"] == sum(counts[fate] for fate in Fate) == len(rows) == len(rows_of(batch))
    assert counts["read"] - counts["rejected"] <= file.rows <= counts["read"]


def _surprises(file: RosterFile, key: AnswerKey, rows: dict[int, RosterRow]) -> list[Any]:
    """Rows whose fate is another one than their dirt, or their cleanness, leads to."""
    planted: dict[int, list[Planted]] = defaultdict(list)
    for plant in key.of(file.path.name):
        if plant.row:
            planted[plant.row].append(plant)
    return [
        *_dirty_surprises(planted, rows),
        *(
            (number, "clean", row.fate, codes(row))
            for number, row in rows.items()
            if number not in planted and not _is_clean(row)
        ),
    ]


def _dirty_surprises(
    planted: dict[int, list[Planted]], rows: dict[int, RosterRow]
) -> Iterator[tuple[object, ...]]:
    for number, plants in planted.items():
        row = rows.get(number)
        for plant in plants:
            if not _is_as_expected(row, plant):
                yield number, plant.defect.value, plant.expected_class, _fate(row)


def _is_clean(row: RosterRow) -> bool:
    return row.fate in IS_THE_CHILD or (row.fate == Fate.HELD and codes(row) <= ASKED)


def _is_as_expected(row: RosterRow | None, plant: Planted) -> bool:
    if _fate(row) not in plant.expected_class:
        return False
    if plant.expected_class != CONFLICT or row is None or row.fate != Fate.CHANGED:
        return True
    # What the register has was not written over in silence: the difference waits for a person.
    return any(not difference["replaces"] for difference in row.differences)


def _fate(row: RosterRow | None) -> str:
    return row.fate if row is not None else "not_a_row"


def _assert_nobody_was_merged_or_doubled(truths: dict[UUID, set[str]]) -> None:
    assert {child: who for child, who in truths.items() if len(who) > 1} == {}
    records: dict[str, set[UUID]] = defaultdict(set)
    for child, who in truths.items():
        for one in who:
            records[one].add(child)
    assert {one: found for one, found in records.items() if len(found) > 1} == {}
    with everywhere():
        assert set(Child.objects.values_list("pk", flat=True)) == set(truths)
