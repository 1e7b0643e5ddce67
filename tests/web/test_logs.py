"""Logs say where and what kind, never whom."""

import logging
import sys

from tongxing.web.logs import QuietFormatter

NUMBER = "990203201805043015"


def logged(raiser) -> str:
    try:
        raiser()
    except Exception:
        record = logging.LogRecord(
            "tongxing", logging.ERROR, __file__, 1, "Internal Server Error", None, sys.exc_info()
        )
        return QuietFormatter().format(record)
    raise AssertionError("nothing was raised")


def test_the_message_of_an_exception_is_not_written_down():
    def raiser():
        raise ValueError(f"Key (id_no)=({NUMBER}) already exists")

    text = logged(raiser)
    assert NUMBER not in text
    assert "builtins.ValueError" in text
    assert "test_logs.py" in text


def test_nor_is_that_of_what_caused_it():
    known: dict[str, str] = {}

    def raiser():
        try:
            known[NUMBER]
        except KeyError as error:
            raise RuntimeError("second") from error

    text = logged(raiser)
    assert NUMBER not in text
    assert text.index("builtins.KeyError") < text.index("builtins.RuntimeError")


def test_mistakes_in_the_code_are_named():
    def raiser():
        return object().no_such_thing  # type: ignore[attr-defined]

    assert "no_such_thing" in logged(raiser)
