"""What a list changes in children the register already has, with what was there before."""

from base64 import b64decode
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from tongxing.audit import actions as audit
from tongxing.kernel import names
from tongxing.kernel.actors import Actor
from tongxing.registry.models import (
    Child,
    HukouSpell,
    NameKey,
    Permit,
    ResidenceSpell,
    RosterBatch,
    RosterChange,
    RosterRow,
)
from tongxing.registry.models.facts import Fact
from tongxing.registry.queries import known
from tongxing.registry.values.children import FactKind

CORE_COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "pinyin"),
    "sex": ("sex",),
    "birth": ("born_from", "born_until"),
    "ethnicity": ("ethnicity",),
    "hukou": ("hukou", "hukou_division", "hukou_text"),
    "residence": ("division",),
    "moved_with": ("moved_with",),
}
SECRET_COLUMNS = {"identity_number": "identity_number", "address": "address"}
_DATES = frozenset({"born_from", "born_until", "valid_until"})


def apply_row(row: RosterRow, *, batch: RosterBatch, by: Actor, at: datetime) -> None:
    """Apply a row to its child: fields its source may change, facts it brings."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=row.child_id)
    update = _Update(row=row, batch=batch, child=child, at=at)
    fields = update.core() + update.facts()
    audit.record(
        "registry.child.updated_from_list",
        actor=by,
        at=at,
        subject_type="registry.child",
        subject_id=child.pk,
        child_id=child.pk,
        division=child.division,
        fields=fields,
        source=batch.source,
        roster=batch.pk,
    )


def child_with_number_of(row: RosterRow) -> UUID | None:
    """The child of this area that has the row's identity number."""
    index = row.line.get("number_index")
    if not index:
        return None
    found = Child.objects.filter(identity_index=b64decode(index), withdrawn_at__isnull=True)
    return found.values_list("pk", flat=True).first()


