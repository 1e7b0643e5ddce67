"""Two packs side by side on a day: what each says under the same name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongxing.rulebook.content import Benefit, Duty, Exchange
from tongxing.rulebook.dated import Dated
from tongxing.rulebook.law import ParameterValueInForce
from tongxing.rulebook.offers import live_entitlements
from tongxing.rulebook.packs import Pack
from tongxing.rulebook.sources import Source
from tongxing.rulebook.spelling import spelled
from tongxing.rulebook.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one pack says under a name: in words of its own file, comparable, and its source."""

    label: Text
    content: Any
    source: Source
    pack: str

    def to_json(self) -> dict[str, Any]:
        return {
            "label": self.label.to_json(),
            "says": self.content,
            "clause": self.source.clause,
            "product_default": self.source.product_default,
            "pack": self.pack,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One name of which two packs say different things; None where one of them is silent."""

    part: str
    name: str
    one: Said | None
    other: Said | None

    def to_json(self) -> dict[str, Any]:
        return {
            "part": self.part,
            "name": self.name,
            "one": self.one.to_json() if self.one else None,
            "other": self.other.to_json() if self.other else None,
        }


def differences(one: Pack, other: Pack, *, on: date) -> tuple[Difference, ...]:
    """Every name of which the packs say different things on a day, part by part."""
    first, second = said_by(one, on), said_by(other, on)
    names = dict.fromkeys([*first, *second])
    return tuple(
        Difference(
            part=part, name=name, one=first.get((part, name)), other=second.get((part, name))
        )
        for part, name in names
        if _content(first.get((part, name))) != _content(second.get((part, name)))
    )


def _parameter(law: ParameterValueInForce) -> Any:
    return law.value.to_json() if isinstance(law.value, Text) else law.value


def _duty(law: Duty) -> Any:
    return {"post": law.post, "clock": law.clock.model_dump(mode="json")}


def _benefit(law: Benefit) -> Any:
    return {"accepts": law.accepts.value, "decides": law.decides.value, "pays": law.pays.value}


def _exchange(law: Exchange) -> Any:
    return {"from": law.sender, "to": law.receiver, "data_set": law.data_set}


_PARTS: dict[str, tuple[Callable[[Pack], Mapping[str, Dated[Any]]], Callable[[Any], Any]]] = {
    "parameter": (lambda pack: pack.parameters, _parameter),
    "condition": (lambda pack: pack.conditions, lambda law: spelled(law.when)),
    "rule": (lambda pack: pack.rules, lambda law: spelled(law.tree)),
    "duty": (lambda pack: pack.duties, _duty),
    "benefit": (lambda pack: pack.benefits, _benefit),
    "exchange": (lambda pack: pack.exchanges, _exchange),
    "programme": (lambda pack: pack.programmes, lambda law: law.label.to_json()),
}
"""By part: where a pack keeps it, and what of it is compared."""


def said_by(pack: Pack, on: date) -> dict[tuple[str, str], Said]:
    """All that a pack says on a day, its own and inherited, by part and name."""
    found = {
        (part, name): Said(
            label=law.label, content=content_of(law), source=law.source, pack=law.pack
        )
        for part, (entries_of, content_of) in _PARTS.items()
        for name, dated in entries_of(pack).items()
        if (law := dated.on(on)) is not None
    }
    return found | dict(_entitlements(pack, on))


def _entitlements(pack: Pack, on: date) -> Iterator[tuple[tuple[str, str], Said]]:
    for live in live_entitlements(pack, on):
        each = live.entitlement
        said = Said(
            label=live.item.title,
            content=each.content.to_json(),
            source=each.source,
            pack=live.published.pack,
        )
        yield ("entitlement", each.id), said


def _content(said: Said | None) -> Any:
    return None if said is None else (said.content,)
