"""What the register has of known children, and who stated it: the other side of a comparison."""

from base64 import b64encode
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from django.db.models import F, Q

from tongxing.kernel import names
from tongxing.keys.rings import ring
from tongxing.registry.models import Child, Guardian, ResidenceSpell, RosterRow
from tongxing.registry.models.facts import Fact
from tongxing.registry.queries.known import FACT_TABLES
from tongxing.registry.rules.differences import SECRET, Difference, Stated
from tongxing.registry.rules.lines import Line, facts_in_clear
from tongxing.registry.rules.statements import continued
from tongxing.registry.values.children import FactKind
from tongxing.registry.values.rosters import IN_THE_REGISTER

_BOOKKEEPING = frozenset(
    {"id", "child_id", "division", "source", "as_of", "confidence", "batch_id"}
    | {"superseded_on", "withdrawn_at"}
)
_CORE = (
    *("name", "sex", "born_from", "born_until", "ethnicity", "hukou", "hukou_division"),
    *("hukou_text", "division", "moved_with", "asked_for_help_on"),
)
_PROVENANCE = (
    *("name", "sex", "birth", "ethnicity", "hukou", "residence", "moved_with"),
    *("identity_number", "address", "asked_for_help"),
)


@dataclass(slots=True)
class Adults:
    """The adults beside one child, by what a list can recognise them."""

    hashes_of: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    relations: set[str] = field(default_factory=set)

    def add(self, name: str, relation: str, hashes: Iterable[str]) -> None:
        self.hashes_of[names.comparable(name)].update(hashes)
        self.relations.add(relation)

    def know(self, said: dict[str, Any]) -> bool:
        """Whether a list says nothing new of an adult: same name, no new number, no new phone.

        A phone alone is nobody's mark: father and mother, or a whole class, may share one.
        """
        hashes = {said[key] for key in ("identity_index", "phone_index") if said.get(key)}
        if name := names.comparable(said.get("name", "")):
            return name in self.hashes_of and hashes <= self.hashes_of[name]
        if hashes:
            return hashes <= {each for known in self.hashes_of.values() for each in known}
        return said.get("relation_written", "") in self.relations


@dataclass(slots=True, kw_only=True)
class KnownFact:
    """The latest statement of one source about one kind of fact."""

    id: UUID
    as_of: date
    values: dict[str, Any]


@dataclass(kw_only=True)
class KnownValues:
    """A child's present fields, who stated each, and what a source said last of each fact."""

    fields: dict[str, Any]
    stated: dict[str, Stated]
    facts: dict[str, KnownFact] = field(default_factory=dict)
    adults: Adults = field(default_factory=Adults)

    def news_of_facts(self, line: Line, as_of: date) -> dict[str, dict[str, Any]]:
        """Kinds of facts of which the list says something else than its source said last.

        What the list leaves blank goes on as it was; an older list is no news.
        """
        news = {}
        for kind, said in facts_in_clear(line).items():
            earlier = self.facts.get(kind)
            if earlier is not None and earlier.as_of > as_of:
                continue
            now = continued(FactKind(kind), earlier.values if earlier else {}, said)
            if earlier is None or now != earlier.values:
                news[kind] = now
        return news

    def new_adults(self, guardians: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Adults of whom the list says something the register does not know yet."""
        return [guardian for guardian in guardians if not self.adults.know(guardian)]


def values_of(ids: Iterable[UUID], source: str) -> dict[UUID, KnownValues]:
    """The present values of these children, with `source`'s own latest facts."""
    wanted = list(ids)
    if not wanted:
        return {}
    known = {child.pk: _values(child) for child in Child.objects.filter(pk__in=wanted)}
    _add_stays(known)
    _add_adults(known)
    for kind, table in FACT_TABLES.items():
        rows = table._default_manager.filter(
            Q(("child_id__in", list(known))), source=source, superseded_on=None, withdrawn_at=None
        )
        for row in rows:
            values = known[row.child_id]  # type: ignore[attr-defined]
            values.facts[kind.value] = KnownFact(id=row.pk, as_of=row.as_of, values=_fact(row))
    return known


def told_before(ids: Iterable[UUID], source: str) -> dict[UUID, set[str]]:
    """What lists of `source` have said of these children, and could not replace.

    It stands in the child's file until somebody decides; it is no news every month.
    """
    wanted = list(ids)
    told: dict[UUID, set[str]] = defaultdict(set)
    if not wanted:
        return told
    rows = RosterRow.objects.filter(
        child_id__in=wanted, batch__source=source, batch__state__in=IN_THE_REGISTER
    ).exclude(differences=[])
    for child_id, differences in rows.values_list(F("child_id"), "differences"):
        told[child_id].update(word_of(each) for each in differences if not each["replaces"])
    return told


def as_kept(difference: Difference, line: Line) -> dict[str, Any]:
    """A difference as its row keeps it; of a secret only a keyed hash, to know it again."""
    entry = difference.as_dict()
    if difference.field in SECRET:
        mark = ring().index(line.secrets[difference.field], context="roster.difference")
        entry["mark"] = b64encode(mark).decode()
    return entry


def word_of(difference: Mapping[str, Any]) -> str:
    """What a difference says, whatever the register had beside it."""
    words = [difference["field"], difference.get("after"), difference.get("mark")]
    return orjson.dumps(words).decode()


def _values(child: Child) -> KnownValues:
    own = Stated(source=child.source, as_of=child.as_of)
    fields = {name: _plain(getattr(child, name)) for name in _CORE}
    fields["identity_number"] = child.identity_number or ""
    fields["address"] = child.address or ""
    stated = dict.fromkeys(_PROVENANCE, own)
    for name, (source, as_of) in child.provenance.items():
        stated[name] = Stated(source=source, as_of=date.fromisoformat(as_of))
    return KnownValues(fields=fields, stated=stated)


def _add_stays(known: dict[UUID, KnownValues]) -> None:
    stays = ResidenceSpell.objects.filter(
        child_id__in=known, until__isnull=True, withdrawn_at__isnull=True
    )
    for stay in stays:
        values = known[stay.child_id]
        values.fields["since"] = _plain(stay.since)
        values.fields["since_latest"] = _plain(stay.since_latest)
        values.stated.setdefault("lived_since", Stated(source=stay.source, as_of=stay.as_of))


def _add_adults(known: dict[UUID, KnownValues]) -> None:
    adults = Guardian.objects.filter(child_id__in=known, withdrawn_at=None, ended_on=None)
    columns = ("child_id", "name", "relation_written", "identity_index", "phone_index")
    for child_id, name, relation, number, phone in adults.values_list(*columns):
        hashes = [b64encode(bytes(index)).decode() for index in (number, phone) if index]
        known[child_id].adults.add(name, relation, hashes)


def _fact(row: Fact) -> dict[str, Any]:
    columns: Collection[str] = [column.attname for column in row._meta.concrete_fields]
    return {
        name: _plain(getattr(row, name))
        for name in columns
        if name not in _BOOKKEEPING and getattr(row, name) not in (None, "")
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
