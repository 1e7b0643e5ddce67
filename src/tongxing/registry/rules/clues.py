"""How quickly a clue has to be looked into: product defaults, counted in calendar days."""

from datetime import date, timedelta

from tongxing.registry.values.children import OPEN_CLUES, ClueKind, ClueState

_DAYS = {
    ClueKind.UNACCOMPANIED: 1,
    ClueKind.SELF_DECLARATION: 3,
    ClueKind.HOTLINE: 3,
    ClueKind.NEIGHBOUR: 7,
    ClueKind.DEPARTMENT: 10,
    ClueKind.MISSING_FROM_LIST: 10,
}
CLOSING = (
    ClueState.FOUND,
    ClueState.NOT_FOUND,
    ClueState.MOVED,
    ClueState.DUPLICATE,
    ClueState.REJECTED,
)
# A clue that led to a child says to which one.
NAMES_A_CHILD = frozenset({ClueState.FOUND, ClueState.DUPLICATE})


def due_on(kind: ClueKind, received_on: date) -> date:
    return received_on + timedelta(days=_DAYS[kind])


def is_open(state: ClueState) -> bool:
    return state in OPEN_CLUES
