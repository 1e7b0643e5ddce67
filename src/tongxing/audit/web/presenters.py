"""Entries of the trail as the auditor reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongxing.audit import labels
from tongxing.audit.values import EntryGroup, Look, Opener, Outcome, TrailState, VerificationLine
from tongxing.web.values import Tone

# An action may tell its own time; beyond this the server's time is shown beside it.
AGREEMENT = timedelta(minutes=5)
TONES = {Outcome.INTACT: Tone.GOOD, Outcome.DAMAGED: Tone.BAD, Outcome.NOT_PROVEN: Tone.WARN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entry, or one page of looks, in words; its links narrow the trail to person or child."""

    at: datetime
    recorded_at: datetime | None
    who: str
    role: str
    organisation: str
    what: str
    refused: bool
    division: str
    child: str
    child_url: str
    children: int
    person_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenerRow:
    who: str
    role: str
    organisation: str
    children: int
    unusual: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the trail stands, for the head of the page."""

    sealed_at: datetime | None
    seal: int
    anchored: int
    waiting: int
    tone: Tone
    verdict: str
    verified_at: datetime | None
    details: str

    @property
    def all_anchored(self) -> bool:
        return self.anchored >= self.seal


def rows(groups: Sequence[EntryGroup]) -> list[Row]:
    names = labels.divisions_in_words(group.line.division for group in groups)
    return [_row(group, names) for group in groups]


def openers(found: Sequence[Opener]) -> list[OpenerRow]:
    return [
        OpenerRow(
            who=one.name,
            role=labels.role_in_words(one.role),
            organisation=one.organisation,
            children=one.children,
            unusual=one.unusual,
            url=_narrowed(account=one.account, kind=Look.FILE),
        )
        for one in found
    ]


def standing(state: TrailState, verification: VerificationLine | None) -> Standing:
    seal = state.last_seal
    return Standing(
        sealed_at=seal.sealed_at if seal else None,
        seal=seal.number if seal else 0,
        anchored=state.anchored,
        waiting=state.waiting,
        tone=TONES[verification.outcome] if verification else Tone.NEUTRAL,
        verdict=_verdict(verification),
        verified_at=verification.verified_at if verification else None,
        details=_details(verification),
    )


def _row(group: EntryGroup, names: dict[int, str]) -> Row:
    line = group.line
    child = str(line.child_id) if line.child_id and group.entries == 1 else ""
    told_late = abs(line.recorded_at - line.at) > AGREEMENT
    return Row(
        at=line.at,
        recorded_at=line.recorded_at if told_late else None,
        who=line.actor_name,
        role=labels.role_in_words(line.actor_role),
        organisation=line.organisation,
        what=labels.sentence(line),
        refused=line.kind == Look.REFUSED,
        division=names[line.division],
        # The trail knows no names of children; the last characters are enough to tell two apart.
        child=child[-8:],
        child_url=_narrowed(child=child) if child else "",
        children=group.entries,
        person_url=_narrowed(account=line.actor_account),
    )


def _narrowed(**filters: str) -> str:
    query = QueryDict(mutable=True)
    query.update(filters)
    return f"?{query.urlencode()}"


def _verdict(verification: VerificationLine | None) -> str:
    if verification is None:
        return _("Not verified yet; it happens every night.")
    return str(labels.OUTCOMES[verification.outcome])


def _details(verification: VerificationLine | None) -> str:
    if verification is None:
        return ""
    if verification.first_finding:
        first = labels.finding_in_words(verification.first_finding)
        words = ngettext(
            "%(count)s damaged place; the first: %(first)s",
            "%(count)s damaged places; the first: %(first)s",
            verification.damaged,
        )
        return words % {"count": verification.damaged, "first": first}
    return labels.joined(str(labels.DOUBTS[doubt]) for doubt in verification.doubts)
