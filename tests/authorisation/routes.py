"""The addresses of the site, what the decision table says of them, and what is sent to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.authorisation.personas import STRANGER, Persona, table

REASON = {"reason": "核对身份"}
A_DAY = {"on": "2025-09-01"}
STRUCK = "QX-L2"  # what the town's draft of a service list leaves out
# What a person would really send; forms without an entry get an empty body.
SENT: dict[str, dict[str, str]] = {
    "access:confirm_grant": REASON,
    "access:refuse_grant": REASON,
    "access:end_appointment": REASON,
    "access:record_entry_check": {"answer": "clear", **A_DAY},
    "registry:search": {"q": "某"},
    "registry:export": {"purpose": "home_visits"},
    "registry:reveal": REASON,
    "registry:reveal_guardian": REASON,
    "registry:confirm": {"field": "name", **REASON},
    "registry:verify": A_DAY,
    "registry:stay": {"since": "2024-03"},
    "registry:hukou": {"registered": "no", **REASON},
    "registry:absence": {"since": "2025-07-01", "until": "2025-07-20", "reason": "回老家"},
    "registry:help": A_DAY,
    "registry:contact_lost": REASON,
    "registry:close": {"why": "moved_away", **A_DAY},
    "registry:resolve": {"outcome": "not_found"},
    "registry:clue_contact": REASON,
    "eligibility:declare": {"name": "stage", "answer": "primary"},
    "eligibility:list_title": {"title_zh": "服务清单"},
    "eligibility:list_strike_out": {"name": "QX-L1"},
    "eligibility:list_put_back": {"name": STRUCK},
    "eligibility:list_justify": {"item": "BT-L2", "shortfall": "uncovered", **REASON},
    "eligibility:list_send_back": REASON,
    "eligibility:list_publish": {"valid_from": "2025-09-01"},
    "eligibility:list_discard": REASON,
    "imports:decide": {"decision": "leave_out", "everything": "yes", "fate": "held", **REASON},
    "imports:undo": REASON,
    "imports:discard": REASON,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A line of the decision table.

    `get`, `post`: the status for those who may, at a thing of their own. `away`: the status at
    a thing of others, one that was withdrawn, and one that does not exist.
    """

    name: str
    gate: str
    thing: str
    get: int
    post: int
    away: int
    stranger: str

    def url(self, **arguments: object) -> str:
        return reverse(self.name, kwargs={**FIXED.get(self.name, {}), **arguments})

    def admits(self, persona: Persona) -> bool:
        if self.gate in {"anyone", "signed_in"}:
            return persona is not STRANGER or self.gate == "anyone"
        return persona.may(*self.gate.split())

    @property
    def methods(self) -> list[str]:
        """The ones that the address answers."""
        return [name for name, status in (("GET", self.get), ("POST", self.post)) if status != 405]

    def status(self, persona: Persona, method: str, *, own: bool) -> int:
        """What the table promises."""
        if persona is STRANGER:
            get, _, post = (self.stranger or "303/303").partition("/")
            promised = int(get if method == "GET" else post)
            return promised if own or promised != 200 else self.away
        if not self.admits(persona):
            return 404
        promised = self.get if method == "GET" else self.post
        return promised if own or promised == 405 else self.away


FIXED: dict[str, dict[str, object]] = {
    "registry:reveal": {"secret": "identity_number"},
    "registry:reveal_guardian": {"secret": "guardian_phone"},
}


def decided() -> list[Route]:
    """The decision table."""
    return [
        Route(
            name=line["route"],
            gate=line["gate"],
            thing=line["thing"],
            get=int(line["get"]),
            post=int(line["post"]),
            away=int(line["away"] or 0),
            stranger=line["stranger"],
        )
        for line in table("routes.csv")
    ]


@cache
def registered() -> dict[str, frozenset[str]]:
    """Every address of the site by name, with the names of its arguments."""
    return {name: frozenset(pattern.pattern.converters) for name, pattern in _patterns()}


def arguments_of(route: Route, given: dict[str, object]) -> dict[str, object]:
    """Of what a thing knows about itself, the part that this address asks for."""
    wanted = registered()[route.name] - FIXED.get(route.name, {}).keys()
    return {name: value for name, value in given.items() if name in wanted}


def _patterns() -> Iterator[tuple[str, URLPattern]]:
    def walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
        inner = ":".join(part for part in (space, resolver.namespace) if part)
        for each in resolver.url_patterns:
            if isinstance(each, URLResolver):
                yield from walk(each, inner)
            else:
                yield f"{inner}:{each.name}" if inner else str(each.name), each

    yield from walk(get_resolver(), "")
