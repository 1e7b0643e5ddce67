"""A service list from its first draft to the day it is filed: who may do what, and when not.

The list above is the floor: a gap keeps a draft from being published unless a person says in
writing why it is left open (CN-15.2, IM-12.4, XM-17.1). Nobody approves what they have written.
"""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tongxing.audit import actions as audit
from tongxing.eligibility import drafts, law
from tongxing.eligibility.drafts import Content
from tongxing.eligibility.models import ServiceListVersion
from tongxing.eligibility.queries import service_lists as queries
from tongxing.eligibility.values.service_lists import (
    IN_FORCE,
    ItemText,
    Justified,
    ListState,
    Revised,
)
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import Level, level_of
from tongxing.kernel.errors import Refusal, Unknown
from tongxing.kernel.ids import uuid7
from tongxing.rulebook import Text
from tongxing.rulebook.clocks import CalendarDays, EveryYears
from tongxing.rulebook.duties_of import set_clock
from tongxing.rulebook.floor import Finding, Floor, FloorStatus

EDIT, APPROVE, RECEIVE = "lists.edit", "lists.approve", "lists.receive"
FILING, REVISION = "list_filing", "list_revision"


class ListRefused(Refusal):
    code = "eligibility.list_refused"
    message = _("Your post does not keep the service list of this place.")


class ListNotNow(ListRefused):
    code = "eligibility.list_not_now"
    message = _("The list is in the state “%(state)s”; that step is not possible now.")


class ListChangedMeanwhile(ListRefused):
    code = "eligibility.list_changed_meanwhile"
    message = _("Somebody has changed the list since you opened it. Look at it again, then repeat.")


class DraftUnderWay(ListRefused):
    code = "eligibility.draft_under_way"
    message = _("A draft of this list is already under way: finish or discard it first.")


class NoListAbove(ListRefused):
    code = "eligibility.no_list_above"
    message = _("No list of a level above is loaded that a draft could begin with.")


class NoListOfThisLevel(ListRefused):
    code = "eligibility.no_list_of_this_level"
    message = _(
        "%(place)s carries out the list of its annex and makes none of its own (%(clause)s)."
    )


class FloorGap(ListRefused):
    code = "eligibility.floor_gap"
    message = _(
        "The list above promises more: %(where)s. Put it back, or say in writing why it is left "
        "out; then try again."
    )


class FloorUnknown(ListRefused):
    code = "eligibility.floor_unknown"
    message = _(
        "The list above is not loaded, so nobody can tell whether this one keeps its floor."
    )


class SameHand(ListRefused):
    code = "eligibility.list_same_hand"
    message = _("A second person approves: you have worked on this list yourself.")


class NothingOnTheList(ListRefused):
    code = "eligibility.empty_list"
    message = _("A list without items cannot be handed in.")


@transaction.atomic
def begin(*, division: int, base: str, by: Actor, at: datetime) -> UUID:
    """A draft as a copy of one of the lists above; answers its id."""
    _require(by, EDIT, division)
    _require_level(division, at.date())
    if queries.under_way(division) is not None:
        raise DraftUnderWay()
    above = queries.names_of(queries.lists_above(division, on=at.date()))
    if base not in above:
        raise NoListAbove()
    content = drafts.copied(above[base], division)
    return _create(division, base, content, above[base].title.to_json(), by, at)


@transaction.atomic
def revise(*, list_id: UUID, by: Actor, at: datetime) -> UUID:
    """A draft as a copy of the list in force; answers its id."""
    present = queries.version(list_id)
    _require(by, EDIT, present.division)
    if queries.under_way(present.division) is not None:
        raise DraftUnderWay()
    return _create(present.division, present.base, present.content, present.title, by, at)


def _create(
    division: int, base: str, content: Content, title: dict[str, str], by: Actor, at: datetime
) -> UUID:
    last = ServiceListVersion.objects.filter(division=division).aggregate(last=Max("number"))
    made = ServiceListVersion.objects.create(
        id=uuid7(),
        division=division,
        number=(last["last"] or 0) + 1,
        title=title,
        base=base,
        content=content,
        drafted_at=at,
        drafted_by=by.account_id,
        drafted_by_name=by.name,
        editors=[by.account_id],
    )
    _record("eligibility.list.begun", made, by, at, base=base)
    return made.pk


@transaction.atomic
def rewrite_item(*, seen: Revised, code: str, text: ItemText, by: Actor, at: datetime) -> None:
    """One item in new words."""
    found = _edited(seen, by)
    _require_item(found, code)
    found.content = drafts.rewritten(found.content, code, text)
    _keep(found, "eligibility.list.item_rewritten", by, at, item=code)


