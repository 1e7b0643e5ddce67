"""Try a piece of rule text on a few facts. Serves the examples of the nodes and curious readers."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from ruamel.yaml import YAML

from tongxing.rulebook.facts_json import facts_from_json, site_from_json
from tongxing.rulebook.law import ConditionInForce
from tongxing.rulebook.loading import load_packs
from tongxing.rulebook.one_child.compiling import compiled, judge_of
from tongxing.rulebook.one_child.scenes import Child, Scene
from tongxing.rulebook.packs import Pack
from tongxing.rulebook.parsing import parse_node
from tongxing.rulebook.reading import Place
from tongxing.rulebook.sites import PLAIN_SITE


def ask(
    rule: str, *, on: str = "2025-01-01", site: Mapping[str, object] | None = None, **facts: object
) -> str:
    """The answer of a rule text, without references, for facts in their JSON form."""
    node = parse_node(YAML(typ="rt").load(rule), Place("trial"))
    judge = judge_of(node)
    settings = PLAIN_SITE if site is None else site_from_json(site)
    scene = Scene(Child(facts_from_json(facts), settings), date.fromisoformat(on))
    return judge(scene).word


@cache
def _national() -> Pack:
    return load_packs().national()


def condition_of(name: str) -> ConditionInForce:
    """A condition of the national pack as it stands today's way: its latest version."""
    latest = _national().conditions[name].values[-1]
    assert latest is not None  # noqa: S101
    return latest


def codes_of(rule: str) -> list[str]:
    """The codes of the conditions of a rule of the national pack."""
    name = rule.removeprefix("rule: ")
    law = compiled(name, _national(), PLAIN_SITE).rules[-1]
    assert law is not None  # noqa: S101
    return [condition.law.code for condition in law.conditions]
