"""Small lists as departments send them, and the way they take through the importer."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import count
from typing import Any
from uuid import UUID

import xlsxwriter
from django.apps import apps
from django.db import connection

from tests.access.factories import actor_like
from tests.factories.children import AT, HULI, a_number, everywhere
from tongxing.access import scopes
from tongxing.access.values.roles import Role
from tongxing.audit.models import Entry
from tongxing.kernel.actors import Actor
from tongxing.registry.actions import committing, inspecting, rosters, staging, undoing
from tongxing.registry.models import Child, RosterBatch, RosterRow
from tongxing.registry.values.rosters import Decision, Upload

HULI_STREET_NAME = "湖里街道"
OFFICER = actor_like(Role.COUNTY_OFFICER, HULI)
AS_OF = date(2025, 8, 20)
_names = count(1)
_NAME_CHARACTERS = "嘉怡浩宇欣诗涵梓轩雨泽思源若曦明哲"

Cells = Mapping[str, object]


def a_row(
    said: Cells | None = None, /, *, born: date = date(2016, 3, 7), male: bool = True
) -> dict[str, Any]:
    """One clean row about somebody new, and what else is `said`, by heading."""
    row: dict[str, Any] = {
        "姓名": a_name(),
        "性别": "男" if male else "女",
        "身份证件号": a_number(born, male=male),
        "出生日期": born.isoformat(),
    }
    return row | dict(said or {})


def a_name() -> str:
    """A name of three characters; another one each time, for a few thousand times."""
    number = next(_names)
    first, second = divmod(number, len(_NAME_CHARACTERS))
    third = first // len(_NAME_CHARACTERS) % len(_NAME_CHARACTERS)
    given = _NAME_CHARACTERS[first % len(_NAME_CHARACTERS)] + _NAME_CHARACTERS[second]
    return "陈林黄周吴郑王李赵孙钱马朱胡郭何"[third] + given


def workbook(rows: Sequence[Cells], headings: Sequence[str] = ()) -> bytes:
    """An xlsx with one heading line; numbers are typed as numbers, everything else as text."""
    titles = headings or headings_of(rows)
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        # The same rows are the same file, whenever they are written.
        book.set_properties({"created": datetime(2025, 8, 20, tzinfo=UTC)})
        page = book.add_worksheet("名单")
        for column, title in enumerate(titles):
            page.write_string(0, column, title)
        for line, row in enumerate(rows, start=1):
            for column, title in enumerate(titles):
                cell = row.get(title)
                if isinstance(cell, int | float):
                    page.write_number(line, column, cell)
                elif cell is not None:
                    page.write_string(line, column, str(cell))
    return target.getvalue()


def headings_of(rows: Sequence[Cells]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for row in rows for key in row))


def upload(rows: Sequence[Cells] | bytes, **changes: Any) -> Upload:
    """A list of Huli's education bureau; nothing of it is left to the worker."""
    content = rows if isinstance(rows, bytes) else workbook(rows)
    first = Upload(
        division=HULI,
        source="education",
        file_name="名单.xlsx",
        content=content,
        as_of=AS_OF,
        by_worker=False,
    )
    return replace(first, **changes)


def received(rows: Sequence[Cells] | bytes, *, by: Actor = OFFICER, **changes: Any) -> UUID:
    with scopes.acting_as(by):
        return rosters.receive(upload=upload(rows, **changes), by=by, at=AT).pk


def mapped(batch_id: UUID, *, by: Actor = OFFICER) -> None:
    """Look into the file and accept the columns as proposed."""
    inspecting.inspect(batch_id=batch_id, by=by, at=AT)
    _accept(batch_id, by)


def staged(rows: Sequence[Cells] | bytes, *, by: Actor = OFFICER, **changes: Any) -> UUID:
    batch_id = received(rows, by=by, **changes)
    if isinstance(rows, bytes):
        mapped(batch_id, by=by)
    else:
        _mapped_as_before(batch_id, headings_of(rows), by=by)
    staging.stage(batch_id=batch_id, by=by, at=AT)
    return batch_id


# What the first look into a workbook with these headings found; looking takes a process of its own.
_looks: dict[tuple[str, ...], dict[str, Any]] = {}


def _mapped_as_before(batch_id: UUID, headings: tuple[str, ...], *, by: Actor) -> None:
    if headings not in _looks:
        inspecting.inspect(batch_id=batch_id, by=by, at=AT)
        found = batch_of(batch_id)
        _looks[headings] = {
            "workbook": found.workbook,
            "mapping": found.mapping,
            "fingerprint": found.fingerprint,
        }
    else:
        with scopes.acting_as(by):
            rosters.note_workbook(batch_id=batch_id, **_looks[headings], by=by, at=AT)
    _accept(batch_id, by)


def _accept(batch_id: UUID, by: Actor) -> None:
    with scopes.acting_as(by):
        mapping = RosterBatch.objects.get(pk=batch_id).mapping
        rosters.map_columns(batch_id=batch_id, mapping=mapping, by=by, at=AT, by_worker=False)


def committed(rows: Sequence[Cells] | bytes, *, by: Actor = OFFICER, **changes: Any) -> UUID:
    batch_id = staged(rows, by=by, **changes)
    commit(batch_id, by=by)
    return batch_id