@transaction.atomic
def add_item(*, seen: Revised, text: ItemText, by: Actor, at: datetime) -> str:
    """One item more; answers its code."""
    found = _edited(seen, by)
    found.content, code = drafts.added(found.content, text, found.division)
    _keep(found, "eligibility.list.item_added", by, at, item=code)
    return code


@transaction.atomic
def strike_out(*, seen: Revised, code: str, letter: str, by: Actor, at: datetime) -> None:
    """Take an item, or one entitlement of it, out of the draft; it can be put back."""
    found = _edited(seen, by)
    _require_item(found, code)
    if letter and letter not in found.content[code]["entitlements"]:
        raise Unknown()
    found.content, found.struck = drafts.struck_out(found.content, found.struck, code, letter)
    _keep(found, "eligibility.list.struck_out", by, at, item=code, letter=letter)


@transaction.atomic
def put_back(*, seen: Revised, name: str, by: Actor, at: datetime) -> None:
    """Put back what was struck out: `QX-L9`, or `QX-L9.a`."""
    found = _edited(seen, by)
    if name not in found.struck:
        raise Unknown()
    found.content, found.struck = drafts.put_back(found.content, found.struck, name)
    _keep(found, "eligibility.list.put_back", by, at, item=name)


@transaction.atomic
def name_it(*, seen: Revised, title_zh: str, title_en: str, by: Actor, at: datetime) -> None:
    """The title under which the list is published."""
    found = _edited(seen, by)
    found.title = {"zh": title_zh, "en": title_en or title_zh}
    _keep(found, "eligibility.list.named", by, at)


@transaction.atomic
def justify(
    *, seen: Revised, item: str, shortfall: str, text: str, by: Actor, at: datetime
) -> None:
    """Say in writing why a gap is left open."""
    found = _edited(seen, by)
    gap = next(
        (
            each
            for each in queries.floor_of(found, on=at.date()).gaps
            if (each.item, each.shortfall.value) == (item, shortfall)
        ),
        None,
    )
    if gap is None:
        raise Unknown()
    said = Justified(
        item=item, shortfall=shortfall, letters=gap.letters, text=text, by=by.name, on=at.date()
    )
    others = [each for each in found.justifications if not _speaks_of(each, gap)]
    found.justifications = [*others, {**asdict(said), "on": said.on.isoformat()}]
    _keep(found, "eligibility.list.justified", by, at, item=item, reason=text)


@transaction.atomic
def submit(*, seen: Revised, by: Actor, at: datetime) -> None:
    """Hand the draft in for approval; FloorGap when it falls behind the list above."""
    found = _edited(seen, by)
    _require_floor(found, at.date())
    found.state = ListState.SUBMITTED
    found.submitted_at, found.submitted_by_name = at, by.name
    found.sent_back_because = ""
    _keep(found, "eligibility.list.submitted", by, at)


