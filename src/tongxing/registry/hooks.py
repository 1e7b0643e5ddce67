"""Who wants to know that children changed. Rooms above the register put themselves on the list.

A hook runs inside the transaction of the change and may only defer work; what it defers commits
or vanishes with the change.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

ChildrenChanged = Callable[[Sequence[UUID], str, str], None]
_LISTENERS: list[ChildrenChanged] = []


def when_children_change(listener: ChildrenChanged) -> None:
    """Register `listener(child_ids, account_id, post_id)`; called once for each change."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def announce(child_ids: Sequence[UUID], *, account_id: str, post_id: str) -> None:
    """Tell every listener that these children are new or changed."""
    if child_ids:
        for listener in _LISTENERS:
            listener(child_ids, account_id, post_id)
