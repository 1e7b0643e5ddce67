"""A child's file as cards of labelled lines, with who stated what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tongxing.kernel.actors import Actor
from tongxing.registry.labels import ethnicities, facts, people, records
from tongxing.registry.labels.facts import COLUMNS
from tongxing.registry.values.changes import Field, Secret
from tongxing.registry.values.children import FactKind, HukouKnown
from tongxing.registry.values.files import (
    ChildFile,
    Facts,
    Said,
    Statement,
)
from tongxing.registry.values.standings import Answer, Population
from tongxing.registry.web.presenters.lists import age_of, joined
from tongxing.web import formats

ICONS: Mapping[FactKind, str] = {
    FactKind.ENROLMENT: "school",
    FactKind.PERMIT: "id-badge",
    FactKind.INSURANCE: "shield-check",
    FactKind.HEALTH: "heart-handshake",
    FactKind.DISABILITY: "id",
    FactKind.HARDSHIP: "home-heart",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One labelled value. `reveal` leads to the whole of a masked one."""

    label: str
    value: str = ""
    masked: str = ""
    reveal: str = ""
    source: str = ""
    as_of: date | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one source states beside the one that is believed."""

    source: str
    as_of: date
    lines: list[Line]
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One card of the file."""

    key: str
    title: str
    icon: str
    lines: list[Line]
    source: str = ""
    as_of: date | None = None
    voices: Sequence[Voice] = ()
    edit: str = ""
    hint: str = ""


def headline(file: ChildFile) -> str:
    """男 · 9岁5个月 · 出生 2016年3月7日."""
    person = file.person
    parts = [
        people.word(people.SEXES, person.sex),
        age_of(person.born_from, person.born_until),
        file.residence.place,
    ]
    return " · ".join(part for part in parts if part)


def blocks(file: ChildFile, actor: Actor) -> list[Block]:
    """The cards that say who the child is and where it belongs."""
    return [_person(file, actor), _residence(file, actor), _hukou(file, actor)]


def fact_blocks(file: ChildFile) -> list[Block]:
    """One card for each kind of fact that a source states to be the case."""
    return [_facts(each) for each in file.facts.values() if _applies(each)]


def silent_kinds(file: ChildFile) -> str:
    """The kinds of facts of which nobody says anything, in one line."""
    return _kinds(each for each in file.facts.values() if not _statements(each))


def denied_kinds(file: ChildFile) -> str:
    """The kinds of which all who speak say that they do not apply."""
    return _kinds(each for each in file.facts.values() if _statements(each) and not _applies(each))


def _kinds(found: Iterable[Facts]) -> str:
    return joined(str(facts.KINDS[each.kind]) for each in found)


def _statements(each: Facts) -> list[Statement]:
    return [*([each.believed] if each.believed else []), *each.others]


def _applies(each: Facts) -> bool:
    """Whether some source says more than "no": a card full of noes helps nobody."""
    return any(
        value not in (False, "none") and column not in _NOES
        for statement in _statements(each)
        for column, value in statement.values.items()
    )


_NOES = frozenset({"denied", "year"})


def questions(file: ChildFile) -> list[tuple[str, str]]:
    """The missing facts in words, each with the form that takes the answer."""
    return [
        (records.missing(code), _form_for(code, file.person.id)) for code in file.person.missing
    ]


def standing(file: ChildFile) -> list[tuple[str, str | None]]:
    """The three answers in short, for a file whose verdicts nobody explains on the page."""
    return [
        (str(records.POPULATIONS[each]), file.person.standing[each].value or None)
        for each in Population
    ]


def is_unclear(file: ChildFile) -> bool:
    return Answer.CANNOT_TELL in file.person.standing.values()


def source_name(said: Said) -> str:
    return str(records.SOURCES.get(said.source, said.source))


def _person(file: ChildFile, actor: Actor) -> Block:
    person, identity = file.person, file.identity
    number = Line(
        label=_("Identity number"),
        masked=identity.masked,
        reveal=reveal_url(person.id, Secret.IDENTITY_NUMBER, actor) if identity.masked else "",
        missing=identity.missing_reason,
        **_apart(file, Field.IDENTITY_NUMBER),
    )
    lines = [
        _line(file, Field.NAME, person.name),
        _line(file, Field.FORMER_NAME, person.former_name),
        _line(file, Field.SEX, people.word(people.SEXES, person.sex)),
        _line(file, Field.BIRTH, born(person.born_from, person.born_until)),
        number,
        _line(file, Field.ETHNICITY, people.word(ethnicities.ETHNICITIES, person.ethnicity)),
        _line(file, Field.NATIONALITY, person.nationality),
        _line(file, Field.MOVED_WITH, people.word(people.MOVED_WITH, person.moved_with)),
    ]
    if person.asked_for_help_on:
        asked = formats.day(person.asked_for_help_on)
        lines.append(Line(label=_("Family asked for help on"), value=asked))
    if person.has_remarks:
        reveal = reveal_url(person.id, Secret.REMARKS, actor)
        lines.append(Line(label=_("Remarks"), masked="＊＊＊＊", reveal=reveal))
    optional = {str(records.FIELDS[each]) for each in (Field.FORMER_NAME, Field.NATIONALITY)}
    return Block(
        key="person",
        title=_("Basic facts"),
        icon="user",
        lines=[line for line in lines if line.label not in optional or line.value],
        source=source_name(person.entered),
        as_of=person.entered.as_of,
        edit=_edit("correct", file, actor),
    )


