"""Rows, heads and chips of the register list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from tongxing.registry.labels import facts, people, records
from tongxing.registry.queries import areas
from tongxing.registry.rules.verification import DAYS_AHEAD
from tongxing.registry.values.children import ChildState
from tongxing.registry.values.lists import ChildFilter, ChildPage, ChildRow, Sort, Window
from tongxing.registry.values.standings import Answer, Population
from tongxing.registry.web.forms.filters import FilterForm
from tongxing.web import formats
from tongxing.web.tables import Column, Head, Pages, asked_order, heads

COLUMNS = (
    Column(Sort.NAME.value, gettext_lazy("Name"), sort=True),
    Column(Sort.AGE.value, gettext_lazy("Age"), sort=True),
    Column(Sort.PLACE.value, gettext_lazy("Residence"), sort=True),
    Column("hukou", gettext_lazy("Hukou place")),
    Column("school", gettext_lazy("School")),
    Column("standing", pgettext_lazy("column", "Survey population")),
    Column(Sort.CHANGED.value, pgettext_lazy("column", "Record, last change"), sort=True),
)
_DEFAULT_ORDER = Sort.PLACE.value
_TO_BE_VERIFIED = (ChildState.TO_VERIFY, ChildState.ACTIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """One child in the list, in words."""

    id: UUID
    name: str
    sex: str
    adult: str
    born: date | None
    age: str
    place: str
    hukou: str
    school: str
    answer: str | None
    missing: str
    changes_on: date | None
    state: str
    tone: str
    due_on: date | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the address without it."""

    label: str
    value: str
    url: str


def line(row: ChildRow) -> ListLine:
    answer = row.standing[Population.LOCAL]
    unclear = answer is Answer.CANNOT_TELL
    return ListLine(
        id=row.id,
        name=row.name,
        sex=people.word(people.SEXES, row.sex),
        adult=_adult(row),
        born=row.born_from,
        age=age_of(row.born_from, row.born_until),
        place=row.place,
        hukou=row.hukou_place,
        school=schooling(row.school, row.stage, row.grade),
        answer=None if answer is Answer.NOT_WORKED_OUT else answer.value,
        missing=joined([records.missing(code) for code in row.missing]) if unclear else "",
        changes_on=row.changes_on,
        state=str(records.STATES[row.state]),
        tone=records.STATE_TONES[row.state],
        due_on=row.due_on if _is_near(row) else None,
        changed_at=row.changed_at,
    )


def _is_near(row: ChildRow) -> bool:
    """Whether the day of verification is worth a word: it is close, or it has passed."""
    days = (row.due_on - localdate()).days
    return row.state in _TO_BE_VERIFIED and days <= DAYS_AHEAD


def age_of(born_from: date | None, born_until: date | None, on: date | None = None) -> str:
    """9岁5个月; only the year of birth when no day is known."""
    if born_from is None or born_until is None:
        return ""
    if born_from != born_until:
        return _("born %(year)d") % {"year": born_from.year}
    return formats.age(born_from, on or localdate())


def schooling(school: str, stage: str, grade: int | None) -> str:
    """湖里实验小学 · 三年级."""
    parts = [school or people.word(facts.STAGES, stage)]
    if grade is not None:
        parts.append(facts.grade(grade))
    return " · ".join(part for part in parts if part)


def order_of(request: HttpRequest) -> tuple[Sort, bool]:
    key, descending = asked_order(request, COLUMNS, default=_DEFAULT_ORDER)
    return Sort(key), descending


def window_of(request: HttpRequest) -> Window:
    """Order and part of the list that the address asks for."""
    sort, descending = order_of(request)
    return Window(
        sort=sort,
        descending=descending,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )


def heads_of(request: HttpRequest) -> list[Head]:
    sort, descending = order_of(request)
    return heads(request, COLUMNS, sort=sort.value, descending=descending)


def pages_of(page: ChildPage) -> Pages:
    return Pages(
        previous=page.previous,
        next=page.next,
        shown=len(page.rows),
        total=page.total,
        at_least=page.at_least,
    )


def chips(form: FilterForm, wanted: ChildFilter, query: QueryDict) -> list[Chip]:
    """Every filter in use by name, each with a way to drop it."""
    found = [
        Chip(str(form[name].label), _value_in_words(form, name), _without(query, name))
        for name in form.fields
        if name != "division" and form.cleaned_data.get(name) not in (None, "")
    ]
    if wanted.division is not None:
        place = areas.name_of(wanted.division) or str(wanted.division)
        found.insert(0, Chip(_("Place"), place, _without(query, "division")))
    if wanted.text:
        found.insert(0, Chip(_("Search"), _shown_text(wanted.text), _without(query, "s", "q")))
    return found


def _value_in_words(form: FilterForm, name: str) -> str:
    value = form.cleaned_data[name]
    if isinstance(value, date):
        return formats.day(value)
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, value))


def _shown_text(text: str) -> str:
    """What was searched, without repeating a number on the screen."""
    digits = sum(character.isdigit() for character in text)
    return text[:6] + "*" * (len(text) - 6) if digits > 6 else text


def _without(query: QueryDict, *names: str) -> str:
    rest = query.copy()
    for name in (*names, "after", "before"):
        rest.pop(name, None)
    return f"?{rest.urlencode()}"


def _adult(row: ChildRow) -> str:
    relation = people.relation(row.guardian_relation)
    return f"{relation} {row.guardian}".strip() if row.guardian else ""


def joined(words: Iterable[str]) -> str:
    """The words one after the other, as the language writes a list."""
    return pgettext("between the words of a list", ", ").join(words)
