"""The statement that lets the new children of a chunk in, everything about them in one go.

Everything a row says lies in `line` (JSON, secrets sealed); the statement spreads it over the
tables without another trip through Python. Details follow only for children that it lets in just
now, so that a repeated run doubles nothing.
"""

from collections.abc import Iterable
from functools import cache

# A row enters when nobody left it out: clean rows by themselves, held ones by a person's word.
# In a chunk that has entered before, the clean rows are in, unless somebody changed his mind.
DECISIONS = ("accept", "accept_without_number", "other_child")
ENTERING = """
    r.batch_id = %(batch)s AND r.chunk = %(chunk)s
    AND r.number BETWEEN %(first)s AND %(last)s
    AND r.applied_at IS NULL AND r.child_id IS NOT NULL AND r.decision <> 'leave_out'
    AND (r.fate = 'new' AND (r.decision = 'accept' OR NOT %(again)s)
         OR r.fate IN ('held', 'duplicate')
            AND r.decision IN ('accept', 'accept_without_number', 'other_child'))
"""

# The rows once and for all: what the statements below need of them is taken out of JSON here.
WANTED = f"""
SELECT r.number, r.child_id, r.decision, r.line,
       coalesce((r.line->'child'->>'division')::bigint, r.division) AS division,
       r.line->'child' AS child, r.line->'facts' AS facts, r.line->'stay' AS stay
  FROM registry_rosterrow r
 WHERE {ENTERING}
"""

CHILDREN = """
INSERT INTO registry_child
    (id, division, name, pinyin, former_name, sex, born_from, born_until, ethnicity, nationality,
     identity_kind, identity_number, identity_index, identity_missing_reason, hukou, hukou_division,
     hukou_text, address, moved_with, asked_for_help_on, state, exit_reason, source, as_of,
     batch_id, provenance, remarks, revision)
SELECT r.child_id, r.division, c.name, coalesce(c.pinyin, ''),
       coalesce(c.former_name, ''), coalesce(c.sex, ''), c.born_from, c.born_until,
       coalesce(c.ethnicity, ''), coalesce(c.nationality, ''),
       CASE WHEN n.index IS NULL THEN coalesce(nullif(c.identity_kind, 'resident'), '')
            ELSE coalesce(c.identity_kind, 'resident') END,
       CASE WHEN n.index IS NULL THEN NULL
            ELSE decode(r.line->'secrets'->>'identity_number', 'base64') END,
       n.index, coalesce(c.identity_missing_reason, ''),
       coalesce(c.hukou, ''), c.hukou_division, coalesce(c.hukou_text, ''),
       decode(r.line->'secrets'->>'address', 'base64'), coalesce(c.moved_with, ''),
       c.asked_for_help_on, 'to_verify', '', %(source)s, %(as_of)s, %(batch)s, '{}',
       decode(r.line->'secrets'->>'remarks', 'base64'), 1
  FROM wanted r
 CROSS JOIN LATERAL jsonb_to_record(
       CASE WHEN r.decision = 'accept_without_number' AND r.line ? 'stated'
            THEN r.child || (r.line->'stated') ELSE r.child END) AS c(
       name text, pinyin text, former_name text, sex text, born_from date,
       born_until date, ethnicity text, nationality text, identity_kind text,
       identity_missing_reason text, hukou text, hukou_division bigint, hukou_text text,
       moved_with text, asked_for_help_on date)
 CROSS JOIN LATERAL (
       SELECT CASE WHEN r.decision = 'accept_without_number' THEN NULL
                   ELSE decode(r.line->>'number_index', 'base64') END AS index) AS n
 ORDER BY r.number
    ON CONFLICT DO NOTHING
RETURNING id
"""

_OF_NEW = "r.child_id IN (SELECT id FROM entered)"

# A detail's id is the child's but for the end: ids made at random cost more than the row itself,
# and land all over the index, while these come in the order of the children.
_FIRST = "overlay(r.child_id::text PLACING '01' FROM 35)::uuid"
_SECOND = "overlay(r.child_id::text PLACING '02' FROM 35)::uuid"
_NTH = "overlay(r.child_id::text PLACING lpad(g.n::text, 2, '0') FROM 35)::uuid"

# In the order of the keys, so that neighbours go into the same page of the index.
NAME_KEYS = f"""
INSERT INTO registry_namekey (key, division, child_id)
SELECT k.key, r.division, r.child_id
  FROM wanted r
 CROSS JOIN LATERAL jsonb_array_elements_text(r.line->'keys') AS k(key)
 WHERE {_OF_NEW}
 ORDER BY k.key
"""

GUARDIANS = f"""
INSERT INTO registry_guardian
    (id, child_id, division, name, relation_to_child, relation_written, identity_number,
     identity_index, phone, phone_index, workplace, is_legal_guardian, source, as_of, batch_id)
SELECT {_NTH}, r.child_id, r.division,
       coalesce(g.name, ''), coalesce(g.relation_to_child, ''), coalesce(g.relation_written, ''),
       decode(g.identity_number, 'base64'), decode(g.identity_index, 'base64'),
       decode(g.phone, 'base64'), decode(g.phone_index, 'base64'),
       coalesce(g.workplace, ''), g.is_legal_guardian, %(source)s, %(as_of)s, %(batch)s
  FROM wanted r
 CROSS JOIN LATERAL ROWS FROM (jsonb_to_recordset(r.line->'guardians') AS (
       name text, relation_to_child text, relation_written text, identity_number text,
       identity_index text, phone text, phone_index text, workplace text, is_legal_guardian bool)
       ) WITH ORDINALITY AS g(name, relation_to_child, relation_written, identity_number,
       identity_index, phone, phone_index, workplace, is_legal_guardian, n)
 WHERE {_OF_NEW} AND r.line ? 'guardians'
"""

