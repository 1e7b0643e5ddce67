"""Row functions that tests run in the child."""

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

RowFunction = Callable[[int, bool, list[Any]], object]


def counted(settings: dict[str, Any]) -> RowFunction:
    return lambda number, _hidden, cells: {"row": number + settings["offset"], "cells": len(cells)}


def failing(settings: dict[str, Any]) -> RowFunction:
    def fail(number: int, hidden: bool, cells: list[Any]) -> object:
        raise LookupError(cells[settings["column"]])

    return fail


def sleeping(settings: dict[str, Any]) -> RowFunction:
    return lambda *_row: time.sleep(settings["seconds"])


def spinning(settings: dict[str, Any]) -> RowFunction:
    def spin(number: int, hidden: bool, cells: list[Any]) -> object:
        while True:
            number += 1

    return spin


def hungry(settings: dict[str, Any]) -> RowFunction:
    return lambda *_row: len(bytearray(settings["bytes"]))


def dying(settings: dict[str, Any]) -> RowFunction:
    return lambda *_row: os.kill(os.getpid(), settings["signal"])


def talking(settings: dict[str, Any]) -> RowFunction:
    """Tries what a parser that has been taken over would try."""

    def talk(number: int, hidden: bool, cells: list[Any]) -> object:
        return {
            "network": _outcome(
                lambda: socket.create_connection(("127.0.0.1", settings["port"]), 1)
            ),
            "file": _outcome(lambda: Path(settings["file"]).write_text("x")),
            "process": _outcome(lambda: os.fork() or os._exit(0)),
            "noise": os.write(1, b"noise on standard output"),
            "pid": os.getpid(),
        }

    return talk


def _outcome(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as error:
        return type(error).__name__
    return "done"
