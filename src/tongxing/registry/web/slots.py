"""Places on a child's file where packages above the register put something of their own.

    @child_panel(order=10)
    def verdicts(child_id: UUID, request: Request) -> Panel | None:
        return Panel(key="verdicts", title=_("Verdicts"), template="eligibility/panel.html",
                     context={...}, url=reverse("eligibility:verdict", args=[child_id]))

The template is rendered with `context` alone. The file has been opened through its door, and the
look is logged, before a panel is asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.functional import Promise

from tongxing.web.requests import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A card of the file. With `url`, the file also has a tab of this title that leads there."""

    key: str
    title: str | Promise
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    icon: str = ""
    url: str = ""


ChildPanel = Callable[[UUID, Request], Panel | None]
_panels: dict[ChildPanel, int] = {}


def child_panel(*, order: int = 50) -> Callable[[ChildPanel], ChildPanel]:
    """Register a function that makes a panel for a child, or None when it has nothing to say."""

    def keep(source: ChildPanel) -> ChildPanel:
        _panels[source] = order
        return source

    return keep


def drawn(panel: Panel, request: Request) -> str:
    """The panel's template with its own context."""
    return render_to_string(panel.template, dict(panel.context), request)


def panels_for(child_id: UUID, request: Request) -> list[Panel]:
    """The panels of this child for this person, in order."""
    made = (source(child_id, request) for source in sorted(_panels, key=lambda one: _panels[one]))
    return [panel for panel in made if panel is not None]
