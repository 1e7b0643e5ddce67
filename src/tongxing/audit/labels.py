"""Words for the trail. Each package registers its own when it is ready; audit knows only looks."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from tongxing.audit.values import (
    Damage,
    Doubt,
    EntryLine,
    Finding,
    Look,
    Outcome,
    Report,
    TrailState,
)
from tongxing.kernel.divisions import short

Words = str | Promise
NameDivisions = Callable[[Iterable[int]], Mapping[int, str]]
MISSING = "—"

_kinds: dict[str, Words] = {}
_fields: dict[str, Words] = {}
_purposes: dict[str, Words] = {}
_roles: dict[str, Words] = {}
_division_names: list[NameDivisions] = []

OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.INTACT: gettext_lazy("The trail is complete and unchanged."),
    Outcome.DAMAGED: gettext_lazy("The trail was tampered with or is damaged."),
    Outcome.NOT_PROVEN: gettext_lazy("No damage was found, but the trail is not fully proven."),
}
DAMAGES: Mapping[Damage, Words] = {
    Damage.ENTRY_EDITED: gettext_lazy("an entry was changed"),
    Damage.ENTRY_DELETED: gettext_lazy("an entry was removed"),
    Damage.ENTRY_INSERTED: gettext_lazy("an entry was slipped in"),
    Damage.SEAL_EDITED: gettext_lazy("a seal was changed or not made with this site's key"),
    Damage.SEAL_MISSING: gettext_lazy("seals before this one are missing"),
    Damage.CHAIN_BROKEN: gettext_lazy("a seal does not continue the one before"),
    Damage.TAIL_TRUNCATED: gettext_lazy("an anchored seal and its entries are gone"),
    Damage.ANCHOR_DIFFERS: gettext_lazy("a seal differs from its anchor"),
    Damage.ANCHOR_MISSING: gettext_lazy("the anchor of a seal is missing"),
}
DOUBTS: Mapping[Doubt, Words] = {
    Doubt.NO_KEY: gettext_lazy("the key file is missing, so the seals cannot be checked"),
    Doubt.UNGUARDED: gettext_lazy("the database's guard against changes is switched off"),
    Doubt.COUNT_WENT_BACK: gettext_lazy(
        "the database was loaded into another cluster and sealing stands still"
    ),
    Doubt.NO_ANCHORS: gettext_lazy("there are no anchors outside the database"),
    Doubt.ANCHORING_BEHIND: gettext_lazy("seals have waited too long for their anchors"),
    Doubt.SEALING_BEHIND: gettext_lazy("entries have waited too long for their seal"),
}


def describe(kind: str, template: Words) -> None:
    """Say what an event of this kind is called; `%(name)s` stands for the fact of that name."""
    _kinds[kind] = template


def name_fields(names: Mapping[str, Words]) -> None:
    """Say what fields and groups of fields are called."""
    _fields.update(names)


def name_purposes(names: Mapping[str, Words]) -> None:
    """Say what the purposes of looking are called."""
    _purposes.update(names)


def name_roles(names: Mapping[Any, Words]) -> None:
    """Say what the roles of actors are called."""
    _roles.update({str(role): words for role, words in names.items()})


def name_divisions(names_of: NameDivisions) -> None:
    """Say who knows the names of divisions."""
    _division_names[:] = [names_of]


def sentence(line: EntryLine) -> str:
    """What was done, without who did it; a kind that nobody described stands for itself."""
    template = _kinds.get(line.kind)
    if template is None:
        return line.kind
    words: dict[str, str] = defaultdict(lambda: MISSING)
    words.update({name: _fact_in_words(name, value) for name, value in line.facts.items()})
    return str(template) % words


def kinds() -> list[tuple[str, str]]:
    """Every described kind with its sentence, facts left open; for choosing among them."""
    blank: dict[str, str] = defaultdict(lambda: "…")
    return sorted((kind, str(template) % blank) for kind, template in _kinds.items())


def fields_in_words(fields: Iterable[str]) -> str:
    return joined(str(_fields.get(field, field)) for field in fields)


def purpose_in_words(purpose: str) -> str:
    return str(_purposes.get(purpose, purpose))


def role_in_words(role: str) -> str:
    return str(_roles.get(role, role))


def divisions_in_words(codes: Iterable[int]) -> dict[int, str]:
    """Names of divisions; the code itself where no name is known, nothing for the whole site."""
    wanted = {code for code in codes if code}
    known = _division_names[0](wanted) if _division_names and wanted else {}
    return {0: ""} | {code: known.get(code) or short(code) for code in wanted}


def finding_in_words(finding: Finding) -> str:
    """One damaged place: what happened there, and where it lies."""
    facts = {
        "what": str(DAMAGES[finding.damage]),
        "entry": finding.entry,
        "seal": finding.seal,
        "at": _moment(finding.sealed_at),
    }
    if finding.entry is None:
        return _("seal %(seal)s of %(at)s: %(what)s") % facts
    return _("entry %(entry)s, under seal %(seal)s of %(at)s: %(what)s") % facts


def counts_in_words(report: Report) -> str:
    """What a verification went through."""
    facts = {
        "entries": report.entries,
        "seals": report.seals,
        "anchors": report.anchors,
        "waiting": report.waiting,
        "at": _moment(report.last_sealed_at),
    }
    return (
        _(
            "%(entries)s sealed entries under %(seals)s seals, %(anchors)s anchors; "
            "last sealed %(at)s; %(waiting)s entries not yet sealed"
        )
        % facts
    )


def adopted_in_words(*, moved: bool) -> str:
    """What adopting a moved database did."""
    if moved:
        return _("The trail goes on counting where it ended in the other cluster.")
    return _("Nothing to do: this cluster counted every entry itself.")


def state_in_words(state: TrailState) -> str:
    """How far sealing and anchoring have come."""
    seal = state.last_seal
    facts = {
        "seal": seal.number if seal else 0,
        "at": _moment(seal.sealed_at if seal else None),
        "root": seal.root.hex() if seal else MISSING,
        "anchored": state.anchored,
        "waiting": state.waiting,
    }
    return (
        _(
            "last seal %(seal)s of %(at)s, root %(root)s; anchored up to seal %(anchored)s; "
            "%(waiting)s entries not yet sealed"
        )
        % facts
    )


def describe_own() -> None:
    """The kinds that audit itself writes, and its reader's."""
    describe(Look.FILE, gettext_lazy("opened the child's file: %(fields)s, for %(purpose)s"))
    describe(Look.LIST, gettext_lazy("saw the child in a list: %(fields)s, for %(purpose)s"))
    describe(Look.EXPORT, gettext_lazy("exported the child: %(fields)s, for %(purpose)s"))
    describe(Look.REFUSED, gettext_lazy("asked for a child's file and was not let in"))
    describe("audit.trail.read", gettext_lazy("read the trail, narrowed by %(filters)s"))
    describe("audit.openers.read", gettext_lazy("read who opened the most files"))
    name_fields(
        {
            "person": gettext_lazy("person"),
            "child": gettext_lazy("child"),
            "kind": gettext_lazy("what happened"),
            "period": gettext_lazy("period"),
            "division": gettext_lazy("division"),
        }
    )


def _fact_in_words(name: str, value: object) -> str:
    if value is None or value in ("", []):
        return MISSING
    if name == "purpose":
        return purpose_in_words(str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return fields_in_words(str(one) for one in value)
    return str(_fields.get(str(value), value))


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S") if at else MISSING


def joined(words: Iterable[str]) -> str:
    """Words one after the other, as a list is written in the reader's language."""
    return pgettext("between the words of a list", ", ").join(words)
