"""From a line in clear to a line as the database may keep it."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from tongxing.keys.rings import ring
from tongxing.registry.rules.lines import Line
from tongxing.registry.rules.matching import Marks

NUMBER_INDEX = "child.identity"
ADULT_INDEX = "guardian.identity"
PHONE_INDEX = "guardian.phone"
_PERMIT = "permit.number"
_SECRET_CONTEXTS = {
    "identity_number": "child.identity",
    "address": "child.address",
    "remarks": "child.remarks",
}


@dataclass(slots=True, kw_only=True)
class SealedLine:
    """`content` is JSON-able: secrets sealed (base64), hashes beside them; `marks` for matching."""

    content: dict[str, Any]
    marks: Marks


def number_index(number: str) -> bytes:
    """The keyed hash under which a child's identity number is found."""
    return ring().index(number, context=NUMBER_INDEX)


def seal(line: Line) -> SealedLine:
    """Seal the secrets of a line and make the hashes by which it is matched."""
    number = line.secrets.get("identity_number")
    index = number_index(number) if number else None
    guardians, marks = _guardians(line.guardians)
    content: dict[str, Any] = {"child": line.child, "keys": line.keys}
    if line.secrets:
        content["secrets"] = {
            name: _sealed(text, _SECRET_CONTEXTS[name]) for name, text in line.secrets.items()
        }
    if index:
        content["number_index"] = b64encode(index).decode()
    if line.stay:
        content["stay"] = line.stay
    if line.stated:
        content["stated"] = line.stated
    if guardians:
        content["guardians"] = guardians
    if line.facts:
        content["facts"] = line.facts
    if line.permit_number:
        content["permit_number"] = _sealed(line.permit_number, _PERMIT)
    return SealedLine(content=content, marks=_marks(content, index, marks))


def marks_of(content: dict[str, Any]) -> Marks:
    """By what a sealed line is matched; nothing needs to be opened for that."""
    index = content.get("number_index")
    hashes = (
        guardian[column]
        for guardian in content.get("guardians", ())
        for _context, column in _ADULT_SECRETS.values()
        if column in guardian
    )
    number = b64decode(index) if index else None
    return _marks(content, number, frozenset(map(b64decode, hashes)))


def _marks(content: dict[str, Any], number: bytes | None, guardians: frozenset[bytes]) -> Marks:
    child, keys = content["child"], content["keys"]
    return Marks(
        number=number,
        name_key=keys[0] if keys else "",
        born_from=child.get("born_from", ""),
        born_until=child.get("born_until", ""),
        guardian_marks=guardians,
    )


def opened(content: dict[str, Any]) -> Line:
    """The line as it was before sealing; the adults' numbers and phones stay sealed."""
    secrets = content.get("secrets", {})
    permit = content.get("permit_number")
    return Line(
        child=content["child"],
        secrets={name: _opened(text, _SECRET_CONTEXTS[name]) for name, text in secrets.items()},
        stay=content.get("stay", {}),
        stated=content.get("stated", {}),
        guardians=content.get("guardians", []),
        facts=content.get("facts", {}),
        keys=content["keys"],
        permit_number=_opened(permit, _PERMIT) if permit else "",
    )


def _guardians(said: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], frozenset[bytes]]:
    sealed, marks = [], set()
    for guardian in said:
        kept = {key: value for key, value in guardian.items() if key not in _ADULT_SECRETS}
        for key, (context, column) in _ADULT_SECRETS.items():
            if text := guardian.get(key):
                index = ring().index(text, context=context)
                marks.add(index)
                kept[key] = _sealed(text, context)
                kept[column] = b64encode(index).decode()
        sealed.append(kept)
    return sealed, frozenset(marks)


_ADULT_SECRETS = {
    "identity_number": (ADULT_INDEX, "identity_index"),
    "phone": (PHONE_INDEX, "phone_index"),
}


def _sealed(text: str, context: str) -> str:
    return b64encode(ring().seal(text, context=context)).decode()


def _opened(text: str, context: str) -> str:
    return ring().unseal(b64decode(text), context=context)