@transaction.atomic
def send_back(*, list_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Not approved yet: back to its editors, with the reason."""
    found = _locked(list_id, ListState.SUBMITTED)
    _require(by, APPROVE, found.division)
    found.state, found.sent_back_because = ListState.DRAFT, reason
    _keep(found, "eligibility.list.sent_back", by, at, reason=reason)


@transaction.atomic
def approve(*, list_id: UUID, by: Actor, at: datetime) -> None:
    """A second person has looked at it."""
    found = _locked(list_id, ListState.SUBMITTED)
    _require(by, APPROVE, found.division)
    if by.account_id in found.editors:
        raise SameHand()
    _require_floor(found, at.date())
    found.state = ListState.APPROVED
    found.approved_at, found.approved_by_name = at, by.name
    _keep(found, "eligibility.list.approved", by, at)


@transaction.atomic
def publish(*, list_id: UUID, valid_from: date, by: Actor, at: datetime) -> None:
    """Bring the list into force from a day on; the list before it ends on that day."""
    found = _locked(list_id, ListState.APPROVED)
    _require(by, EDIT, found.division)
    today = at.date()
    states = [state.value for state in IN_FORCE]
    before = ServiceListVersion.objects.select_for_update().filter(
        division=found.division, state__in=states
    )
    for each in before:
        each.state, each.valid_to = ListState.SUPERSEDED, valid_from
        each.save(update_fields=["state", "valid_to"])
    found.state, found.published_at, found.valid_from = ListState.PUBLISHED, at, valid_from
    found.filing_due_on = _due(found.division, FILING, today)
    found.revise_by = _due(found.division, REVISION, today)
    _keep(found, "eligibility.list.published", by, at, valid_from=valid_from)


@transaction.atomic
def file(*, list_id: UUID, by: Actor, at: datetime) -> None:
    """Send the published list to the level above (备案)."""
    found = _locked(list_id, ListState.PUBLISHED)
    _require(by, EDIT, found.division)
    found.state, found.filed_on = ListState.FILED, at.date()
    _keep(found, "eligibility.list.filed", by, at)


@transaction.atomic
def acknowledge(*, list_id: UUID, by: Actor, at: datetime) -> None:
    """The level above confirms that the list has arrived."""
    found = _locked(list_id, ListState.FILED)
    if not by.may(RECEIVE) or by.area is None or found.division not in by.area:
        raise ListRefused()
    if level_of(by.division) >= level_of(found.division):
        raise ListRefused()
    found.received_on, found.received_by_name = at.date(), by.name
    _keep(found, "eligibility.list.received", by, at)


@transaction.atomic
def discard(*, list_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Give a draft up; it stays readable."""
    found = _locked(list_id, ListState.DRAFT, ListState.SUBMITTED, ListState.APPROVED)
    _require(by, EDIT, found.division)
    found.state, found.sent_back_because = ListState.DISCARDED, reason
    _keep(found, "eligibility.list.discarded", by, at, reason=reason)


def open_gaps(found: ServiceListVersion, floor: Floor) -> list[Finding]:
    """The literal gaps nobody has justified in writing."""
    return [
        gap for gap in floor.gaps if not any(_speaks_of(each, gap) for each in found.justifications)
    ]


def _speaks_of(justification: dict[str, Any], gap: Finding) -> bool:
    """A justification counts for the gap it was written about, no wider one."""
    same = (justification["item"], justification["shortfall"]) == (gap.item, gap.shortfall.value)
    return same and set(gap.letters) <= set(justification["letters"])


def _require_floor(found: ServiceListVersion, on: date) -> None:
    if not found.content:
        raise NothingOnTheList()
    floor = queries.floor_of(found, on=on)
    if floor.status is FloorStatus.BASE_LIST_MISSING:
        raise FloorUnknown()
    if gaps := open_gaps(found, floor):
        where = "; ".join(".".join(filter(None, [g.item, ",".join(g.letters)])) for g in gaps)
        raise FloorGap(where=where)


def _require(by: Actor, capability: str, division: int) -> None:
    """A list is kept by the posts of its own level, nobody above or below."""
    if not by.may(capability) or by.division != division:
        raise ListRefused()


def _require_level(division: int, on: date) -> None:
    """YD-14.1, T-61: where a text gives the list to another level, this one makes none."""
    pack = law.packs().for_division(division)
    maker = pack.parameters.get("service_list_maker")
    found = maker.on(on) if maker else None
    # A level makes the list; words instead of a level say that none does here.
    if found is not None and isinstance(found.value, Text) and pack.division == division:
        raise NoListOfThisLevel(place=pack.names.zh, clause=found.source.clause)
    if level_of(division) not in {Level.COUNTY, Level.CITY, Level.PROVINCE}:
        raise ListRefused()


def _require_item(found: ServiceListVersion, code: str) -> None:
    if code not in found.content:
        raise Unknown()


def _locked(list_id: UUID, *states: ListState) -> ServiceListVersion:
    found = ServiceListVersion.objects.select_for_update().filter(pk=list_id).first()
    if found is None:
        raise Unknown()
    if found.state not in states:
        raise ListNotNow(state=found.state)
    return found


def _edited(seen: Revised, by: Actor) -> ServiceListVersion:
    """The draft as its editor saw it, locked."""
    found = _locked(UUID(seen.list_id), ListState.DRAFT)
    _require(by, EDIT, found.division)
    if found.revision != seen.revision:
        raise ListChangedMeanwhile()
    if by.account_id not in found.editors:
        found.editors = [*found.editors, by.account_id]
    return found


def _keep(found: ServiceListVersion, action: str, by: Actor, at: datetime, **facts: Any) -> None:
    found.revision += 1
    found.save()
    _record(action, found, by, at, **facts)


def _record(action: str, found: ServiceListVersion, by: Actor, at: datetime, **facts: Any) -> None:
    audit.record(
        action,
        actor=by,
        at=at,
        subject_type="eligibility.service_list",
        subject_id=found.pk,
        division=found.division,
        number=found.number,
        **facts,
    )


def _due(division: int, duty: str, on: date) -> date | None:
    """When filing or revision falls due, by the place's own text; None when none sets a day."""
    pack = law.packs().for_division(division)
    dated = pack.duties.get(duty)
    found = dated.on(on) if dated else None
    if found is None:
        return None
    clock = set_clock(found, on=on, pack=pack, site=law.site())
    if clock.open or not isinstance(clock, CalendarDays | EveryYears):
        return None
    return clock.first_due(on)
