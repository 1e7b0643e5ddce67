"""Numbers that look real and cannot belong to anybody.

Identity numbers start with the province prefix 99, which does not exist. Telephone numbers lie in
199 0000 0000 – 199 0099 9999, a block the demo keeps for itself; the last tenth stands for shared
lines such as a class teacher's.
"""

from collections.abc import Iterable
from datetime import date
from random import Random

from tongxing.demo.values import Child, Sex
from tongxing.kernel.identity import FICTIONAL_PROVINCE, check_character

PHONE_BLOCK = "19900"
SHARED_LINES = 900_000


class Numbers:
    """Hands out numbers, each once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._identities: set[str] = set()
        self._phones: set[int] = set()

    def leave_out(self, children: Iterable[Child]) -> None:
        """Never hand out what `children` and their guardians already have."""
        for child in children:
            self._identities.add(child.identity_number)
            self._identities.update(adult.identity_number for adult in child.guardians)
            self._phones.update(int(adult.phone[len(PHONE_BLOCK) :]) for adult in child.guardians)

    def identity(self, *, home: int, birth_date: date, sex: Sex) -> str:
        """A number for a person whose hukou was first registered in the county `home`."""
        county = f"{home // 10**6:06d}"
        stem = f"{FICTIONAL_PROVINCE}{county[2:]}{birth_date:%Y%m%d}"
        while True:
            number = self._with_sequence(stem, sex)
            # Excel damage ends in 000; no true number of the town may look like it.
            if number not in self._identities and not number.endswith("000"):
                self._identities.add(number)
                return number

    def _with_sequence(self, stem: str, sex: Sex) -> str:
        sequence = self._rng.randrange(0, 998, 2) + (1 if sex is Sex.MALE else 2)
        first17 = f"{stem}{sequence:03d}"
        return first17 + check_character(first17)

    def phone(self) -> str:
        while True:
            number = self._rng.randrange(SHARED_LINES)
            if number not in self._phones:
                self._phones.add(number)
                return f"{PHONE_BLOCK}{number:06d}"


def shared_phone(rng: Random) -> str:
    """One of a few lines that many families give: a teacher's, a landlord's."""
    return f"{PHONE_BLOCK}{SHARED_LINES + rng.randrange(12):06d}"
