"""The people, stretches of time and open questions of a child's file, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tongxing.kernel.actors import Actor
from tongxing.registry.labels import ethnicities, people, records
from tongxing.registry.values.changes import Secret
from tongxing.registry.values.files import Adult, ChildFile, Conflict, HukouChange, Stay
from tongxing.registry.web.presenters.files import Line, reveal_url, source_name
from tongxing.registry.web.presenters.lists import joined
from tongxing.web import formats


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """An adult around the child."""

    name: str
    relation: str
    notes: list[str]
    workplace: str
    phone: Line
    number: Line
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellLine:
    """A stretch of time at a place."""

    place: str
    period: str
    source: str
    as_of: date
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """An open question between the register and a list."""

    field: str
    label: str
    ours: str
    theirs: str
    source: str
    as_of: date


def adults(file: ChildFile, actor: Actor) -> list[PersonLine]:
    return [_adult(each, file.person.id, actor) for each in file.adults]


def stays(file: ChildFile) -> list[SpellLine]:
    return [
        SpellLine(
            place=each.place,
            period=_stay_period(each),
            source=source_name(each.said),
            as_of=each.said.as_of,
            current=each.until is None,
        )
        for each in file.residence.stays
    ]


def hukou_changes(file: ChildFile) -> list[SpellLine]:
    changes = file.hukou.changes
    return [
        SpellLine(
            place=_hukou_place(each),
            period=_("since %(day)s") % {"day": formats.day(each.since)} if each.since else "",
            source=source_name(each.said),
            as_of=each.said.as_of,
            current=number == 0,
        )
        for number, each in enumerate(changes)
    ]


def conflicts(file: ChildFile) -> list[ConflictLine]:
    return [
        ConflictLine(
            field=each.field,
            label=str(records.FIELDS.get(each.field, each.field)),
            ours=_side(each, each.ours),
            theirs=_side(each, each.theirs),
            source=source_name(each.said),
            as_of=each.said.as_of,
        )
        for each in file.conflicts
    ]


def _adult(adult: Adult, child_id: UUID, actor: Actor) -> PersonLine:
    phone_url = reveal_url(child_id, Secret.GUARDIAN_PHONE, actor, adult.phone_id)
    number_url = reveal_url(child_id, Secret.GUARDIAN_NUMBER, actor, adult.id)
    return PersonLine(
        name=adult.name or _("Contact without a name"),
        relation=people.relation(adult.relation, adult.relation_written),
        notes=_roles(adult),
        workplace=adult.workplace,
        phone=Line(
            label=_("Phone"),
            masked=adult.masked_phone,
            reveal=phone_url if adult.masked_phone else "",
        ),
        number=Line(
            label=_("Identity number"),
            masked=adult.masked_number,
            reveal=number_url if adult.masked_number else "",
        ),
        said=joined(dict.fromkeys(source_name(each) for each in adult.said)),
    )


def _roles(adult: Adult) -> list[str]:
    roles = [
        (adult.is_legal_guardian, _("legal guardian")),
        (adult.is_actual_carer, _("looks after the child")),
        (adult.lives_with_child, _("lives with the child")),
    ]
    return [words for holds, words in roles if holds]


def _stay_period(stay: Stay) -> str:
    begin = _("since %(day)s") if stay.until is None else "%(day)s"
    if stay.since is None:
        first = _("beginning not known")
    elif stay.since_latest and stay.since_latest != stay.since:
        first = begin % {"day": formats.month(stay.since)}
    else:
        first = begin % {"day": formats.day(stay.since)}
    return f"{first} – {formats.day(stay.until)}" if stay.until else first


def _hukou_place(change: HukouChange) -> str:
    if change.registered is False:
        return _("Not registered anywhere yet")
    return change.place or _("Place not known exactly")


def _side(conflict: Conflict, values: object) -> str:
    if conflict.secret:
        return _("not shown")
    words = [_in_words(conflict.field, value) for value in values if value] if values else []  # type: ignore[attr-defined]
    return " – ".join(dict.fromkeys(words)) or _("nothing")


_CODED: Mapping[str, Mapping[str, object]] = {
    "sex": people.SEXES,
    "ethnicity": ethnicities.ETHNICITIES,
    "moved_with": people.MOVED_WITH,
    "hukou": people.HUKOU,
}


def _in_words(field: str, value: object) -> str:
    return str(_CODED.get(field, {}).get(str(value), value))
