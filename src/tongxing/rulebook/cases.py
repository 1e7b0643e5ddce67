"""Cases a civil servant can read: a child, a day, the expected answer. Run by `policy check`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from tongxing.rulebook.entries import Entry
from tongxing.rulebook.errors import RulebookError, suggestion
from tongxing.rulebook.facts import ChildFacts
from tongxing.rulebook.facts_json import facts_from_json, site_from_json
from tongxing.rulebook.one_child.explaining import decide
from tongxing.rulebook.packs import Pack
from tongxing.rulebook.reading import Place, checked, read_yaml
from tongxing.rulebook.sites import SiteSettings
from tongxing.rulebook.verdicts import Decision

CAST_FILE = "cast.yaml"


class ExpectationEntry(Entry):
    """`because`, `missing` and `changes_on` are compared where they are given."""

    on: date
    rule: str
    answer: Literal["yes", "no", "cannot_tell"]
    because: list[str] | None = None
    missing: list[str] | None = None
    changes_on: date | Literal["never"] | None = None


class CaseEntry(Entry):
    """A member of the cast by name, or facts of its own; `but` replaces some of them."""

    name: str
    child: str | None = None
    facts: dict[str, Any] = {}
    but: dict[str, Any] = {}
    site: dict[str, Any] | None = None
    expect: list[ExpectationEntry]


class CasesFile(Entry):
    site: dict[str, Any] = {}
    cases: list[CaseEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    name: str
    facts: ChildFacts
    site: SiteSettings
    expect: tuple[ExpectationEntry, ...]
    place: Place


def cases_of(pack: Pack) -> Iterator[Case]:
    """The cases of a pack's own folder; PackError when one cannot be read."""
    cast = read_yaml(pack.folder.parent / CAST_FILE, CAST_FILE)
    for path in sorted((pack.folder / "cases").glob("*.yaml")):
        place = Place(f"{pack.id}/cases/{path.name}")
        raw = read_yaml(path, place.file)
        file = checked(CasesFile, raw, place)
        for index, entry in enumerate(file.cases):
            yield _case(entry, file.site, cast, place.below(raw["cases"], index))


def _case(entry: CaseEntry, site: Mapping[str, Any], cast: Mapping[str, Any], place: Place) -> Case:
    if entry.child is not None and entry.child not in cast:
        raise place.error(f"unknown child '{entry.child}'. {suggestion(entry.child, cast)}")
    known = cast[entry.child] if entry.child else entry.facts
    try:
        return Case(
            name=entry.name,
            facts=facts_from_json({**known, **entry.but}),
            site=site_from_json(site if entry.site is None else entry.site),
            expect=tuple(entry.expect),
            place=place,
        )
    except RulebookError as error:
        raise place.error(str(error)) from error


def failures(pack: Pack, case: Case) -> Iterable[str]:
    """One sentence for each expectation that does not come true."""
    for expected in case.expect:
        found = decide(expected.rule, case.facts, on=expected.on, pack=pack, site=case.site)
        for what, wanted, got in _differences(expected, found):
            yield (
                f"{case.place.file}:{case.place.line}: {case.name}: {expected.rule} on "
                f"{expected.on}: expected {what} {wanted}, found {got}"
            )


def _differences(
    expected: ExpectationEntry, found: Decision
) -> Iterable[tuple[str, object, object]]:
    never = found.changes_on or "never"
    pairs = (
        ("answer", expected.answer, found.answer.word),
        ("because", expected.because, list(found.reasons)),
        ("missing", expected.missing, list(found.missing)),
        ("changes_on", expected.changes_on, never),
    )
    return [pair for pair in pairs if pair[1] is not None and pair[1] != pair[2]]
