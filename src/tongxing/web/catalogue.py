"""What the component catalogue shows: every component in every state, with invented values."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongxing.web.home import Card, CardKind, Line
from tongxing.web.tables import Column, Kind, Pages, asked_order, heads
from tongxing.web.values import Node, Step, Tab, Tone


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=40)
    born = forms.DateField(
        label=gettext_lazy("Birth date"),
        help_text=gettext_lazy("As in the household register."),
    )
    school = forms.ChoiceField(
        label=gettext_lazy("School"),
        choices=[("", "—"), ("1", "金尚小学"), ("2", "高殿中学")],
        required=False,
    )
    moved_with = forms.ChoiceField(
        label=gettext_lazy("Moved with"),
        choices=[
            ("both", gettext_lazy("Both parents")),
            ("mother", gettext_lazy("Mother")),
            ("father", gettext_lazy("Father")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy("The guardian has seen these facts"), required=False
    )


class ExampleFilters(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    school = ExampleForm.base_fields["school"]


class ExampleUpload(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Roster"), help_text=gettext_lazy("xlsx, xls or csv, up to 100 MB.")
    )


@dataclass(frozen=True, slots=True)
class ExampleChild:
    name: str
    born: date
    school: str
    answer: str | None
    number: str


@dataclass(frozen=True, slots=True)
class ExampleLook:
    at: datetime
    who: str
    post: str
    purpose: str
    what: str


COLUMNS = (
    Column("name", gettext_lazy("Name"), sort=True),
    Column("age", gettext_lazy("Age"), sort=True),
    Column("school", gettext_lazy("School")),
    Column("verdict", gettext_lazy("Migrant child")),
    Column("number", gettext_lazy("Identity number")),
    Column("open", "", kind=Kind.ACTIONS),
)
CHILDREN = (
    ExampleChild("林小满", date(2018, 5, 4), "金尚小学", "yes", "990203201805043015"),
    ExampleChild("𬭎昀", date(2015, 11, 23), "高殿中学", "cannot_tell", "990203201511233022"),
    ExampleChild("阿依古丽·买买提", date(2020, 2, 29), "", "no", "990203202002293041"),
    ExampleChild("周予安", date(2013, 8, 1), "高殿中学", None, ""),
)


def everything(request: HttpRequest) -> dict[str, Any]:
    """The context of the catalogue page."""
    now = timezone.now()
    today = timezone.localdate(now)
    return {
        **_lists(request),
        **_job(request),
        **_forms(),
        **_states(now, today),
        "cards": _cards(),
        "tree": _tree(),
        "path": [(_("Today's work"), "/"), (_("Components"), "")],
    }


def _job(request: HttpRequest) -> dict[str, Any]:
    """A job that gets further each time it is asked."""
    asked = request.GET.get("rows", "")[:6]
    done = min(int(asked) if asked.isdecimal() else 0, _ROWS)
    return {
        "done_rows": done,
        "all_done": done == _ROWS,
        "job_url": f"?part=progress&rows={done + _ROWS // 4}",
    }


_ROWS = 10_000


def _lists(request: HttpRequest) -> dict[str, Any]:
    key, descending = asked_order(request, COLUMNS, default="name")
    rows = sorted(CHILDREN, key=lambda child: (getattr(child, _SORTS[key]), child.name))
    return {
        "heads": heads(request, COLUMNS, sort=key, descending=descending),
        "rows": rows[::-1] if descending else rows,
        "nobody": (),
        "page_of_list": Pages(previous="a", next="z", shown=4, total=2318),
    }


_SORTS = {"name": "name", "age": "born"}


def _forms() -> dict[str, Any]:
    return {
        "form": ExampleForm(
            initial={"name": "林小满", "moved_with": "both", "born": date(2018, 5, 4)}
        ),
        "wrong_form": _wrong_form(),
        "filter_form": ExampleFilters(prefix="filter"),
        "upload": ExampleUpload(),
    }


def _wrong_form() -> ExampleForm:
    form = ExampleForm({"born": "2018-13-40", "moved_with": "both"}, prefix="wrong")
    form.add_error(None, _("A child with this identity number is already in the register."))
    return form


def _states(now: datetime, today: date) -> dict[str, Any]:
    return {
        "tones": [str(tone) for tone in Tone],
        "now": now,
        "earlier": now - timedelta(hours=3),
        "days": [today + timedelta(days=offset) for offset in (-5, 0, 2, 20)],
        "today": today,
        "yesterday": today - timedelta(days=1),
        "steps": [
            Step(_("Upload"), "#"),
            Step(_("Columns"), "#"),
            Step(_("Review")),
            Step(_("Take over")),
        ],
        "tabs": [
            Tab(key="file", label=_("File"), url="#"),
            Tab(key="verdict", label=_("Verdict"), url="#"),
            Tab(key="history", label=_("History"), url="#", count=12),
            Tab(key="held", label=_("Held"), url="#", count=3, tone=Tone.WARN),
        ],
        "looks": [
            ExampleLook(now - timedelta(minutes=12), "陈思远", "湖里区民政局", _("Care"), ""),
            ExampleLook(now - timedelta(days=3), "吴明月", "金山街道", _("Survey"), _("Address")),
        ],
    }


def _cards() -> list[Card]:
    held = (
        Line(text="湖里区2026年秋季学期随迁子女名册.xlsx", url="#", note="12"),
        Line(text="高殿中学.xls", url="#", note="3"),
    )
    return [
        Card(title=_("Rows waiting for a decision"), number=15, tone=Tone.WARN, url="#",
             lines=held, icon="clipboard-list", kind=CardKind.HELD),
        Card(title=_("Verdicts that lack a fact"), number=46, url="#", icon="help-circle"),
        Card(title=_("Overdue"), number=2, tone=Tone.BAD, url="#", icon="alarm",
             note=_("The oldest for 5 days")),
    ]  # fmt: skip


def _tree() -> list[Node]:
    townships = [
        Node(key="350206001000", label="湖里街道", url="#", count=612),
        Node(key="350206002000", label="殿前街道", url="#", count=1420, selected=True),
        Node(key="350206003000", label="禾山街道", url="#", count=286),
    ]
    districts = [
        Node(key="350203000000", label="思明区", url="#", count=0),
        Node(
            key="350206000000", label="湖里区", url="#", children=townships, open=True, count=2318
        ),
    ]
    return [Node(key="350200000000", label="厦门市", url="#", children=districts, open=True)]
