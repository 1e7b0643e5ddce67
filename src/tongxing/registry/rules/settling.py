"""What several columns say about one thing, put together."""

from typing import Any

from tongxing.registry.rules.fields import Field

_HARDSHIP_FLAGS = ("dibao", "low_income", "tekun", "orphan", "de_facto_unsupported")
_OTHERWISE = (
    ("stage", "grade_stage"),
    ("disability_class", "certificate_class"),
    ("disability_grade", "certificate_grade"),
)
# Lists without these fields have nothing to settle.
SETTLED = frozenset(
    {
        Field.RESIDENCE_TOWNSHIP,
        Field.RESIDENCE_COMMUNITY,
        Field.GRADE,
        Field.DISABILITY_CERTIFICATE_NO,
        *(Field(flag) for flag in _HARDSHIP_FLAGS),
    }
)


def settle(values: dict[str, Any], derived: list[str]) -> None:
    """Join places, take class and grade from where they follow, gather the kinds of hardship."""
    places = [
        values.pop(key) for key in ("residence_township", "residence_community") if key in values
    ]
    if places:
        values["residence_place"] = "".join([values.get("residence_place", ""), *places])
    for key, other in _OTHERWISE:
        if other in values:
            own = values.pop(other)
            if key not in values:
                values[key] = own
                derived.append(key)
    _gather_hardship(values)


def _gather_hardship(values: dict[str, Any]) -> None:
    flags = {key: values.pop(key) for key in _HARDSHIP_FLAGS if key in values}
    if not flags:
        return
    kinds = [*values.get("hardship", []), *(key for key, yes in flags.items() if yes)]
    values["hardship"] = list(dict.fromkeys(kinds))
    if denied := [key for key, yes in flags.items() if not yes]:
        values["not_hardship"] = denied


def is_contradictory(values: dict[str, Any]) -> bool:
    """Left behind and accompanying at once: one of the two was asked about another place."""
    left = values.get("left_behind") in {"one_parent", "both_parents", "yes"}
    return left and bool(values.get("accompanying") or values.get("migrant_worker_child"))
