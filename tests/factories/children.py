"""Children of the register for tests: fictional people, numbers under the prefix 99.

Rows are written by the application's own role, in a scope that covers the whole country; what the
test itself may see is the test's own business (`scopes.use`).
"""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from tongxing.access import scopes
from tongxing.kernel import names
from tongxing.kernel.divisions import NATION, area_of
from tongxing.kernel.identity import check_character
from tongxing.keys.rings import ring
from tongxing.registry.actions import sealing
from tongxing.registry.models import (
    Child,
    Clue,
    Enrolment,
    Guardian,
    HukouSpell,
    NameKey,
    ResidenceSpell,
)
from tongxing.registry.models.facts import Fact
from tongxing.registry.queries import known
from tongxing.registry.values.children import FactKind

AT = datetime(2025, 9, 1, 2, 0, tzinfo=UTC)
TODAY = date(2025, 9, 1)
HULI = 350206000000
HULI_STREET = 350206001000
HULI_VILLAGE = 350206001100
HULI_OTHER_STREET = 350206002000
HULI_OTHER_VILLAGE = 350206002200
KUNDULUN = 150203000000
SOMEWHERE_ELSE = 511725103204
_sequence = count(1)


def everywhere() -> Any:
    """A transaction in which the whole country is in scope."""
    return scopes.acting_as(scopes.system(area_of(NATION)))


def a_number(born: date = date(2016, 3, 7), *, male: bool = True, place: str = "990102") -> str:
    """A valid number that belongs to nobody; another one each time."""
    sequence = next(_sequence) % 450 * 2 + (1 if male else 2)
    first17 = f"{place}{born:%Y%m%d}{sequence:03d}"
    number = first17 + check_character(first17)
    return number if not number.endswith("000") else a_number(born, male=male, place=place)


def a_child(division: int = HULI_VILLAGE, *, number: str | None = None, **changes: Any) -> Child:
    """A child whom the education bureau's list of September 2025 brought in.

    `number=""` gives a child without identity number.
    """
    born = changes.pop("born", date(2016, 3, 7))
    values: dict[str, Any] = {
        "division": division,
        "name": "陈一诺",
        "sex": "male",
        "born_from": born,
        "born_until": born,
        "hukou": "registered",
        "hukou_division": SOMEWHERE_ELSE,
        "hukou_text": "四川省达州市渠县",
        "moved_with": "both",
        "source": "education",
        "as_of": TODAY,
        **changes,
    }
    text = a_number(born or date(2016, 3, 7)) if number is None else number
    if text:
        values |= {
            "identity_kind": "resident",
            "identity_number": text,
            "identity_index": sealing.number_index(text),
        }
    with everywhere():
        child = Child.objects.create(pinyin=names.pinyin(values["name"]), **values)
        NameKey.objects.bulk_create(
            NameKey(key=key, division=division, child_id=child.pk)
            for key in names.search_keys(child.name)
        )
        HukouSpell.objects.create(
            **_of(child), place=child.hukou_division, registered=child.hukou == "registered"
        )
    return child


def a_stay(child: Child, since: date | None = date(2024, 9, 1), **changes: Any) -> ResidenceSpell:
    with everywhere():
        return ResidenceSpell.objects.create(
            **_of(child),
            **{"place": child.division, "since": since, "since_latest": since, **changes},
        )


def a_guardian(child: Child, *, phone: str = "", number: str = "", **changes: Any) -> Guardian:
    values: dict[str, Any] = {
        "name": "陈建国",
        "relation_to_child": "51",
        "relation_written": "父亲",
        "is_legal_guardian": True,
        **changes,
    }
    if phone:
        values |= {"phone": phone, "phone_index": _index(phone, sealing.PHONE_INDEX)}
    if number:
        values |= {"identity_number": number, "identity_index": _index(number, sealing.ADULT_INDEX)}
    with everywhere():
        return Guardian.objects.create(**_of(child) | values)


def a_fact(child: Child, kind: FactKind, **said: Any) -> Fact:
    """What a source says: `a_fact(child, FactKind.ENROLMENT, school="湖里实验小学")`."""
    with everywhere():
        return known.FACT_TABLES[kind]._default_manager.create(**_of(child) | said)


def an_enrolment(child: Child, school: str = "湖里实验小学", **said: Any) -> Enrolment:
    fact = a_fact(child, FactKind.ENROLMENT, **{"school": school, "stage": "primary"} | said)
    assert isinstance(fact, Enrolment)
    return fact


def a_clue(division: int = HULI_VILLAGE, **changes: Any) -> Clue:
    values = {
        "division": division,
        "kind": "neighbour",
        "said": "三楼出租屋里有个孩子白天没人管",
        "received_at": AT,
        **changes,
    }
    with everywhere():
        return Clue.objects.create(**values)


def fresh(child: Child | UUID) -> Child:
    """The child as it lies in the database, whatever the test may see."""
    with everywhere():
        return Child.objects.get(pk=child if isinstance(child, UUID) else child.pk)


def _of(child: Child) -> dict[str, Any]:
    return {
        "child_id": child.pk,
        "division": child.division,
        "source": child.source,
        "as_of": child.as_of,
    }


def _index(text: str, context: str) -> bytes:
    return ring().index(text, context=context)