def in_json(value: Any) -> Any:
    """A model value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Update:
    row: RosterRow
    batch: RosterBatch
    child: Child
    at: datetime

    def core(self) -> list[str]:
        """Fields of the person; the earlier values are kept for undoing."""
        replaced = [
            difference["field"]
            for difference in self._differences()
            if difference["replaces"] and not difference.get("fact")
        ]
        if not replaced:
            return []
        columns = self._columns(replaced)
        before = {name: in_json(getattr(self.child, name)) for name in [*columns, "provenance"]}
        for name, value in columns.items():
            setattr(self.child, name, value)
        statement = [self.batch.source, self.batch.as_of.isoformat()]
        self.child.provenance = self.child.provenance | dict.fromkeys(replaced, statement)
        self.child.revision += 1
        self.child.changed_at = self.at
        self.child.save(
            update_fields=[*columns, "provenance", "revision", "changed_at", *self._index(replaced)]
        )
        self._keep("child", self.child.pk, before, revision=self.child.revision)
        self._follow(replaced)
        return replaced

    def facts(self) -> list[str]:
        """Typed facts: the source's earlier statement is superseded, never overwritten."""
        written = []
        for kind, said in self.row.line.get("facts", {}).items():
            if self._state_fact(known.FACT_TABLES[FactKind(kind)], said):
                written.append(kind)
        return written

    def _differences(self) -> list[dict[str, Any]]:
        if self.row.differences:
            return self.row.differences
        # A held row that a person called the same child fills gaps and changes nothing else.
        said = self.row.line.get("child", {})
        return [
            {"field": field, "replaces": True}
            for field, columns in CORE_COLUMNS.items()
            if said.get(columns[0]) and getattr(self.child, columns[0]) in (None, "")
        ]

    def _columns(self, fields: list[str]) -> dict[str, Any]:
        said = self.row.line["child"]
        columns = {
            name: _typed(name, said[name])
            for field in fields
            for name in CORE_COLUMNS.get(field, ())
            if name in said
        }
        secrets = self.row.line.get("secrets", {})
        for field in fields:
            if field in SECRET_COLUMNS and field in secrets:
                columns[field] = b64decode(secrets[field])
        return columns

    def _index(self, fields: list[str]) -> list[str]:
        if "identity_number" not in fields or "number_index" not in self.row.line:
            return []
        self.child.identity_index = b64decode(self.row.line["number_index"])
        self.child.identity_kind = "resident"
        return ["identity_index", "identity_kind"]

    def _follow(self, fields: list[str]) -> None:
        if "name" in fields or "residence" in fields:
            replace_name_keys(self.child)
        if "residence" in fields:
            self._move()
        if "hukou" in fields:
            self._change_hukou()

    def _move(self) -> None:
        since = self.row.line.get("stay", {}).get("since")
        moved_on = date.fromisoformat(since) if since else self.batch.as_of
        move(self.child, to=self.child.division, on=moved_on, batch=self.batch)

    def _change_hukou(self) -> None:
        HukouSpell.objects.create(
            child=self.child,
            division=self.child.division,
            place=self.child.hukou_division,
            registered=True,
            since=_free_day(self.child, self.batch.as_of),
            source=self.batch.source,
            as_of=self.batch.as_of,
            batch_id=self.batch.pk,
        )

    def _state_fact(self, table: type[Fact], said: dict[str, Any]) -> bool:
        current = table._default_manager.filter(
            child_id=self.child.pk,
            source=self.batch.source,
            superseded_on=None,
            withdrawn_at=None,
        )
        for earlier in current:
            if earlier.as_of > self.batch.as_of:
                return False
            self._keep(table._meta.model_name or "", earlier.pk, {})
        current.update(superseded_on=self.batch.as_of)
        values = {name: _typed(name, value) for name, value in said.items()}
        if table is Permit and "permit_number" in self.row.line:
            values["number"] = b64decode(self.row.line["permit_number"])
        table._default_manager.create(
            child_id=self.child.pk,
            division=self.child.division,
            source=self.batch.source,
            as_of=self.batch.as_of,
            batch_id=self.batch.pk,
            **values,
        )
        return True

    def _keep(
        self, subject: str, subject_id: UUID, before: dict[str, Any], revision: int | None = None
    ) -> None:
        RosterChange.objects.create(
            division=self.batch.division,
            batch=self.batch,
            chunk=self.row.chunk,
            child_id=self.child.pk,
            subject=subject,
            subject_id=subject_id,
            before=orjson.dumps(before, default=str).decode(),
            revision_after=revision,
        )


def move(child: Child, *, to: int, on: date, batch: RosterBatch) -> None:
    """End the open stay and begin the next; the register keeps both."""
    open_stays = ResidenceSpell.objects.filter(
        child=child, until__isnull=True, withdrawn_at__isnull=True
    )
    for stay in open_stays:
        if stay.since is None or stay.since < on:
            open_stays.filter(pk=stay.pk).update(until=on)
        else:
            on = max(on, stay.since + timedelta(days=1))
            open_stays.filter(pk=stay.pk).update(until=on)
        RosterChange.objects.create(
            division=batch.division,
            batch=batch,
            chunk=0,
            child_id=child.pk,
            subject="residencespell",
            subject_id=stay.pk,
            before="{}",
        )
    ResidenceSpell.objects.create(
        child=child,
        division=to,
        place=to,
        since=on,
        since_latest=on,
        source=batch.source,
        as_of=batch.as_of,
        batch_id=batch.pk,
    )


def replace_name_keys(child: Child) -> None:
    """Search finds the child under its present name, in its present place."""

    NameKey.objects.filter(child_id=child.pk).delete()
    NameKey.objects.bulk_create(
        NameKey(key=key, division=child.division, child_id=child.pk)
        for key in names.search_keys(child.name)
    )


def _free_day(child: Child, day: date) -> date:
    taken = set(HukouSpell.objects.filter(child=child).values_list("since", flat=True))
    while day in taken:
        day += timedelta(days=1)
    return day


def _typed(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name in _DATES and isinstance(value, str) else value
