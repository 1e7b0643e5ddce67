"""Packs: one folder a jurisdiction, inheriting from the one above."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tongxing.kernel.divisions import Area
from tongxing.rulebook.content import Benefit, Body, Duty, Exchange, Programme, ServiceList
from tongxing.rulebook.dated import Dated
from tongxing.rulebook.errors import (
    ParameterNotInForce,
    RulebookError,
    SiteError,
    UnknownName,
    suggestion,
)
from tongxing.rulebook.law import (
    AskableFact,
    ConditionInForce,
    Contact,
    Document,
    ParameterValueInForce,
    RuleInForce,
)
from tongxing.rulebook.sites import PLAIN_SITE, SiteSettings
from tongxing.rulebook.targets import targets_of
from tongxing.rulebook.texts import Text

POLICIES_VARIABLE = "TONGXING_POLICIES"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
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
    bodies: Mapping[str, Dated[Body]]
    duties: Mapping[str, Dated[Duty]]
    benefits: Mapping[str, Dated[Benefit]]
    exchanges: Mapping[str, Dated[Exchange]]
    programmes: Mapping[str, Dated[Programme]]
    lists: tuple[ServiceList, ...]
    """Its own list of services and those of the levels above, the most specific first."""
    targets: Mapping[str, Dated[RuleInForce]]
    """For whom each entitlement of the lists and each benefit is: rules by `BT-L3.a` and
    `benefit.dibao`."""
    compiled: dict[tuple[str, str], object] = field(default_factory=dict)
    """Compiled rules by rule and site digest; kept by the interpreter."""

    def __repr__(self) -> str:
        return f"<Pack {self.id} {self.version}>"

    def parameter(
        self, name: str, on: date, site: SiteSettings = PLAIN_SITE
    ) -> ParameterValueInForce:
        """The value in force on a day, the site's own choice where the documents leave it open.

        Raises UnknownName, ParameterNotInForce, or SiteError when the site sets what is law.
        """
        if name not in self.parameters:
            raise UnknownName("parameter", name, self.parameters)
        found = self.parameters[name].on(on)
        if found is None:
            raise ParameterNotInForce(name, on, self.id)
        stated = site.own_value(name, self.lineage)
        if stated and self._may_be_set(name) and found.source.product_default:
            return replace(found, value=stated[0])
        return found

    def _may_be_set(self, name: str) -> bool:
        """Whether the documents ever leave the parameter open; SiteError when they never do."""
        steps = [step for step in self.parameters[name].values if step is not None]
        if not any(step.source.product_default for step in steps):
            raise SiteError(
                f"Parameter '{name}' of pack '{self.id}' is fixed by {steps[-1].source.document} "
                f"{steps[-1].source.article}: a site can only set product defaults."
            )
        return True

    def check_site(self, site: SiteSettings) -> None:
        """SiteError when the site sets a parameter that is unknown here, or that is law."""
        for name in (name for each in self.lineage for name in site.parameters.get(each, {})):
            if name not in self.parameters:
                raise SiteError(f"No parameter '{name}'. {suggestion(name, self.parameters)}")
            self._may_be_set(name)

    def rule(self, name: str) -> Dated[RuleInForce]:
        """A rule, or the target of an entitlement or a benefit; UnknownName for neither."""
        found = self.rules.get(name) or self.targets.get(name)
        if found is None:
            raise UnknownName("rule", name, [*self.rules, *self.targets])
        return found

    def bodies_on(self, name: str, on: date) -> Iterator[str]:
        """The body itself, or whoever has taken over its work by that day."""
        known = [body for body in self.bodies[name].values if body is not None]
        ended = known[-1].until
        if ended is None or on < ended or not known[-1].successors:
            yield name
            return
        for successor in known[-1].successors:
            yield from self.bodies_on(successor, on)

    def with_lists(self, lists: Sequence[ServiceList]) -> "Pack":
        """The same law with other lists of services, the most specific first."""
        return replace(
            self, lists=tuple(lists), targets=targets_of(lists, self.benefits), compiled={}
        )

    def change_dates(self) -> set[date]:
        """Every day on which some part of this law changes."""
        return {
            *(day for dated in self.parameters.values() for day in dated.dates),
            *(day for dated in self.conditions.values() for day in dated.dates),
            *(day for dated in self.rules.values() for day in dated.dates),
            *(day for dated in self.targets.values() for day in dated.dates),
        }


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
