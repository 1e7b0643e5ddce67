"""Making the lists of one place, one after the other, and putting them into files."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from tongxing.demo.answer_key import RosterFile, Written
from tongxing.demo.cases import is_shown
from tongxing.demo.dice import dice
from tongxing.demo.dirt import Draft, spoil
from tongxing.demo.dirt_kinds import KINDS
from tongxing.demo.drafting import Issue, add_repeats, clean_drafts, hide_some, mark_grown_up
from tongxing.demo.layout import lay_out, lines_of_children, plants, title
from tongxing.demo.lists import LISTINGS, Listing, Source
from tongxing.demo.places import PLACES
from tongxing.demo.sheets import Sheet, write_csv, write_xlsx
from tongxing.demo.values import Child, MovedWith, Town

WITH_HIDDEN_ROWS = frozenset({Source.EDUCATION, Source.INSURANCE})


def prepared(town: Town, place: int) -> Iterator[tuple[Issue, list[Draft]]]:
    """The lists of a place in their order, dirt and all."""
    seen: set[str] = set()
    for listing in LISTINGS:
        issue = Issue(
            town=town,
            place=place,
            listing=listing,
            members=_members(town, place, listing, seen),
            known=frozenset(seen),
            rng=dice(town.seed, place, listing.source),
        )
        drafts = _dirty(issue)
        seen |= {draft.child.id for draft in drafts if draft.sound}
        yield issue, drafts


def known_children(town: Town, place: int) -> frozenset[str]:
    """Ids of the children who stand soundly in at least one list of `place`."""
    return frozenset(
        draft.child.id for _, drafts in prepared(town, place) for draft in drafts if draft.sound
    )


def _dirty(issue: Issue) -> list[Draft]:
    drafts = clean_drafts(issue)
    spoil(drafts, KINDS, issue.rng)
    drafts = add_repeats(drafts, issue)
    if issue.listing.source in WITH_HIDDEN_ROWS:
        hide_some(drafts, issue.rng)
    mark_grown_up(drafts, issue.town.today)
    return drafts


def _members(town: Town, place: int, listing: Listing, seen: set[str]) -> list[Child]:
    """Who stands in the list: those whom the office has, by chance or because all must see them."""
    rng = dice(town.seed, place, listing.source, "members")
    everybody = [(child, rng.random() < listing.share) for child in town.of(place)]
    as_of = town.today - timedelta(days=listing.days_old)
    return [
        child
        for child, drawn in everybody
        if listing.belongs(child)
        and child.was_here(as_of)
        and (drawn or is_shown(child, town.today) or _is_searched_for(child, listing, seen))
    ]


def _is_searched_for(child: Child, listing: Listing, seen: set[str]) -> bool:
    """The survey looks for children in need and for those whom no department knows."""
    needy = bool(child.hardships) or child.moved_with is MovedWith.GUARDIAN or child.asks_for_help
    return listing.source is Source.VILLAGE and (needy or child.id not in seen)


def finish(issue: Issue, drafts: Sequence[Draft], path: Path) -> Written:
    """Lay the rows out, write the file and note where everything stands."""
    sheet, placed = lay_out(issue, drafts)
    _write(path, sheet, issue.listing)
    file = RosterFile(
        path=path,
        place=issue.place,
        source=issue.listing.source.value,
        as_of=issue.as_of,
        rows=len(drafts),
        title_zh=title(issue),
        title_en=f"{PLACES[issue.place].name_en}: {issue.listing.title_en}",
    )
    return Written(
        file=file,
        planted=tuple(plants(issue, path.name, sheet, placed)),
        lines=lines_of_children(sheet, placed),
    )


def _write(path: Path, sheet: Sheet, listing: Listing) -> None:
    if listing.encoding is None:
        write_xlsx(path, sheet)
    else:
        write_csv(path, sheet, listing.encoding)
