"""Everything the rulebook says about one child on a day, as JSON: the stable form for others.

{"pack": …, "on": …, "verdicts": {"monitored": …, "counted": …, "priority": …,
 "in_difficulty": …}, "entitlements": [...], "duties": [...]}
"""

from datetime import date
from typing import Any

from tongxing.rulebook.duties_of import duties_of
from tongxing.rulebook.facts import ChildFacts
from tongxing.rulebook.offers import offers, reason_json
from tongxing.rulebook.one_child.explaining import explain
from tongxing.rulebook.packs import Pack
from tongxing.rulebook.sites import PLAIN_SITE, SiteSettings
from tongxing.rulebook.verdicts import Verdict

VERDICTS = {
    "monitored": "survey_population",
    "counted": "statistical_population",
    "priority": "priority",
    "in_difficulty": "in_difficulty",
}


def about_child(
    facts: ChildFacts, *, on: date, pack: Pack, site: SiteSettings = PLAIN_SITE
) -> dict[str, Any]:
    """Verdicts, entitlements and duties of a child on a day under a pack."""
    return {
        "pack": pack.id,
        "pack_version": pack.version,
        "site_version": site.digest,
        "on": on.isoformat(),
        "verdicts": {
            name: verdict_json(explain(rule, facts, on=on, pack=pack, site=site))
            for name, rule in VERDICTS.items()
            if rule in pack.rules
        },
        "entitlements": [offer.to_json() for offer in offers(facts, on=on, pack=pack, site=site)],
        "duties": [duty.to_json() for duty in duties_of(facts, on=on, pack=pack, site=site)],
    }


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict with its reasons spelled out; all conditions follow for whoever wants them."""
    full = verdict.to_json()
    found = {each["code"]: each for each in full["conditions"]}
    return {
        "rule": full["rule"],
        "label": full["label"],
        "answer": full["answer"],
        "reasons": [reason_json(found[code]) for code in verdict.reasons if code in found],
        "missing": [fact.name for fact in verdict.missing],
        "questions": full["missing"],
        "changes_on": full["changes_on"],
        "changes_to": full["changes_to"],
        "in_force": verdict.in_force,
        "clause": verdict.source.clause if verdict.source else None,
        "source": full["source"],
        "conditions": full["conditions"],
    }
