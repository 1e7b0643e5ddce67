"""What a list changes in children the register already has, with what was there before."""

from base64 import b64decode
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.utils.timezone import localdate

from tongxing.audit import actions as audit
from tongxing.audit.values import Event
from tongxing.kernel import names
from tongxing.kernel.actors import Actor
from tongxing.registry.actions import sealing
from tongxing.registry.actions.relocating import Relocation
from tongxing.registry.models import Child, Clue, Guardian, NameKey, RosterBatch, RosterChange
from tongxing.registry.models import RosterRow as Row
from tongxing.registry.models.facts import Fact
from tongxing.registry.queries import known, stated
from tongxing.registry.queries.stated import KnownValues
from tongxing.registry.rules.clues import due_on
from tongxing.registry.rules.differences import Difference, Stated, compare
from tongxing.registry.rules.lines import Line
from tongxing.registry.values.children import ClueKind, FactKind, IdentityKind, MovedWith
from tongxing.registry.values.rosters import Decision

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
_SEALED_OF_ADULTS = frozenset({"identity_number", "identity_index", "phone", "phone_index"})
_DATES = frozenset({"born_from", "born_until", "valid_until", "asked_for_help_on"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """Rows that reached their child, and rows whose child is not in the register any more."""

    applied: list[Row]
    gone: list[Row]


def apply_rows(rows: Sequence[Row], *, batch: RosterBatch, by: Actor, at: datetime) -> Outcome:
    """Apply rows to their children: fields their source may change, facts they bring."""
    if not rows:
        return Outcome([], [])
    ids = {row.child_id for row in rows if row.child_id}
    present = Child.objects.filter(pk__in=ids, withdrawn_at__isnull=True).order_by("pk")
    children = {child.pk: child for child in present.select_for_update(of=("self",))}
    gone = [row for row in rows if row.child_id not in children]
    once: dict[UUID, Row] = {}
    for row in rows:
        if row.child_id in children:
            once.setdefault(row.child_id, row)
    updates = Updates(batch=batch, at=at, values=stated.values_of(children, batch.source))
    for child_id, row in once.items():
        child = children[child_id]
        line = sealing.opened(row.line)
        updates.tell(child, _Update(row=row, line=line, child=child, chunk=updates).apply())
    updates.write(by)
    applied = [*once.values()]
    # Two rows that a person called the same child: the second meets what the first has left.
    again = [row for row in rows if row.child_id in children and row not in applied]
    later = apply_rows(again, batch=batch, by=by, at=at)
    return Outcome([*applied, *later.applied], [*gone, *later.gone])


def child_with_number_of(row: Row) -> UUID | None:
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
    at: datetime
    values: dict[UUID, KnownValues]
    facts: list[Fact] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    clues: list[Clue] = field(default_factory=list)
    changes: list[RosterChange] = field(default_factory=list)
    superseded: dict[type[Fact], list[UUID]] = field(default_factory=lambda: defaultdict(list))
    events: list[Event] = field(default_factory=list)

    @property
    def stated(self) -> Stated:
        return Stated(source=self.batch.source, as_of=self.batch.as_of)

    def write(self, by: Actor) -> None:
        """New facts beside the old ones, and the notes by which all of it can be taken back."""
        for table, ids in self.superseded.items():
            table._default_manager.filter(pk__in=ids).update(superseded_on=self.batch.as_of)
        for table in {type(fact) for fact in self.facts}:
            table._default_manager.bulk_create([fact for fact in self.facts if type(fact) is table])
        Guardian.objects.bulk_create(self.guardians)
        Clue.objects.bulk_create(self.clues)
        RosterChange.objects.bulk_create(self.changes)
        audit.record_many(self.events, actor=by, at=self.at)

    def keep(
        self, row: Row, subject: str, subject_id: UUID, before: dict[str, Any], **more: Any
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
                before=orjson.dumps(before).decode(),
                **more,
            )
        )

    def tell(self, child: Child, fields: list[str]) -> None:
        """One event a child; a row that brought nothing after all leaves none."""
        if fields:
            facts = {"fields": fields, "source": self.batch.source, "roster": self.batch.pk}
            self.events.append(
                Event(
                    "registry.child.updated_from_list",
                    "registry.child",
                    str(child.pk),
                    child.pk,
                    child.division,
                    facts,
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Update:
    """One row and its child."""

    row: Row
    line: Line
    child: Child
    chunk: Updates

    def apply(self) -> list[str]:
        """Do what the row may do; answers the names of what became new."""
        return [*self._person(), *self._facts(), *self._guardians()]

    def _person(self) -> list[str]:
        """Fields of the person and where it lives; what was before is kept for undoing."""
        child, batch, name_before = self.child, self.chunk.batch, self.child.name
        fields = self._replacing()
        moved = Relocation(child=child, batch=batch, line=self.row.line, at=self.chunk.at)
        if "lived_since" in fields and not moved.may_be_dated():
            fields.remove("lived_since")
        if not fields:
            return []
        columns = self._columns(fields)
        before = {name: in_json(getattr(child, name)) for name in [*columns, "provenance"]}
        for name, value in columns.items():
            setattr(child, name, value)
        statement = [batch.source, batch.as_of.isoformat()]
        child.provenance = child.provenance | dict.fromkeys(fields, statement)
        child.revision += 1
        child.changed_at = self.chunk.at
        child.save(update_fields=[*columns, "provenance", "revision", "changed_at"])
        moves = moved.write(fields)
        note = {"columns": before, **moves}
        self.chunk.keep(self.row, "child", child.pk, note, revision_after=child.revision)
        if "name" in fields or "residence" in fields:
            replace_name_keys(child, former_name=name_before)
        if columns.get("moved_with") == MovedWith.NOBODY:
            self._alone()
        return fields

    def _replacing(self) -> list[str]:
        """What was shown as replaced, as far as the register still lets it be replaced.

        A row that a person called the same child fills gaps and changes nothing else.
        """
        said_so = self.row.decision == Decision.SAME_CHILD
        values = self.chunk.values[self.child.pk]
        now = compare(
            self.line,
            values.fields,
            of=self.chunk.stated,
            stated=values.stated,
            gaps_only=said_so,
        )
        if said_so:
            self._show(now)
        shown = {each["field"] for each in self.row.differences if each["replaces"]}
        return [each.field for each in now if each.replaces and each.field in shown]

    def _show(self, now: Sequence[Difference]) -> None:
        """Keep what the row says otherwise than the child's file, for whoever decides there."""
        facts = [each for each in self.row.differences if each.get("fact")]
        self.row.differences = [*(stated.as_kept(each, self.line) for each in now), *facts]
        self.row.save(update_fields=["differences"])

    def _columns(self, fields: list[str]) -> dict[str, Any]:
        line = self.row.line
        said, secrets = line["child"], line.get("secrets", {})
        columns = {
            name: typed(name, said[name])
            for each in fields
            for name in CORE_COLUMNS.get(each, ())
            if name in said
        }
        if "hukou" in fields:
            columns |= {"hukou_division": said.get("hukou_division")}
            columns |= {"hukou_text": said.get("hukou_text", "")}
        if "address" in fields:
            columns["address"] = b64decode(secrets["address"])
        if "identity_number" in fields:
            columns["identity_number"] = b64decode(secrets["identity_number"])
            columns["identity_index"] = b64decode(line["number_index"])
            columns["identity_kind"] = IdentityKind.RESIDENT
        return columns

    def _alone(self) -> None:
        """A child that lives here with nobody: somebody must look (T-13)."""
        child, batch = self.child, self.chunk.batch
        self.chunk.clues.append(
            Clue(
                division=child.division,
                kind=ClueKind.UNACCOMPANIED,
                child_id=child.pk,
                due_on=due_on(ClueKind.UNACCOMPANIED, localdate(self.chunk.at)),
                batch_id=batch.pk,
            )
        )

    def _facts(self) -> list[str]:
        """Typed facts: the source's earlier statement is superseded, never overwritten."""
        values = self.chunk.values[self.child.pk]
        news = values.news_of_facts(self.line, self.chunk.batch.as_of)
        for kind, now in news.items():
            table = known.FACT_TABLES[FactKind(kind)]
            fact = table(
                **self._of_child(),
                **{name: typed(name, value) for name, value in now.items()},
            )
            earlier = values.facts.get(kind)
            if earlier is not None:
                self.chunk.superseded[table].append(earlier.id)
            self.chunk.keep(self.row, kind, fact.pk, {})
            self.chunk.facts.append(fact)
        return list(news)

    def _guardians(self) -> list[str]:
        """Adults, or numbers and phones of adults, that nobody stated of this child yet."""
        values = self.chunk.values[self.child.pk]
        fresh = values.new_adults(self.row.line.get("guardians", []))
        for said in fresh:
            sealed = {
                name: b64decode(value) if name in _SEALED_OF_ADULTS else value
                for name, value in said.items()
            }
            guardian = Guardian(**self._of_child(), **sealed)
            self.chunk.guardians.append(guardian)
            self.chunk.keep(self.row, "guardian", guardian.pk, {})
        return ["guardians"] if fresh else []

    def _of_child(self) -> dict[str, Any]:
        batch = self.chunk.batch
        return {
            "child_id": self.child.pk,
            "division": self.child.division,
            "source": batch.source,
            "as_of": batch.as_of,
            "batch_id": batch.pk,
        }


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
    if isinstance(value, date):
        return value.isoformat()
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def typed(name: str, value: Any) -> Any:
    """A value from JSON as the model wants it."""
    return date.fromisoformat(value) if name in _DATES and isinstance(value, str) else value
