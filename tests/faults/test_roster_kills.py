"""The importing worker is killed at random moments and at every named place.

No row is lost or doubled, no child is changed by half, the trail stays whole, and in the end the
register is the one that an undisturbed run leaves. The seed is in every failure; TONGXING_SEED
repeats a run and TONGXING_KILLS sets the number of kills of the long campaign.
"""

import logging
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.db import connections

from tests.access.factories import an_account
from tests.databases import ROOT, copied
from tests.factories import divisions
from tests.factories.children import HULI
from tests.factories.rosters import committed, register, undo
from tests.faults import lists_to_kill, lives
from tests.faults.forge import KILLED, Forge
from tests.faults.lives import STEPS, Death, Failpoint, Life, Moment, Site
from tongxing.access.queries import actor_of
from tongxing.access.values.roles import Role
from tongxing.kernel import failpoints
from tongxing.registry.values.rosters import BatchState

pytestmark = pytest.mark.xdist_group("roster_kills")

SEED = int(os.environ.get("TONGXING_SEED", "20261122"))
LONG_KILLS = int(os.environ.get("TONGXING_KILLS", "50"))
KILLS_OF_ONE_LIST = 3
HURRIED = 0.3
NEWCOMERS = 60
# Deep enough inside the work that some of it is done and some is not; what one death leaves entered
# is not passed by the next, so all of them together must find chunks enough, two lanes at a time.
PASSED_BEFORE = {
    "roster.stage.rows": 3,
    "roster.stage.chunk": 5,
    "roster.commit.children": 2,
    "roster.commit.details": 2,
    "roster.commit.changes": 3,
    "roster.commit.announced": 2,
    "roster.commit.chunk": 2,
    "roster.undo.put_back": 2,
    "roster.undo.announced": 2,
    "roster.undo.chunk": 3,
}
# Passed by whoever brings the file; everything else is the worker's.
RECEIVING = "roster.receive.kept"
_notes = logging.getLogger(__name__)
_PASSING = re.compile(r'\bpassing\("([a-z_.]+)"\)')


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    """A register with children in it, and what the list makes of it when nobody is killed."""
    folder = tmp_path_factory.mktemp("kills")
    log = folder / "log"
    log.touch()
    template = connections["default"].settings_dict["NAME"]
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        copied(template, f"{template}_kills") as database,
    ):
        patch.setattr(settings, "TONGXING_ANCHORS", folder / "witness")
        own = {
            "TONGXING_TEST_ANCHORS": str(folder / "witness"),
            "TONGXING_TEST_CHUNK_ROWS": "6",
        }
        forge = Forge(database.environment | own, log)
        try:
            yield _undisturbed(forge)
        finally:
            forge.close()
            lives.wait(lives.nobody_is_connected)
            _notes.info("What the workers said:\n%s", log.read_text(encoding="utf-8"))


def _undisturbed(forge: Forge) -> Site:
    divisions.settle()
    by = actor_of(an_account("lists", role=Role.COUNTY_OFFICER, area=HULI).pk)
    known = lists_to_kill.the_known()
    committed(known, by=by, source="village", as_of=lists_to_kill.EARLIER)
    file = lists_to_kill.the_list(known, NEWCOMERS, dice_of("rows"))
    return lives.led_in_peace(Site(forge=forge, by=by, file=file, before=lives.picture()))


def dice_of(what: str) -> Random:
    return Random(f"{SEED}:{what}")  # noqa: S311 - rows and moments, not secrets


def test_every_place_where_work_may_die_is_named_once():
    sources = (ROOT / "src").rglob("*.py")
    passed = [name for path in sources for name in _PASSING.findall(path.read_text("utf-8"))]
    assert sorted(passed) == sorted(failpoints.NAMES)
    assert set(PASSED_BEFORE) < set(failpoints.NAMES)


def test_a_worker_may_die_at_every_named_place(site: Site):
    places = [name for name in failpoints.NAMES if name != RECEIVING]
    deaths = [
        Failpoint(name.split(".")[1], f"{name}:{PASSED_BEFORE.get(name, 1)}") for name in places
    ]
    _live(site, deaths)


def test_a_worker_may_die_at_any_moment(site: Site):
    _campaign(site, kills=6)


@pytest.mark.long
def test_a_worker_may_die_at_any_moment_fifty_times(site: Site):
    _campaign(site, kills=LONG_KILLS)


def test_the_command_goes_on_where_it_died(site: Site, tmp_path: Path):
    """`tongxing import roster` again, with the same file, after every death."""
    file = tmp_path / "名单.xlsx"
    file.write_bytes(site.file)
    as_of = lists_to_kill.LATER.isoformat()
    about = ["--division", "350206", "--source", "education", "--as-of", as_of, "--as", "lists"]

    def run(*more: str, failpoint: str = "") -> int:
        words = ("import", "roster", str(file), *about, *more)
        return site.forge.start(*words, failpoint=failpoint).wait()

    already = lives.batches()
    assert run(failpoint=RECEIVING) == KILLED
    assert lives.batches() == already
    assert run(failpoint="roster.inspect.read") == KILLED
    assert run(failpoint="roster.stage.chunk:4") == KILLED
    assert run() == 0
    [batch_id] = lives.batches() - already
    assert lives.state_of(batch_id) is BatchState.REVIEW
    lives.decide(batch_id, site.by)
    assert run("--commit", failpoint="roster.commit.changes:3") == KILLED
    assert run("--commit", failpoint="roster.commit.chunk:3") == KILLED
    assert run("--commit") == 0
    assert lives.state_of(batch_id) is BatchState.COMMITTED
    assert lives.picture() == site.after
    assert lives.counts_of(batch_id) == site.results["commit"].counts
    assert undo(batch_id, by=site.by) == 0
    assert lives.picture() == site.before


def _campaign(site: Site, *, kills: int) -> None:
    """Moments spread evenly over the work, up to three for one list; so many hit a step."""
    dice = dice_of(f"{kills} kills")
    hit, missed, lists = 0, 0, 0
    while hit < kills:
        deaths = [_moment(site, dice) for _ in range(min(KILLS_OF_ONE_LIST, kills - hit))]
        deaths.sort(key=lambda death: (list(STEPS).index(death.step), death.seconds))
        life = _live(site, deaths)
        lists += 1
        hit += life.in_time
        missed += len(deaths) - life.in_time
        assert lists < 2 * kills, "the moments come too late"
    _notes.info("%s kills hit a step, %s missed; %s lists, seed %s", hit, missed, lists, SEED)


def _moment(site: Site, dice: Random) -> Moment:
    at = dice.uniform(0, sum(site.seconds.values()))
    for step, seconds in site.seconds.items():
        if at < seconds:
            return Moment(step, at, hurried=dice.random() < HURRIED)
        at -= seconds
    raise AssertionError(at)


def _live(site: Site, deaths: Sequence[Death]) -> Life:
    before = register()
    life = Life(site, deaths)
    life.run()
    assert register() == before, f"seed {SEED}"
    assert not list((Path(settings.MEDIA_ROOT) / "open").iterdir())
    assert site.forge.start("audit", "seal").wait() == 0
    assert site.forge.start("audit", "verify").wait() == 0
    return life
