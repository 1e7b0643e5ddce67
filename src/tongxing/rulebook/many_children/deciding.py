"""Deciding for many: what `decide` does for one child, without reasons."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from tongxing.rulebook.many_children.law_of_day import LawOfDay
from tongxing.rulebook.many_children.populations import Population
from tongxing.rulebook.packs import Pack
from tongxing.rulebook.sites import PLAIN_SITE, SiteSettings


def decide_all(
    population: Population,
    *,
    on: date,
    pack: Pack,
    site: SiteSettings = PLAIN_SITE,
    rules: Iterable[str] | None = None,
) -> pl.DataFrame:
    """A column for each rule and target of the pack, or for those named. See `LawOfDay`."""
    return LawOfDay(pack, on=on, site=site, rules=rules).answers(population)
