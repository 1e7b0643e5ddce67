"""The sentences that Python modules and templates ask to have translated."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

# How many of the leading arguments are words, and whether the first is a context.
_CALLS = {
    "_": ("singular",),
    "gettext": ("singular",),
    "gettext_lazy": ("singular",),
    "gettext_noop": ("singular",),
    "ngettext": ("singular", "plural"),
    "ngettext_lazy": ("singular", "plural"),
    "pgettext": ("context", "singular"),
    "pgettext_lazy": ("context", "singular"),
    "npgettext": ("context", "singular", "plural"),
    "npgettext_lazy": ("context", "singular", "plural"),
}
_CALL_IN_TEXT = re.compile(rf"\b({'|'.join(_CALLS)})\(")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")


@dataclass(frozen=True, slots=True)
class Found:
    """One message and the first place that uses it."""

    singular: str
    plural: str = ""
    context: str = ""
    where: str = ""


def messages_in(folder: Path) -> dict[tuple[str, str], Found]:
    """Every message below `folder`, by (context, singular)."""
    found: dict[tuple[str, str], Found] = {}
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("templates/**/*.html")]):
        for one in _in_file(path, path.relative_to(folder.parent)):
            found.setdefault((one.context, one.singular), one)
    return found


def placeholders(text: str) -> set[str]:
    """The names of the values a message is filled with."""
    return set(_PLACEHOLDER.findall(text))


def _in_file(path: Path, shown: Path) -> Iterator[Found]:
    text = path.read_text(encoding="utf-8")
    is_module = path.suffix == ".py"
    calls = _calls(text) if is_module else _calls_in_text(templatize(text, origin=str(shown)))
    for call in calls:
        if one := _message(call, shown):
            yield one


def _calls(module: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(module)):
        if isinstance(node, ast.Call):
            yield node


def _calls_in_text(text: str) -> Iterator[ast.Call]:
    """Calls that stand among other text, as Django writes a template down for gettext."""
    for start in _CALL_IN_TEXT.finditer(text):
        yield from _shortest_call(text[start.start() :])


def _shortest_call(text: str) -> Iterator[ast.Call]:
    for end in re.finditer(r"\)", text):
        try:
            body = ast.parse(text[: end.end()], mode="eval").body
        except SyntaxError:
            continue
        if isinstance(body, ast.Call):
            yield body
        return


def _message(call: ast.Call, shown: Path) -> Found | None:
    roles = _CALLS.get(_name_of(call.func), ())
    words = [text for node in call.args[: len(roles)] if (text := _text(node))]
    if not roles or len(words) != len(roles):
        return None
    where = f"{shown}:{call.lineno}" if shown.suffix == ".py" else str(shown)
    return Found(where=where, **dict(zip(roles, words, strict=True)))


def _name_of(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
