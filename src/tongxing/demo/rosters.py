"""Writing the town as its departments know it: real files with real dirt, and the key to them."""

from pathlib import Path

from tongxing.demo.answer_key import AnswerKey, RosterFile, read_answer_key, write_key
from tongxing.demo.drafting import Issue
from tongxing.demo.inbox import write_inbox, write_trials
from tongxing.demo.issues import finish, prepared
from tongxing.demo.layout import title
from tongxing.demo.lists import LISTINGS
from tongxing.demo.places import PLACES
from tongxing.demo.values import Town

__all__ = [
    "AnswerKey",
    "RosterFile",
    "read_answer_key",
    "write_inbox",
    "write_rosters",
    "write_trials",
]


def write_rosters(town: Town, folder: Path) -> list[RosterFile]:
    """Write every list of every place into `folder`, with `answer_key.json` beside them.

    The order is the order of bringing them in: first the police, whose identity facts are
    trusted most, last the villages' own survey, which knows who really lives with whom.
    """
    folder.mkdir(parents=True, exist_ok=True)
    places = {child.place for child in town.children}
    written = [
        finish(issue, drafts, folder / _file_name(issue))
        for place in PLACES
        if place in places
        for issue, drafts in prepared(town, place)
    ]
    write_key(folder, written, seed=town.seed, today=town.today)
    return [one.file for one in written]


def _file_name(issue: Issue) -> str:
    order = [listing.source for listing in LISTINGS].index(issue.listing.source) + 1
    kind = "xlsx" if issue.listing.encoding is None else "csv"
    return f"{issue.place // 10**6}-{order}-{title(issue)}.{kind}"
