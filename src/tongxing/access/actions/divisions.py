"""Loading an edition of the division table, adding villages, saying what became what."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from tongxing.access import authority, spelling
from tongxing.access.actions import organisations
from tongxing.access.errors import DivisionKnown, NoVillageCode, OldEdition
from tongxing.access.models import Division, DivisionSuccession
from tongxing.access.values.divisions import DivisionKind, DivisionsLoaded
from tongxing.access.values.roles import Capability
from tongxing.audit import actions as audit
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import Level, area_of, level_of, parent_of, parse
from tongxing.kernel.errors import Unknown
from tongxing.kernel.ids import uuid7

FILES = ("provinces.csv", "cities.csv", "areas.csv", "streets.csv")
GROUPINGS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})

_MAKE_ROOM = """
CREATE TEMP TABLE edition (
    code bigint PRIMARY KEY, name text, level smallint, kind text, parent_code bigint,
    pinyin text, initials text
) ON COMMIT DROP
"""
_COPY = "COPY edition (code, name, level, kind, parent_code, pinyin, initials) FROM STDIN"
_RENAME = """
UPDATE access_division d
   SET name = e.name, pinyin = e.pinyin, initials = e.initials, kind = e.kind,
       edition = %(edition)s,
       former_names = d.former_names
           || jsonb_build_array(jsonb_build_object('name', d.name, 'until', %(on)s::text))
  FROM edition e WHERE e.code = d.code AND e.name <> d.name
"""
# A code that had ended and is listed again.
_REOPEN = """
UPDATE access_division d SET valid_until = NULL, edition = %(edition)s
  FROM edition e WHERE e.code = d.code AND d.valid_until < %(on)s::date
"""
_ADD = """
INSERT INTO access_division (code, name, level, kind, parent_code, pinyin, initials,
                             former_names, valid_from, edition)
SELECT code, name, level, kind, parent_code, pinyin, initials, '[]', %(since)s::date, %(edition)s
  FROM edition e
 WHERE NOT EXISTS (SELECT 1 FROM access_division d WHERE d.code = e.code)
"""
# Villages are the site's own additions: an edition of townships says nothing about them.
_END = """
UPDATE access_division d SET valid_until = %(on)s::date
 WHERE d.valid_until IS NULL AND d.level < %(village)s
   AND (d.valid_from IS NULL OR d.valid_from < %(on)s::date)
   AND NOT EXISTS (SELECT 1 FROM edition e WHERE e.code = d.code)
