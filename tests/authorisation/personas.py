"""Who stands before a door, as the tables in this folder say; the product is not asked."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tongxing.demo.people import ADMINISTRATORS
from tongxing.demo.posts import jobs

HERE = Path(__file__).parent
AREA = "rows of the own area"
EVERYWHERE = "organisations everywhere"
LEVELS = (2, 4, 6, 9, 12)  # digits of province, city, county, township, village


@dataclass(frozen=True, slots=True)
class Persona:
    """An account of the demonstration, or a stranger who has none."""

    username: str
    role: str = ""
    division: int = 0

    def may(self, *rights: str) -> bool:
        return any(right in rights_of(self.role) for right in rights)

    def reaches(self, division: int) -> bool:
        """Whether the rows of a place are this account's business."""
        return self.may(AREA) and _lies_in(division, self.division)

    def keeps(self, division: int) -> bool:
        """Whether organisations and posts of a place are."""
        if not self.may("organisations.see"):
            return False
        return self.may(EVERYWHERE) or _lies_in(division, self.division)


STRANGER = Persona("")


def everybody() -> list[Persona]:
    """The accounts of the demonstration; strangers come last."""
    held = [
        Persona(job.username, job.role.value, job.body.division) for job in jobs() if job.username
    ]
    keepers = [Persona(username, role.value) for role, username, _name in ADMINISTRATORS]
    return [*held, *keepers, STRANGER]


def one_of_each_role(personas: list[Persona]) -> list[Persona]:
    """The first account of every role, and the stranger."""
    return list({persona.role: persona for persona in reversed(personas)}.values())


@cache
def rights_of(role: str) -> frozenset[str]:
    return frozenset(line["right"] for line in table("rights.csv") if line.get(role) == "x")


@cache
def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _lies_in(division: int, place: int) -> bool:
    return f"{division:012}".startswith(_digits(place))


def _digits(place: int) -> str:
    """The part of a code that says something: 350206001000 is the township 350206001."""
    text = f"{place:012}"
    return next((text[:end] for end in LEVELS if not text[end:].strip("0")), text)
