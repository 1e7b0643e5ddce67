"""How the child speaks to the parent: JSON in frames that carry their length.

Frames are bounded, so that even a child that has been taken over cannot fill the parent's memory.
"""

from __future__ import annotations

import struct
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

import orjson

from tongxing.exchange.spreadsheets.values import (
    Block,
    Cell,
    CellError,
    FileKind,
    Row,
    SheetFacts,
    SheetState,
    Workbook,
)

_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
HEADER = struct.Struct("<I")
LONGEST_FRAME = 64 << 20


def frame(message: object) -> bytes:
    """One message with its length in front. Values that JSON does not know are tagged."""
    body = orjson.dumps(message, default=_tagged, option=_OPTIONS)
    return HEADER.pack(len(body)) + body


def message_of(body: bytes | bytearray | memoryview) -> dict[str, Any]:
    """The message in a frame's body. Raises ValueError when it is not one."""
    message = orjson.loads(body)
    if not isinstance(message, dict):
        raise ValueError("not a message")  # noqa: TRY004 - the caller knows one kind of damage
    return message


def rows_of(message: list[list[Any]]) -> list[Row]:
    """Rows as they were in the child: tagged values become dates and errors again."""
    return [
        Row(number, hidden, [_untagged(cell) if type(cell) is dict else cell for cell in cells])
        for number, hidden, cells in message
    ]


def workbook_message(workbook: Workbook) -> dict[str, Any]:
    return asdict(workbook)


def workbook_of(message: dict[str, Any]) -> Workbook:
    facts = dict(message)
    facts["kind"] = FileKind(facts["kind"])
    facts["sheets"] = tuple(_sheet_of(sheet) for sheet in facts["sheets"])
    facts["sheet"] = _sheet_of(facts["sheet"])
    return Workbook(**facts)


def _sheet_of(message: dict[str, Any]) -> SheetFacts:
    facts = dict(message)
    facts["state"] = SheetState(facts["state"])
    facts["merged"] = tuple(Block(*block) for block in facts["merged"])
    for name in ("hidden_rows", "hidden_columns"):
        facts[name] = tuple(facts[name])
    return SheetFacts(**facts)


def _tagged(value: object) -> object:
    match value:
        case Row() | Block():
            return list(value)
        case CellError():
            return {"error": value.code}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case time():
            return {"clock": value.isoformat()}
        case timedelta():
            return {"seconds": value.total_seconds()}
    raise TypeError(type(value).__name__)


def _untagged(tagged: dict[str, Any]) -> Cell:
    [(tag, value)] = tagged.items()
    match tag:
        case "error":
            return CellError(value)
        case "moment":
            return datetime.fromisoformat(value)
        case "day":
            return date.fromisoformat(value)
        case "clock":
            return time.fromisoformat(value)
    return timedelta(seconds=value)
