"""Opening one of the two locks, to see that the other one holds alone."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections
from django.db.models import Q

from tests.authorisation.cases import cases
from tests.authorisation.personas import AREA, Persona
from tests.authorisation.routes import Route, arguments_of, decided
from tests.authorisation.town import Thing, Town
from tongxing.kernel.actors import Actor
from tongxing.registry.models import Child, Clue, RosterBatch
from tongxing.registry.queries import scoped
from tongxing.web import gates

ABOUT_PEOPLE = ("child", "clue", "list")
PACKAGES = ("web:home", "registry:", "imports:", "audit:")
ADDRESSES = [
    route for route in decided() if route.thing in ABOUT_PEOPLE or route.name.startswith(PACKAGES)
]
every_address = pytest.mark.parametrize("route", ADDRESSES, ids=lambda route: route.name)


def elsewhere(route: Route, persona: Persona, town: Town) -> list[dict[str, object]]:
    """The arguments of things outside of an account's area; none for addresses without things."""
    if route.thing not in ABOUT_PEOPLE:
        return [cases(route, persona, town)[0].arguments]
    outside = [thing for thing in town.of_kind(route.thing) if lies_outside(thing, persona)]
    outside.sort(key=lambda thing: thing.division // 10**6 != persona.division // 10**6)
    chosen = [*outside[:1], *outside[-1:]]
    return [arguments_of(route, dict(thing.arguments)) for thing in chosen]


def words_outside(persona: Persona, town: Town) -> list[str]:
    """Words about people who live outside of an account's area."""
    return [
        word
        for thing in town.things
        if thing.kind in ABOUT_PEOPLE and lies_outside(thing, persona)
        for word in thing.words
    ]


def lies_outside(thing: Thing, persona: Persona) -> bool:
    return not persona.may(AREA) or not persona.reaches(thing.division)


@contextmanager
def application_open() -> Iterator[None]:
    """Whoever signed in may do everything, and no query is narrowed to an area."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Actor, "may", lambda _actor, _capability: True)
        patch.setattr(gates, "check", _only_sign_in(gates.check))
        _replace(patch, scoped.children_of, lambda _actor: Child.objects.all())
        _replace(patch, scoped.clues_of, lambda _actor: Clue.objects.all())
        _replace(patch, scoped.rosters_of, lambda _actor: RosterBatch.objects.all())
        _replace(patch, scoped.within, lambda _area: Q())
        yield


@contextmanager
def database_open() -> Iterator[None]:
    """No table keeps its rows back."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
        yield
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')


def _only_sign_in(check: Callable[..., Any]) -> Callable[..., Any]:
    def checked(request: Any, view: Any) -> Any:
        return None if getattr(request, "actor", None) else check(request, view)

    return checked


def _replace(
    patch: pytest.MonkeyPatch, function: Callable[..., Any], other: Callable[..., Any]
) -> None:
    """Put `other` wherever a module of ours has imported `function`."""
    for module in [found for name, found in sys.modules.items() if name.startswith("tongxing.")]:
        for name, value in list(vars(module).items()):
            if value is function:
                patch.setattr(module, name, other)
