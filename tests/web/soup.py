"""Pages as trees. Untyped on purpose: a test that looks for what is not there fails by itself."""

from typing import Any

from bs4 import BeautifulSoup


def soup_of(text: str | bytes) -> Any:
    return BeautifulSoup(text, "html.parser")


def words_of(text: str | bytes) -> str:
    """What a reader sees, without tags."""
    return str(soup_of(text).get_text(" ", strip=True))
