"""A small country: the counties that the demo's families come from, and their places' townships."""

import csv
from collections.abc import Iterator
from pathlib import Path

from tongxing.access import spelling
from tongxing.access.models import Division
from tongxing.demo.origins import ORIGINS
from tongxing.kernel.divisions import Level, level_of, parent_of, parse, truncate

STREETS = Path(__file__).parents[1] / "demo" / "streets.csv"


def settle() -> None:
    """Write the small country into the table of divisions."""
    named = dict(_counties()) | dict(_townships())
    Division.objects.bulk_create(
        [_division(code, name) for code, name in named.items()], ignore_conflicts=True
    )


def _counties() -> Iterator[tuple[int, str]]:
    yield from ((510000000000, "四川省"), (511700000000, "达州市"), (511725000000, "渠县"))
    for origins in ORIGINS.values():
        for origin in origins:
            yield truncate(origin.division, Level.PROVINCE), origin.province
            if truncate(origin.division, Level.CITY) != origin.division:
                yield truncate(origin.division, Level.CITY), origin.city
            yield origin.division, origin.county


def _townships() -> Iterator[tuple[int, str]]:
    with STREETS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield parse(row["code"]), row["name"]


def _division(code: int, name: str) -> Division:
    syllables = spelling.syllables(name)
    return Division(
        code=code,
        name=name,
        level=level_of(code).value,
        kind="administrative",
        parent_code=parent_of(code),
        pinyin="".join(syllables),
        initials="".join(each[0] for each in syllables),
    )
