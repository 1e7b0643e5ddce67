"""The policy engine: facts in, verdicts out. No Django, no database, no clock."""

from tongxing.rulebook.about_child import about_child, verdict_json
from tongxing.rulebook.answers import CANNOT_TELL, NO, YES, Answer
from tongxing.rulebook.diffs import differences
from tongxing.rulebook.duties_of import duties_of
from tongxing.rulebook.errors import (
    FactsError,
    PackError,
    ParameterNotInForce,
    RulebookError,
    SiteError,
    UnknownName,
)
from tongxing.rulebook.facts import Absence, ChildFacts, Companion, HukouStatus, PastHukou, Spell
from tongxing.rulebook.facts_json import facts_from_json, site_from_json
from tongxing.rulebook.floor import check_floor
from tongxing.rulebook.loading import load_packs
from tongxing.rulebook.moments import Moment, PartialDate
from tongxing.rulebook.offers import offers
from tongxing.rulebook.one_child.explaining import changes, decide, explain
from tongxing.rulebook.packs import Pack, Packs
from tongxing.rulebook.sites import PLAIN_SITE, SiteSettings
from tongxing.rulebook.sources import Source
from tongxing.rulebook.texts import Text
from tongxing.rulebook.verdicts import (
    NOT_IN_FORCE,
    Condition,
    Decision,
    MissingFact,
    Role,
    Verdict,
)

__all__ = [
    "CANNOT_TELL",
    "NO",
    "NOT_IN_FORCE",
    "PLAIN_SITE",
    "YES",
    "Absence",
    "Answer",
    "ChildFacts",
    "Companion",
    "Condition",
    "Decision",
    "FactsError",
    "HukouStatus",
    "MissingFact",
    "Moment",
    "Pack",
    "PackError",
    "Packs",
    "ParameterNotInForce",
    "PartialDate",
    "PastHukou",
    "Role",
    "RulebookError",
    "SiteError",
    "SiteSettings",
    "Source",
    "Spell",
    "Text",
    "UnknownName",
    "Verdict",
    "about_child",
    "changes",
    "check_floor",
    "decide",
    "differences",
    "duties_of",
    "explain",
    "facts_from_json",
    "load_packs",
    "offers",
    "site_from_json",
    "verdict_json",
]
