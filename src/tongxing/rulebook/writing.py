"""A target written down again, as a pack's file would have it."""

from typing import Any

from tongxing.rulebook.nodes import (
    ARGUMENTS,
    NODE_OF_WORD,
    ConditionRef,
    Node,
    ParameterRef,
)

_WORD_OF_NODE = {cls: word for word, cls in NODE_OF_WORD.items()}


def written(node: Node) -> Any:
    """What `parsing.parse_target` reads as the same node: names, lists and mappings.

    >>> from tongxing.rulebook.nodes import AllOf, ConditionRef, Not, RuleRef
    >>> written(AllOf((ConditionRef("under_7"), Not(RuleRef("orphan")))))
    {'all_of': ['under_7', {'not': {'rule': 'orphan'}}]}
    """
    if isinstance(node, ConditionRef):
        return node.name
    stated = {name: getattr(node, name) for name in ARGUMENTS[type(node)]}
    values = {name: _value(value) for name, value in stated.items() if value is not None}
    body = next(iter(values.values())) if len(values) == 1 else values
    return {_WORD_OF_NODE[type(node)]: body}


def _value(value: object) -> Any:
    if isinstance(value, Node):
        return written(value)
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    return {"parameter": value.name} if isinstance(value, ParameterRef) else value
