"""The demo town, brought in through the real front doors: accounts, lists, verdicts."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from tongxing.access import scopes
from tongxing.access.actions import divisions
from tongxing.access.queries import actors
from tongxing.demo.people import create_all
from tongxing.demo.places import read_townships
from tongxing.demo.rosters import RosterFile, write_inbox, write_rosters
from tongxing.demo.town import generate
from tongxing.eligibility.actions import verdicts as eligibility
from tongxing.eligibility.queries import verdicts
from tongxing.kernel.divisions import NATION, area_of
from tongxing.registry import intake
from tongxing.registry.actions.rosters import SameFileAgain
from tongxing.registry.values.rosters import Upload

SEED = 20241121
EDITION = "2023-06-30"
OFFICERS = {
    150203000000: "kundulun.officer",
    350206000000: "huli.officer",
    141002000000: "yaodu.officer",
}
Say = Callable[[str], None]


@dataclass(kw_only=True)
class Built:
    """What the build did, for the table it prints."""

    lists: list[dict[str, Any]] = field(default_factory=list)
    children: dict[str, int] = field(default_factory=dict)
    verdicts: dict[str, dict[str, int]] = field(default_factory=dict)
    seconds: float = 0.0


def build(say: Say) -> Built:
    """Build the town once. Done steps are recognised, so a broken run may be begun again."""
    began = time.monotonic()
    say("divisions")
    load_divisions()
    say("people and posts")
    create_all()
    built = Built()
    for file in _files(timezone.localdate()):
        built.lists.append(_take_in(file, say))
    for officer in OFFICERS.values():
        say(f"verdicts of {officer.split('.')[0]}")
        _count(built, officer)
    built.seconds = time.monotonic() - began
    return built


def load_divisions() -> None:
    """The country's divisions, as the package of the front-end files brings them."""
    now = timezone.now()
    by = scopes.system(area_of(NATION))
    with scopes.acting_as(by):
        divisions.load(settings.VAR / "vendor" / "divisions", edition=EDITION, by=by, at=now)


def rows_of(built: Built) -> Iterator[str]:
    """The table, line by line."""
    classes = ("read", "new", "changed", "unchanged", "duplicate", "held", "rejected")
    yield f"{'list':44}" + "".join(f"{name:>11}" for name in classes)
    for each in built.lists:
        counts = "".join(f"{each.get(name, 0):>11}" for name in classes)
        yield f"{each['title']:44}{counts}"
    totals = "".join(f"{sum(each.get(n, 0) for each in built.lists):>11}" for n in classes)
    yield f"{'all lists':44}{totals}"
    yield ""
    yield f"{'verdicts by policy':44}{'children':>11}{'yes':>11}{'no':>11}{'cannot tell':>13}"
    for place, answers in built.verdicts.items():
        yes, no, open_ = (answers.get(name, 0) for name in ("yes", "no", "cannot_tell"))
        yield f"{place:44}{built.children[place]:>11}{yes:>11}{no:>11}{open_:>13}"
    yield ""
    yield f"{built.seconds:.0f} seconds"


def _files(today: date) -> list[RosterFile]:
    streets = settings.VAR / "vendor" / "divisions" / "streets.csv"
    town = generate(seed=SEED, today=today, townships=read_townships(streets))
    folder = settings.VAR / "demo"
    inbox = folder / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    write_inbox(town, inbox)
    return write_rosters(town, _made(folder / "rosters"))


def _take_in(file: RosterFile, say: Say) -> dict[str, Any]:
    say(file.title_en)
    officer = OFFICERS[file.place]
    upload = Upload(
        division=file.place,
        source=file.source,
        file_name=file.path.name,
        content=file.path.read_bytes(),
        as_of=file.as_of,
        by_worker=False,
    )
    try:
        batch_id = intake.take_in(upload=upload, username=officer, commit=True)
    except SameFileAgain as earlier:
        batch_id = UUID(str(earlier.facts["batch_id"]))
        intake.carry_on(batch_id, by=actors.actor_by_username(officer), commit=True)
    return {"title": file.title_en, **intake.summary(batch_id=batch_id, username=officer)}


def _count(built: Built, officer: str) -> None:
    by = actors.actor_by_username(officer)
    now = timezone.now()
    eligibility.evaluate_everybody(on=timezone.localdate(now), by=by, at=now)
    with scopes.acting_as(by):
        for pack, answers in verdicts.answers_by_pack().items():
            name = f"{officer.split('.')[0]}: {pack}"
            built.verdicts[name] = answers
            built.children[name] = sum(answers.values())


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
