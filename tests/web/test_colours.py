"""Colours are read from the stylesheet: words on their grounds can be told apart (4.5 to 1)."""

import re
from pathlib import Path

import pytest

STYLE = Path(__file__).parents[2] / "src/tongxing/web/static/web/tongxing.css"
COLOURS = dict(re.findall(r"--tx-([\w-]+): (#[0-9a-f]{3,6});", STYLE.read_text()))
PAIRS = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-2", "ink-3")
        for ground in ("paper", "ground", "shade")
    ),
    *((tone, f"{tone}-wash") for tone in ("info", "good", "warn", "bad", "sealed")),
    *((tone, "paper") for tone in ("primary", "warn", "bad", "good")),
    ("ink-2", "neutral-wash"),
    ("primary-2", "primary-wash"),
    ("paper", "primary"),
    ("paper", "bad"),
]


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(ink, ground):
    lighter, darker = sorted((light(COLOURS[ink]), light(COLOURS[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def light(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    shares = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
