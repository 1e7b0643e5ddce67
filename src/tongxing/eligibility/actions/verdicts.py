"""Computing verdicts and storing them: at import, on change and every night."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction

from tongxing.access import scopes
from tongxing.audit import actions as audit
from tongxing.eligibility import law
from tongxing.eligibility.facts import child_facts
from tongxing.eligibility.values import RULES, Population
from tongxing.kernel.actors import Actor
from tongxing.registry.actions.standings import note_standings
from tongxing.registry.queries import stays
from tongxing.registry.queries.stays import PersonFacts
from tongxing.registry.values.standings import Standing
from tongxing.rulebook import Decision, decide

CHUNK = 1000


@transaction.atomic
def evaluate(*, child_ids: Sequence[UUID], on: date, by: Actor, at: datetime) -> int:
    """Compute and store the verdicts of these children for `on`; answers how many are stored anew.

    A verdict that is the same as the one in force is left alone, so that its date says since when
    it holds.
    """
    people = stays.facts_of(child_ids)
    if not people:
        return 0
    found = [row for person in people for row in _verdicts(person, on)]
    payload = orjson.dumps(found).decode()
    with connection.cursor() as cursor:
        cursor.execute(_SUPERSEDE, [at, payload])
        cursor.execute(_STORE, [payload])
        stored = int(cursor.rowcount)
    note_standings(standings=_standings(people, found))
    if stored:
        audit.record("eligibility.verdicts.stored", actor=by, at=at, verdicts=stored, day=on)
    return stored


def evaluate_everybody(*, on: date, by: Actor, at: datetime) -> int:
    """Compute the verdicts of the whole scope, a chunk a transaction; may be begun again."""
    stored, last = 0, None
    while True:
        with scopes.acting_as(by):
            ids = stays.ids_after(last, limit=CHUNK)
            if not ids:
                return stored
            stored += evaluate(child_ids=ids, on=on, by=by, at=at)
        last = ids[-1]


def _verdicts(person: PersonFacts, on: date) -> Iterator[dict[str, Any]]:
    facts = child_facts(person)
    for population, rule in RULES.items():
        pack = law.pack_for(population, person.division)
        decision = decide(rule, facts, on=on, pack=pack, site=law.site())
        yield {
            "child_id": str(person.id),
            "division": person.division,
            "population": population.value,
            "on_day": on.isoformat(),
            "pack": pack.id,
            "pack_version": pack.version,
            "site_version": law.site().digest,
            **_in_json(decision),
        }


def _in_json(decision: Decision) -> dict[str, Any]:
    return {
        "answer": decision.answer.word,
        "reasons": list(decision.reasons),
        "missing": list(decision.missing),
        "changes_on": decision.changes_on.isoformat() if decision.changes_on else None,
        "changes_to": "" if decision.changes_to is None else decision.changes_to.word,
    }


def _standings(people: list[PersonFacts], found: list[dict[str, Any]]) -> list[Standing]:
    by_child: dict[str, dict[str, dict[str, Any]]] = {}
    for row in found:
        by_child.setdefault(row["child_id"], {})[row["population"]] = row
    return [_standing(person.id, by_child[str(person.id)]) for person in people]


def _standing(child_id: UUID, verdicts: dict[str, dict[str, Any]]) -> Standing:
    turning = [row["changes_on"] for row in verdicts.values() if row["changes_on"]]
    missing = {name for row in verdicts.values() for name in row["missing"]}
    return Standing(
        child_id=child_id,
        local=verdicts[Population.LOCAL]["answer"],
        national=verdicts[Population.NATIONAL]["answer"],
        statistical=verdicts[Population.STATISTICAL]["answer"],
        changes_on=date.fromisoformat(min(turning)) if turning else None,
        missing=tuple(sorted(missing)),
    )


_NEW = """
    jsonb_to_recordset(%s::jsonb) AS n(
        child_id uuid, division bigint, population text, on_day date, pack text, pack_version text,
        site_version text, answer text, reasons jsonb, missing jsonb, changes_on date,
        changes_to text)
"""
_SAME = """
    v.child_id = n.child_id AND v.population = n.population AND v.superseded_at IS NULL
"""
_SUPERSEDE = f"""
UPDATE eligibility_storedverdict v SET superseded_at = %s
  FROM {_NEW}
 WHERE {_SAME}
   AND (v.answer, v.reasons, v.missing, v.changes_on, v.pack, v.pack_version, v.site_version)
       IS DISTINCT FROM
       (n.answer, n.reasons, n.missing, n.changes_on, n.pack, n.pack_version, n.site_version)
"""  # noqa: S608 - constants only
_STORE = f"""
INSERT INTO eligibility_storedverdict
    (id, child_id, division, population, answer, on_day, reasons, missing, changes_on, changes_to,
     pack, pack_version, site_version)
SELECT gen_random_uuid(), n.child_id, n.division, n.population, n.answer, n.on_day, n.reasons,
       n.missing, n.changes_on, n.changes_to, n.pack, n.pack_version, n.site_version
  FROM {_NEW}
 WHERE NOT EXISTS (SELECT 1 FROM eligibility_storedverdict v WHERE {_SAME})
"""  # noqa: S608 - constants only