def commit(batch_id: UUID, *, by: Actor = OFFICER, shrink_accepted: bool = False) -> None:
    with scopes.acting_as(by):
        rosters.begin_commit(
            batch_id=batch_id, shrink_accepted=shrink_accepted, by=by, at=AT, by_worker=False
        )
    committing.commit(batch_id=batch_id, by=by, at=AT)


def undo(batch_id: UUID, *, by: Actor = OFFICER) -> int:
    """Take the list back; answers how many children had to be left."""
    with scopes.acting_as(by):
        undoing.begin_undo(batch_id=batch_id, reason="发错了", by=by, at=AT, by_worker=False)
    undoing.undo(batch_id=batch_id, by=by, at=AT)
    return batch_of(batch_id).undo_left


def decide(
    batch_id: UUID, decision: Decision, *numbers: int, by: Actor = OFFICER, reason: str = "已核实"
) -> int:
    with scopes.acting_as(by):
        return rosters.decide(
            batch_id=batch_id, numbers=list(numbers), decision=decision, reason=reason, by=by, at=AT
        )


def batch_of(batch_id: UUID) -> RosterBatch:
    with everywhere():
        return RosterBatch.objects.get(pk=batch_id)


def rows_of(batch_id: UUID) -> list[RosterRow]:
    """The staged rows in the order of the file."""
    with everywhere():
        return list(RosterRow.objects.filter(batch_id=batch_id).order_by("number"))


def fates(batch_id: UUID) -> list[str]:
    return [row.fate for row in rows_of(batch_id)]


def codes(row: RosterRow) -> set[str]:
    """What is wrong with the row, notes left out."""
    return {each["code"] for each in row.problems if each.get("severity") != "note"}


def steps(batch_id: UUID) -> list[str]:
    """What the trail says about a list, oldest first."""
    with scopes.acting_as(replace(OFFICER, audit_area=OFFICER.area)):
        told = Entry.objects.filter(subject_type="registry.roster", subject_id=str(batch_id))
        return list(told.order_by("id").values_list("kind", flat=True))


# What a person can see of the register, in a form that two moments can be compared by. Stays that
# ended are part of it; what was withdrawn or superseded is not, nor when something was touched.
_CHILDREN = """
SELECT id, division, name, pinyin, former_name, sex, born_from, born_until, ethnicity, nationality,
       identity_kind, encode(identity_index, 'hex'), identity_missing_reason, hukou, hukou_division,
       hukou_text, moved_with, asked_for_help_on, state, source, as_of, provenance
  FROM registry_child WHERE withdrawn_at IS NULL
"""
_KEYS = """
SELECT key, k.division, child_id FROM registry_namekey k JOIN registry_child c ON c.id = child_id
 WHERE c.withdrawn_at IS NULL
"""
_DETAILS = {
    "guardian": "name, relation_to_child, encode(identity_index, 'hex'),"
    " encode(phone_index, 'hex'), workplace, source, as_of, ended_on",
    "hukouspell": "place, registered, since, source, as_of",
    "residencespell": "place, since, since_latest, until, source, as_of",
    "enrolment": "stage, school, grade, class_name, attends, boards, source, as_of",
    "permit": "has_permit, valid_until, issued_by, source, as_of",
    "insurance": "insured, year, insured_division, insured_place, kind, source, as_of",
    "healthrecord": "vaccination_file, vaccination_place, state, source, as_of",
    "disability": "disabled, disability_class, grade, source, as_of",
    "hardship": "kinds, denied, written, source, as_of",
}


def register() -> dict[str, list[str]]:
    """The whole visible register, table by table, in the order of its contents."""
    with everywhere(), connection.cursor() as cursor:
        found = {"child": _lines(cursor, _CHILDREN), "namekey": _lines(cursor, _KEYS)}
        for table, columns in _DETAILS.items():
            current = "d.withdrawn_at IS NULL"
            if table not in {"guardian", "hukouspell", "residencespell"}:
                current += " AND d.superseded_on IS NULL"
            found[table] = _lines(
                cursor,
                f"SELECT child_id, division, {columns} FROM registry_{table} d WHERE {current}"
                " AND EXISTS (SELECT FROM registry_child c"
                " WHERE c.id = d.child_id AND c.withdrawn_at IS NULL)",
            )
    secrets = ("pk", "identity_number", "address", "remarks")
    with everywhere():
        visible = Child.objects.filter(withdrawn_at__isnull=True).values_list(*secrets)
        found["secrets"] = sorted(map(repr, visible))
    return found


def digest() -> str:
    """One word for the whole visible register."""
    return hashlib.sha256(json.dumps(register()).encode()).hexdigest()


def _lines(cursor: Any, statement: str) -> list[str]:
    cursor.execute(statement)
    return sorted(repr(row) for row in cursor.fetchall())


def facts_of(child_id: UUID | None, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """What stands of a child in a table of facts, spells or adults; withdrawn rows left out."""
    model = apps.get_model("registry", table)
    with everywhere():
        rows = model.objects.filter(child_id=child_id, withdrawn_at__isnull=True)
        if hasattr(model, "superseded_on"):
            rows = rows.filter(superseded_on__isnull=True)
        return sorted(rows.values_list(*columns), key=repr)
