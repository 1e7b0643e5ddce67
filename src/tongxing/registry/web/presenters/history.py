"""What was done with a record and who looked at it, in words."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tongxing.audit import labels as words_of_trail
from tongxing.audit import queries as audit
from tongxing.audit.values import EntryLine, Look, LookLine
from tongxing.registry.labels import clues, records, trail
from tongxing.registry.values.children import Source
from tongxing.registry.values.files import HistoryLine, LookGroup, Said
from tongxing.registry.web.presenters.files import source_name
from tongxing.registry.web.presenters.lists import joined
from tongxing.web import formats

# What other packages do with a child has its own place and its own rights.
_OURS = "registry."


def history(child_id: UUID, entered: Said, entered_at: datetime) -> list[HistoryLine]:
    """What was done with the record, newest first, down to how it came into the register."""
    lines = [
        HistoryLine(
            at=entry.at,
            who=entry.actor_name,
            organisation=entry.organisation,
            what=what(entry),
            reason=str(entry.facts.get("reason") or ""),
        )
        for entry in audit.entries_about(child_id, limit=200)
        if entry.kind.startswith(_OURS)
    ]
    if entered.source not in _BY_HAND or not lines:
        sentence = _("Entered the register with the list of %(source)s as of %(day)s") % {
            "source": source_name(entered),
            "day": formats.day(entered.as_of),
        }
        lines.append(HistoryLine(at=entered_at, who="", organisation="", what=sentence))
    return lines


_BY_HAND = frozenset({Source.SURVEY, Source.FAMILY, Source.CIVIL_AFFAIRS, Source.HOTLINE})


def looks(child_id: UUID) -> list[LookGroup]:
    """Who looked, put together by person, day, purpose and manner; newest first."""
    groups: dict[tuple[Any, ...], list[LookLine]] = {}
    for look in audit.looks_at(child_id, limit=300):
        key = (look.actor_name, look.actor_role, localdate(look.at), look.purpose, look.how)
        groups.setdefault(key, []).append(look)
    return [_group(each) for each in groups.values()]


def what(entry: EntryLine) -> str:
    """The event as a sentence, with codes in words."""
    facts = {name: _fact(name, value) for name, value in entry.facts.items()}
    sentence = trail.SENTENCES.get(entry.kind)
    return str(sentence) % _Known(facts) if sentence else words_of_trail.sentence(entry)


class _Known(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "—"


def _fact(name: str, value: Any) -> str:
    if value in (None, "", []):
        return "—"
    if name in _DAYS:
        return formats.day(date.fromisoformat(str(value)))
    if isinstance(value, list):
        return joined(_field(str(each)) for each in value)
    return str(_CODES.get(name, {}).get(value, value))


_DAYS = frozenset({"on", "since", "until", "back_since"})
_CODES: dict[str, Mapping[Any, Any]] = {
    "source": records.SOURCES,
    "why": records.EXITS,
    "outcome": clues.STATES,
}


def _field(name: str) -> str:
    known = {**trail.GROUPS, **records.SECRETS, **records.FIELDS}
    return str(known.get(name, name))


def _group(found: Sequence[LookLine]) -> LookGroup:
    newest = found[0]
    fields = list(dict.fromkeys(field for each in found for field in each.fields))
    seen = words_of_trail.fields_in_words(fields)
    return LookGroup(
        at=newest.at,
        who=newest.actor_name,
        post=f"{words_of_trail.role_in_words(newest.actor_role)} · {newest.organisation}",
        purpose=words_of_trail.purpose_in_words(newest.purpose),
        what=_manner(newest.how) % {"fields": seen},
        times=len(found),
        granted=newest.granted,
    )


def _manner(how: Look) -> str:
    return {
        Look.FILE: _("opened the file: %(fields)s"),
        Look.LIST: _("saw it in a list: %(fields)s"),
        Look.EXPORT: _("exported it in a list: %(fields)s"),
        Look.REFUSED: _("asked for it and was not let in"),
    }[how]
