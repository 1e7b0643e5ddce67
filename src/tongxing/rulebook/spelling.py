"""Rules as one line of text, for comparing and for the reference."""

from enum import Enum

from tongxing.rulebook.nodes import (
    ARGUMENTS,
    NODE_OF_WORD,
    ConditionRef,
    Node,
    ParameterRef,
    RuleRef,
)

_WORD_OF_NODE = {cls: word for word, cls in NODE_OF_WORD.items()}


def spelled(node: Node) -> str:
    """`all_of(accompanied, not(exception), age_under(years=16))`."""
    if isinstance(node, ConditionRef):
        return node.name
    if isinstance(node, RuleRef):
        return f"rule {node.name}"
    values = [(name, getattr(node, name)) for name in ARGUMENTS[type(node)]]
    said = [_argument(name, value) for name, value in values if value is not None]
    word = _WORD_OF_NODE[type(node)]
    return f"{word}({', '.join(said)})" if said else word


def _argument(name: str, value: object) -> str:
    if isinstance(value, Node):
        return spelled(value)
    if isinstance(value, tuple) and value and isinstance(value[0], Node):
        return ", ".join(map(spelled, value))
    return f"{name}={_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, ParameterRef):
        return value.name
    if isinstance(value, tuple):
        return "[" + ", ".join(map(str, value)) + "]"
    return value.name if isinstance(value, Enum) else str(value)
