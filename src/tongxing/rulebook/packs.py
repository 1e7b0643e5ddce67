"""Packs: one folder a jurisdiction, inheriting from the one above."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tongxing.kernel.divisions import Area
from tongxing.rulebook.dated import Dated
from tongxing.rulebook.errors import ParameterNotInForce, RulebookError, SiteError, UnknownName
from tongxing.rulebook.law import (
    AskableFact,
    ConditionInForce,
    Contact,
    Document,
    ParameterValueInForce,
    RuleInForce,
)
from tongxing.rulebook.sites import PLAIN_SITE, SiteSettings
from tongxing.rulebook.texts import Text

POLICIES_VARIABLE = "TONGXING_POLICIES"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pack:
    """The law of one jurisdiction, with everything it inherits already resolved by date.

    lineage: its own id and those it extends, the most specific first.
    version: digest of the content of the whole lineage; changes when any word of it changes.
    """

    id: str
    names: Text
    division: int
    area: Area
    lineage: tuple[str, ...]
    version: str
    folder: Path
    documents: Mapping[str, Document]
    parameters: Mapping[str, Dated[ParameterValueInForce]]
    conditions: Mapping[str, Dated[ConditionInForce]]
    rules: Mapping[str, Dated[RuleInForce]]
    facts: Mapping[str, AskableFact]
    contacts: tuple[Contact, ...]
    compiled: dict[tuple[str, str], object] = field(default_factory=dict, repr=False)
    """Compiled rules by rule and site digest; kept by the interpreter."""

    def parameter(
        self, name: str, on: date, site: SiteSettings = PLAIN_SITE
    ) -> ParameterValueInForce:
        """The value in force on a day, the site's own choice where the documents leave it open.

        Raises UnknownName, ParameterNotInForce, or SiteError when the site contradicts a document.
        """
        if name not in self.parameters:
            raise UnknownName("parameter", name, self.parameters)
        found = self.parameters[name].on(on)
        if found is None:
            raise ParameterNotInForce(name, on, self.id)
        return _chosen_by(site, found, self.lineage)

    def rule(self, name: str) -> Dated[RuleInForce]:
        if name not in self.rules:
            raise UnknownName("rule", name, self.rules)
        return self.rules[name]

    def change_dates(self) -> set[date]:
        """Every day on which some part of this law changes."""
        return {
            *(day for dated in self.parameters.values() for day in dated.dates),
            *(day for dated in self.conditions.values() for day in dated.dates),
            *(day for dated in self.rules.values() for day in dated.dates),
        }


def _chosen_by(
    site: SiteSettings, found: ParameterValueInForce, lineage: Sequence[str]
) -> ParameterValueInForce:
    """The same parameter with the site's value, where the site states one and may."""
    stated = site.own_value(found.name, lineage)
    if not stated:
        return found
    if not found.source.product_default:
        raise SiteError(
            f"Parameter '{found.name}' is fixed by {found.source.document} "
            f"{found.source.article}: a site can only set product defaults."
        )
    return replace(found, value=stated[0])


class Packs(Mapping[str, Pack]):
    """All packs of one folder, by id."""

    def __init__(self, packs: Mapping[str, Pack]) -> None:
        self._packs = dict(packs)

    def __getitem__(self, name: str) -> Pack:
        if name not in self._packs:
            raise UnknownName("pack", name, self._packs)
        return self._packs[name]

    def __contains__(self, name: object) -> bool:
        return name in self._packs

    def __iter__(self) -> Iterator[str]:
        return iter(self._packs)

    def __len__(self) -> int:
        return len(self._packs)

    def for_division(self, code: int) -> Pack:
        """The most specific pack whose area contains the place; RulebookError when none does."""
        responsible = [pack for pack in self._packs.values() if code in pack.area]
        if not responsible:
            raise RulebookError(f"No pack covers division {code:012d}.")
        return min(responsible, key=lambda pack: pack.area.hi - pack.area.lo)

    def national(self) -> Pack:
        """The pack every other one stands on, for figures that go up to the nation."""
        return next(pack for pack in self._packs.values() if len(pack.lineage) == 1)


def policies_folder() -> Path:
    """Where the packs lie: TONGXING_POLICIES, else `policies/` of the checkout."""
    named = os.environ.get(POLICIES_VARIABLE)
    return Path(named) if named else Path(__file__).parents[3] / "policies"