HUKOU_SPELLS = f"""
INSERT INTO registry_hukouspell
    (id, child_id, division, place, registered, source, as_of, batch_id)
SELECT {_FIRST}, r.child_id, r.division, (r.child->>'hukou_division')::bigint, true,
       %(source)s, %(as_of)s, %(batch)s
  FROM wanted r
 WHERE {_OF_NEW} AND r.child ? 'hukou'
"""

RESIDENCE_SPELLS = f"""
INSERT INTO registry_residencespell
    (id, child_id, division, place, since, since_latest, source, as_of, batch_id)
SELECT {_FIRST}, r.child_id, r.division, r.division,
       (r.stay->>'since')::date, (r.stay->>'since_latest')::date,
       %(source)s, %(as_of)s, %(batch)s
  FROM wanted r
 WHERE {_OF_NEW}
"""

# The list knows since when the child lives in the city, though elsewhere in it before (XM-0.1).
EARLIER_STAYS = f"""
INSERT INTO registry_residencespell
    (id, child_id, division, place, since, since_latest, until, source, as_of, batch_id)
SELECT {_SECOND}, r.child_id, r.division, r.division / 100000000 * 100000000,
       (r.stay->>'city_since')::date, (r.stay->>'city_since')::date,
       (r.stay->>'since')::date, %(source)s, %(as_of)s, %(batch)s
  FROM wanted r
 WHERE {_OF_NEW} AND r.stay ? 'city_since'
"""

# A child alone is no migrant child in the sense of the texts, but somebody must look (T-13).
UNACCOMPANIED = f"""
INSERT INTO registry_clue
    (id, division, kind, state, need, child_id, due_on, assigned_post, batch_id)
SELECT {_FIRST}, r.division, 'unaccompanied', 'new', '', r.child_id,
       %(due_on)s, '', %(batch)s
  FROM wanted r
 WHERE {_OF_NEW} AND r.child->>'moved_with' = 'nobody'
"""


def fact_statement(table: str, kind: str, columns: dict[str, str], extra: str = "") -> str:
    """INSERT for one kind of fact; `columns` maps column names to PostgreSQL types."""
    names = ", ".join(columns)
    definition = ", ".join(f"{name} {type_name}" for name, type_name in columns.items())
    values = ", ".join(_stated(name, type_name) for name, type_name in columns.items())
    extra_name = f", {extra}" if extra else ""
    extra_value = ", decode(r.line->>'permit_number', 'base64')" if extra else ""
    return f"""
INSERT INTO {table}
    (id, child_id, division, source, as_of, confidence, batch_id, {names}{extra_name})
SELECT {_FIRST}, r.child_id, r.division,
       %(source)s, %(as_of)s, 80, %(batch)s, {values}{extra_value}
  FROM wanted r
 CROSS JOIN LATERAL jsonb_to_record(r.facts->'{kind}') AS f({definition})
 WHERE {_OF_NEW} AND r.facts ? '{kind}'
"""


def _stated(name: str, type_name: str) -> str:
    blank = {"text": "''", "jsonb": "'[]'::jsonb"}.get(type_name)
    return f"coalesce(f.{name}, {blank})" if blank else f"f.{name}"


FACTS = {
    "enrolment": fact_statement(
        "registry_enrolment",
        "enrolment",
        dict.fromkeys(("stage", "school", "school_code", "class_name", "pupil_record"), "text")
        | {"grade": "smallint", "left_behind": "text"}
        | dict.fromkeys(("attends", "boards", "accompanying", "migrant_worker_child"), "boolean"),
    ),
    "permit": fact_statement(
        "registry_permit",
        "permit",
        {"has_permit": "boolean", "valid_until": "date", "issued_by": "text"},
        extra="number",
    ),
    "insurance": fact_statement(
        "registry_insurance",
        "insurance",
        {"insured": "boolean", "year": "smallint", "insured_division": "bigint"}
        | {"insured_place": "text", "kind": "text"},
    ),
    "health": fact_statement(
        "registry_healthrecord",
        "health",
        {"vaccination_file": "boolean", "vaccination_place": "text", "state": "text"},
    ),
    "disability": fact_statement(
        "registry_disability",
        "disability",
        {"disabled": "boolean", "disability_class": "smallint", "grade": "smallint"},
    ),
    "hardship": fact_statement(
        "registry_hardship",
        "hardship",
        {"kinds": "jsonb", "denied": "jsonb", "written": "text"},
    ),
}

# Nobody has counted rows that were staged a second ago: the planner expects one and would compare
# every row with every other. Hash joins cost the same whether there is one row or a thousand.
PLAN = "SET LOCAL enable_nestloop = off"
USUAL_PLAN = "SET LOCAL enable_nestloop = on"
_ALWAYS = {
    "keys": NAME_KEYS,
    "adults": GUARDIANS,
    "hukou": HUKOU_SPELLS,
    "stays": RESIDENCE_SPELLS,
    "earlier": EARLIER_STAYS,
    "alone": UNACCOMPANIED,
}


def entering(kinds: Iterable[str]) -> str:
    """The whole statement for a chunk whose rows state these kinds of facts; answers new ids."""
    return _entering(tuple(sorted(kinds)))


@cache
def _entering(kinds: tuple[str, ...]) -> str:
    parts = _ALWAYS | {kind: FACTS[kind] for kind in kinds}
    details = "".join(f", {name} AS ({statement})" for name, statement in parts.items())
    return f"""
WITH wanted AS MATERIALIZED ({WANTED}), entered AS ({CHILDREN}){details}
SELECT id FROM entered"""