def _residence(file: ChildFile, actor: Actor) -> Block:
    home = file.residence
    reveal = reveal_url(file.person.id, Secret.ADDRESS, actor)
    address = Line(
        label=_("Address"),
        masked=_("recorded, not shown") if home.has_address else "",
        reveal=reveal if home.has_address else "",
        **_apart(file, Field.ADDRESS),
    )
    return Block(
        key="residence",
        title=_("Residence"),
        icon="map-pin",
        lines=[_line(file, "residence", home.place, label=_("Place")), address],
        source=source_name(file.person.entered),
        as_of=file.person.entered.as_of,
        edit=_edit("move", file, actor),
    )


def _hukou(file: ChildFile, actor: Actor) -> Block:
    hukou = file.hukou
    lines = [
        _line(file, "hukou", people.word(people.HUKOU, hukou.known), label=_("Hukou")),
    ]
    if hukou.known != HukouKnown.NOT_REGISTERED:
        lines.append(Line(label=_("Hukou place"), value=hukou.place))
        if hukou.written and hukou.written != hukou.place:
            lines.append(Line(label=_("As written"), value=hukou.written))
    return Block(
        key="hukou",
        title=_("Hukou"),
        icon="home",
        lines=lines,
        source=source_name(file.said["hukou"]),
        as_of=file.said["hukou"].as_of,
        edit=_edit("hukou", file, actor),
    )


def _facts(each: Facts) -> Block:
    believed = each.believed
    return Block(
        key=each.kind.value,
        title=str(facts.KINDS[each.kind]),
        icon=ICONS[each.kind],
        lines=_values(each.kind, believed) if believed else [],
        source=source_name(_said(believed)) if believed else "",
        as_of=believed.as_of if believed else None,
        voices=[_voice(each.kind, other) for other in each.others],
        hint="" if believed else _("The responsible department has not confirmed this."),
    )


def _voice(kind: FactKind, statement: Statement) -> Voice:
    return Voice(
        source=source_name(_said(statement)),
        as_of=statement.as_of,
        lines=_values(kind, statement),
        differs=bool(statement.differs),
    )


def _values(kind: FactKind, statement: Statement) -> list[Line]:
    values = statement.values
    lines = [
        Line(label=str(words), value=facts.in_words(column, values[column]))
        for column, words in COLUMNS.items()
        if column in values
    ]
    if "grade" in values:
        place = [column for column in COLUMNS if column in values].index("grade")
        text = facts.grade(values["grade"], of=kind)
        label = lines[place].label
        if kind is FactKind.DISABILITY:
            label = pgettext("disability", "Grade")
        lines[place] = Line(label=label, value=text)
    return lines


def _said(statement: Statement) -> Said:
    return Said(source=statement.source, as_of=statement.as_of)


def _line(file: ChildFile, field: str, value: str, *, label: str = "") -> Line:
    words = label or str(records.FIELDS[field])
    return Line(label=words, value=value, **_apart(file, field))


def _apart(file: ChildFile, field: str) -> dict[str, Any]:
    """Who states the field, when it is not the one who stated the rest of the card."""
    said = file.said.get(field)
    if said is None or said == file.person.entered:
        return {}
    return {"source": source_name(said), "as_of": said.as_of}


def born(born_from: date | None, born_until: date | None) -> str:
    """The birth date, or the month or the year when no day is known."""
    if born_from is None or born_until is None:
        return ""
    if born_from == born_until:
        return formats.day(born_from)
    if (born_until - born_from).days < 31:
        return formats.month(born_from)
    return _("%(year)d, day not known") % {"year": born_from.year}


_FORMS = {
    "birth_date": "correct",
    "companions": "correct",
    "hukou_division": "hukou",
    "hukou_detail": "hukou",
    "hukou_since": "hukou",
    "earlier_hukou": "hukou",
    "hukou_registration": "hukou",
    "residence": "move",
    "residence_detail": "move",
    "residence_since": "stay",
    "residence_until": "stay",
    "absence_dates": "absence",
    "asks_for_help_on": "help",
}


def _form_for(code: str, child_id: UUID) -> str:
    form = _FORMS.get(code)
    return reverse(f"registry:{form}", args=[child_id]) if form else ""


def _edit(form: str, file: ChildFile, actor: Actor) -> str:
    return reverse(f"registry:{form}", args=[file.person.id]) if actor.may("children.edit") else ""


def reveal_url(child_id: UUID, secret: Secret, actor: Actor, guardian: UUID | None = None) -> str:
    if not actor.may("children.reveal"):
        return ""
    if guardian is not None:
        return reverse("registry:reveal_guardian", args=[child_id, secret.value, guardian])
    return reverse("registry:reveal", args=[child_id, secret.value])
