"""What a list changes in children the register already has, with what was there before."""

from base64 import b64decode
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from tongxing.audit import actions as audit
from tongxing.kernel import names
from tongxing.kernel.actors import Actor
from tongxing.registry.models import (
    Child,
    Guardian,
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
    "asked_for_help": ("asked_for_help_on",),
}
SECRET_COLUMNS = ("identity_number", "address")
_NOT_OF_THE_PERSON = frozenset({"lived_since", "guardians", *FactKind})
_SEALED_OF_ADULTS = frozenset({"identity_number", "identity_index", "phone", "phone_index"})
_DATES = frozenset({"born_from", "born_until", "valid_until", "asked_for_help_on"})


def apply_rows(rows: Sequence[RosterRow], *, batch: RosterBatch, by: Actor, at: datetime) -> None:
    """Apply rows to their children: fields their source may change, facts they bring."""
    if not rows:
        return
    ids = [row.child_id for row in rows if row.child_id]
    children = Child.objects.select_for_update(of=("self",)).in_bulk(ids)
    updates = Updates(batch=batch, children=children, at=at)
    updates.fetch()
    for row in rows:
        if row.child_id is not None:
            fields = _Update(row=row, child=children[row.child_id], chunk=updates).apply()
            _record(children[row.child_id], fields, batch=batch, by=by, at=at)
    updates.write()


def _record(
    child: Child, fields: list[str], *, batch: RosterBatch, by: Actor, at: datetime
) -> None:
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


