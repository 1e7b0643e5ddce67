"""One SVG file with the icons the pages use, out of the thousands of the icon package."""

import re
from collections.abc import Iterable
from pathlib import Path

from tongxing.launch.errors import LaunchError

FILLED = "-filled"
# Frame of 24 by 24 that every drawing brings along; it shows nothing.
EMPTY_FRAME = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')
# No stroke width: the page's style decides it, and a value here would win.
OUTLINE = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'
SOLID = 'fill="currentColor" stroke="none"'


def names(text: str) -> list[str]:
    """The names in an icon list: one a line, `#` begins a comment."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return sorted({line for line in lines if line})


def sprite(wanted: Iterable[str], icons: Path) -> str:
    """The sprite; `icons` holds `outline/` and `filled/` with one SVG each."""
    symbols = "\n".join(_symbol(name, icons) for name in wanted)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def _symbol(name: str, icons: Path) -> str:
    filled = name.endswith(FILLED)
    folder = "filled" if filled else "outline"
    source = icons / folder / f"{name.removesuffix(FILLED)}.svg"
    if not source.exists():
        raise LaunchError(f"icons.txt asks for {name!r}, which the icon package does not have.")
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" {SOLID if filled else OUTLINE}>'
        f"{_drawing(source.read_text(encoding='utf-8'))}</symbol>"
    )


def _drawing(svg: str) -> str:
    inside = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    return "".join(line.strip() for line in EMPTY_FRAME.sub("", inside).splitlines())
