"""From the truth to the rows of a list: who stands in it, named by which adult, in which order."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tongxing.demo.cases import is_shown
from tongxing.demo.cells import Entry, cell
from tongxing.demo.defects import ACCEPTED, CONFLICT, DUPLICATE, TOLERATED, Defect
from tongxing.demo.dirt import Draft
from tongxing.demo.lists import FASHIONS, Listing
from tongxing.demo.sheets import Cell
from tongxing.demo.values import Child, Guardian, Town

OTHER_PARENT = 0.25
DUPLICATES_PER_MILLE = 6
MOVED_PER_MILLE = 3
HIDDEN_ROWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One list of one place: what it is, who stands in it and what is known before it."""

    town: Town
    place: int
    listing: Listing
    members: Sequence[Child]
    known: frozenset[str]
    rng: Random

    @property
    def as_of(self) -> date:
        return self.town.today - timedelta(days=self.listing.days_old)


def clean_drafts(issue: Issue) -> list[Draft]:
    """The rows as they would be if nobody made a mistake, sorted as the office sorts them."""
    drafts = [_draft(issue, child) for child in issue.members]
    return sorted(drafts, key=lambda draft: _order(draft, issue.listing.sort_by))


def _draft(issue: Issue, child: Child) -> Draft:
    columns = issue.listing.columns_in(issue.place)
    fields = [column.field for column in columns]
    entry = Entry(
        child=child,
        adult=_adult(child, issue.rng),
        fashion=FASHIONS[issue.place],
        dates=issue.listing.dates_in(issue.place),
        as_of=issue.as_of,
        birth_column=column_letter(fields.index("birth")) if "age" in fields else "",
    )
    return Draft(
        entry=entry,
        source=issue.listing.source,
        workbook=issue.listing.encoding is None,
        values={field: cell(entry, field) for field in fields},
        known=child.id in issue.known,
        spared=is_shown(child, issue.town.today),
        twin=_twin(child, issue),
    )


def _adult(child: Child, rng: Random) -> Guardian:
    """The adult whom this list names; another list may name the other parent."""
    here = [adult for adult in child.guardians if adult.accompanies]
    return here[1] if len(here) > 1 and rng.random() < OTHER_PARENT else child.main_guardian


def _twin(child: Child, issue: Issue) -> Child | None:
    """A brother or sister of the same day whom an earlier list has brought in already."""
    if child.birth_date is None:
        return None
    return next(
        (
            other
            for other in issue.members
            if other.id in issue.known
            and other.family == child.family
            and other.birth_date == child.birth_date
            and other.id != child.id
        ),
        None,
    )


def _order(draft: Draft, field: str) -> tuple[str, str, str]:
    detail = draft.text("class") if field == "school" else draft.text("community")
    return (str(draft.values[field]), detail, draft.child.id)


def column_letter(index: int) -> str:
    """The letter of the column `index` (from 0); lists have fewer than 52 columns."""
    prefix = "A" if index >= 26 else ""
    return prefix + chr(ord("A") + index % 26)


def add_repeats(drafts: list[Draft], issue: Issue) -> list[Draft]:
    """Some rows come twice, some again from the township the family moved to."""
    rng = issue.rng
    sound = [draft for draft in drafts if not draft.plants and draft.child.identity_number]
    copies = max(1, len(drafts) * DUPLICATES_PER_MILLE // 1000)
    moved = max(1, len(drafts) * MOVED_PER_MILLE // 1000)
    chosen = rng.sample(sound, min(copies + moved, len(sound)))
    rows = list(drafts)
    for original in chosen[:copies]:
        again = _again(original)
        again.plants.append((Defect.DUPLICATE_ROW, DUPLICATE))
        rows.insert(_later(rows, original, rng), again)
    for original in chosen[copies:]:
        again = _again(original)
        _move(again, issue)
        again.plants.append((Defect.TWO_TOWNSHIPS, CONFLICT))
        rows.insert(_later(rows, original, rng), again)
    return rows


def _again(draft: Draft) -> Draft:
    """The same row once more; both stay as they are from now on."""
    again = copy(draft)
    again.values, again.plants = dict(draft.values), []
    return again


def _later(rows: Sequence[Draft], original: Draft, rng: Random) -> int:
    place = next(index for index, draft in enumerate(rows) if draft is original)
    return min(place + rng.randrange(1, 40), len(rows))


def _move(draft: Draft, issue: Issue) -> None:
    here = draft.child.residence.township
    other = issue.rng.choice([one for one in issue.town.townships[issue.place] if one != here])
    changes: dict[str, Cell] = {"township": other.name, "address": f"{other.name}新搬入，门牌不详"}
    draft.values.update({field: value for field, value in changes.items() if field in draft.values})


def hide_some(drafts: Sequence[Draft], rng: Random) -> None:
    """A filter was left on: a few rows are hidden but there."""
    plain = [draft for draft in drafts if not draft.plants]
    for draft in rng.sample(plain, min(HIDDEN_ROWS, len(plain))):
        draft.hidden = True
        draft.plants.append((Defect.HIDDEN_ROW, TOLERATED))


def mark_grown_up(drafts: Sequence[Draft], today: date) -> None:
    """Some have turned sixteen and still stand in the list."""
    for draft in drafts:
        if draft.sound and draft.child.identity_number and draft.child.age(today) >= 16:
            draft.plants.append((Defect.OVER_SIXTEEN, ACCEPTED))