@dataclass(kw_only=True)
class Updates:
    """What is known of a chunk's children before, and what shall be written for all of them."""

    batch: RosterBatch
    children: dict[UUID, Child]
    at: datetime
    adults: dict[UUID, set[str]] = field(default_factory=dict)
    stated: dict[tuple[type[Fact], UUID], list[Fact]] = field(
        default_factory=lambda: defaultdict(list)
    )
    facts: list[Fact] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    changes: list[RosterChange] = field(default_factory=list)
    superseded: dict[type[Fact], list[UUID]] = field(default_factory=lambda: defaultdict(list))

    def fetch(self) -> None:
        """The adults beside the children, and what this source stated last."""
        self.adults = known.adults_of(self.children)
        for table in known.FACT_TABLES.values():
            for fact in table._default_manager.filter(
                child_id__in=self.children,
                source=self.batch.source,
                superseded_on=None,
                withdrawn_at=None,
            ):
                self.stated[table, fact.child_id].append(fact)  # type: ignore[attr-defined]

    def write(self) -> None:
        """New facts beside the old ones, and the notes by which all of it can be taken back."""
        for table, ids in self.superseded.items():
            table._default_manager.filter(pk__in=ids).update(superseded_on=self.batch.as_of)
        for table in {type(fact) for fact in self.facts}:
            table._default_manager.bulk_create([fact for fact in self.facts if type(fact) is table])
        Guardian.objects.bulk_create(self.guardians)
        RosterChange.objects.bulk_create(self.changes)

    def keep(
        self, row: RosterRow, subject: str, subject_id: UUID, before: dict[str, Any], **more: Any
    ) -> None:
        """Note what was there before."""
        assert row.child_id is not None  # noqa: S101 - rows without a child never come here
        self.changes.append(
            RosterChange(
                division=self.batch.division,
                batch=self.batch,
                chunk=row.chunk,
                child_id=row.child_id,
                subject=subject,
                subject_id=subject_id,
                before=orjson.dumps(before, default=str).decode(),
                **more,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Update:
    """One row and its child."""

    row: RosterRow
    child: Child
    chunk: Updates

    def apply(self) -> list[str]:
        """Do what the row may do; answers the names of what became new."""
        return [*self._core(), *self._stay(), *self._facts(), *self._guardians()]

    def _core(self) -> list[str]:
        """Fields of the person; the earlier values are kept for undoing."""
        batch, child = self.chunk.batch, self.child
        replaced = [name for name in self._replacing() if name not in _NOT_OF_THE_PERSON]
        columns = self._columns(replaced)
        if not columns:
            return []
        before = {name: in_json(getattr(child, name)) for name in [*columns, "provenance"]}
        for name, value in columns.items():
            setattr(child, name, value)
        statement = [batch.source, batch.as_of.isoformat()]
        child.provenance = child.provenance | dict.fromkeys(replaced, statement)
        child.revision += 1
        child.changed_at = self.chunk.at
        child.save(update_fields=[*columns, "provenance", "revision", "changed_at"])
        self.chunk.keep(self.row, "child", child.pk, before, revision_after=child.revision)
        self._follow(replaced, former_name=str(before.get("name", child.name)))
        return replaced

    def _replacing(self) -> list[str]:
        if self.row.differences:
            return [each["field"] for each in self.row.differences if each["replaces"]]
        # A held row that a person called the same child fills gaps and changes nothing else.
        said = self.row.line.get("child", {})
        return [
            name
            for name, columns in CORE_COLUMNS.items()
            if said.get(columns[0]) and getattr(self.child, columns[0]) in (None, "")
        ]

    def _columns(self, fields: list[str]) -> dict[str, Any]:
        said = self.row.line.get("child", {})
        columns = {
            name: typed(name, said[name])
            for each in fields
            for name in CORE_COLUMNS.get(each, ())
            if name in said
        }
        secrets = self.row.line.get("secrets", {})
        for each in set(fields) & set(SECRET_COLUMNS) & set(secrets):
            columns[each] = b64decode(secrets[each])
        if "identity_number" in columns:
            columns["identity_index"] = b64decode(self.row.line["number_index"])
            columns["identity_kind"] = "resident"
        return columns

    def _follow(self, fields: list[str], *, former_name: str) -> None:
        if "name" in fields or "residence" in fields:
            replace_name_keys(self.child, former_name=former_name)
        if "residence" in fields:
            self._move()
        if "hukou" in fields:
            self._change_hukou()

    def _move(self) -> None:
        """End the open stay and begin the next; the register keeps both."""
        batch = self.chunk.batch
        since = self.row.line.get("stay", {}).get("since")
        on = date.fromisoformat(since) if since else batch.as_of
        for stay in self._open_stays():
            if stay.since is not None:
                on = max(on, stay.since + timedelta(days=1))
            self.chunk.keep(self.row, "residencespell", stay.pk, {"until": None})
            ResidenceSpell.objects.filter(pk=stay.pk).update(until=on)
        ResidenceSpell.objects.create(
            child=self.child,
            division=self.child.division,
            place=self.child.division,
            since=on,
            since_latest=on,
            source=batch.source,
            as_of=batch.as_of,
            batch_id=batch.pk,
        )

    def _change_hukou(self) -> None:
        batch = self.chunk.batch
        HukouSpell.objects.create(
            child=self.child,
            division=self.child.division,
            place=self.child.hukou_division,
            registered=True,
            since=_free_day(self.child, batch.as_of),
            source=batch.source,
            as_of=batch.as_of,
            batch_id=batch.pk,
        )

    def _stay(self) -> list[str]:
        """The first day of the present stay, where the list knows it better."""
        if "residence" in self._replacing() or "lived_since" not in self._replacing():
            return []
        for stay in self._open_stays():
            before = {"since": in_json(stay.since), "since_latest": in_json(stay.since_latest)}
            self.chunk.keep(self.row, "residencespell", stay.pk, before)
            ResidenceSpell.objects.filter(pk=stay.pk).update(**self.row.line["stay"])
        return ["lived_since"]

    def _open_stays(self) -> list[ResidenceSpell]:
        return list(
            ResidenceSpell.objects.filter(
                child=self.child, until__isnull=True, withdrawn_at__isnull=True
            )
        )

    def _facts(self) -> list[str]:
        """Typed facts: the source's earlier statement is superseded, never overwritten."""
        said = self.row.line.get("facts", {})
        return [kind for kind, fact in said.items() if self._state(kind, fact)]

    def _state(self, kind: str, said: dict[str, Any]) -> bool:
        batch, table = self.chunk.batch, known.FACT_TABLES[FactKind(kind)]
        earlier = self.chunk.stated[table, self.child.pk]
        if any(fact.as_of > batch.as_of for fact in earlier):
            return False
        for fact in earlier:
            self.chunk.keep(self.row, table._meta.model_name or "", fact.pk, {})
            self.chunk.superseded[table].append(fact.pk)
        values = {name: typed(name, value) for name, value in said.items()}
        if table is Permit and "permit_number" in self.row.line:
            values["number"] = b64decode(self.row.line["permit_number"])
        fact = table(
            child_id=self.child.pk,
            division=self.child.division,
            source=batch.source,
            as_of=batch.as_of,
            batch_id=batch.pk,
            **values,
        )
        self.chunk.facts.append(fact)
        if not earlier:
            self.chunk.keep(self.row, table._meta.model_name or "", fact.pk, {})
        return True

    def _guardians(self) -> list[str]:
        """Adults the register does not know beside this child yet."""
        batch = self.chunk.batch
        adults = self.chunk.adults.get(self.child.pk, set())
        said = self.row.line.get("guardians", [])
        fresh = [guardian for guardian in said if not known.adult_marks(guardian) & adults]
        for guardian in fresh:
            values = {
                name: b64decode(value) if name in _SEALED_OF_ADULTS else value
                for name, value in guardian.items()
            }
            row = Guardian(
                child=self.child,
                division=self.child.division,
                source=batch.source,
                as_of=batch.as_of,
                batch_id=batch.pk,
                **values,
            )
            self.chunk.guardians.append(row)
            self.chunk.keep(self.row, "guardian", row.pk, {})
        return ["guardians"] if fresh else []


def replace_name_keys(child: Child, *, former_name: str = "") -> None:
    """Search finds the child under its present name, in its present place.

    `former_name` is what it was called before, when that changed: its keys are taken away.
    """
    keys = [*names.search_keys(former_name or child.name), *names.search_keys(child.name)]
    NameKey.objects.filter(key__in=keys, child_id=child.pk).delete()
    NameKey.objects.bulk_create(
        NameKey(key=key, division=child.division, child_id=child.pk)
        for key in names.search_keys(child.name)
    )


def in_json(value: Any) -> Any:
    """A model value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def typed(name: str, value: Any) -> Any:
    """A value from JSON as the model wants it."""
    return date.fromisoformat(value) if name in _DATES and isinstance(value, str) else value


def _free_day(child: Child, day: date) -> date:
    taken = set(HukouSpell.objects.filter(child=child).values_list("since", flat=True))
    while day in taken:
        day += timedelta(days=1)
    return day