"""


@dataclass(frozen=True, slots=True)
class _Line:
    code: int
    name: str
    kind: DivisionKind

    def columns(self) -> tuple[int, str, int, str, int, str, str]:
        spoken = spelling.syllables(self.name)
        return (
            self.code,
            self.name,
            level_of(self.code).value,
            self.kind.value,
            parent_of(self.code),
            "".join(spoken),
            "".join(syllable[0] for syllable in spoken),
        )


@transaction.atomic
def load(folder: Path, *, edition: str, by: Actor, at: datetime) -> DivisionsLoaded:
    """Bring in the four lists of `folder` as they stood on the day `edition` (ISO date).

    The first edition has been valid "always"; from a later one on, new codes begin, missing codes
    end and changed names are kept as former names. Reading the same edition again changes nothing.
    """
    authority.require(by, Capability.DIVISIONS_MANAGE)
    on = date.fromisoformat(edition)
    if Division.objects.filter(edition__gt=edition).exists():
        raise OldEdition()
    lines = _read(folder)
    first = not Division.objects.exists()
    facts = {
        "edition": edition,
        "on": on,
        "since": None if first else on,
        "village": Level.VILLAGE.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MAKE_ROOM)
        _copy(cursor, lines)
        reopened, renamed, added, ended = (
            _run(cursor, statement, facts) for statement in (_REOPEN, _RENAME, _ADD, _END)
        )
        cursor.execute("DROP TABLE edition")
    done = DivisionsLoaded(
        read=len(lines),
        added=added + reopened,
        renamed=renamed,
        unchanged=len(lines) - added - reopened - renamed,
        ended=ended,
    )
    organisations.found_zones(by=by, at=at)
    _tell(done, edition=edition, by=by, at=at)
    return done


@transaction.atomic
def add_village(*, code: int, name: str, valid_from: date, by: Actor, at: datetime) -> int:
    """Add a village or community that no published edition holds. Returns its code."""
    authority.require(by, Capability.DIVISIONS_MANAGE)
    authority.require_inside(by, area_of(code))
    if level_of(code) is not Level.VILLAGE:
        raise NoVillageCode()
    if not Division.objects.filter(code=parent_of(code)).exists():
        raise Unknown()
    if known := Division.objects.filter(code=code).first():
        raise DivisionKnown(name=known.name)
    line = _Line(code, name.strip(), DivisionKind.ADMINISTRATIVE)
    spoken = spelling.syllables(line.name)
    Division.objects.create(
        code=code,
        name=line.name,
        level=Level.VILLAGE.value,
        kind=line.kind.value,
        parent_code=parent_of(code),
        pinyin="".join(spoken),
        initials="".join(syllable[0] for syllable in spoken),
        valid_from=valid_from,
    )
    audit.record(
        "access.division.added",
        actor=by,
        at=at,
        subject_type="division",
        subject_id=code,
        division=code,
        name=line.name,
    )
    return code


@transaction.atomic
def succeed(*, old: int, new: int, on: date, by: Actor, at: datetime) -> None:
    """On the day `on` the division `old` ended and became `new` or a part of it."""
    authority.require(by, Capability.DIVISIONS_MANAGE)
    authority.require_inside(by, area_of(old))
    both = set(Division.objects.filter(code__in=[old, new]).values_list("code", flat=True))
    if both != {old, new}:
        raise Unknown()
    _step, fresh = DivisionSuccession.objects.get_or_create(
        old_id=old, new_id=new, on=on, defaults={"id": uuid7()}
    )
    if not fresh:
        return
    Division.objects.filter(code=old, valid_until=None).update(valid_until=on)
    audit.record(
        "access.division.succeeded",
        actor=by,
        at=at,
        subject_type="division",
        subject_id=old,
        division=old,
        successor=new,
        on=on,
    )


def _read(folder: Path) -> list[_Line]:
    """The lists as one, highest level first; a city without counties repeats its code: once."""
    lines: dict[int, _Line] = {}
    for name in FILES:
        for line in _lines(folder / name):
            lines.setdefault(line.code, line)
    return list(lines.values())


def _lines(file: Path) -> Iterator[_Line]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        for row in csv.DictReader(text):
            yield _Line(parse(row["code"]), row["name"], _kind(row["code"], row["name"]))


def _kind(digits: str, name: str) -> DivisionKind:
    """Codes 71–79 on county level and 4xx–5xx on township level are the statistics' own."""
    if name in GROUPINGS:
        return DivisionKind.GROUPING
    own = digits[4:6] if len(digits) == 6 else ""
    part = digits[6:7] if len(digits) == 9 else ""
    zone = "71" <= own <= "79" or part in {"4", "5"}
    return DivisionKind.ZONE if zone else DivisionKind.ADMINISTRATIVE


def _copy(cursor: Any, lines: list[_Line]) -> None:
    with cursor.copy(_COPY) as stream:
        for line in lines:
            stream.write_row(line.columns())


def _run(cursor: Any, statement: str, facts: dict[str, Any]) -> int:
    cursor.execute(statement, facts)
    return int(cursor.rowcount)


def _tell(done: DivisionsLoaded, *, edition: str, by: Actor, at: datetime) -> None:
    if done.added or done.renamed or done.ended:
        audit.record(
            "access.divisions.loaded",
            actor=by,
            at=at,
            subject_type="division",
            subject_id=edition,
            added=done.added,
            renamed=done.renamed,
            ended=done.ended,
        )
