"""Lists that wait for a visitor: the demo does not bring them in, whoever looks around may.

The school roster of Huli follows the one already brought in: the same schools a few weeks later,
with newcomers, changes, rows to hold and rows to refuse. The two others show how the importer
meets a list that has shrunk and a file it has already had.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from random import Random

from tongxing.demo.answer_key import RosterFile, write_key
from tongxing.demo.defects import CHANGED, NEW, Defect
from tongxing.demo.dice import dice
from tongxing.demo.dirt import Draft, spoil
from tongxing.demo.dirt_kinds import KINDS
from tongxing.demo.drafting import Issue, clean_drafts, hide_some
from tongxing.demo.facts import term_title
from tongxing.demo.households import World, family
from tongxing.demo.issues import finish, known_children
from tongxing.demo.lists import EDUCATION, Source
from tongxing.demo.numbers import Numbers
from tongxing.demo.places import COMMUNITIES, HULI, KUNDULUN, PLACES, YAODU
from tongxing.demo.plans import FamilyPlan, Stay
from tongxing.demo.sheets import Encoding
from tongxing.demo.values import Child, HukouKind, Stage, Town

NEWCOMERS = 14
LEAVERS_PERCENT = 4
MOVED_HOUSE = 12
CHANGED_SCHOOL = 8
QUOTAS = {
    Defect.NUMERIC_CELL: 2,
    Defect.ENDS_IN_000: 1,
    Defect.MASKED_NUMBER: 1,
    Defect.BAD_CHECK_CHARACTER: 2,
    Defect.DIGIT_LOST: 1,
    Defect.GUARDIANS_NUMBER: 1,
    Defect.SEX_CONTRADICTS_NUMBER: 1,
    Defect.BIRTH_CONTRADICTS_NUMBER: 1,
    Defect.LEFT_BEHIND_AND_MIGRANT: 1,
    Defect.HOMOPHONE_NAME: 1,
    Defect.NO_NAME_NO_NUMBER: 2,
    Defect.FULL_WIDTH_NUMBER: 2,
    Defect.BLANKS_IN_NUMBER: 3,
    Defect.LOWER_X: 3,
    Defect.NAME_SPACED: 4,
    Defect.MIDDLE_DOT_VARIANT: 1,
    Defect.DATE_FORMAT: 6,
    Defect.PHONE_NONE: 3,
    Defect.PHONE_CHANGED: 9,
}


def write_inbox(town: Town, folder: Path) -> RosterFile:
    """Write the school roster of Huli that a visitor may bring in, and its own answer key."""
    folder.mkdir(parents=True, exist_ok=True)
    issue = _next_roster(town)
    drafts = clean_drafts(issue)
    _mark_news(drafts, {child.id: child for child in town.children})
    spoil(drafts, KINDS, issue.rng, QUOTAS)
    hide_some(drafts, issue.rng)
    name = f"{PLACES[HULI].name}{term_title(town.today)}随迁子女名册.xlsx"
    written = finish(issue, drafts, folder / name)
    write_key(folder, [written], seed=town.seed, today=town.today)
    return written.file


def _next_roster(town: Town) -> Issue:
    """Those of the first roster who are still there, some of them changed, and newcomers."""
    rng = dice(town.seed, "inbox")
    known = known_children(town, HULI)
    pupils = [child for child in town.of(HULI) if EDUCATION.belongs(child)]
    stayed = [child for child in pupils if rng.randrange(100) >= LEAVERS_PERCENT]
    # Without a number the other parent's name in the new list makes a question of the row.
    steady = [
        child.id
        for child in stayed
        if child.id in known and child.identity_number and not child.cast
    ]
    chosen = rng.sample(steady, MOVED_HOUSE + CHANGED_SCHOOL)
    movers, changers = set(chosen[:MOVED_HOUSE]), set(chosen[MOVED_HOUSE:])
    members = [
        _moved(child, town, rng)
        if child.id in movers
        else _at_another_school(child, rng)
        if child.id in changers
        else child
        for child in stayed
    ]
    return Issue(
        town=town,
        place=HULI,
        listing=replace(EDUCATION, days_old=1),
        members=[*members, *islice(_newcomers(town, rng), NEWCOMERS)],
        known=known,
        rng=rng,
    )


def _moved(child: Child, town: Town, rng: Random) -> Child:
    home = child.residence
    township = rng.choice([one for one in town.townships[HULI] if one != home.township])
    community = f"{rng.choice(COMMUNITIES)}社区"
    place = PLACES[HULI].name
    address = (
        f"{place}{township.name}{community}{rng.randrange(1, 40)}号{rng.randrange(101, 909)}室"
    )
    moved = replace(home, township=township, community=community, address=address)
    return replace(child, residence=moved)


def _at_another_school(child: Child, rng: Random) -> Child:
    school = child.schooling
    if school is None:
        return child
    place = PLACES[HULI]
    names = place.primaries[:4] if school.stage is Stage.PRIMARY else place.juniors[:2]
    others = [place.name + name for name in names if place.name + name != school.school]
    return replace(child, schooling=replace(school, school=rng.choice(others)))


def _newcomers(town: Town, rng: Random) -> Iterator[Child]:
    """Pupils who came in the last months and whom no list has named yet."""
    numbers = Numbers(rng)
    numbers.leave_out(town.children)
    world = World(
        place=PLACES[HULI],
        townships=town.townships[HULI],
        today=town.today,
        numbers=numbers,
        rng=rng,
    )
    plan = FamilyPlan(hukou=HukouKind.OTHER_PROVINCE, stay=Stay.UNDER_SIX_MONTHS)
    for number in count(1):
        for child in family(world, plan, f"N{number:04d}"):
            if EDUCATION.belongs(child):
                yield child


def _mark_news(drafts: Sequence[Draft], before: Mapping[str, Child]) -> None:
    for draft in drafts:
        known = before.get(draft.child.id)
        if known is None:
            draft.plants.append((Defect.NEW_CHILD, NEW))
        elif known.schooling != draft.child.schooling:
            draft.plants.append((Defect.SCHOOL_CHANGED, CHANGED))
        elif known.residence != draft.child.residence:
            draft.plants.append((Defect.ADDRESS_CHANGED, CHANGED))


def write_trials(rosters: Sequence[RosterFile], folder: Path) -> list[RosterFile]:
    """Two more for the curious: a list one kindergarten short, and a file sent twice."""
    folder.mkdir(parents=True, exist_ok=True)
    kindergartens = _find(rosters, YAODU, Source.KINDERGARTEN)
    pupils = _find(rosters, KUNDULUN, Source.EDUCATION)
    return [_one_school_short(kindergartens, folder), _the_same_again(pupils, folder)]


def _find(rosters: Sequence[RosterFile], place: int, source: Source) -> RosterFile:
    return next(file for file in rosters if file.place == place and file.source == source)


def _one_school_short(file: RosterFile, folder: Path) -> RosterFile:
    missing = PLACES[file.place].name + PLACES[file.place].kindergartens[0]
    text = file.path.read_text(encoding=Encoding.GB18030)
    lines = [line for line in text.splitlines() if missing not in line]
    path = folder / f"{file.path.stem}（缺一所）.csv"
    path.write_text("\r\n".join(lines) + "\r\n", encoding=Encoding.GB18030, newline="")
    rows = sum(1 for line in lines[1:] if line.strip(","))
    return replace(file, path=path, rows=rows)


def _the_same_again(file: RosterFile, folder: Path) -> RosterFile:
    path = folder / f"{file.path.stem} (1){file.path.suffix}"
    shutil.copyfile(file.path, path)
    return replace(file, path=path)
