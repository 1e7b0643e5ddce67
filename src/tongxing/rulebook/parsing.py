"""From YAML to nodes."""

from collections.abc import Callable, Mapping
from typing import Any

from tongxing.kernel.divisions import Level, parse
from tongxing.rulebook.errors import suggestion
from tongxing.rulebook.nodes import ARGUMENTS, NODE_OF_WORD, Kind, Node, ParameterRef
from tongxing.rulebook.reading import Place

_LEVELS = {level.name: level for level in Level if Level.NATION < level < Level.VILLAGE}
_BIRTHDAYS = {"on_birthday", "day_after"}


def parse_node(raw: object, place: Place) -> Node:
    """The tree written in `raw`; PackError with file, line and what was expected."""
    name, body = _word_and_body(raw, place)
    if name not in NODE_OF_WORD:
        raise place.error(f"unknown node '{name}'. {suggestion(name, NODE_OF_WORD)}")
    inner = place.below(raw, name)
    cls = NODE_OF_WORD[name]
    given = _arguments(name, cls, body, inner)
    try:
        return cls(**given)
    except ValueError as error:
        raise inner.error(str(error)) from error


def _word_and_body(raw: object, place: Place) -> tuple[str, object]:
    if isinstance(raw, str):
        return raw, {}
    if isinstance(raw, Mapping) and len(raw) == 1:
        name, body = next(iter(raw.items()))
        return str(name), {} if body is None else body
    raise place.error(
        f"expected one node, as 'word: arguments', but found {raw!r}. "
        f"Words: {', '.join(sorted(NODE_OF_WORD))}."
    )


def _arguments(name: str, cls: type[Node], body: object, place: Place) -> dict[str, Any]:
    slots = ARGUMENTS[cls]
    named = _by_name(list(slots), body)
    for key in named:
        if key not in slots:
            raise place.below(body, key).error(
                f"'{name}' takes no argument '{key}'. {suggestion(str(key), slots)}"
            )
    for key, slot in slots.items():
        if key not in named and slot.required:
            raise place.error(f"'{name}' needs '{key}': {slot.kind}.")
    return {
        key: _argument(name, key, slots[key].kind, raw, place.below(body, key))
        for key, raw in named.items()
    }


def _by_name(slots: list[str], body: object) -> Mapping[str, object]:
    """Arguments by name; a body that is no set of arguments is the first argument itself."""
    if not slots:
        return body if isinstance(body, Mapping) else {"argument": body}
    if isinstance(body, Mapping) and (not body or _looks_named(slots, body)):
        return body
    return {slots[0]: body}


def _looks_named(slots: list[str], body: Mapping[object, object]) -> bool:
    """A mapping is the only argument itself when it is a node or names a parameter."""
    lone_value = len(body) == 1 and (set(body) <= {"parameter"} or set(body) <= set(NODE_OF_WORD))
    return not lone_value or set(map(str, body)) <= set(slots)


def _argument(name: str, key: str, kind: Kind, raw: object, place: Place) -> object:
    if isinstance(raw, Mapping) and set(raw) == {"parameter"}:
        return ParameterRef(str(raw["parameter"]))
    if kind is Kind.NODE:
        return parse_node(raw, place)
    if kind is Kind.NODES:
        return _nodes(raw, place)
    try:
        return read_value(kind, raw)
    except ValueError as error:
        raise place.error(f"'{key}' of '{name}' must be {kind}, not {raw!r}.") from error


def _nodes(raw: object, place: Place) -> tuple[Node, ...]:
    if not isinstance(raw, list) or not raw:
        raise place.error(f"expected {Kind.NODES} with at least one entry, but found {raw!r}.")
    return tuple(parse_node(part, place.below(raw, index)) for index, part in enumerate(raw))


def _number(raw: object) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or raw < 0:
        raise ValueError
    return int(raw)


def _level(raw: object) -> Level:
    if isinstance(raw, Level):
        return raw
    if raw not in _LEVELS:
        raise ValueError
    return _LEVELS[str(raw)]


def _switch(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise ValueError  # noqa: TRY004 - one kind of complaint for every kind of value
    return raw


def _birthday(raw: object) -> str:
    if raw not in _BIRTHDAYS:
        raise ValueError
    return str(raw)


def _name(raw: object) -> str:
    if not isinstance(raw, str) or not raw.isidentifier():
        raise ValueError
    return str(raw)


def _words(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple) or not all(isinstance(each, str) for each in raw):
        raise ValueError
    return tuple(map(str, raw))


def _division(raw: object) -> int:
    if not isinstance(raw, str):
        raise ValueError  # noqa: TRY004
    return parse(raw)


_READERS: dict[Kind, Callable[[object], object]] = {
    Kind.NUMBER: _number,
    Kind.LEVEL: _level,
    Kind.SWITCH: _switch,
    Kind.BIRTHDAY: _birthday,
    Kind.NAME: _name,
    Kind.WORDS: _words,
    Kind.DIVISION: _division,
}


def read_value(kind: Kind, raw: object) -> object:
    """A literal of a kind, from a rule or from a parameter; ValueError when it is not one."""
    return _READERS[kind](raw)


def parse_target(raw: object, place: Place) -> Node:
    """For whom something is: a condition by name, a list of them (all hold), or a tree of them."""
    return parse_node(_spelled_out(raw), place)


def _spelled_out(raw: object) -> object:
    """The short form in full; bare words are names of conditions."""
    if isinstance(raw, str):
        return {"condition": raw}
    if isinstance(raw, list):
        return _spelled_out(raw[0]) if len(raw) == 1 else {"all_of": list(map(_spelled_out, raw))}
    if isinstance(raw, Mapping) and len(raw) == 1:
        word, body = next(iter(raw.items()))
        if word in {"all_of", "any_of"} and isinstance(body, list):
            return {word: list(map(_spelled_out, body))}
        return {word: _spelled_out(body)} if word == "not" else raw
    return raw
