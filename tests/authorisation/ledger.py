"""Knocks at every door once and writes down what was not as it should be."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tests.authorisation import tables
from tests.authorisation.cases import IS_OWN, Case, cases
from tests.authorisation.doors import Answer, Visitors
from tests.authorisation.personas import Persona, one_of_each_role
from tests.authorisation.routes import SENT, Route
from tests.authorisation.town import Town

# After a reason was given, one value is shown in clear; and a list's wrong rows go back to those
# who wrote them, as they wrote them.
REVEALING = {
    ("registry:reveal", "POST"),
    ("registry:reveal_guardian", "POST"),
    ("imports:errors", "GET"),
}

SPEAKING = {"child", "clue", "list", "service_list"}
# How many things an account tries behind an address whose gate is closed to it.
TRIES = {"child": 2}


@dataclass(kw_only=True)
class Findings:
    """What was wrong behind one address, each a line for a person to read."""

    statuses: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    knocks: int = 0


class Ledger:
    """The findings of each address, looked for when first asked for."""

    def __init__(self, town: Town, visitors: Visitors) -> None:
        self.town = town
        self.visitors = visitors
        self._first = set(one_of_each_role(visitors.personas))
        self._written: dict[tuple[str, str], Findings] = {}
        self._foreign = {persona: foreign_words(persona, town) for persona in visitors.personas}

    def of(self, route: Route, method: str) -> Findings:
        key = route.name, method
        if key not in self._written:
            self._written[key] = self._knock_everywhere(route, method)
        return self._written[key]

    def _knock_everywhere(self, route: Route, method: str) -> Findings:
        found = Findings()
        before = tables.digest()
        for persona in self.visitors.personas:
            answers = list(self._knock(route, method, persona))
            found.knocks += len(answers)
            for case, answer in answers:
                self._judge(route, method, persona, case, answer, found)
            denied = [answer for case, answer in answers if not case.own]
            if any(one.steady != other.steady for one, other in pairwise(denied)):
                found.differences.append(f"{persona.username}: {_unlike(denied)}")
        found.changes = tables.differences(before, tables.digest())
        return found

    def _knock(self, route: Route, method: str, persona: Persona) -> Iterator[tuple[Case, Answer]]:
        is_first = persona in self._first
        for case in _worth_trying(route, method, persona, self.town, is_first=is_first):
            url = route.url(**case.arguments)
            yield case, self.visitors.send(method, persona, url, SENT.get(route.name))

    def _judge(
        self,
        route: Route,
        method: str,
        persona: Persona,
        case: Case,
        answer: Answer,
        found: Findings,
    ) -> None:
        where = f"{persona.username or 'a stranger'}, {case.relation}"
        wanted = route.status(persona, method, own=case.own)
        if answer.status != wanted:
            found.statuses.append(f"{where}: {answer.status}, not {wanted}")
        for word in self._foreign[persona]:
            if word in answer.everything:
                found.leaks.append(f"{where}: {word}")
        if (route.name, method) not in REVEALING:
            found.numbers += [
                f"{where}: {number}" for number in self.town.numbers if number in answer.everything
            ]


def foreign_words(persona: Persona, town: Town) -> list[str]:
    """Words about people that this account may read nowhere."""
    return [
        word
        for thing in town.things
        if thing.kind in SPEAKING and not IS_OWN[thing.kind](persona, thing)
        for word in thing.words
    ]


def _worth_trying(
    route: Route, method: str, persona: Persona, town: Town, *, is_first: bool
) -> list[Case]:
    """All things for those whom the address admits; for the others what is near and what is far.

    A closed gate and a method that is not answered look at the role alone: the first account of
    a role tries more than the others do.
    """
    found = cases(route, persona, town)
    if method not in route.methods:
        return found[:1] if is_first else []
    if route.admits(persona):
        return found if is_first else _without_absent(found)
    if method != route.methods[0]:
        return found[:1] if is_first else []
    return found if is_first and route.thing == "child" else found[: TRIES.get(route.thing, 1)]


def _without_absent(found: list[Case]) -> list[Case]:
    return [case for case in found if case.relation != "absent"] or found


def _unlike(answers: list[Answer]) -> str:
    """The first place in which answers differ that must not."""
    for one, other in pairwise(answers):
        if one.status != other.status:
            return f"{one.status} and {other.status}"
        for left, right in zip(
            one.steady[1].split("\n"), other.steady[1].split("\n"), strict=False
        ):
            if left != right:
                return f"{left.strip()!r} and {right.strip()!r}"
        for left_header, right_header in zip(one.steady[2], other.steady[2], strict=False):
            if left_header != right_header:
                return f"{left_header} and {right_header}"
    return ""
