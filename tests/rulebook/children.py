"""The cast of the acceptance examples, and how tests ask about them."""

from datetime import date
from typing import Any

from tongxing.rulebook import (
    ChildFacts,
    Companion,
    Decision,
    Pack,
    SiteSettings,
    decide,
    facts_from_json,
)
from tongxing.rulebook.packs import policies_folder
from tongxing.rulebook.reading import read_yaml

BAOTOU, XIAMEN = 150200000000, 350200000000
DONGHE, KUNDULUN, QINGSHAN, SHIGUAI, JIUYUAN = (
    150202000000,
    150203000000,
    150204000000,
    150205000000,
    150207000000,
)
CENTRAL_BAOTOU = SiteSettings(
    central_urban_districts={BAOTOU: frozenset({DONGHE, KUNDULUN, QINGSHAN, JIUYUAN})}
)
MOTHER = frozenset({Companion.MOTHER})
_CAST = read_yaml(policies_folder() / "cast.yaml", "cast.yaml")


def child(name: str, **but: Any) -> ChildFacts:
    """A member of the cast, with some facts (in their JSON form) replaced."""
    return facts_from_json({**_CAST[name], **but})


def day(text: str) -> date:
    return date.fromisoformat(text)


def decided(
    facts: ChildFacts,
    on: str,
    pack: Pack,
    rule: str = "survey_population",
    site: SiteSettings = CENTRAL_BAOTOU,
) -> Decision:
    return decide(rule, facts, on=day(on), pack=pack, site=site)


def living_in(division: str, since: str, *people: str, **more: Any) -> list[dict[str, Any]]:
    """One spell in its JSON form."""
    return [{"division": division, "since": since, "with": list(people or ("mother",)), **more}]
