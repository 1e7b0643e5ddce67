"""Verdicts and packs in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from tongxing.access.queries import divisions
from tongxing.eligibility import labels, law
from tongxing.eligibility.law import Clause, Condition, Parameter, Verdict, Words
from tongxing.eligibility.values import Population
from tongxing.registry.labels.records import missing


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionLine:
    """One condition: what is asked, what was seen, and where it is written."""

    answer: str
    text: str
    value: str
    clause: str
    document: str
    quotation: str
    missing: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictCard:
    """One population's verdict."""

    population: Population
    title: str
    explanation: str
    label: str
    answer: str
    pack: str
    pack_name: str
    version: str
    conditions: list[ConditionLine]
    questions: list[tuple[str, str]]
    changes_on: date | None
    changes_to: str
    in_force: bool


def said(words: Words | None) -> str:
    """A text of the engine in the reader's language."""
    if words is None:
        return ""
    return words.zh if (get_language() or "zh").startswith("zh") else words.en


def pack_name(pack_id: str) -> str:
    """What a pack is called; its id when the site no longer has it."""
    return said(law.packs()[pack_id].names) if pack_id in law.packs() else pack_id


def population_name(population: str) -> str:
    return str(labels.POPULATIONS[Population(population)])


def cards(verdicts: Mapping[Population, Verdict]) -> list[VerdictCard]:
    """The verdict page's cards, the place's own first."""
    return [_card(population, verdict) for population, verdict in verdicts.items()]


def _card(population: Population, verdict: Verdict) -> VerdictCard:
    return VerdictCard(
        population=population,
        title=str(labels.POPULATIONS[population]),
        explanation=str(labels.EXPLANATIONS[population]),
        label=said(verdict.label),
        answer=verdict.answer.word,
        pack=verdict.pack,
        pack_name=pack_name(verdict.pack),
        version=verdict.pack_version[:12],
        conditions=[condition_line(condition) for condition in verdict.conditions],
        questions=[(said(fact.question), said(fact.ask)) for fact in verdict.missing],
        changes_on=verdict.changes_on,
        changes_to="" if verdict.changes_to is None else verdict.changes_to.word,
        in_force=verdict.in_force,
    )


def condition_line(condition: Condition) -> ConditionLine:
    source = condition.source
    return ConditionLine(
        answer=condition.fulfilled.word,
        text=_asked(condition),
        value=said(condition.value),
        clause=clause_of(source),
        document=said(source.title),
        quotation=source.quote,
        missing=pgettext("between the words of a list", ", ").join(map(missing, condition.missing)),
        note=note_of(source),
    )


def _asked(condition: Condition) -> str:
    """The condition's name; of an exclusion it is said whether it applies."""
    label = said(condition.label)
    if not condition.excludes:
        return label
    sentences = {
        "yes": _("Not excluded: %(label)s"),
        "no": _("Excluded: %(label)s"),
        "cannot_tell": _("Perhaps excluded: %(label)s"),
    }
    return sentences[condition.fulfilled.word] % {"label": label}


def clause_of(source: Clause) -> str:
    """Article of the document and the contract's number of the clause."""
    return " · ".join(part for part in (source.article, source.clause) if part)


def note_of(source: Clause) -> str:
    """What must be said beside a value that is no law, or that is inherited."""
    note = said(source.note)
    if source.product_default:
        default = _("Product default: no document says it. Never show it as law.")
        return f"{default} {note}".strip()
    return note


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterLine:
    """A number the law fixes, or leaves open."""

    name: str
    label: str
    value: str
    unit: str
    clause: str
    document: str
    quotation: str
    product_default: bool
    note: str
    inherited_from: str


def parameter_line(found: Parameter, pack_id: str) -> ParameterLine:
    """A parameter with where it comes from; `inherited_from` names another pack that says it."""
    return ParameterLine(
        name=found.name,
        label=said(found.label),
        value=_place(str(found.value)) if found.unit == "division" else _value(found.value),
        unit="" if found.value is None else str(_UNITS.get(found.unit, "")),
        clause=clause_of(found.source),
        document=said(found.source.title),
        quotation=found.source.quote,
        product_default=found.source.product_default,
        note=said(found.source.note),
        inherited_from=pack_name(found.pack) if found.pack != pack_id else "",
    )


_UNITS = {
    "years": gettext_lazy("years"),
    "months": gettext_lazy("months"),
    "days": gettext_lazy("days"),
    "calendar_months": gettext_lazy("(months of the year)"),
}
_CHOICES = {
    "COUNTY": gettext_lazy("county"),
    "CITY": gettext_lazy("city"),
    "TOWNSHIP": gettext_lazy("township"),
    "VILLAGE": gettext_lazy("village"),
    "PROVINCE": gettext_lazy("province"),
    "on_birthday": gettext_lazy("on the birthday itself"),
    "day_after": gettext_lazy("from the day after the birthday"),
}


def _place(prefix: str) -> str:
    """The name of a division that a text writes as the beginning of its code."""
    code = int(prefix.ljust(12, "0"))
    return divisions.division_names([code]).get(code, prefix)


def _value(value: Any) -> str:
    if value is None:
        return "—"
    if isinstance(value, Words):
        return said(value)
    if isinstance(value, str) and value in _CHOICES:
        return str(_CHOICES[value])
    if isinstance(value, tuple):
        return "、".join(str(each) for each in value) or "—"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return str(value)
