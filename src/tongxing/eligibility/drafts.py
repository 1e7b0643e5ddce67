"""The content of a service list as it is edited: the shape of a pack's `services.yaml`, in JSON.

A draft begins as a copy of the list above, every entitlement derived from what it copies; what is
struck out is kept beside the content, so that it can be put back.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from tongxing.eligibility.values.service_lists import EntitlementText, ItemText
from tongxing.kernel.divisions import Level, level_of
from tongxing.rulebook.content import Entitlement, Item, ServiceList
from tongxing.rulebook.writing import written

Content = dict[str, Any]
OWN = "own_list"
"""The document that a list's items name as their source: the list itself."""
_PREFIXES = {Level.PROVINCE: "SQ", Level.CITY: "SJ", Level.COUNTY: "QX"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def copied(above: ServiceList, division: int) -> Content:
    """The list above as a draft of this place: its items, each entitlement derived from its own."""
    prefix = _PREFIXES[level_of(division)]
    return {
        f"{prefix}-L{number}": _item(item, number, f"{prefix}-L{number}")
        for number, item in enumerate(above.items.values(), start=1)
    }


def _item(item: Item, number: int, code: str) -> Content:
    return {
        "domain": item.domain.value,
        "title": item.title.to_json(),
        "target": item.target.to_json(),
        "qualifies": written(item.tree),
        "departments": list(item.departments),
        "source": source(code, number, item.title.zh),
        "entitlements": {letter: _entitlement(each) for letter, each in item.entitlements.items()},
    }


def _entitlement(entitlement: Entitlement) -> Content:
    return {
        "content": entitlement.content.to_json(),
        "qualifies": written(entitlement.own) if entitlement.own else None,
        "departments": list(entitlement.departments),
        "route": entitlement.route,
        "derived_from": [entitlement.id],
        "papers": [paper.to_json() for paper in entitlement.papers],
    }


def source(code: str, number: int, title: str) -> Content:
    """Where an item stands: in the list itself."""
    return {"document": OWN, "article": f"第{number}项", "clause": code, "quote": title[:25]}


def rewritten(content: Content, code: str, text: ItemText) -> Content:
    """The content with one item in new words; routes, derivation and targets stay as they were."""
    changed = deepcopy(content)
    item = changed[code]
    item["title"] = {"zh": text.title_zh, "en": text.title_en or text.title_zh}
    item["target"] = {"zh": text.target_zh, "en": text.target_en or text.target_zh}
    item["departments"] = list(text.departments)
    item["source"]["quote"] = text.title_zh[:25]
    if text.conditions:
        item["qualifies"] = list(text.conditions)
    for each in text.entitlements:
        kept = item["entitlements"].get(each.letter, {"route": "local_service"})
        words = {"zh": each.content_zh, "en": each.content_en or each.content_zh}
        item["entitlements"][each.letter] = {**kept, "content": words}
    return changed


def added(content: Content, text: ItemText, division: int) -> tuple[Content, str]:
    """The content with one more item, and the item's code."""
    prefix = _PREFIXES[level_of(division)]
    number = max((number_of(code) for code in content), default=0) + 1
    code = f"{prefix}-L{number}"
    item = {
        "domain": text.domain,
        "title": {},
        "target": {},
        "qualifies": list(text.conditions),
        "departments": [],
        "source": source(code, number, text.title_zh),
        "entitlements": {},
    }
    return rewritten({**content, code: item}, code, text), code


def struck_out(
    content: Content, struck: Content, code: str, letter: str = ""
) -> tuple[Content, Content]:
    """An item, or one entitlement of it, taken out and laid aside."""
    content, struck = deepcopy(content), deepcopy(struck)
    if letter and len(content[code]["entitlements"]) > 1:
        struck[f"{code}.{letter}"] = content[code]["entitlements"].pop(letter)
    else:
        struck[code] = content.pop(code)
    return content, struck


def put_back(content: Content, struck: Content, name: str) -> tuple[Content, Content]:
    """What was struck out, back in its place; its item comes first when both were."""
    content, struck = deepcopy(content), deepcopy(struck)
    code, _, letter = name.partition(".")
    if letter and code in struck:
        content[code] = struck.pop(code)
    if letter:
        content[code]["entitlements"][letter] = struck.pop(name)
        content[code]["entitlements"] = dict(sorted(content[code]["entitlements"].items()))
    else:
        content[code] = struck.pop(code)
    return in_order(content), struck


def in_order(content: Mapping[str, Any]) -> Content:
    return dict(sorted(content.items(), key=lambda entry: number_of(entry[0])))


def number_of(code: str) -> int:
    return int(code.partition("-L")[2])


def next_letter(taken: Iterable[str]) -> str:
    """The first letter that neither stands in the item nor was struck out of it."""
    used = set(taken)
    return next(letter for letter in _LETTERS if letter not in used)


def texts_of(item: Content) -> tuple[EntitlementText, ...]:
    """The entitlements of an item as an editor sees them."""
    return tuple(
        EntitlementText(
            letter=letter, content_zh=each["content"]["zh"], content_en=each["content"]["en"]
        )
        for letter, each in item["entitlements"].items()
    )
